import { type Kysely, type Selectable, sql } from 'kysely';
import { cleanText } from './clean-text.ts';
import { engineOf } from './dialect.ts';
import { enqueueRows, type PlannedRow } from './outbox-plan.ts';
import type { OutboxMessagesTable, OutboxTable } from './outbox-tables.ts';
import type { Tables } from './tables.ts';

export const ROW_STATES = ['pending', 'sent', 'cancelled', 'missed', 'dropped', 'dead'] as const;
export type RowState = (typeof ROW_STATES)[number];

/** A planned row as it stands. Times are epoch milliseconds. */
export interface OutboxRow extends PlannedRow {
  readonly teamId: string;
  readonly state: RowState;
  readonly messageId: string | null;
  readonly reason: string | null;
  readonly createdAt: number;
  readonly settledAt: number | null;
}

/** A message somebody holds the lease of. `rows` are what is still to be said in it: none when all was cancelled. */
export interface ClaimedMessage {
  readonly teamId: string;
  readonly id: string;
  readonly kind: string;
  readonly recipient: string;
  readonly token: string;
  /** From 1. From 2 on it may stand in Slack already. */
  readonly attempt: number;
  readonly firstTry: number;
  readonly rows: readonly OutboxRow[];
}

/** A row that is not said in the message after all. */
export interface LeftOut {
  readonly key: string;
  readonly state: 'missed' | 'dropped';
  readonly reason: string;
}

export type SendOutcome =
  | {
      readonly kind: 'sent';
      readonly channel: string;
      readonly ts: string;
      readonly late: boolean;
      readonly leftOut: readonly LeftOut[];
    }
  /** Nothing was sent and nothing will be. */
  | { readonly kind: 'dropped'; readonly leftOut: readonly LeftOut[] }
  /** Slack will never take it. */
  | { readonly kind: 'dead'; readonly reason: string }
  | { readonly kind: 'deferred'; readonly until: number; readonly reason: string };

export interface LedgerQuery {
  /** Due from this moment on, and before that one. */
  readonly from: number;
  readonly to: number;
  readonly caseId?: string;
  readonly states?: readonly RowState[];
  /** `dueAt` and `key` of the last row of the page before. */
  readonly after?: { readonly dueAt: number; readonly key: string };
  readonly limit: number;
}

/** A row with what became of it in Slack. */
export interface LedgerRow extends OutboxRow {
  readonly sent: { readonly channel: string; readonly ts: string; readonly late: boolean } | null;
  readonly attempts: number;
}

export type OutboxStore = ReturnType<typeof createOutboxStore>;

/**
 * What goes out, once. Rows that are due are gathered into messages; a message is sent by whoever holds its lease,
 * and settled only with the token of that lease. `newId` is chance.
 */
