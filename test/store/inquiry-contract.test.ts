/** What the store of inquiries promises, held by both engines. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { replayInquiry } from '../../src/inquiries/inquiry.ts';
import { createAnswerStore } from '../../src/store/answer-store.ts';
import { createFeedbackStore } from '../../src/store/feedback-store.ts';
import {
  createInquiryStore,
  type InquiryOutcome,
  type InquiryRequest,
} from '../../src/store/inquiry-store.ts';
import { createPersonPrivacy } from '../../src/store/person-privacy.ts';
import { forgetOld } from '../../src/store/retention.ts';
import { ASKER, presses } from '../support/arbitrary-inquiries.ts';
import { ENGINES, emptyDatabase } from '../support/databases.ts';

const STAFF = { person: 'USTAFF1', staff: true };
const NOW = 1_000_000;

describe.each(ENGINES)('the store of inquiries on %s', (engine) => {
  async function emptyStore() {
    const db = await emptyDatabase(engine);
    const store = createInquiryStore(db, randomUUID);
    const open = (more: Partial<Parameters<typeof store.open>[0]> = {}) =>
      store.open({
        teamId: 'T1',
        asker: ASKER.person,
        answerId: 'A1',
        replyTo: 'thread',
        place: { channel: 'C1', threadTs: '1.1' },
        note: '補足です',
        now: NOW,
        sourceKey: randomUUID(),
        ...more,
      });
    const act = (id: string, command: InquiryRequest['command'], more: Partial<InquiryRequest> = {}) =>
      store.carryOut({
        teamId: 'T1',
        actor: STAFF,
        id,
        expected: null,
        command,
        now: NOW + 1,
        sourceKey: randomUUID(),
        ...more,
      });
    return { db, store, open, act };
  }

  it('numbers them, and keeps what happened apart from what was written; nobody is named in either', async () => {
    const { db, open, act } = await emptyStore();
    const { id } = done(await open());
    expect(id).toBe('Q-00001');
    expect(done(await open({ answerId: 'A2' })).id).toBe('Q-00002');
    expect(done(await open({ teamId: 'T2' })).id).toBe('Q-00001');
    const record = done(await act(id, { kind: 'reply', text: '返事です' }));
    expect(record.inquiry).toMatchObject({ state: '回答済', owner: 'USTAFF1', asker: ASKER.person });
    expect([...record.words]).toEqual([
      [1, '補足です'],
      [2, '返事です'],
    ]);
    const kept = await db.selectFrom('inquiry_events').selectAll().execute();
    expect(JSON.stringify(kept)).not.toMatch(/返事|補足|UASKER|USTAFF1/);
    const words = await db.selectFrom('inquiry_words').selectAll().execute();
    expect(JSON.stringify(words)).not.toMatch(/UASKER|USTAFF1/);
  });

  it('carries one delivery out once, also when it comes twice at the same moment', async () => {
    const { store, open, act } = await emptyStore();
    const opened = await Promise.all([open({ sourceKey: 'view:1' }), open({ sourceKey: 'view:1' })]);
    expect(opened.map((one) => done(one).id)).toEqual(['Q-00001', 'Q-00001']);
    await Promise.all([1, 2, 3].map(() => act('Q-00001', { kind: 'take' }, { sourceKey: 'action:1' })));
    expect((await store.find('T1', 'Q-00001'))?.events.map(({ kind }) => kind)).toEqual(['opened', 'taken']);
  });

  it('lets one person ask about one answer once at a time', async () => {
    const { open, act } = await emptyStore();
    const both = await Promise.all([open(), open()]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['already', 'done']);
    expect((await open({ asker: 'UOTHER' })).kind).toBe('done');
    await act('Q-00001', { kind: 'withdraw' }, { actor: ASKER });
    expect((await open()).kind).toBe('done');
  });

  it('of two who press at once one wins, and the other is told how it stands', async () => {
    const { open, act } = await emptyStore();
    const { id } = done(await open());
    const other = { person: 'USTAFF2', staff: true };
    const outcomes = await Promise.all([
      act(id, { kind: 'take' }, { expected: 1 }),
      act(id, { kind: 'take' }, { expected: 1, actor: other }),
    ]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['conflict', 'done']);
  });

  it('any order of presses by anybody: the record replayed is the state, and a refusal is written down', async () => {
    const { db, store, open, act } = await emptyStore();
    await fc.assert(
      fc.asyncProperty(presses, async (all) => {
        const { id } = done(await open({ answerId: randomUUID() }));
        let refused = 0;
        for (const { actor, command } of all.slice(0, 8)) {
          if ((await act(id, command, { actor })).kind === 'refused') refused += 1;
        }
        const record = await store.find('T1', id);
        expect(record?.inquiry).toEqual(replayInquiry(record?.events ?? []));
        const row = await db
          .selectFrom('inquiries')
          .select(['version', 'state'])
          .where('id', '=', id)
          .executeTakeFirstOrThrow();
        expect(row).toEqual({ version: record?.events.length, state: record?.inquiry.state });
        const written = await db
          .selectFrom('inquiry_refusals')
          .select('id')
          .where('inquiry_id', '=', id)
          .execute();
        expect(written).toHaveLength(refused);
      }),
      { numRuns: engine === 'sqlite' ? 40 : 10 },
    );
  });

  it('knows of an inquiry in its own workspace only, for its asker and the office only', async () => {
    const { store, open, act } = await emptyStore();
    const { id } = done(await open());
    expect(await store.seenBy('T2', STAFF, id)).toBeNull();
    expect(await store.seenBy('T1', { person: 'UOTHER', staff: false }, id)).toBeNull();
    expect((await store.seenBy('T1', ASKER, id))?.id).toBe(id);
    expect((await act(id, { kind: 'take' }, { teamId: 'T2' })).kind).toBe('refused');
    expect((await act('__proto__', { kind: 'take' })).kind).toBe('refused');
  });

  it.each([
    'update inquiry_events set kind = kind',
    'delete from inquiry_events',
    'update inquiry_refusals set code = code',
    'delete from inquiry_refusals',
    "update inquiry_words set text = 'anders'",
    'delete from inquiry_words',
  ])('refuses: %s', async (statement) => {
    const { db, open, act } = await emptyStore();
    const { id } = done(await open());
    await act(id, { kind: 'take' }, { actor: { person: 'UOTHER', staff: false } });
    await expect(sql.raw(statement).execute(db)).rejects.toThrow();
  });

  it('tells of everything once: one of several claims it, and what is new afterwards is due again', async () => {
    const { store, open, act } = await emptyStore();
    const { id } = done(await open());
    const key = { team: 'T1', id };
    expect(await store.untold(NOW, 9)).toEqual([key]);
    const claims = await Promise.all([1, 2, 3].map(() => store.claimTelling(key, NOW, NOW + 100)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await store.untold(NOW, 9)).toEqual([]);
    await store.toldOf(key, 1);
    await store.cardStands(key, { channel: 'C9', ts: '2.2' }, 1);
    await store.toldAll(key);
    expect(await store.untold(NOW, 9)).toEqual([]);
    await act(id, { kind: 'take' });
    expect(await store.untold(NOW, 9)).toEqual([key]);
  });

  it('gives and takes out everything about one person, and the record still replays', async () => {
    const { db, store, open, act } = await emptyStore();
    const answers = createAnswerStore(db);
    await answers.keep(given('A1', ASKER.person));
    await answers.keep(given('A2', 'UOTHER'));
    const feedback = createFeedbackStore(db);
    await feedback.add({ teamId: 'T1', answerId: 'A2', userId: ASKER.person, verdict: 'wrong', givenAt: 7 });
    const { id } = done(await open());
    await act(id, { kind: 'reply', text: '返事です' });
    const privacy = createPersonPrivacy(db, randomUUID);
    const data = await privacy.exportPerson('T1', ASKER.person);
    expect(data).toMatchObject({
      answers: [{ id: 'A1', question: '質問A1' }],
      feedback: [{ answer: 'A2', verdict: 'wrong' }],
      inquiries: [{ id, kind: 'opened', text: '補足です' }],
    });
    expect(JSON.stringify(data)).not.toContain('返事です');
    const held = { team_id: 'T1', user_id: ASKER.person };
    const place = { channel: null, thread_ts: null, message_ts: null, started_at: NOW, updated_at: NOW };
    await db
      .insertInto('conversations')
      .values({ ...held, ...place, id: 'c1', flow: 'which-steps', version: 1, source_key: 'v1' })
      .execute();
    await db
      .insertInto('conversation_events')
      .values({ ...held, conversation_id: 'c1', seq: 1, event: '{}', source_key: 'v2', at: NOW })
      .execute();
    expect((await privacy.exportPerson('T1', ASKER.person)).conversations).toMatchObject([
      { flow: 'which-steps', event: '{}' },
    ]);
    expect(await privacy.erasePerson('T1', ASKER.person, NOW)).toBe(2);
    for (const table of [
      'answers',
      'feedback',
      'conversations',
      'conversation_events',
      'inquiries',
      'inquiry_events',
      'inquiry_words',
      'people',
    ] as const) {
      const rows = JSON.stringify(await db.selectFrom(table).selectAll().execute());
      expect([table, /UASKER|質問A1|補足です/.test(rows)]).toEqual([table, false]);
    }
    const nothing = { answers: [], inquiries: [], conversations: [] };
    expect(await privacy.exportPerson('T1', ASKER.person)).toMatchObject(nothing);
    await privacy.recordAct('T1', { actor: 'USTAFF1', subject: 'P-x', act: 'erased', texts: 2, at: NOW });
    await expect(db.deleteFrom('privacy_acts').execute()).rejects.toThrow();
    await expect(db.updateTable('privacy_acts').set({ texts: 0 }).execute()).rejects.toThrow();
    const record = await store.find('T1', id);
    expect(record?.inquiry.state).toBe('回答済');
    expect(record?.words.get(2)).toBe('返事です');
    expect((await feedback.all('T1', 'A2')).map(({ verdict }) => verdict)).toEqual(['wrong']);
  });

  it('lets go of what is old, and of nothing that an unsettled inquiry rests on', async () => {
    const { db, store, open, act } = await emptyStore();
    const answers = createAnswerStore(db);
    const feedback = createFeedbackStore(db);
    for (const id of ['A1', 'A2', 'A3']) await answers.keep(given(id, 'UOTHER'));
    await answers.keep({ ...given('A4', 'UOTHER'), askedAt: NOW });
    await feedback.add({ teamId: 'T1', answerId: 'A3', userId: 'U1', verdict: 'wrong', givenAt: 7 });
    const waiting = done(await open({ answerId: 'A1', now: 6 }));
    const settled = done(await open({ answerId: 'A2', now: 6 }));
    await act(settled.id, { kind: 'reply', text: '返事です' }, { now: 7 });
    expect(await forgetOld(db, NOW, NOW)).toEqual({ questions: 2, texts: 2 });
    const left = await db.selectFrom('answers').select('id').orderBy('id').execute();
    expect(left.map(({ id }) => id)).toEqual(['A1', 'A4']);
    expect((await store.find('T1', waiting.id))?.words.get(1)).toBe('補足です');
    expect([...((await store.find('T1', settled.id))?.words ?? [])]).toEqual([
      [1, null],
      [2, null],
    ]);
    expect(await forgetOld(db, NOW, NOW)).toEqual({ questions: 0, texts: 0 });
  });
});

function done(outcome: InquiryOutcome) {
  if (outcome.kind !== 'done') throw new Error(`not done: ${JSON.stringify(outcome)}`);
  return outcome.record;
}

function given(id: string, userId: string) {
  return {
    id,
    teamId: 'T1',
    sourceKey: `event:${id}`,
    channel: 'C1',
    threadTs: '1.1',
    messageTs: '1.2',
    userId,
    question: `質問${id}`,
    answers: [],
    versionId: 'v',
    askedAt: 5,
  };
}
