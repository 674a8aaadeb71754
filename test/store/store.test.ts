import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Kysely, sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { createAnswerStore, type GivenAnswer } from '../../src/store/answer-store.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createFeedbackStore } from '../../src/store/feedback-store.ts';
import { createInboxStore, type Delivery } from '../../src/store/inbox-store.ts';
import { migrate } from '../../src/store/migrations.ts';
import type { Tables } from '../../src/store/tables.ts';

const open: { db: Kysely<Tables>; folder: string | null }[] = [];

afterEach(async () => {
  for (const { db, folder } of open.splice(0)) {
    await db.destroy();
    if (folder !== null) rmSync(folder, { recursive: true });
  }
});

async function memory(): Promise<Kysely<Tables>> {
  const db = await openDatabase(':memory:');
  open.push({ db, folder: null });
  return db;
}

const delivery: Delivery = {
  teamId: 'T1',
  key: 'event:Ev1',
  kind: 'event',
  body: { event: { text: '第3条' } },
};

const given: GivenAnswer = {
  id: 'A1',
  teamId: 'T1',
  sourceKey: 'event:Ev1',
  channel: 'C1',
  threadTs: '1.1',
  messageTs: null,
  userId: 'U1',
  question: '第3条は？',
  answers: [
    { kind: 'out_of_scope', lead: '範囲外です。', leadEn: null, scheme: null, nearest: [], reasons: [] },
  ],
  versionId: 'v',
  askedAt: 5,
};

describe('the database file', () => {
  it('is opened with full durability every time, the second time too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kiyaku-store-'));
    const path = join(folder, 'deep', 'guide.db');
    for (const round of [1, 2]) {
      const db = await openDatabase(path);
      open.push({ db, folder: round === 1 ? null : folder });
      expect(await pragma(db, 'synchronous')).toBe(2);
      expect(await pragma(db, 'journal_mode')).toBe('wal');
      expect(await pragma(db, 'foreign_keys')).toBe(1);
      if (round === 1) await open.splice(0)[0]?.db.destroy();
    }
  });

  it('holds only STRICT tables', async () => {
    const db = await memory();
    const tables = await sql<{ name: string; strict: number }>`pragma table_list`.execute(db);
    const own = tables.rows.filter(({ name }) => !name.startsWith('sqlite_'));
    expect(own.length).toBeGreaterThanOrEqual(4);
    expect(own.filter(({ strict }) => strict !== 1)).toEqual([]);
  });

  it('is migrated once, and refused when a newer program wrote it', async () => {
    const db = await memory();
    await migrate(db);
    await sql`insert into migrations (id) values ('999-future')`.execute(db);
    await expect(migrate(db)).rejects.toThrow('999-future');
  });
});

describe('the inbox', () => {
  it('receives a key once in each workspace', async () => {
    const inbox = createInboxStore(await memory());
    expect(await inbox.receive(delivery, 1, 10)).toBe(true);
    expect(await inbox.receive(delivery, 2, 10)).toBe(false);
    expect(await inbox.receive({ ...delivery, teamId: 'T2' }, 2, 10)).toBe(true);
  });

  it('gives a due delivery to one of two callers, with its body and attempts', async () => {
    const inbox = createInboxStore(await memory());
    await inbox.receive(delivery, 1, 10);
    expect(await inbox.claimDue('T1', 9, 99)).toEqual([]);
    const claims = await Promise.all([inbox.claimDue('T1', 10, 99), inbox.claimDue('T1', 10, 99)]);
    expect(claims.flat()).toEqual([{ ...delivery, attempts: 1 }]);
    expect(await inbox.claimDue('T2', 1_000, 2_000)).toEqual([]);
  });

  it('returns what failed, and neither what was handled nor what is dead', async () => {
    const inbox = createInboxStore(await memory());
    for (const key of ['a', 'b', 'c', 'd']) await inbox.receive({ ...delivery, key }, 1, 60_000);
    await inbox.handled('T1', 'a');
    await inbox.dead('T1', 'b', 'broken');
    await inbox.failed('T1', 'c', 'broken', 20);
    expect((await inbox.claimDue('T1', 20, 99)).map(({ key }) => key)).toEqual(['c']);
    await inbox.releaseAll('T1', 30);
    expect((await inbox.claimDue('T1', 30, 99)).map(({ key }) => key).sort()).toEqual(['c', 'd']);
    expect(await inbox.teamsWaiting()).toEqual(['T1']);
    expect(await inbox.stateOf('T1', 'a')).toEqual({ state: 'handled', attempts: 1 });
    expect(await inbox.receive({ ...delivery, key: 'a' }, 40, 50)).toBe(false);
  });

  it('forgets what was handled long ago, the oldest first and so many at a time; what is unfinished or given up stays', async () => {
    const inbox = createInboxStore(await memory());
    for (const [index, key] of ['a', 'b', 'c', 'dead', 'open'].entries()) {
      await inbox.receive({ ...delivery, key }, index, 60_000);
    }
    for (const key of ['a', 'b', 'c']) await inbox.handled('T1', key);
    await inbox.dead('T1', 'dead', 'broken');
    expect(await inbox.forget(2, 1)).toBe(1);
    expect(await inbox.stateOf('T1', 'a')).toBeNull();
    expect(await inbox.forget(2, 10)).toBe(1);
    expect(await inbox.stateOf('T1', 'c')).toMatchObject({ state: 'handled' });
    expect(await inbox.forget(1_000, 10)).toBe(1);
    expect(await inbox.stateOf('T1', 'dead')).toMatchObject({ state: 'dead' });
    expect(await inbox.stateOf('T1', 'open')).toMatchObject({ state: 'received' });
  });

  it('keeps any text, without U+0000 and half surrogates', async () => {
    const inbox = createInboxStore(await memory());
    await fc.assert(
      fc.asyncProperty(fc.uuid(), fc.string({ unit: 'binary' }), async (key, text) => {
        await inbox.receive({ ...delivery, key, body: { [text]: [text] } }, 1, 1);
        const [claimed] = await inbox.claimDue('T1', 1, 1_000);
        await inbox.handled('T1', key);
        const clean = text.toWellFormed().replaceAll('\u0000', '');
        expect(claimed?.body).toEqual({ [clean]: [clean] });
      }),
      { numRuns: 50 },
    );
  });
});

