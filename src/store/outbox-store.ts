import { type Kysely, type Selectable, sql } from 'kysely';
import { cleanText } from './clean-text.ts';
import { engineOf } from './dialect.ts';
import { enqueueRows, type PlannedRow } from './outbox-plan.ts';
import { createOutboxReads } from './outbox-reads.ts';
import { groupsOf, type OutboxRow, type RowState, rowOf } from './outbox-rows.ts';
import type { OutboxMessagesTable } from './outbox-tables.ts';
import type { Tables } from './tables.ts';

/** A message somebody holds the lease of. `rows` are what is still to be said in it: none when all was cancelled. */
export interface ClaimedMessage {
  readonly teamId: string;
  readonly id: string;
  readonly kind: string;
  readonly recipient: string;
  readonly token: string;
  /** When a post was first under way: it may stand in Slack already. Null when none ever was. */
  readonly firstTry: number | null;
  /** How many posts were under way so far. */
  readonly attempts: number;
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

    ...createOutboxReads(db),
    gather,
    claim,
    begin,
    finish,

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
      .set({ token, next_at: now + leaseMillis })
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
      firstTry: message.first_try,
      attempts: message.attempts,
      rows: rows.map(rowOf),
    };
  }

  /**
   * To be asked right before sending: true while the lease is held for `needed` more milliseconds, and then it is
   * written down that a post is under way. From then on it may stand in Slack, whatever is heard of it.
   */
  async function begin({ teamId, id, token }: ClaimedMessage, now: number, needed: number): Promise<boolean> {
    const begun = await db
      .updateTable('outbox_messages')
      .set((eb) => ({
        attempts: eb('attempts', '+', 1),
        first_try: sql<number>`coalesce(first_try, ${now})`,
        last_try: now,
      }))
      .where('team_id', '=', teamId)
      .where('id', '=', id)
      .where('token', '=', token)
      .where('state', '=', 'open')
      .where('next_at', '>=', now + needed)
      .executeTakeFirst();
    return begun.numUpdatedRows === 1n;
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
