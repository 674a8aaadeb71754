/** From rows that are due to a message somebody holds the lease of. */
import { type Kysely, type Selectable, sql } from 'kysely';
import { engineOf } from './dialect.ts';
import { groupsOf, inOrder, type OutboxRow } from './outbox-rows.ts';
import type { OutboxMessagesTable } from './outbox-tables.ts';
import type { Tables } from './tables.ts';

/** A message somebody holds the lease of. `rows` are what is still to be said in it: none when all was cancelled. */
export interface ClaimedMessage {
  readonly teamId: string;
  readonly id: string;
  readonly kind: string;
  readonly recipient: string;
  readonly token: string;
  /** When the lease ends, by the clock of whoever claimed it. */
  readonly leaseEnds: number;
  /** When a post was first under way: it may stand in Slack already. Null when none ever was. */
  readonly firstTry: number | null;
  /** Where the last post was under way to; null when none ever was. */
  readonly triedIn: string | null;
  /** How many posts were under way so far. */
  readonly attempts: number;
  readonly rows: readonly OutboxRow[];
}

/** Nothing waits longer without being looked at again: see `recallFarAhead`. */
const FARTHEST = 86_400_000;

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

/** Gives due rows their messages: those that go together one, each other one its own. Returns how many rows. */
export async function gatherDue(
  db: Kysely<Tables>,
  newId: () => string,
  now: number,
  limit: number,
): Promise<number> {
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
    if (rows.length === 0) return 0;
    const groups = groupsOf(rows).map((group) => ({ id: newId(), group }));
    await trx
      .insertInto('outbox_messages')
      .values(
        groups.map(({ id, group: [{ team_id, kind, recipient }] }) => ({
          ...NEW_MESSAGE,
          team_id,
          id,
          kind,
          recipient,
          next_at: now,
          created_at: now,
        })),
      )
      .execute();
    // All in one statement: in SQLite everybody else waits until this transaction is over.
    const ids = groups.flatMap(({ id, group }) =>
      group.map(({ team_id, key }) => sql`when team_id = ${team_id} and key = ${key} then ${id}`),
    );
    await trx
      .updateTable('outbox')
      .set({ message_id: sql<string>`case ${sql.join(ids, sql` `)} end` })
      .where('message_id', '=', mark)
      .where('team_id', 'in', [...new Set(rows.map(({ team_id }) => team_id))])
      .execute();
    return rows.length;
  });
}

export interface ClaimRequest {
  readonly now: number;
  readonly leaseMillis: number;
  readonly limit: number;
  /** Recipients whose messages are left alone. */
  readonly except?: readonly string[];
}

/** Takes the lease of open messages, the oldest first; of two callers one gets each. */
export async function claimOpen(
  db: Kysely<Tables>,
  token: string,
  { now, leaseMillis, limit, except = [] }: ClaimRequest,
): Promise<ClaimedMessage[]> {
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
          .$if(except.length > 0, (query) => query.where('recipient', 'not in', [...except]))
          .orderBy('next_at')
          .orderBy('id')
          .limit(limit)
          .$if(engineOf(db) === 'postgres', (query) => query.forUpdate().skipLocked())
          .$asTuple('team_id', 'id'),
      ),
    )
    .returningAll()
    .execute();
  if (claimed.length === 0) return [];
  const rows = await rowsOf(db, claimed);
  return claimed.map((message) => ({
    teamId: message.team_id,
    id: message.id,
    kind: message.kind,
    recipient: message.recipient,
    token,
    leaseEnds: message.next_at,
    firstTry: message.first_try,
    triedIn: message.channel,
    attempts: message.attempts,
    rows: rows.filter(({ teamId, messageId }) => teamId === message.team_id && messageId === message.id),
  }));
}

/** What is still to be said in these messages. */
async function rowsOf(
  db: Kysely<Tables>,
  messages: readonly Selectable<OutboxMessagesTable>[],
): Promise<OutboxRow[]> {
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .where('team_id', 'in', [...new Set(messages.map(({ team_id }) => team_id))])
    .where(
      'message_id',
      'in',
      messages.map(({ id }) => id),
    )
    .where('state', '=', 'pending')
    .execute();
  return inOrder(rows);
}

/** Gives back leases that are not made use of: to be looked at again at `until`. */
export async function releaseMessages(
  db: Kysely<Tables>,
  messages: readonly ClaimedMessage[],
  until: number,
): Promise<void> {
  if (messages.length === 0) return;
  await db
    .updateTable('outbox_messages')
    .set({ token: null, next_at: until })
    .where('team_id', 'in', [...new Set(messages.map(({ teamId }) => teamId))])
    .where(
      'id',
      'in',
      messages.map(({ id }) => id),
    )
    .where('token', 'in', [...new Set(messages.map(({ token }) => token))])
    .where('state', '=', 'open')
    .execute();
}

/**
 * What was written by a clock that ran far ahead would be hidden until that day: it is looked at again after one
 * lease. Not at once, because whoever holds the lease may be sending; the token stays theirs. Returns how many.
 */
export async function recallFarAhead(db: Kysely<Tables>, now: number, leaseMillis: number): Promise<number> {
  const recalled = await db
    .updateTable('outbox_messages')
    .set({ next_at: now + leaseMillis })
    .where('state', '=', sql.lit('open'))
    .where('next_at', '>', now + FARTHEST)
    .executeTakeFirst();
  return Number(recalled.numUpdatedRows);
}