describe('the answers', () => {
  it('has one answer for each delivery, the first', async () => {
    const answers = createAnswerStore(await memory());
    expect(await answers.keep(given)).toEqual(given);
    expect((await answers.keep({ ...given, id: 'A2' })).id).toBe('A1');
    expect(await answers.find('T1', 'A2')).toBeNull();
    expect(await answers.find('T2', 'A1')).toBeNull();
  });

  it('finds what stands in a thread, and not what was never posted', async () => {
    const answers = createAnswerStore(await memory());
    await answers.keep(given);
    expect(await answers.latestIn('T1', 'C1', '1.1', 3)).toEqual([]);
    await answers.posted('T1', 'A1', '1.2');
    await answers.keep({ ...given, id: 'A2', sourceKey: 'k2', askedAt: 9, messageTs: '1.9' });
    await answers.keep({ ...given, id: 'A3', sourceKey: 'k3', threadTs: null, messageTs: '2.0' });
    expect((await answers.latestIn('T1', 'C1', '1.1', 3)).map(({ id }) => id)).toEqual(['A1', 'A2']);
    expect((await answers.latestIn('T1', 'C1', '1.1', 1)).map(({ id }) => id)).toEqual(['A2']);
    expect((await answers.latestIn('T1', 'C1', null, 3)).map(({ id }) => id)).toEqual(['A3']);
    expect(await answers.latestIn('T2', 'C1', '1.1', 3)).toEqual([]);
  });

  it('is shared by one of two clicks, again after a failure', async () => {
    const answers = createAnswerStore(await memory());
    await answers.keep(given);
    const clicks = await Promise.all([answers.claimShare('T1', 'A1', 6), answers.claimShare('T1', 'A1', 6)]);
    expect(clicks.filter(Boolean)).toHaveLength(1);
    await answers.releaseShare('T1', 'A1');
    expect(await answers.claimShare('T2', 'A1', 7)).toBe(false);
    expect(await answers.claimShare('T1', 'A1', 7)).toBe(true);
  });
});

describe('feedback', () => {
  it('keeps every press and lets the last word of each person count', async () => {
    const db = await memory();
    await createAnswerStore(db).keep(given);
    const feedback = createFeedbackStore(db);
    const press = { teamId: 'T1', answerId: 'A1', userId: 'U1', givenAt: 7 } as const;
    await feedback.add({ ...press, verdict: 'helpful' });
    await feedback.add({ ...press, verdict: 'wrong' });
    await feedback.add({ ...press, userId: 'U2', verdict: 'helpful' });
    expect((await feedback.all('T1', 'A1')).map(({ verdict }) => verdict)).toEqual([
      'helpful',
      'wrong',
      'helpful',
    ]);
    expect((await feedback.lastWords('T1', 'A1')).map(({ verdict }) => verdict)).toEqual([
      'wrong',
      'helpful',
    ]);
  });

  it('is refused for an answer of another workspace', async () => {
    const db = await memory();
    await createAnswerStore(db).keep(given);
    const foreign = { teamId: 'T2', answerId: 'A1', userId: 'U1', givenAt: 7, verdict: 'wrong' } as const;
    await expect(createFeedbackStore(db).add(foreign)).rejects.toThrow('FOREIGN KEY');
  });
});

async function pragma(db: Kysely<Tables>, name: string): Promise<unknown> {
  const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(db);
  return Object.values(rows[0] ?? {})[0];
}
