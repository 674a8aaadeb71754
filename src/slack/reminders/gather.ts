/** From rows of the outbox to what their reader may be shown of them now. */
import { z } from 'zod';
import { dayInTokyo, isDay } from '../../calendar.ts';
import { type Case, OTHER_DATE_SUBJECTS } from '../../cases/case.ts';
import { type Place, relationOfPlace, viewOfCase } from '../../cases/rights.ts';
import { aboutOf } from '../../reminders/about.ts';
import { judgeReminder, OVERTAKEN, overtaken } from '../../reminders/judge.ts';
import type { ReminderFacts } from '../../reminders/plan.ts';
import { arithmetic, occurrences } from '../../reminders/timing.ts';
import { distanceWords } from '../../reminders/wording.ts';
import type { CaseStore } from '../../store/case-store.ts';
import type { OutboxRow } from '../../store/outbox-rows.ts';
import type { LeftOut } from '../../store/outbox-store.ts';
import { STEP_NAMES } from '../../terms/steps.ts';
import type { ShownReminder } from '../views/reminder-card.ts';
import type { Reminding } from './reminding.ts';

export const reminderFacts = z.strictObject({
  subject: z.enum([...STEP_NAMES, ...OTHER_DATE_SUBJECTS]),
  on: z.string().refine(isDay),
  rule: z.string(),
  number: z.number().int().nonnegative(),
});

export const morningFacts = z.strictObject({ morning: z.string().refine(isDay) });

/** The rows of a message that are reminders, in the order they are drawn in, and those that ask for the morning list. */
export function sortRows(rows: readonly OutboxRow[]): {
  readonly reminders: readonly OutboxRow[];
  readonly mornings: readonly OutboxRow[];
} {
  const isMorning = ({ body }: OutboxRow) => morningFacts.safeParse(body).success;
  return { reminders: rows.filter((row) => !isMorning(row)), mornings: rows.filter(isMorning) };
}

export interface GatherParts {
  readonly cases: CaseStore;
  readonly reminding: Reminding;
}

export interface Gathered {
  readonly shown: readonly ShownReminder[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Judges every row for this place at this moment, and looks up what is shown of those that are said.
 */
export async function gatherReminders(
  { cases, reminding }: GatherParts,
  rows: readonly OutboxRow[],
  place: Place,
  now: number,
): Promise<Gathered> {
  const said: { row: OutboxRow; facts: ReminderFacts; state: Case }[] = [];
  const leftOut: LeftOut[] = [];
  const read = rows.map((row) => ({ row, facts: reminderFacts.parse(row.body) }));
  const team = rows[0]?.teamId ?? '';
  const acknowledged = await reminding.store.acknowledged(
    team,
    read.map(({ row, facts }) => aboutOf(row.caseId ?? '', facts)),
  );
  for (const { row, facts } of read) {
    const current = await caseFor(cases, row, place);
    const verdict = judgeReminder(facts, {
      current,
      rule: reminding.rules.rules.find(({ id }) => id === facts.rule) ?? null,
      acknowledgedAt: acknowledged.get(aboutOf(row.caseId ?? '', facts)) ?? null,
      now,
    });
    if (verdict.kind !== 'say') leftOut.push({ key: row.key, state: verdict.kind, reason: verdict.reason });
    else if (current !== null) said.push({ row, facts, state: current });
  }
  const gone = overtaken(
    said.map(({ row, facts }) => ({
      key: row.key,
      dueAt: row.dueAt,
      about: aboutOf(row.caseId ?? '', facts),
    })),
  );
  for (const key of gone) leftOut.push({ key, state: OVERTAKEN.kind, reason: OVERTAKEN.reason });
  const kept = said.filter(({ row }) => !gone.has(row.key));
  const shown = await Promise.all(
    kept.map((one, number) => showReminder(cases, reminding, { ...one, number }, now)),
  );
  return { shown: shown.filter((one) => one !== null), leftOut };
}

/** As it stands, for a message that was sent: a date that is gone by now is not shown any more. */
export async function showSent(
  { cases, reminding }: GatherParts,
  rows: readonly OutboxRow[],
  place: Place,
  now: number,
): Promise<ShownReminder[]> {
  const shown = await Promise.all(
    rows.map(async (row, number) => {
      const state = await caseFor(cases, row, place);
      if (state === null) return null;
      return showReminder(
        cases,
        reminding,
        { row, facts: reminderFacts.parse(row.body), state, number },
        now,
      );
    }),
  );
  return shown.filter((one) => one !== null);
}

/** The case as this place may show it; null where it may not. */
async function caseFor(cases: CaseStore, row: OutboxRow, place: Place): Promise<Case | null> {
  const record = row.caseId === null ? null : await cases.find(row.teamId, row.caseId);
  if (record === null) return null;
  return viewOfCase(record.state, relationOfPlace(record.state, record.teamId, place));
}

async function showReminder(
  { people }: Pick<CaseStore, 'people'>,
  { rules, calendar, store }: Reminding,
  { row, facts, state, number }: { row: OutboxRow; facts: ReminderFacts; state: Case; number: number },
  now: number,
): Promise<ShownReminder | null> {
  const rule = rules.rules.find(({ id }) => id === facts.rule);
  const date = state.dates.find(({ subject, on }) => subject === facts.subject && on === facts.on);
  if (rule === undefined || date === undefined) return null;
  const occurrence = occurrences(rule, facts.on, calendar)[facts.number];
  const acts = await store.actsOf(row.teamId, [row.key]);
  const users = await people.usersOf(
    row.teamId,
    acts.map(({ person }) => person),
  );
  return {
    key: row.key,
    number,
    caseId: row.caseId ?? '',
    company: state.company,
    date,
    distance: distanceWords(facts.on, dayInTokyo(now), calendar),
    arithmetic: occurrence === undefined ? '' : arithmetic(rule, facts.on, occurrence, calendar),
    note: rule.note ?? null,
    escalated: rule.unless_acknowledged,
    acts: acts.map(({ person, ...act }) => ({ ...act, by: users.get(person) ?? person })),
  };
}
