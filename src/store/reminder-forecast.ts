/** Rows that would be due at a moment, from the cases themselves: also by rules that the bot has not planned by yet. */
import type { Kysely } from 'kysely';
import type { Case } from '../cases/case.ts';
import { NO_DATE } from '../cases/standing.ts';
import { aboutOf } from '../reminders/about.ts';
import type { DueRow } from '../reminders/forecast.ts';
import { planReminders, type ReminderBasis, type ReminderFacts, SNOOZED } from '../reminders/plan.ts';
import { createReminderStore } from './reminder-store.ts';
import type { Tables } from './tables.ts';

export interface DueReminders {
  readonly team: string;
  readonly rows: readonly DueRow[];
  /** When matters were last acknowledged. */
  readonly acknowledged: ReadonlyMap<string, number>;
}

/**
 * What would be due at `asOf` (epoch milliseconds) and has not gone out: planned rows, and what people put off. What
 * lies before `now` and was never planned is left out, as the bot leaves it out.
 */
export async function dueReminders(
  db: Kysely<Tables>,
  basis: ReminderBasis,
  { now, asOf }: { readonly now: number; readonly asOf: number },
): Promise<DueReminders[]> {
  const cases = await db
    .selectFrom('cases')
    .select(['team_id', 'id', 'state'])
    .where('open', '=', 1)
    .where('next_due', '<>', NO_DATE)
    .orderBy('team_id')
    .orderBy('id')
    .execute();
  const found = new Map<string, DueRow[]>();
  for (const { team_id, id, state } of cases) {
    const current = JSON.parse(state) as Case;
    const planned = planReminders(id, current, basis).filter(({ dueAt }) => dueAt <= asOf);
    const snoozed = await snoozedOf(db, team_id, id, asOf);
    const states = await statesOf(
      db,
      team_id,
      planned.map(({ key }) => key),
    );
    const open = planned.filter(({ key, dueAt }) => {
      const held = states.get(key);
      return held === undefined ? dueAt >= now : held === 'pending' || (held === 'cancelled' && dueAt >= now);
    });
    const rows = [
      ...open.map(({ key, recipient, dueAt, body }) => ({ key, recipient, dueAt, facts: body })),
      ...snoozed,
    ];
    found.set(team_id, [
      ...(found.get(team_id) ?? []),
      ...rows.map((row) => ({ ...row, caseId: id, current })),
    ]);
  }
  const { acknowledged } = createReminderStore(db);
  return Promise.all(
    [...found].map(async ([team, rows]) => ({
      team,
      rows,
      acknowledged: await acknowledged(
        team,
        rows.map(({ caseId, facts }) => aboutOf(caseId, facts)),
      ),
    })),
  );
}

async function statesOf(db: Kysely<Tables>, team: string, keys: readonly string[]) {
  if (keys.length === 0) return new Map<string, string>();
  const rows = await db
    .selectFrom('outbox')
    .select(['key', 'state'])
    .where('team_id', '=', team)
    .where('key', 'in', [...keys])
    .execute();
  return new Map(rows.map(({ key, state }) => [key, state]));
}

async function snoozedOf(db: Kysely<Tables>, team: string, id: string, asOf: number) {
  const rows = await db
    .selectFrom('outbox')
    .select(['key', 'recipient', 'due_at', 'body'])
    .where('team_id', '=', team)
    .where('case_id', '=', id)
    .where('kind', '=', SNOOZED)
    .where('state', '=', 'pending')
    .where('due_at', '<=', asOf)
    .execute();
  return rows.map(({ key, recipient, due_at, body }) => ({
    key,
    recipient,
    dueAt: due_at,
    // Written by the bot from the facts of the reminder that was put off.
    facts: JSON.parse(body) as ReminderFacts,
  }));
}
