/** What is to be said about the dates of a case: a function of the case, the rules and the calendar. */
import type { OfficeCalendar } from '../business-days.ts';
import type { Day } from '../calendar.ts';
import type { Case, CaseDate, DateSubject } from '../cases/case.ts';
import { openDates } from '../cases/standing.ts';
import { type Recipient, writeRecipient } from './recipient.ts';
import type { AudienceName, ReminderRule, ReminderRules } from './rules-file.ts';
import { momentOn, occurrences } from './timing.ts';

/** Also the kind of the rows in the outbox. */
export const REMINDER = 'reminder';
/** A reminder that somebody put off: it comes again for that person alone. */
export const SNOOZED = 'snoozed';

/** What a reminder is about; the rest is looked up when it is sent. */
export interface ReminderFacts {
  readonly subject: DateSubject;
  readonly on: Day;
  /** Id of the rule. */
  readonly rule: string;
  /** Number of the occurrence, from 0. */
  readonly number: number;
}

/** One reminder for one recipient, as a row of the outbox. `key` is the same for the same case, date, rule and recipient. */
export interface PlannedReminder {
  readonly key: string;
  readonly kind: typeof REMINDER;
  readonly caseId: string;
  readonly recipient: string;
  /** What one recipient is told at one time goes out in one message. */
  readonly together: string;
  /** Epoch milliseconds. */
  readonly dueAt: number;
  readonly body: ReminderFacts;
}

/** What the plan of every case is made from. */
export interface ReminderBasis {
  readonly rules: ReminderRules;
  readonly calendar: OfficeCalendar;
}

/** Dates that still matter while a use is stopped or suspended. */
const MATTER_WHILE_STOPPED: ReadonlySet<DateSubject> = new Set<DateSubject>([
  '利用再開',
  '利用終了',
  '停止再開終了届出',
]);

/** Dates of a case of which people are to be reminded: open ones, and not those of a use that is stopped. */
export function remindedDates(current: Case): CaseDate[] {
  const stopped =
    current.usage.state === 'stopped-by-office' || current.usage.state === 'suspended-by-notice';
  return openDates(current).filter(({ subject }) => !stopped || MATTER_WHILE_STOPPED.has(subject));
}

/**
 * Every reminder of a case, past and future, each once for each recipient. `current` names people by reference. What
 * is over when it is planned is left out by whoever keeps the plan.
 */
export function planReminders(
  id: string,
  current: Case,
  { rules, calendar }: ReminderBasis,
): PlannedReminder[] {
  const planned = new Map<string, PlannedReminder>();
  for (const date of remindedDates(current)) {
    for (const rule of rules.rules.filter((one) => speaksOf(one, date.subject))) {
      const recipients = rule.to.flatMap((audience) => recipientsOf(current, date, audience));
      for (const { number, day } of occurrences(rule, date.on, calendar)) {
        for (const recipient of recipients.map(writeRecipient)) {
          const key = [REMINDER, id, date.subject, date.on, rule.id, number, recipient].join('|');
          planned.set(key, {
            key,
            kind: REMINDER,
            caseId: id,
            recipient,
            together: recipient,
            dueAt: momentOn(day, rules.send_at),
            body: { subject: date.subject, on: date.on, rule: rule.id, number },
          });
        }
      }
    }
  }
  return [...planned.values()];
}

function speaksOf(rule: ReminderRule, subject: DateSubject): boolean {
  return rule.subjects === 'すべて' || rule.subjects.includes(subject);
}

/** A date the office set for itself is told to nobody on the provider's side. */
function recipientsOf(current: Case, { label }: CaseDate, audience: AudienceName): Recipient[] {
  if (audience === '担当室') return [{ kind: 'office' }];
  if (audience === '担当者') return persons([current.owner]);
  if (label.kind === '社内目標') return [];
  if (audience === '連絡先') return persons([current.primary, current.secondary]);
  return current.channel === null ? [] : [{ kind: 'channel', channel: current.channel }];
}

function persons(refs: readonly (string | null)[]): Recipient[] {
  return refs.filter((ref) => ref !== null).map((ref) => ({ kind: 'person', ref }));
}
