import { type Kysely, sql } from 'kysely';
import { cleanJson, cleanText } from './clean-text.ts';
import type { Tables } from './tables.ts';

export type DeliveryKind = 'event' | 'command' | 'shortcut' | 'action' | 'view';

/** Something Slack delivered. `key` is unique in the workspace: the same key is the same delivery. */
export interface Delivery {
  readonly teamId: string;
  readonly key: string;
  readonly kind: DeliveryKind;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface DueDelivery extends Delivery {
  /** Attempts made so far. */
  readonly attempts: number;
}

export type InboxStore = ReturnType<typeof createInboxStore>;

/** Received once, handled until it succeeds. Times are epoch milliseconds, `team` is Slack's team id. */
export function createInboxStore(db: Kysely<Tables>) {
  return {
    /** True when the delivery is new. It counts as its first attempt, and is due again at `retryAt`. */
    async receive(delivery: Delivery, now: number, retryAt: number): Promise<boolean> {
      const inserted = await db
        .insertInto('inbox')
        .values({
          team_id: cleanText(delivery.teamId),
          key: cleanText(delivery.key),
          kind: delivery.kind,
          body: cleanJson(delivery.body),
          state: 'received',
          attempts: 1,
          received_at: now,
          due_at: retryAt,
          last_error: null,
        })
        .onConflict((conflict) => conflict.columns(['team_id', 'key']).doNothing())
        .executeTakeFirst();
      return inserted.numInsertedOrUpdatedRows === 1n;
    },

    /** What was said is forgotten; that it was handled is not. */
    async handled(team: string, key: string): Promise<void> {
      await update(team, key).set({ state: 'handled', body: '{}', last_error: null }).execute();
    },

    /** To be handled again at `retryAt`. */
    async failed(team: string, key: string, error: string, retryAt: number): Promise<void> {
      await update(team, key)
        .set({ due_at: retryAt, last_error: cleanText(error) })
        .execute();
    },

    /** Given up. The body stays, for the person who looks into it. */
    async dead(team: string, key: string, error: string): Promise<void> {
      await update(team, key)
        .set({ state: 'dead', last_error: cleanText(error) })
        .execute();
    },

    /**
     * Claims what is due: counts the attempt and moves the next one to `retryAt` in one statement, so that
     * of two callers one wins.
     */
    async claimDue(team: string, now: number, retryAt: number): Promise<DueDelivery[]> {
      const rows = await db
        .updateTable('inbox')
        .set((eb) => ({ attempts: eb('attempts', '+', 1), due_at: retryAt }))
        .where('team_id', '=', team)
        .where('state', '=', 'received')
        .where('due_at', '<=', now)
        .returning(['team_id', 'key', 'kind', 'body', 'attempts'])
        .execute();
      return rows.map((row) => ({
        teamId: row.team_id,
        key: row.key,
        kind: row.kind as DeliveryKind,
        body: JSON.parse(row.body) as Record<string, unknown>,
        attempts: row.attempts - 1,
      }));
    },

    /** At start: what another run left unfinished is due at once. Only right while one process holds the file. */
    async releaseAll(team: string, now: number): Promise<void> {
      await db
        .updateTable('inbox')
        .set({ due_at: now })
        .where('team_id', '=', team)
        .where('state', '=', 'received')
        .execute();
    },

    /**
     * Forgets what was handled and came before a moment, the oldest first and at most `limit`; returns how many.
     * What was given up stays for who looks into it.
     */
    async forget(before: number, limit: number): Promise<number> {
      const gone = await db
        .deleteFrom('inbox')
        .where(({ eb, refTuple }) =>
          eb(
            refTuple('team_id', 'key'),
            'in',
            db
              .selectFrom('inbox')
              .select(['team_id', 'key'])
              .where('state', '=', sql.lit('handled'))
              .where('received_at', '<', before)
              .orderBy('received_at')
              .limit(limit)
              .$asTuple('team_id', 'key'),
          ),
        )
        .executeTakeFirst();
      return Number(gone.numDeletedRows);
    },

    /** The workspaces that have unfinished deliveries: the one question that is not asked within a team. */
    async teamsWaiting(): Promise<string[]> {
      const rows = await db
        .selectFrom('inbox')
        .select('team_id')
        .distinct()
        .where('state', '=', 'received')
        .execute();
      return rows.map(({ team_id }) => team_id);
    },

    async stateOf(team: string, key: string): Promise<{ state: string; attempts: number } | null> {
      const row = await db
        .selectFrom('inbox')
        .select(['state', 'attempts'])
        .where('team_id', '=', team)
        .where('key', '=', key)
        .executeTakeFirst();
      return row ?? null;
    },
  };

  function update(team: string, key: string) {
    return db.updateTable('inbox').where('team_id', '=', team).where('key', '=', key);
  }
}