export function createOutboxStore(db: Kysely<Tables>, { newId }: { readonly newId: () => string }) {
  return {
    /** Adds rows; a key that exists stays as it is. */
    enqueue(team: string, rows: readonly PlannedRow[], now: number): Promise<void> {
      return enqueueRows(db, team, rows, now);
    },

    gather,
    claim,
    finish,

    /** True while nobody else may send it. To be asked right before sending. */
    async stillMine({ teamId, id, token }: ClaimedMessage, now: number): Promise<boolean> {
      const row = await db
        .selectFrom('outbox_messages')
        .select('id')
        .where('team_id', '=', teamId)
        .where('id', '=', id)
        .where('token', '=', token)
        .where('state', '=', 'open')
        .where('next_at', '>', now)
        .executeTakeFirst();
      return row !== undefined;
    },

    /** The rows said in the message that stands there; empty for any other message. */
    async rowsAt(team: string, channel: string, ts: string): Promise<OutboxRow[]> {
      const rows = await db
        .selectFrom('outbox')
        .innerJoin('outbox_messages as m', (join) =>
          join.onRef('m.team_id', '=', 'outbox.team_id').onRef('m.id', '=', 'outbox.message_id'),
        )
        .selectAll('outbox')
        .where('m.team_id', '=', team)
        .where('m.channel', '=', channel)
        .where('m.ts', '=', ts)
        .where('outbox.state', '=', 'sent')
        .orderBy('outbox.due_at')
        .orderBy('outbox.key')
        .execute();
      return rows.map(rowOf);
    },

    async byKeys(team: string, keys: readonly string[]): Promise<OutboxRow[]> {
      if (keys.length === 0) return [];
      const rows = await db
        .selectFrom('outbox')
        .selectAll()
        .where('team_id', '=', team)
        .where('key', 'in', [...keys])
        .execute();
      return rows.map(rowOf);
    },

    /** What is planned and what became of it, in the order it is or was due. */
    async ledger(team: string, query: LedgerQuery): Promise<LedgerRow[]> {
      const { from, to, caseId, states, after, limit } = query;
      let rows = db
        .selectFrom('outbox')
        .leftJoin('outbox_messages as m', (join) =>
          join.onRef('m.team_id', '=', 'outbox.team_id').onRef('m.id', '=', 'outbox.message_id'),
        )
        .selectAll('outbox')
        .select(['m.channel', 'm.ts', 'm.late', 'm.attempts'])
        .where('outbox.team_id', '=', team)
        .where('outbox.due_at', '>=', from)
        .where('outbox.due_at', '<', to);
      if (caseId !== undefined) rows = rows.where('outbox.case_id', '=', caseId);
      if (states !== undefined) rows = rows.where('outbox.state', 'in', [...states]);
      if (after !== undefined) {
        rows = rows.where((eb) =>
          eb.or([
            eb('outbox.due_at', '>', after.dueAt),
            eb.and([eb('outbox.due_at', '=', after.dueAt), eb('outbox.key', '>', after.key)]),
          ]),
        );
      }
      const found = await rows.orderBy('outbox.due_at').orderBy('outbox.key').limit(limit).execute();
      return found.map(({ channel, ts, late, attempts, ...row }) => ({
        ...rowOf(row),
        sent:
          row.state === 'sent' && channel !== null && ts !== null ? { channel, ts, late: late === 1 } : null,
        attempts: attempts ?? 0,
      }));
    },

    async countByState(team: string): Promise<ReadonlyMap<RowState, number>> {
      const rows = await db
        .selectFrom('outbox')
        .select(['state', (eb) => eb.fn.countAll<number>().as('count')])
        .where('team_id', '=', team)
        .groupBy('state')
        .execute();
      return new Map(rows.map(({ state, count }) => [state as RowState, Number(count)]));
    },

    /** Forgets what was settled before a moment; returns how many rows. Their keys name days that are over. */
    async forget(before: number): Promise<number> {
      const gone = await db
        .deleteFrom('outbox')
        .where('state', '<>', 'pending')
        .where('settled_at', '<', before)
        .executeTakeFirst();
      await db
        .deleteFrom('outbox_messages')
        .where('state', '<>', 'open')
        .where('settled_at', '<', before)
        .execute();
      return Number(gone.numDeletedRows);
    },
  };

  /** Gives due rows their messages: those that go together one, each other one its own. Returns how many rows. */
  async function gather(now: number, limit: number): Promise<number> {
    return db.transaction().execute(async (trx) => {
      const mark = newId();
      // Write first: in SQLite a read before it would make the transaction fail beside another writer.
      const rows = await trx
        .updateTable('outbox')
        .set({ message_id: mark })
        .where(({ eb, refTuple }) =>
          eb(
            refTuple('team_id', 'key'),
            'in',
            trx
              .selectFrom('outbox')
              .select(['team_id', 'key'])
              .where('state', '=', sql.lit('pending'))
              .where('message_id', 'is', null)
              .where('due_at', '<=', now)
              .orderBy('due_at')
              .orderBy('key')
              .limit(limit)
              .$if(engineOf(db) === 'postgres', (query) => query.forUpdate().skipLocked())
              .$asTuple('team_id', 'key'),
          ),
        )
        .returning(['team_id', 'key', 'kind', 'recipient', 'together'])
        .execute();
      for (const group of groupsOf(rows)) {
        const { team_id, kind, recipient } = group[0];
        const id = newId();
        await trx
          .insertInto('outbox_messages')
          .values({ ...NEW_MESSAGE, team_id, id, kind, recipient, next_at: now, created_at: now })
          .execute();
        await trx
          .updateTable('outbox')
          .set({ message_id: id })
          .where('team_id', '=', team_id)
          .where(
            'key',
            'in',
            group.map(({ key }) => key),
          )
          .execute();
      }
      return rows.length;
    });
  }

  /** Takes the lease of open messages, the oldest first, for `leaseMillis`; of two callers one gets each. */
  async function claim(given: {
    readonly now: number;
    readonly leaseMillis: number;
    readonly limit: number;
  }): Promise<ClaimedMessage[]> {
    const { now, leaseMillis, limit } = given;
    const token = newId();
    const claimed = await db
      .updateTable('outbox_messages')
      .set((eb) => ({
        token,
        next_at: now + leaseMillis,
        attempts: eb('attempts', '+', 1),
        first_try: sql<number>`coalesce(first_try, ${now})`,
        last_try: now,
      }))
      .where(({ eb, refTuple }) =>
        eb(
          refTuple('team_id', 'id'),
          'in',
          db
            .selectFrom('outbox_messages')
            .select(['team_id', 'id'])
            .where('state', '=', sql.lit('open'))
            .where('next_at', '<=', now)
            .orderBy('next_at')
            .orderBy('id')
            .limit(limit)
            .$if(engineOf(db) === 'postgres', (query) => query.forUpdate().skipLocked())
            .$asTuple('team_id', 'id'),
        ),
      )
      .returningAll()
      .execute();
    return Promise.all(claimed.map((message) => withRows(message, token)));
  }

  async function withRows(message: Selectable<OutboxMessagesTable>, token: string): Promise<ClaimedMessage> {
    const rows = await db
      .selectFrom('outbox')
      .selectAll()
      .where('team_id', '=', message.team_id)
      .where('message_id', '=', message.id)
      .where('state', '=', 'pending')
      .orderBy('due_at')
      .orderBy('key')
      .execute();
    return {
      teamId: message.team_id,
      id: message.id,
      kind: message.kind,
      recipient: message.recipient,
      token,
      attempt: message.attempts,
      firstTry: message.first_try ?? message.created_at,
      rows: rows.map(rowOf),
    };
  }

  /** Settles or defers a message with its rows; false, and nothing done, when the lease is somebody else's by now. */
  async function finish(message: ClaimedMessage, outcome: SendOutcome, now: number): Promise<boolean> {
    return db.transaction().execute(async (trx) => {
      const settled = await trx
        .updateTable('outbox_messages')
        .set(afterSending(outcome, now))
        .where('team_id', '=', message.teamId)
        .where('id', '=', message.id)
        .where('token', '=', message.token)
        .where('state', '=', 'open')
        .executeTakeFirst();
      if (settled.numUpdatedRows !== 1n) return false;
      for (const { keys, ...change } of rowChanges(message, outcome)) {
        await trx
          .updateTable('outbox')
          .set({ ...change, settled_at: now })
          .where('team_id', '=', message.teamId)
          .where('key', 'in', keys)
          // What was cancelled while it was on its way out has been said all the same.
          .where('state', 'in', change.state === 'sent' ? ['pending', 'cancelled'] : ['pending'])
          .execute();
      }
      return true;
    });
  }
}

