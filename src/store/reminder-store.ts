import { type Kysely, sql } from 'kysely';
import type { Case } from '../cases/case.ts';
import { facetOf } from '../cases/listing.ts';
import { NO_DATE } from '../cases/standing.ts';
import { REMINDER } from '../reminders/plan.ts';
import type { CaseStoreParts } from './case-request.ts';
import { isUniqueViolation } from './dialect.ts';
import { schedulePlan } from './outbox-plan.ts';
import type { CaseCountsTable } from './reminder-tables.ts';
import type { Tables } from './tables.ts';

export const REMINDER_ACTS = ['acknowledged', 'snoozed', 'done'] as const;
export type ReminderAct = (typeof REMINDER_ACTS)[number];

/** What somebody did with a reminder that was said. */
export interface RecordedAct {
  readonly key: string;
  /** What the reminder is about: `aboutOf` its facts. */
  readonly about: string;
  /** Reference of the person. */
  readonly person: string;
  readonly act: ReminderAct;
  /** Epoch milliseconds; null where it was not put off. */
  readonly until: number | null;
  readonly at: number;
}

export type ReminderStore = ReturnType<typeof createReminderStore>;

const PAGE = 200;
const OWNED_BY = facetOf({ by: 'owner', person: '' });

export function createReminderStore(db: Kysely<Tables>) {
  return {
    replanAll,

    /** Records acts of one press; false when this press was recorded before. */
    async record(team: string, sourceKey: string, acts: readonly RecordedAct[]): Promise<boolean> {
      if (acts.length === 0) return true;
      try {
        await db
          .insertInto('reminder_acts')
          .values(acts.map((act) => ({ team_id: team, source_key: sourceKey, ...act })))
          .execute();
        return true;
      } catch (error) {
        if (isUniqueViolation(error)) return false;
        throw error;
      }
    },

    /** When each of these matters was last acknowledged, in epoch milliseconds; those that never were are not in it. */
    async acknowledged(team: string, abouts: readonly string[]): Promise<ReadonlyMap<string, number>> {
      if (abouts.length === 0) return new Map();
      const rows = await db
        .selectFrom('reminder_acts')
        .select(['about', ({ fn }) => fn.max('at').as('at')])
        .where('team_id', '=', team)
        .where('about', 'in', [...abouts])
        .where('act', 'in', ['acknowledged', 'done'])
        .groupBy('about')
        .execute();
      return new Map(rows.map(({ about, at }) => [about, Number(at)]));
    },

    /** What was done with these rows of the outbox, in the order it was done. */
    async actsOf(team: string, keys: readonly string[]): Promise<RecordedAct[]> {
      if (keys.length === 0) return [];
      const rows = await db
        .selectFrom('reminder_acts')
        .select(['key', 'about', 'person', 'act', 'until', 'at'])
        .where('team_id', '=', team)
        .where('key', 'in', [...keys])
        .orderBy('at')
        .execute();
      return rows.map((row) => ({ ...row, act: row.act as ReminderAct }));
    },

    /** Writes down how many cases stand where, once a day. */
    async count(counts: CaseCountsTable): Promise<void> {
      await db
        .insertInto('case_counts')
        .values(counts)
        .onConflict((conflict) => conflict.columns(['team_id', 'day']).doNothing())
        .execute();
    },

    async isCounted(team: string, day: string): Promise<boolean> {
      const row = await db
        .selectFrom('case_counts')
        .select('day')
        .where('team_id', '=', team)
        .where('day', '=', day)
        .executeTakeFirst();
      return row !== undefined;
    },

    /** The counts of the days from `from` on, in order. */
    countsSince(team: string, from: string): Promise<CaseCountsTable[]> {
      return db
        .selectFrom('case_counts')
        .selectAll()
        .where('team_id', '=', team)
        .where('day', '>=', from)
        .orderBy('day')
        .execute();
    },

    /** References of the people who own an open case. Looks at every case: for once a day. */
    async owners(team: string): Promise<string[]> {
      const rows = await db
        .selectFrom('case_facets')
        .select('facet')
        .distinct()
        .where('team_id', '=', team)
        .where('facet', 'like', `${OWNED_BY}%`)
        .where('open', '=', 1)
        .orderBy('facet')
        .execute();
      return rows.map(({ facet }) => facet.slice(OWNED_BY.length));
    },

    /** The workspaces that have cases. */
    async teams(): Promise<string[]> {
      const rows = await db.selectFrom('case_numbers').select('team_id').execute();
      return rows.map(({ team_id }) => team_id);
    },
  };

  /**
   * Plans every open case anew when what plans are made from has changed since: the rules, the holidays, the office's
   * closed days. Each case in a transaction of its own, so that cases can be changed meanwhile. Returns how many.
   */
  async function replanAll(
    fingerprint: string,
    remind: NonNullable<CaseStoreParts['remind']>,
    now: number,
  ): Promise<number> {
    const known = await db.selectFrom('reminder_basis').select('fingerprint').executeTakeFirst();
    if (known?.fingerprint === fingerprint) return 0;
    let planned = 0;
    for (let after = { team_id: '', id: '' }; ; ) {
      const page = await db
        .selectFrom('cases')
        .select(['team_id', 'id'])
        .where('open', '=', 1)
        .where('next_due', '<>', NO_DATE)
        .where(({ eb, refTuple, tuple }) =>
          eb(refTuple('team_id', 'id'), '>', tuple(after.team_id, after.id)),
        )
        .orderBy('team_id')
        .orderBy('id')
        .limit(PAGE)
        .execute();
      for (const { team_id, id } of page) {
        await replan(team_id, id, remind, now);
        planned += 1;
      }
      const last = page.at(-1);
      if (last === undefined) break;
      after = last;
    }
    await db
      .insertInto('reminder_basis')
      .values({ id: REMINDER, fingerprint })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ fingerprint }))
      .execute();
    return planned;
  }

  async function replan(
    team: string,
    id: string,
    remind: NonNullable<CaseStoreParts['remind']>,
    now: number,
  ): Promise<void> {
    await db.transaction().execute(async (trx) => {
      // Takes the lock of the case before it is read: a change at the same moment waits or is waited for.
      await trx
        .updateTable('cases')
        .set({ version: sql<number>`version` })
        .where('team_id', '=', team)
        .where('id', '=', id)
        .execute();
      const row = await trx
        .selectFrom('cases')
        .select('state')
        .where('team_id', '=', team)
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      const planned = remind(id, JSON.parse(row.state) as Case);
      await schedulePlan(trx, { team, caseId: id, kind: REMINDER, now }, planned);
    });
  }
}
