import DataLoader from 'dataloader';
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

interface Arrival {
  readonly delivery: Delivery;
  readonly now: number;
  readonly dueAt: number;
  readonly attempts: number;
}

/** Every write waits for the disk; those that come in the same turn of the event loop wait for it together. */
const TOGETHER = {
  cache: false,
  maxBatchSize: 100,
  batchScheduleFn: (carryOut: () => void) => void setImmediate(carryOut),
};

/** Received once, handled until it succeeds. Times are epoch milliseconds, `team` is Slack's team id. */
export function createInboxStore(db: Kysely<Tables>) {
  const arrivals = new DataLoader<Arrival, boolean>(receiveAll, TOGETHER);
  const endings = new DataLoader<Pick<Delivery, 'teamId' | 'key'>, void>(handledAll, TOGETHER);

  return {
    /** True when the delivery is new. It counts as its first attempt, and is due again at `retryAt`. */
    receive(delivery: Delivery, now: number, retryAt: number): Promise<boolean> {
      return arrivals.load({ delivery, now, dueAt: retryAt, attempts: 1 });
    },

    /** True when the delivery is new. It is left to whoever claims it, at once. */
    receiveForLater(delivery: Delivery, now: number): Promise<boolean> {
      return arrivals.load({ delivery, now, dueAt: now, attempts: 0 });
    },

    /** What was said is forgotten; that it was handled is not. */
    handled(team: string, key: string): Promise<void> {
      return endings.load({ teamId: team, key });
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
     * Claims what is due, the oldest first and at most `limit`: counts the attempt and moves the next one to `retryAt`
     * in one statement, so that of two callers one wins.
     */
    async claimDue(team: string, now: number, retryAt: number, limit = 1_000): Promise<DueDelivery[]> {
      const due = db
        .selectFrom('inbox')
        .select('key')
        .where('team_id', '=', team)
        .where('state', '=', 'received')
        .where('due_at', '<=', now)
        .orderBy('received_at')
        .limit(limit);
      const rows = await db
        .updateTable('inbox')
        .set((eb) => ({ attempts: eb('attempts', '+', 1), due_at: retryAt }))
        .where('team_id', '=', team)
        .where('state', '=', 'received')
        .where('due_at', '<=', now)
        .where('key', 'in', due)
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

  async function receiveAll(some: readonly Arrival[]): Promise<(boolean | Error)[]> {
    try {
      const fresh = await insert(some);
      return some.map(({ delivery }) => fresh.delete(idOf(delivery)));
    } catch (error) {
      if (some.length === 1) throw error;
      // One that cannot be written must not keep the others out.
      return Promise.all(some.map((one) => receiveAll([one]).then(first, asError)));
    }
  }

  /** The ids of those that were new. */
  async function insert(some: readonly Arrival[]): Promise<Set<string>> {
    const inserted = await db
      .insertInto('inbox')
      .values(
        some.map(({ delivery, now, dueAt, attempts }) => ({
          team_id: cleanText(delivery.teamId),
          key: cleanText(delivery.key),
          kind: delivery.kind,
          body: cleanJson(delivery.body),
          state: 'received',
          attempts,
          received_at: now,
          due_at: dueAt,
          last_error: null,
        })),
      )
      .onConflict((conflict) => conflict.columns(['team_id', 'key']).doNothing())
      .returning(['team_id', 'key'])
      .execute();
    return new Set(inserted.map(({ team_id, key }) => idOf({ teamId: team_id, key })));
  }

  async function handledAll(
    some: readonly Pick<Delivery, 'teamId' | 'key'>[],
  ): Promise<(undefined | Error)[]> {
    const teams = new Set(some.map(({ teamId }) => teamId));
    for (const team of teams) {
      const keys = some.flatMap(({ teamId, key }) => (teamId === team ? [key] : []));
      await db
        .updateTable('inbox')
        .set({ state: 'handled', body: '{}', last_error: null })
        .where('team_id', '=', team)
        .where('key', 'in', keys)
        .execute();
    }
    return some.map(() => undefined);
  }

  function update(team: string, key: string) {
    return db.updateTable('inbox').where('team_id', '=', team).where('key', '=', key);
  }
}

function idOf({ teamId, key }: Pick<Delivery, 'teamId' | 'key'>): string {
  return `${cleanText(teamId)}\n${cleanText(key)}`;
}

function first<Value>([value]: readonly Value[]): Value {
  return value as Value;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