const NEW_MESSAGE = {
  state: 'open',
  token: null,
  attempts: 0,
  first_try: null,
  last_try: null,
  channel: null,
  ts: null,
  late: 0,
  reason: null,
  settled_at: null,
};

function afterSending(outcome: SendOutcome, now: number) {
  switch (outcome.kind) {
    case 'deferred':
      return { next_at: outcome.until, token: null, reason: cleanText(outcome.reason) };
    case 'sent':
      return {
        state: 'sent',
        channel: outcome.channel,
        ts: outcome.ts,
        late: outcome.late ? 1 : 0,
        reason: null,
        settled_at: now,
      };
    case 'dropped':
      return { state: 'dropped', settled_at: now };
    case 'dead':
      return { state: 'dead', reason: cleanText(outcome.reason), settled_at: now };
  }
}

/** What becomes of which rows; a deferred message keeps its rows. */
function rowChanges(
  { rows }: ClaimedMessage,
  outcome: SendOutcome,
): { state: RowState; reason: string | null; keys: string[] }[] {
  const all = rows.map(({ key }) => key);
  if (outcome.kind === 'deferred' || all.length === 0) return [];
  if (outcome.kind === 'dead') return [{ state: 'dead', reason: cleanText(outcome.reason), keys: all }];
  const left = outcome.leftOut.filter(({ key }) => all.includes(key));
  const rest = all.filter((key) => left.every((one) => one.key !== key));
  const others = left.map(({ key, state, reason }) => ({ state, reason: cleanText(reason), keys: [key] }));
  if (rest.length === 0) return others;
  return outcome.kind === 'sent'
    ? [...others, { state: 'sent', reason: null, keys: rest }]
    : [...others, { state: 'dropped', reason: 'dropped', keys: rest }];
}

type Gathered = Pick<Selectable<OutboxTable>, 'team_id' | 'key' | 'kind' | 'recipient' | 'together'>;

function groupsOf(rows: readonly Gathered[]): [Gathered, ...Gathered[]][] {
  const groups = new Map<string, [Gathered, ...Gathered[]]>();
  for (const row of rows) {
    const { team_id, kind, recipient, together, key } = row;
    const name = JSON.stringify([team_id, kind, recipient, together === null ? ['alone', key] : together]);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

function rowOf(row: Selectable<OutboxTable>): OutboxRow {
  return {
    teamId: row.team_id,
    key: row.key,
    kind: row.kind,
    caseId: row.case_id,
    recipient: row.recipient,
    together: row.together,
    dueAt: row.due_at,
    state: row.state as RowState,
    messageId: row.message_id,
    body: JSON.parse(row.body) as unknown,
    reason: row.reason,
    createdAt: row.created_at,
    settledAt: row.settled_at,
  };
}
