/** Looking for what is due, while more and more is planned and was sent: it has to stay flat. */
import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { type Engine, engineOf } from '../../store/dialect.ts';
import { createOutboxStore } from '../../store/outbox-store.ts';
import type { Tables } from '../../store/tables.ts';
import { median } from '../figures.ts';
import { withDatabase } from './databases.ts';
import type { BenchOptions, BenchRow, BenchSection } from './section.ts';

const NOW = Date.UTC(2026, 10, 23, 3);
const MINUTE = 60_000;
const LEASE = MINUTE;
const TAKEN = 50;
/** Of all rows; the others were sent. */
const PENDING_SHARE = 0.1;
/** A scan whose time doubles while the rows grow a hundredfold is no scan of the rows. */
const FLAT = { atMost: 2 };

interface Figures {
  readonly idle: number;
  readonly unindexed: number;
  readonly take: number;
}

export async function benchDueScans({ quick }: BenchOptions): Promise<BenchSection> {
  const sizes = quick ? [200, 1_000] : [10_000, 100_000, 1_000_000];
  const rows: BenchRow[] = [];
  for (const engine of ['sqlite', 'postgres'] as const) {
    await withDatabase(engine, async (db) => {
      const figures = new Map<number, Figures>();
      let filled = 0;
      for (const size of sizes) {
        await fill(db, filled, size);
        filled = size;
        figures.set(size, await measure(db, quick ? 5 : 40));
      }
      rows.push(...compare(engine, figures));
    });
  }
  return {
    name: 'reminders: looking for what is due',
    rows,
    notes: [
      'one look: what is far ahead is recalled, what is due gathered, what is open claimed; nothing is due',
      `a tenth of the rows is planned, the others were sent; taking: ${TAKEN} rows that fell due, gathered and claimed, with synchronous commits`,
      'without the index: the same condition written so that no index serves it',
    ],
  };
}

function compare(engine: Engine, figures: ReadonlyMap<number, Figures>): BenchRow[] {
  const [[smallest, least], ...larger] = [...figures] as [[number, Figures], ...[number, Figures][]];
  const label = (size: number) => `${size.toLocaleString('en')} rows`;
  return larger.flatMap(([size, figure]) => [
    {
      what: `one look, ${label(size)}, ${engine}`,
      ours: figure.idle,
      unit: 'ms',
      baseline: { name: label(smallest), value: least.idle },
      target: FLAT,
    },
    {
      what: `one look, ${label(size)}, ${engine}`,
      ours: figure.idle,
      unit: 'ms',
      baseline: { name: 'without the index', value: figure.unindexed },
      target: null,
    },
    {
      what: `taking ${TAKEN}, ${label(size)}, ${engine}`,
      ours: figure.take,
      unit: 'ms',
      baseline: { name: label(smallest), value: least.take },
      target: FLAT,
    },
  ]);
}

async function measure(db: Kysely<Tables>, rounds: number): Promise<Figures> {
  const store = createOutboxStore(db, { newId: randomUUID });
  const look = async (now: number) => {
    await store.recall(now, LEASE);
    const gathered = await store.gather(now, TAKEN);
    const claimed = await store.claim({ now, leaseMillis: LEASE, limit: TAKEN });
    return { gathered, claimed };
  };
  const times = { idle: [] as number[], unindexed: [] as number[], take: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    times.idle.push(await timed(() => look(NOW)));
    if (round % 4 === 0) times.unindexed.push(await timed(() => lookWithoutIndex(db)));
  }
  for (let round = 0; round < Math.ceil(rounds / 4); round += 1) {
    const now = NOW + round;
    await store.enqueue('T1', planned(now), now);
    let taken = 0;
    times.take.push(
      await timed(async () => {
        taken = (await look(now)).claimed.length;
      }),
    );
    if (taken !== TAKEN) throw new Error(`${taken} of ${TAKEN} were taken`);
    await db
      .updateTable('outbox_messages')
      .set({ state: 'sent', settled_at: now })
      .where('state', '=', 'open')
      .execute();
    await db
      .updateTable('outbox')
      .set({ state: 'sent', settled_at: now })
      .where('state', '=', 'pending')
      .where('message_id', 'is not', null)
      .execute();
  }
  return { idle: median(times.idle), unindexed: median(times.unindexed), take: median(times.take) };
}

function planned(now: number) {
  return Array.from({ length: TAKEN }, () => ({
    key: randomUUID(),
    kind: 'reminder',
    caseId: null,
    recipient: 'office',
    together: null,
    dueAt: now,
    body: {},
  }));
}

async function lookWithoutIndex(db: Kysely<Tables>): Promise<void> {
  await sql`select count(*) from outbox where state || '' = 'pending' and coalesce(message_id, '') = '' and due_at + 0 <= ${NOW}`.execute(
    db,
  );
}

/** Adds rows number `from` + 1 to `to`, each sent one with its message, as the program would have left them. */
async function fill(db: Kysely<Tables>, from: number, to: number): Promise<void> {
  const number = engineOf(db) === 'postgres' ? sql`cast(i as bigint)` : sql`i`;
  const isPending = sql`i % ${sql.lit(Math.round(1 / PENDING_SHARE))} = 0`;
  const numbers = sql`with recursive n(i) as (select ${sql.lit(from + 1)} union all select i + 1 from n where i < ${sql.lit(to)})`;
  await sql`insert into outbox (team_id, key, kind, case_id, recipient, together, due_at, state, message_id, body, reason, created_at, settled_at)
    ${numbers} select 'T1', 'bench|' || i, 'reminder', 'K-' || (i % 5000), 'office', null,
      case when ${isPending} then ${sql.lit(NOW + MINUTE)} + ${number} * 1000 else ${sql.lit(NOW)} - ${number} * 1000 end,
      case when ${isPending} then 'pending' else 'sent' end,
      case when ${isPending} then null else 'M' || i end,
      '{}', null, ${sql.lit(NOW)} - ${number} * 1000,
      case when ${isPending} then null else ${sql.lit(NOW)} - ${number} * 1000 end
    from n`.execute(db);
  await sql`insert into outbox_messages (team_id, id, kind, recipient, state, next_at, token, attempts, first_try, last_try, channel, ts, late, reason, created_at, settled_at)
    ${numbers} select 'T1', 'M' || i, 'reminder', 'office', 'sent', ${sql.lit(NOW)} - ${number} * 1000, 'token', 1,
      ${sql.lit(NOW)} - ${number} * 1000, ${sql.lit(NOW)} - ${number} * 1000, 'C1', '1.' || i, 0, null,
      ${sql.lit(NOW)} - ${number} * 1000, ${sql.lit(NOW)} - ${number} * 1000
    from n where not (${isPending})`.execute(db);
  await sql`analyze`.execute(db);
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await run();
  return performance.now() - begun;
}
