/** What the outbox promises, held by both engines: planned once, sent once, settled only by who holds the lease. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cancelRows, type PlannedRow, schedulePlan } from '../../src/store/outbox-plan.ts';
import {
  type Attempt,
  type ClaimedMessage,
  createOutboxStore,
  type SendOutcome,
} from '../../src/store/outbox-store.ts';
import { ENGINES, emptyDatabase } from '../support/databases.ts';

const NOW = Date.UTC(2026, 11, 1);
const HOUR = 3_600_000;
const LEASE = 30_000;

describe.each(ENGINES)('the outbox on %s', (engine) => {
  async function outbox() {
    const db = await emptyDatabase(engine);
    const store = createOutboxStore(db, { newId: randomUUID });
    const plan = (rows: readonly PlannedRow[], now = NOW) =>
      db
        .transaction()
        .execute((trx) => schedulePlan(trx, { team: 'T1', caseId: 'K-00001', kind: 'reminder', now }, rows));
    const take = async (now: number, limit = 50) => {
      await store.gather(now, 500);
      return store.claim({ now, leaseMillis: LEASE, limit });
    };
    const states = async () => {
      const rows = await store.ledger('T1', { from: 0, to: Number.MAX_SAFE_INTEGER, limit: 1_000 });
      return Object.fromEntries(rows.map(({ key, state }) => [key, state]));
    };
    return { db, store, plan, take, states };
  }

  it('gives nothing before it is due, and everything that goes together in one message', async () => {
    const { store, plan, take } = await outbox();
    await plan([row('a'), row('b'), row('c', { recipient: 'case:K-00001:owner', together: 'owner' })]);
    expect(await take(NOW - 1)).toEqual([]);
    const messages = await take(NOW);
    expect(messages.map(({ rows }) => rows.map(({ key }) => key)).sort()).toEqual([['a', 'b'], ['c']]);
    expect(messages.every(({ firstTry }) => firstTry === null)).toBe(true);
    expect(await take(NOW)).toEqual([]);
    for (const message of messages)
      expect(await store.begin(message, attempt(), NOW + 1, LEASE - 1)).toBe(true);
  });

  it('gives a row that shares its message with none a message of its own', async () => {
    const { plan, take } = await outbox();
    await plan([row('a', { together: null }), row('b', { together: null })]);
    expect((await take(NOW)).map(({ rows }) => rows.length)).toEqual([1, 1]);
  });

  it('keeps what was sent, replaces what is not planned any more, moves what moved, and brings back what returns', async () => {
    const { store, plan, take, states } = await outbox();
    await plan([row('sent'), row('gone', { dueAt: NOW + HOUR }), row('moved', { dueAt: NOW + HOUR })]);
    const [first] = await take(NOW);
    await store.finish(first as ClaimedMessage, sent(), NOW + 1);
    await plan([row('sent'), row('moved', { dueAt: NOW + 2 * HOUR }), row('new', { dueAt: NOW + HOUR })]);
    expect(await states()).toEqual({ sent: 'sent', gone: 'cancelled', moved: 'pending', new: 'pending' });
    await plan([row('gone', { dueAt: NOW + HOUR })]);
    expect(await states()).toEqual({ sent: 'sent', gone: 'pending', moved: 'cancelled', new: 'cancelled' });
    expect((await take(NOW + HOUR)).flatMap(({ rows }) => rows.map(({ key }) => key))).toEqual(['gone']);
  });

  it('is not begun when the lease ends before the post could', async () => {
    const { store, plan, take } = await outbox();
    await plan([row('a')]);
    const [message] = await take(NOW);
    expect(await store.begin(message as ClaimedMessage, attempt(), NOW + 1, LEASE)).toBe(false);
    expect(await store.begin(message as ClaimedMessage, attempt(), NOW, LEASE)).toBe(true);
  });

  it('adds nothing that would have been due before, and keeps what was planned in time', async () => {
    const { plan, states } = await outbox();
    await plan([row('in-time')]);
    await plan([row('in-time'), row('too-late')], NOW + 1);
    expect(await states()).toEqual({ 'in-time': 'pending' });
    await plan([], NOW + 1);
    await plan([row('in-time')], NOW + 2);
    expect(await states()).toEqual({ 'in-time': 'cancelled' });
  });

  it('rolls a plan back together with the change it belongs to', async () => {
    const { db, states } = await outbox();
    const change = db.transaction().execute(async (trx) => {
      await schedulePlan(trx, { team: 'T1', caseId: 'K-00001', kind: 'reminder', now: NOW }, [row('a')]);
      throw new Error('the change failed');
    });
    await expect(change).rejects.toThrow('the change failed');
    expect(await states()).toEqual({});
  });

  it('is not settled by who lost the lease', async () => {
    const { store, plan, take, states } = await outbox();
    await plan([row('a')]);
    const [frozen] = await take(NOW);
    expect(await store.begin(frozen as ClaimedMessage, attempt(), NOW + 5, 1_000)).toBe(true);
    const [second] = await take(NOW + LEASE);
    expect(second).toMatchObject({ id: frozen?.id, firstTry: NOW + 5 });
    expect(await store.begin(frozen as ClaimedMessage, attempt(), NOW + LEASE + 1, 0)).toBe(false);
    expect(await store.finish(frozen as ClaimedMessage, sent(), NOW + LEASE + 1)).toBe(false);
    expect(await states()).toEqual({ a: 'pending' });
    expect(await store.finish(second as ClaimedMessage, sent(), NOW + LEASE + 2)).toBe(true);
    expect(await states()).toEqual({ a: 'sent' });
    expect(await take(NOW + 100 * LEASE)).toEqual([]);
  });

  it('keeps a row that was cancelled and came back in the message that is on its way', async () => {
    const { store, plan, take, states } = await outbox();
    await plan([row('a')]);
    const [message] = await take(NOW);
    await plan([]);
    await plan([row('a')]);
    expect(await take(NOW + 1)).toEqual([]);
    expect(await store.finish(message as ClaimedMessage, sent(), NOW + 2)).toBe(true);
    expect(await states()).toEqual({ a: 'sent' });
    expect(await take(NOW + HOUR)).toEqual([]);
  });

  it('says what was cancelled before it went out, and that nothing was left to say', async () => {
    const { db, store, plan, take, states } = await outbox();
    await plan([row('a'), row('b')]);
    await store.gather(NOW, 10);
    await cancelRows(db, 'T1', ['a', 'b'], 'replaced', NOW);
    const [message] = await take(NOW);
    expect(message?.rows).toEqual([]);
    await store.finish(message as ClaimedMessage, { kind: 'dropped', leftOut: [] }, NOW);
    expect(await states()).toEqual({ a: 'cancelled', b: 'cancelled' });
    expect(await take(NOW + HOUR)).toEqual([]);
  });

  it('settles the rows of one message each in its own way', async () => {
    const { store, plan, take, states } = await outbox();
    await plan([row('a'), row('b'), row('c')]);
    const [message] = await take(NOW);
    const leftOut = [
      { key: 'a', state: 'missed', reason: '期限を過ぎた' } as const,
      { key: 'b', state: 'dropped', reason: '完了した' } as const,
    ];
    await store.begin(message as ClaimedMessage, attempt(leftOut), NOW, 0);
    await store.finish(message as ClaimedMessage, sent(), NOW);
    expect(await states()).toEqual({ a: 'missed', b: 'dropped', c: 'sent' });
    expect((await store.messageAt('T1', 'D1', '1.1')).rows.map(({ key }) => key)).toEqual(['c']);
    expect(await store.messageAt('T2', 'D1', '1.1')).toEqual({ rows: [], late: false });
  });

  it('waits as long as it was deferred', async () => {
    const { store, plan, take } = await outbox();
    await plan([row('a')]);
    const [message] = await take(NOW);
    const deferred: SendOutcome = { kind: 'deferred', until: NOW + HOUR, reason: 'ratelimited' };
    expect(await store.finish(message as ClaimedMessage, deferred, NOW + 1)).toBe(true);
    expect(await take(NOW + HOUR - 1)).toEqual([]);
    expect(await take(NOW + HOUR)).toMatchObject([{ firstTry: null, rows: [{ key: 'a' }] }]);
  });

  it('turns the ledger page by page in the order things are due', async () => {
    const { store, plan } = await outbox();
    await plan(['a', 'b', 'c', 'd'].map((key, index) => row(key, { dueAt: NOW + (index % 2) * HOUR })));
    const window = { from: NOW, to: NOW + 2 * HOUR, limit: 3 };
    const first = await store.ledger('T1', window);
    expect(first.map(({ key }) => key)).toEqual(['a', 'c', 'b']);
    const last = first.at(-1) as { dueAt: number; key: string };
    const second = await store.ledger('T1', { ...window, after: last });
    expect(second.map(({ key }) => key)).toEqual(['d']);
    expect(await store.ledger('T2', window)).toEqual([]);
    expect(await store.countByState('T1')).toEqual(new Map([['pending', 4]]));
  });

  it('forgets what was settled long ago, and nothing that is still to go out', async () => {
    const { store, plan, take, states } = await outbox();
    await plan([row('a'), row('b', { dueAt: NOW + HOUR })]);
    const [message] = await take(NOW);
    await store.finish(message as ClaimedMessage, sent(), NOW);
    expect(await store.forget(NOW, 10)).toBe(0);
    expect(await store.forget(NOW + 1, 10)).toBe(1);
    expect(await states()).toEqual({ b: 'pending' });
  });

  it('leaves nothing behind in a message that is settled: what comes back goes out in another one', async () => {
    const { db, store, plan, take, states } = await outbox();
    await plan([row('a'), row('b')]);
    await store.gather(NOW, 10);
    await cancelRows(db, 'T1', ['b'], 'replaced', NOW);
    const [message] = await take(NOW);
    await store.begin(message as ClaimedMessage, attempt(), NOW, 0);
    await plan([row('a'), row('b', { dueAt: NOW + 1 })]);
    await store.finish(message as ClaimedMessage, sent(), NOW);
    expect(await states()).toEqual({ a: 'sent', b: 'pending' });
    expect((await take(NOW + 1)).map(({ rows }) => rows.map(({ key }) => key))).toEqual([['b']]);
  });

  it('knows where it was tried and what was said there, also of rows that were cancelled since', async () => {
    const { db, store, plan, take, states } = await outbox();
    await plan([row('a'), row('b')]);
    const [message] = await take(NOW);
    await store.begin(
      message as ClaimedMessage,
      attempt([{ key: 'b', state: 'missed', reason: '' }]),
      NOW,
      0,
    );
    await cancelRows(db, 'T1', ['a'], 'replaced', NOW);
    const [again] = await take(NOW + LEASE);
    expect(again).toMatchObject({ triedIn: 'D1', firstTry: NOW, attempts: 1, rows: [] });
    await store.finish(again as ClaimedMessage, sent(), NOW + LEASE);
    expect(await states()).toEqual({ a: 'sent', b: 'missed' });
  });

  it('plans the notice of what Slack refuses together with the refusal, and not for who lost the lease', async () => {
    const { store, plan, take, states } = await outbox();
    await plan([row('a')]);
    const [frozen] = await take(NOW);
    const [message] = await take(NOW + LEASE);
    const refused: SendOutcome = { kind: 'dead', reason: 'is_archived', notice: row('notice') };
    expect(await store.finish(frozen as ClaimedMessage, refused, NOW + LEASE)).toBe(false);
    expect(await states()).toEqual({ a: 'pending' });
    expect(await store.finish(message as ClaimedMessage, refused, NOW + LEASE)).toBe(true);
    expect(await states()).toEqual({ a: 'dead', notice: 'pending' });
  });

  it('looks again after one lease at what a clock far ahead had put off, and leaves the lease to its holder', async () => {
    const { store, plan, take } = await outbox();
    await plan([row('a')]);
    const [ahead] = await take(NOW + 400 * 24 * HOUR);
    expect(await store.recall(NOW, LEASE)).toBe(1);
    expect(await take(NOW + LEASE - 1)).toEqual([]);
    expect(await take(NOW + LEASE)).toMatchObject([{ id: ahead?.id }]);
    expect(await store.recall(NOW + LEASE, LEASE)).toBe(0);
  });

  it('forgets no more at a time than it was told', async () => {
    const { store, plan, take, states } = await outbox();
    await plan(['a', 'b', 'c'].map((key) => row(key)));
    const [message] = await take(NOW);
    await store.finish(message as ClaimedMessage, sent(), NOW);
    expect(await store.forget(NOW + 1, 2)).toBe(2);
    expect(Object.keys(await states())).toHaveLength(1);
    expect(await store.forget(NOW + 1, 2)).toBe(1);
  });

  it('lets two workers share what is due without either getting the message of the other', async () => {
    const { store, plan } = await outbox();
    await plan(Array.from({ length: 40 }, (_, index) => row(`k${index}`, { together: null })));
    await Promise.all([store.gather(NOW, 30), store.gather(NOW, 30)]);
    await store.gather(NOW, 30);
    const claims = await Promise.all(
      [1, 2, 3, 4].map(() => store.claim({ now: NOW, leaseMillis: LEASE, limit: 10 })),
    );
    while (true) {
      const more = await store.claim({ now: NOW, leaseMillis: LEASE, limit: 10 });
      if (more.length === 0) break;
      claims.push(more);
    }
    const keys = claims.flat().flatMap(({ rows }) => rows.map(({ key }) => key));
    expect(keys).toHaveLength(40);
    expect(new Set(keys).size).toBe(40);
  });

  it('sends each key at most once and loses none, in any order of planning, claiming, freezing and clocks', async () => {
    const rounds = engine === 'sqlite' ? 150 : 15;
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 40 }), async (actions) => {
        const { store, plan, take, states } = await outbox();
        const held: ClaimedMessage[] = [];
        const holders = new Map<string, string>();
        const said: string[] = [];
        let now = NOW;
        for (const act of actions) {
          if (act.kind === 'plan')
            await plan(
              act.keys.map((key) => row(key, { dueAt: NOW })),
              now,
            );
          if (act.kind === 'tick') now = Math.max(0, now + act.millis);
          if (act.kind === 'claim') {
            await store.gather(now, 3);
            const claimed = await store.claim({ now, leaseMillis: LEASE, limit: 2 });
            for (const message of claimed) holders.set(message.id, message.token);
            held.push(...claimed);
          }
          if (act.kind === 'finish' && held.length > 0) {
            const message = held.splice(act.which % held.length, 1)[0] as ClaimedMessage;
            if (!(await store.begin(message, attempt(), now, 1))) {
              // A lease that ran out and that nobody took since may still be settled by its holder.
              const isHolder = holders.get(message.id) === message.token;
              expect(await store.finish(message, sent(), now)).toBe(isHolder);
              if (isHolder) holders.delete(message.id);
              continue;
            }
            const outcome: SendOutcome =
              act.how === 'sent' ? sent() : { kind: 'deferred', until: now + 5, reason: 'x' };
            expect(await store.finish(message, outcome, now)).toBe(true);
            holders.delete(message.id);
            if (outcome.kind === 'sent') said.push(...message.rows.map(({ key }) => key));
          }
        }
        // The clock is set right, whatever it was: then everything that is still planned goes out, and nothing else.
        const planned = Object.entries(await states()).filter(([, state]) => state === 'pending');
        now = Math.max(now, NOW) + HOUR;
        await store.recall(now, LEASE);
        for (let turn = 0; turn < 10; turn += 1) {
          now += LEASE;
          for (const message of await take(now)) {
            expect(await store.finish(message, sent(), now)).toBe(true);
            said.push(...message.rows.map(({ key }) => key));
          }
        }
        expect(new Set(said).size, `said twice: ${said.join()}`).toBe(said.length);
        for (const [key] of planned) expect(said).toContain(key);
        const after = await states();
        for (const key of said) expect(after[key]).toBe('sent');
      }),
      { numRuns: rounds },
    );
  }, 60_000);
});

const key = fc.constantFrom('a', 'b');
const action = fc.oneof(
  fc.record({ kind: fc.constant('plan' as const), keys: fc.uniqueArray(key) }),
  fc.record({
    kind: fc.constant('tick' as const),
    millis: fc.constantFrom(-40 * 24 * HOUR, -20_000, 0, 1, 10_000, 40_000, 40 * 24 * HOUR),
  }),
  fc.record({ kind: fc.constant('claim' as const) }),
  fc.record({
    kind: fc.constant('finish' as const),
    which: fc.nat(10),
    how: fc.constantFrom('sent' as const, 'deferred' as const),
  }),
);

function row(key: string, more: Partial<PlannedRow> = {}): PlannedRow {
  return {
    key,
    kind: 'reminder',
    caseId: 'K-00001',
    recipient: 'case:K-00001:primary',
    together: 'primary',
    dueAt: NOW,
    body: { subject: '接続確認環境試験', on: '2026-12-01' },
    ...more,
  };
}

function sent(): SendOutcome {
  return { kind: 'sent', ts: '1.1' };
}

function attempt(leftOut: Attempt['leftOut'] = []): Attempt {
  return { channel: 'D1', late: false, leftOut };
}
