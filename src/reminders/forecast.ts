/** What would go out at a moment: the same judgement as when it is sent, with nothing sent. */
import { type Day, dayInTokyo } from '../calendar.ts';
import type { Case, CaseDate } from '../cases/case.ts';
import { viewOfCase } from '../cases/rights.ts';
import { aboutOf } from './about.ts';
import { judgeReminder, OVERTAKEN, overtaken, type Verdict } from './judge.ts';
import type { ReminderBasis, ReminderFacts } from './plan.ts';
import { readRecipient } from './recipient.ts';
import { arithmetic, occurrences } from './timing.ts';
import { distanceWords } from './wording.ts';

/** A row that is due, with the case it belongs to (people as references). */
export interface DueRow {
  readonly key: string;
  readonly caseId: string;
  readonly recipient: string;
  readonly dueAt: number;
  readonly facts: ReminderFacts;
  readonly current: Case;
}

export interface ForecastLine {
  readonly key: string;
  readonly caseId: string;
  readonly company: string;
  readonly subject: ReminderFacts['subject'];
  readonly on: Day;
  readonly date: CaseDate | null;
  readonly rule: string;
  readonly dueAt: number;
  readonly distance: string;
  /** How the day of the reminder was counted. */
  readonly why: string;
  readonly verdict: Verdict;
}

/** One message: everything one recipient is told at this moment. */
export interface ForecastMessage {
  readonly recipient: string;
  readonly late: boolean;
  readonly lines: readonly ForecastLine[];
}

/** By recipient, in the order things are due. `asOf` in epoch milliseconds. */
export function forecast(
  rows: readonly DueRow[],
  basis: ReminderBasis,
  acknowledged: ReadonlyMap<string, number>,
  asOf: number,
): ForecastMessage[] {
  const byRecipient = new Map<string, DueRow[]>();
  for (const row of [...rows].sort((a, b) => a.dueAt - b.dueAt || (a.key < b.key ? -1 : 1))) {
    byRecipient.set(row.recipient, [...(byRecipient.get(row.recipient) ?? []), row]);
  }
  return [...byRecipient].map(([recipient, own]) => {
    const judged = own.map((row) => ({ row, verdict: judge(row, basis, acknowledged, asOf) }));
    const gone = overtaken(
      judged
        .filter(({ verdict }) => verdict.kind === 'say')
        .map(({ row }) => ({ key: row.key, dueAt: row.dueAt, about: aboutOf(row.caseId, row.facts) })),
    );
    const lines = judged.map(({ row, verdict }) =>
      lineOf(row, gone.has(row.key) ? OVERTAKEN : verdict, basis, asOf),
    );
    const last = Math.max(...own.map(({ dueAt }) => dueAt));
    return { recipient, late: asOf - last > basis.rules.late_after_minutes * 60_000, lines };
  });
}

function judge(
  { facts, caseId, recipient, current }: DueRow,
  { rules }: ReminderBasis,
  acknowledged: ReadonlyMap<string, number>,
  now: number,
): Verdict {
  return judgeReminder(facts, {
    current: viewOfCase(current, isOffice(recipient, current) ? 'staff' : 'contact'),
    rule: rules.rules.find(({ id }) => id === facts.rule) ?? null,
    acknowledgedAt: acknowledged.get(aboutOf(caseId, facts)) ?? null,
    now,
  });
}

/** Whether the owner still belongs to the office is asked of Slack only when something is sent. */
function isOffice(recipient: string, { owner }: Case): boolean {
  const read = readRecipient(recipient);
  return read?.kind === 'office' || (read?.kind === 'person' && read.ref === owner);
}

function lineOf(
  row: DueRow,
  verdict: Verdict,
  { rules, calendar }: ReminderBasis,
  asOf: number,
): ForecastLine {
  const { key, caseId, dueAt, facts, current } = row;
  const rule = rules.rules.find(({ id }) => id === facts.rule);
  const occurrence = rule === undefined ? undefined : occurrences(rule, facts.on, calendar)[facts.number];
  return {
    key,
    caseId,
    company: current.company,
    subject: facts.subject,
    on: facts.on,
    date: current.dates.find(({ subject, on }) => subject === facts.subject && on === facts.on) ?? null,
    rule: facts.rule,
    dueAt,
    distance: distanceWords(facts.on, dayInTokyo(asOf), calendar),
    why:
      rule === undefined || occurrence === undefined ? '' : arithmetic(rule, facts.on, occurrence, calendar),
    verdict,
  };
}
