/** What whoever holds the lease of a message writes down: that a post is under way, and what became of it. */
import { type Kysely, sql, type Transaction } from 'kysely';
import { cleanText } from './clean-text.ts';
import type { ClaimedMessage } from './outbox-claim.ts';
import { enqueueRows, type PlannedRow } from './outbox-plan.ts';
import type { RowState } from './outbox-rows.ts';
import type { Tables } from './tables.ts';

/** A row that is not said in the message after all. */
export interface LeftOut {
  readonly key: string;
  readonly state: 'missed' | 'dropped';
  readonly reason: string;
}

/** The post that is about to be made. */
export interface Attempt {
  readonly channel: string;
  readonly late: boolean;
  /** All other rows of the claim are said in it. */
  readonly leftOut: readonly LeftOut[];
}

export type SendOutcome =
  /** It stands in the channel of the last attempt. */
  | { readonly kind: 'sent'; readonly ts: string }
  /** Nothing was sent and nothing will be. */
  | { readonly kind: 'dropped'; readonly leftOut: readonly LeftOut[] }
  /** Slack will never take it. The notice, if any, is planned in the same transaction: it is not lost either. */
  | { readonly kind: 'dead'; readonly reason: string; readonly notice: PlannedRow | null }
  | { readonly kind: 'deferred'; readonly until: number; readonly reason: string };

/**
 * To be asked right before sending: true while the lease is held for `needed` more milliseconds, and then it is
 * written down that a post is under way, where, and what is said in it. From then on it may stand in Slack, whatever
 * is heard of it. Rows that are not said in it leave the message.
 */
export async function beginAttempt(
  db: Kysely<Tables>,
  message: ClaimedMessage,
  { channel, late, leftOut }: Attempt,
  now: number,
  needed: number,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const begun = await trx
      .updateTable('outbox_messages')
      .set((eb) => ({
        attempts: eb('attempts', '+', 1),
        first_try: sql<number>`coalesce(first_try, ${now})`,
        last_try: now,
        channel,
        late: late ? 1 : 0,
      }))
      .where('team_id', '=', message.teamId)
      .where('id', '=', message.id)
      .where('token', '=', message.token)
      .where('state', '=', 'open')
      .where('next_at', '>=', now + needed)
      .executeTakeFirst();
    if (begun.numUpdatedRows !== 1n) return false;
    await leaveOut(trx, message, leftOut, now);
    const claimed = message.rows.map(({ key }) => key);
    await detach(trx, message, claimed);
    return true;
  });
}

/** Settles or defers a message with its rows; false, and nothing done, when the lease is somebody else's by now. */
export async function finishMessage(
  db: Kysely<Tables>,
  message: ClaimedMessage,
  outcome: SendOutcome,
  now: number,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const settled = await trx
      .updateTable('outbox_messages')
      .set(messageAfter(outcome, now))
      .where('team_id', '=', message.teamId)
      .where('id', '=', message.id)
      .where('token', '=', message.token)
      .where('state', '=', 'open')
      .executeTakeFirst();
    if (settled.numUpdatedRows !== 1n) return false;
    if (outcome.kind === 'deferred') return true;
    if (outcome.kind === 'dropped') await leaveOut(trx, message, outcome.leftOut, now);
    const { from, state, reason } = rowsAfter(outcome);
    await trx
      .updateTable('outbox')
      .set({ state, reason, settled_at: now })
      .where('team_id', '=', message.teamId)
      .where('message_id', '=', message.id)
      .where('state', 'in', from)
      .execute();
    await detach(trx, message, []);
    if (outcome.kind === 'dead' && outcome.notice !== null) {
      await enqueueRows(trx, message.teamId, [outcome.notice], now);
    }
    return true;
  });
}

async function leaveOut(
  trx: Transaction<Tables>,
  { teamId, rows }: ClaimedMessage,
  leftOut: readonly LeftOut[],
  now: number,
): Promise<void> {
  const own = new Set(rows.map(({ key }) => key));
  for (const { key, state, reason } of leftOut) {
    if (!own.has(key)) continue;
    await trx
      .updateTable('outbox')
      .set({ state, reason: cleanText(reason), settled_at: now })
      .where('team_id', '=', teamId)
      .where('key', '=', key)
      .where('state', '=', 'pending')
      .execute();
  }
}

/** Rows still unsettled that the message does not say: free to be gathered into another one, or to come back. */
async function detach(
  trx: Transaction<Tables>,
  { teamId, id }: ClaimedMessage,
  said: readonly string[],
): Promise<void> {
  await trx
    .updateTable('outbox')
    .set({ message_id: null })
    .where('team_id', '=', teamId)
    .where('message_id', '=', id)
    .where('state', 'in', ['pending', 'cancelled'])
    .$if(said.length > 0, (query) => query.where('key', 'not in', [...said]))
    .execute();
}

function messageAfter(outcome: SendOutcome, now: number) {
  switch (outcome.kind) {
    case 'deferred':
      return { next_at: outcome.until, token: null, reason: cleanText(outcome.reason) };
    case 'sent':
      return { state: 'sent', ts: outcome.ts, reason: null, settled_at: now };
    case 'dropped':
      return { state: 'dropped', settled_at: now };
    case 'dead':
      return { state: 'dead', reason: cleanText(outcome.reason), settled_at: now };
  }
}

/** What becomes of the rows that are still in the message. */
function rowsAfter(outcome: Exclude<SendOutcome, { kind: 'deferred' }>): {
  from: RowState[];
  state: RowState;
  reason: string | null;
} {
  switch (outcome.kind) {
    case 'sent':
      // What was cancelled while it was on its way out has been said all the same.
      return { from: ['pending', 'cancelled'], state: 'sent', reason: null };
    case 'dropped':
      return { from: ['pending'], state: 'dropped', reason: 'dropped' };
    case 'dead':
      return { from: ['pending'], state: 'dead', reason: cleanText(outcome.reason) };
  }
}
