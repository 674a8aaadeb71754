import type { Kysely } from 'kysely';
import {
  type ClaimedMessage,
  type ClaimRequest,
  claimOpen,
  gatherDue,
  recallFarAhead,
  releaseMessages,
} from './outbox-claim.ts';
import { enqueueRows, type PlannedRow } from './outbox-plan.ts';
import { createOutboxReads } from './outbox-reads.ts';
import { type Attempt, beginAttempt, finishMessage, type SendOutcome } from './outbox-settle.ts';
import type { Tables } from './tables.ts';

export type { ClaimedMessage } from './outbox-claim.ts';
export type { Attempt, LeftOut, SendOutcome } from './outbox-settle.ts';
export type OutboxStore = ReturnType<typeof createOutboxStore>;

/**
 * What goes out, once. Rows that are due are gathered into messages; a message is sent by whoever holds its lease,
 * and settled only with the token of that lease. `newId` is chance. Times are epoch milliseconds.
 */
export function createOutboxStore(db: Kysely<Tables>, { newId }: { readonly newId: () => string }) {
  return {
    ...createOutboxReads(db),

    /** Adds rows; a key that exists stays as it is. */
    enqueue(team: string, rows: readonly PlannedRow[], now: number): Promise<void> {
      return enqueueRows(db, team, rows, now);
    },

    /** See `gatherDue`. */
    gather(now: number, limit: number): Promise<number> {
      return gatherDue(db, newId, now, limit);
    },

    /** See `claimOpen`. */
    claim(request: ClaimRequest): Promise<ClaimedMessage[]> {
      return claimOpen(db, newId(), request);
    },

    /** See `releaseMessages`. */
    release(messages: readonly ClaimedMessage[], until: number): Promise<void> {
      return releaseMessages(db, messages, until);
    },

    /** See `recallFarAhead`. */
    recall(now: number, leaseMillis: number): Promise<number> {
      return recallFarAhead(db, now, leaseMillis);
    },

    /** See `beginAttempt`. */
    begin(message: ClaimedMessage, attempt: Attempt, now: number, needed: number): Promise<boolean> {
      return beginAttempt(db, message, attempt, now, needed);
    },

    /** See `finishMessage`. */
    finish(message: ClaimedMessage, outcome: SendOutcome, now: number): Promise<boolean> {
      return finishMessage(db, message, outcome, now);
    },

    /**
     * Forgets what was settled before a moment, the oldest first and at most `limit` rows, so that nobody waits for
     * it; returns how many. Their keys name days that are over.
     */
    async forget(before: number, limit: number): Promise<number> {
      const gone = await db
        .deleteFrom('outbox')
        .where(({ eb, refTuple }) =>
          eb(
            refTuple('team_id', 'key'),
            'in',
            db
              .selectFrom('outbox')
              .select(['team_id', 'key'])
              .where('settled_at', '<', before)
              .orderBy('settled_at')
              .limit(limit)
              .$asTuple('team_id', 'key'),
          ),
        )
        .executeTakeFirst();
      await db
        .deleteFrom('outbox_messages')
        .where(({ eb, refTuple }) =>
          eb(
            refTuple('team_id', 'id'),
            'in',
            db
              .selectFrom('outbox_messages')
              .select(['team_id', 'id'])
              .where('settled_at', '<', before)
              .orderBy('settled_at')
              .limit(limit)
              .$asTuple('team_id', 'id'),
          ),
        )
        .execute();
      return Number(gone.numDeletedRows);
    },
  };
}
