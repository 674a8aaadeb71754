/** What the store of cases promises, held by both engines. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/calendar.ts';
import type { Viewer } from '../../src/cases/rights.ts';
import { auditCases } from '../../src/store/case-audit.ts';
import { createCasePrivacy } from '../../src/store/case-privacy.ts';
import type { CaseOutcome, CaseRequest, CommandBody } from '../../src/store/case-request.ts';
import { createCaseStore } from '../../src/store/case-store.ts';
import { apiNames, NOW, PROVIDERS, rules, STAFF, TODAY, walk } from '../support/arbitrary-cases.ts';
import { ENGINES, emptyDatabase } from '../support/databases.ts';

const staff: Viewer = { teamId: 'T1', person: 'USTAFF1', staff: true, channels: [] };
const provider: Viewer = { teamId: 'T1', person: 'UA1', staff: false, channels: [] };
const opening: CommandBody = {
  kind: 'open',
  company: '株式会社あおぞら',
  service: 'あおぞら健康',
  caseKind: '新規',
  apis: { rows: [4, 16], typed: ['属性連携設定'] },
  primary: 'UA1',
  channel: 'CA',
};

describe.each(ENGINES)('the store of cases on %s', (engine) => {
  async function emptyStore() {
    const db = await emptyDatabase(engine);
    const store = createCaseStore(db, { apiNames, newId: randomUUID });
    const ask = (id: string | null, command: CaseRequest['command'], more: Partial<CaseRequest> = {}) =>
      store.carryOut({
        asker: staff,
        id,
        expected: null,
        command,
        rules,
        now: NOW,
        sourceKey: null,
        ...more,
      });
    const opened = async (command: CommandBody = opening) => done(await ask(null, command)).record;
    return { db, store, ask, opened };
  }

  it('keeps the events and the state they lead to, with the words apart from the record', async () => {
    const { db, store, ask, opened } = await emptyStore();
    const { id } = await opened();
    expect(id).toBe('K-00001');
    done(await ask(id, { kind: 'addNote', audience: 'staff', text: '内密のメモ' }));
    done(await ask(id, { kind: 'addNote', audience: 'shared', text: '共有のメモ' }));
    const record = await db.selectFrom('case_events').selectAll().execute();
    expect(JSON.stringify(record)).not.toMatch(/メモ|UA1|USTAFF1/);
    const shared = await db.selectFrom('case_shared_words').select('text').execute();
    expect(shared).toEqual([{ text: '共有のメモ' }]);
    const history = await store.historyFor(staff, id, { before: null, limit: 10 });
    expect(history?.map((event) => ('text' in event ? event.text : event.kind))).toEqual([
      '共有のメモ',
      '内密のメモ',
      'opened',
    ]);
    const seen = await store.historyFor(provider, id, { before: null, limit: 10 });
    expect(JSON.stringify(seen)).toContain('共有のメモ');
    expect(JSON.stringify(seen)).not.toContain('内密のメモ');
  });

  it('saves only at the version that was seen, and says what changed meanwhile', async () => {
    const { ask, opened } = await emptyStore();
    const { id, version } = await opened();
    done(await ask(id, { kind: 'assign', owner: 'USTAFF2' }, { expected: version }));
    const second = await ask(id, { kind: 'assign', owner: 'USTAFF1' }, { expected: version });
    expect(second.kind).toBe('conflict');
    if (second.kind !== 'conflict') return;
    expect(second.since.map(({ kind, seq }) => [kind, seq])).toEqual([['ownerChanged', 2]]);
    expect(second.record.state.owner).toBe('USTAFF2');
  });

  it('lets two staff who act at the same moment both be recorded, one after the other', async () => {
    const { db, ask, opened } = await emptyStore();
    const { id } = await opened();
    const notes = Array.from({ length: 4 }, (_, index) => `メモ${index}`);
    const outcomes = await Promise.all(
      notes.map((text) => ask(id, { kind: 'addNote', audience: 'shared', text })),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(notes.map(() => 'done'));
    const clicks = await Promise.all(
      STAFF.map((person) => ask(id, { kind: 'assign', owner: person }, { expected: 5 })),
    );
    expect(clicks.map(({ kind }) => kind).sort()).toEqual(['conflict', 'done']);
    expect((await auditCases(db)).problems).toEqual([]);
  });

  it('carries a delivery out once, however often it comes, also when it opens a case', async () => {
    const { db, ask } = await emptyStore();
    const first = done(await ask(null, opening, { sourceKey: 'view:1' }));
    const again = await Promise.all([1, 2, 3].map(() => ask(null, opening, { sourceKey: 'view:1' })));
    for (const outcome of again)
      expect(done(outcome)).toMatchObject({ repeated: true, record: { id: first.record.id } });
    const both = await Promise.all([1, 2].map(() => ask(null, opening, { sourceKey: 'view:2' })));
    expect(new Set(both.map((outcome) => done(outcome).record.id)).size).toBe(1);
    const count = await db
      .selectFrom('cases')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .execute();
    expect(Number(count[0]?.n)).toBe(2);
  });

  it('refuses change, deletion, replacement and truncation of the record', async () => {
    const { db, ask, opened } = await emptyStore();
    const { id } = await opened();
    done(await ask(id, { kind: 'addNote', audience: 'staff', text: 'メモ' }));
    await ask(id, { kind: 'approvePlan', on: TODAY });
    for (const table of ['case_events', 'case_refusals', 'case_staff_words']) {
      await expect(sql`delete from ${sql.table(table)}`.execute(db)).rejects.toThrow();
    }
    await expect(sql`update case_events set kind = 'opened'`.execute(db)).rejects.toThrow();
    await expect(sql`update case_refusals set code = 'x'`.execute(db)).rejects.toThrow();
    await expect(sql`update case_staff_words set text = 'x'`.execute(db)).rejects.toThrow();
    if (engine === 'postgres') {
      await expect(sql`truncate case_events`.execute(db)).rejects.toThrow();
    } else {
      const replacing = sql`insert or replace into case_events select * from case_events`;
      await expect(replacing.execute(db)).rejects.toThrow('never replaced');
      await sql`pragma recursive_triggers = off`.execute(db);
      await expect(replacing.execute(db)).rejects.toThrow('never replaced');
    }
    expect((await auditCases(db)).problems).toEqual([]);
  });

  it('names the row that was tampered with by somebody who took the guards away', async () => {
    const { db, ask, opened } = await emptyStore();
    const { id } = await opened();
    done(await ask(id, { kind: 'amend', company: 'みどり健康' }));
    done(await ask(id, { kind: 'addNote', audience: 'shared', text: '約束した' }));
    const guards = ['case_events_no_update', 'case_shared_words_no_update'];
    for (const guard of guards) {
      const table = guard.replace('_no_update', '');
      const on = engine === 'postgres' ? sql` on ${sql.table(table)}` : sql``;
      await sql`drop trigger ${sql.id(guard)}${on}`.execute(db);
    }
    if (engine === 'postgres') await sql`grant update on case_events to current_user`.execute(db);
    await sql`update case_shared_words set text = '約束していない'`.execute(db);
    expect(await problems(db)).toEqual([`${id}#3`]);
    await sql`update case_events set at = at + 1 where seq = 2`.execute(db);
    expect(await problems(db)).toEqual([`${id}#2`]);
  });

  it('replays to the stored state after any walk; what is refused leaves only its refusal', async () => {
    const { db, store, ask } = await emptyStore();
    await fc.assert(
      fc.asyncProperty(walk, async ({ first, later }) => {
        const opened = await ask(null, first);
        if (opened.kind !== 'done') return;
        const { id } = opened.record;
        for (const { command, by } of later) {
          const asker = { teamId: 'T1', person: by, staff: STAFF.includes(by), channels: [] };
          const before = await snapshot(db, id);
          const outcome = await ask(id, command, { asker });
          const after = await snapshot(db, id);
          if (outcome.kind === 'refused') expect(after).toEqual({ ...before, refusals: before.refusals + 1 });
          else expect(after.events).toBeGreaterThan(before.events);
        }
        const record = await store.find('T1', id);
        expect(record?.version).toBe((await snapshot(db, id)).events);
      }),
      { numRuns: engine === 'sqlite' ? 60 : 15 },
    );
    const report = await auditCases(db);
    expect(report.problems).toEqual([]);
    expect(report.cases).toBeGreaterThan(5);
  });

  it('gives out and erases one person, and the record still holds', async () => {
    const { db, store, ask, opened } = await emptyStore();
    const privacy = createCasePrivacy(db);
    const { id } = await opened();
    await ask(id, { kind: 'ask', text: '私の質問' }, { asker: provider });
    await ask(id, { kind: 'addNote', audience: 'shared', text: '担当室の返事' });
    expect(await privacy.exportPerson('T1', 'UA1')).toMatchObject({
      cases: [{ id, as: ['person'] }],
      acts: [{ id, seq: 2, kind: 'questionAsked' }],
      words: [{ id, seq: 2, text: '私の質問' }],
    });
    expect(await privacy.erasePerson('T2', 'UA1', NOW)).toBe(0);
    expect(await privacy.erasePerson('T1', 'UA1', NOW)).toBe(1);
    expect(await privacy.exportPerson('T1', 'UA1')).toEqual({ cases: [], acts: [], words: [] });
    expect(await store.seenBy(provider, id)).toBeNull();
    const left = JSON.stringify([
      await db.selectFrom('people').selectAll().execute(),
      await store.historyFor(staff, id, { before: null, limit: 9 }),
      await store.find('T1', id),
    ]);
    expect(left).not.toMatch(/UA1|私の質問/);
    expect(left).toContain('担当室の返事');
    done(await ask(id, { kind: 'amend', primary: 'UA2' }));
    expect((await auditCases(db)).problems).toEqual([]);
  });

  it('does not know another workspace’s case, whoever asks', async () => {
    const { db, store, ask, opened } = await emptyStore();
    const { id } = await opened();
    const elsewhere: Viewer = { teamId: 'T2', person: 'USTAFF1', staff: true, channels: ['CA'] };
    expect(await store.seenBy(elsewhere, id)).toBeNull();
    expect(await ask(id, { kind: 'reopen', reason: 'x' }, { asker: elsewhere })).toMatchObject({
      code: 'unknown-case',
    });
    expect((await store.listForStaff(elsewhere, { filters: [] }, { after: null, limit: 9 })).records).toEqual(
      [],
    );
    expect(await store.searchForStaff(elsewhere, 'あおぞら', 9)).toEqual([]);
    expect(await store.listForProvider({ ...elsewhere, staff: false }, 9)).toEqual([]);
    const refusals = await db.selectFrom('case_refusals').select(['team_id', 'code', 'command']).execute();
    expect(refusals).toEqual([{ team_id: 'T2', code: 'unknown-case', command: 'reopen' }]);
  });

  it('records a forged command and changes nothing', async () => {
    const { db, ask, opened } = await emptyStore();
    const { id } = await opened();
    const forged = [
      { kind: 'constructor' },
      { kind: 'assign', owner: 'UX1', at: 5 },
      { kind: 'moveStep', step: '利用申込', to: '完了', by: { person: 'USTAFF1', as: 'staff' } },
      { kind: 'setDate', subject: '利用申込', on: '2027-02-30', label: { kind: '社内目標' } },
      { kind: 'addNote', audience: 'staff', text: 'あ'.repeat(10_001) },
    ];
    for (const command of forged) {
      const outcome = await ask(id, command, { asker: { ...provider, person: 'UX1' } });
      expect(outcome).toMatchObject({ kind: 'refused', code: 'unknown-case' });
      const own = await ask(id, command, { asker: provider });
      expect(own.kind).toBe('refused');
    }
    expect((await snapshot(db, id)).events).toBe(1);
    expect((await snapshot(db, id)).refusals).toBe(forged.length * 2);
  });

  it('lists by what is due, page by page, in every way asked for', async () => {
    const { store, ask, opened } = await emptyStore();
    const ids: string[] = [];
    for (let index = 0; index < 12; index += 1) {
      const { id } = await opened({ ...opening, company: index % 2 === 0 ? 'みどり健康' : 'ＡＢＣ商事' });
      ids.push(id);
      const on = addDays(TODAY, index - 6);
      done(await ask(id, { kind: 'setDate', subject: '利用申込', on, label: { kind: '社内目標' } }));
    }
    await ask(ids[3] ?? '', { kind: 'assign', owner: 'USTAFF2' });
    await ask(ids[4] ?? '', { kind: 'moveStep', step: '仕様書開示申請', to: '提出済' });
    await ask(ids[5] ?? '', { kind: 'close', outcome: '取下げ' });
    const open = ids.filter((id) => id !== ids[5]);
    const pages: string[] = [];
    let after: string | null = null;
    do {
      const page = await store.listForStaff(staff, { filters: [] }, { after, limit: 5 });
      pages.push(...page.records.map(({ id }) => id));
      after = page.next;
    } while (after !== null);
    expect(pages).toEqual(open);
    const list = async (query: Parameters<typeof store.listForStaff>[1]) =>
      (await store.listForStaff(staff, query, { after: null, limit: 50 })).records.map(({ id }) => id);
    expect(await list({ filters: [], overdueOn: TODAY })).toEqual(ids.slice(0, 5));
    expect(await store.countForStaff(staff, { filters: [], overdueOn: TODAY })).toBe(5);
    expect(await list({ filters: [{ by: 'owner', person: 'USTAFF2' }] })).toEqual([ids[3]]);
    expect(await list({ filters: [{ by: 'owner', person: 'UNOBODY' }] })).toEqual([]);
    expect(await list({ filters: [{ by: 'waiting', party: '担当室' }] })).toEqual([ids[4]]);
    expect(await list({ filters: [{ by: 'step', step: '仕様書開示申請' }] })).toEqual([ids[4]]);
    expect(await list({ filters: [{ by: 'company', company: 'ABC商事' }] })).toEqual(
      ids.filter((_, index) => index % 2 === 1 && index !== 5),
    );
    expect(
      await list({
        filters: [
          { by: 'row', row: 16 },
          { by: 'company', company: 'みどり健康' },
        ],
        overdueOn: TODAY,
      }),
    ).toEqual(ids.filter((_, i) => i % 2 === 0 && i < 5));
    expect(await list({ filters: [{ by: 'typed-api', name: '属性連携設定' }] })).toEqual(open);
    expect(await list({ filters: [], open: false })).toEqual([ids[5]]);
    expect(await list({ filters: [], quietSince: NOW })).toEqual([]);
    expect((await list({ filters: [{ by: 'row', row: 4 }], quietSince: NOW + 1 })).length).toBe(11);
    expect((await store.listForProvider(provider, 50)).length).toBe(12);
    expect((await store.listForProvider({ ...provider, person: 'UX1', channels: ['CA'] }, 50)).length).toBe(
      12,
    );
    expect(await store.listForProvider({ ...provider, person: 'UX1' }, 50)).toEqual([]);
    expect(
      (await store.listForStaff({ ...staff, staff: false }, { filters: [] }, { after: null, limit: 5 }))
        .records,
    ).toEqual([]);
  });

  it('finds by number, company, service and API in any width and kana', async () => {
    const { store, opened } = await emptyStore();
    const { id } = await opened({ ...opening, company: 'ＡＢＣ商事 100%_\\', service: 'けんこうノート' });
    await opened();
    const find = async (typed: string) =>
      (await store.searchForStaff(staff, typed, 10)).map((found) => found.id);
    for (const typed of ['abc商事', 'ケンコウ', 'けんこう ABC', '00001', '100%_', '\\']) {
      expect([typed, await find(typed)]).toEqual([typed, [id]]);
    }
    expect(await find('自己情報取得')).toHaveLength(2);
    expect(await find('%')).toEqual([id]);
    expect(await find('どこにもない')).toEqual([]);
    expect(await find('　')).toEqual([]);
  });

  it.each(PROVIDERS)('shows %s a case only as its contact or member', async (person) => {
    const { store, opened } = await emptyStore();
    const { id } = await opened({ ...opening, members: ['UA2'], secondary: 'UA3' });
    const seen = await store.seenBy({ teamId: 'T1', person, staff: false, channels: [] }, id);
    expect(seen === null).toBe(!['UA1', 'UA2', 'UA3'].includes(person));
  });
});

function done(outcome: CaseOutcome): Extract<CaseOutcome, { kind: 'done' }> {
  if (outcome.kind === 'done') return outcome;
  throw new Error(`expected to be done: ${JSON.stringify(outcome)}`);
}

type Db = Awaited<ReturnType<typeof emptyDatabase>>;

async function problems(db: Db): Promise<string[]> {
  return (await auditCases(db)).problems.map(({ id, seq }) => `${id}#${seq}`);
}

/** Everything a command may leave behind. */
async function snapshot(db: Db, id: string) {
  const rows = await db.selectFrom('cases').selectAll().where('id', '=', id).execute();
  const count = async (
    table: 'case_events' | 'case_refusals' | 'case_shared_words' | 'case_staff_words' | 'case_facets',
  ) => {
    const found = await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('case_id', '=', id)
      .executeTakeFirstOrThrow();
    return Number(found.n);
  };
  return {
    rows,
    events: await count('case_events'),
    words: (await count('case_shared_words')) + (await count('case_staff_words')),
    facets: await count('case_facets'),
    refusals: await count('case_refusals'),
  };
}
