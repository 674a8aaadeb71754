/** The list an owner gets on the morning of a business day: one message, with the reminders of that morning in it. */
import { addBusinessDays, isBusinessDay, type OfficeCalendar } from '../business-days.ts';
import type { Day } from '../calendar.ts';
import { REMINDER } from './plan.ts';
import { type Recipient, writeRecipient } from './recipient.ts';
import type { ReminderRules } from './rules-file.ts';
import { momentOn } from './timing.ts';

/** What marks the row of a list among the rows of the message. */
export interface MorningFacts {
  readonly morning: Day;
}

/** Of the kind of the reminders and together with them, so that an owner gets one message. */
export interface PlannedMorning {
  readonly key: string;
  readonly kind: typeof REMINDER;
  readonly caseId: null;
  readonly recipient: string;
  readonly together: string;
  /** Epoch milliseconds. */
  readonly dueAt: number;
  readonly body: MorningFacts;
}

/** The lists of a day, one for each of these owners (references); none when the office is closed. */
export function planMorning(
  day: Day,
  owners: readonly string[],
  rules: Pick<ReminderRules, 'send_at'>,
  calendar: OfficeCalendar,
): PlannedMorning[] {
  if (!isBusinessDay(calendar, day)) return [];
  return owners.map((ref) => {
    const recipient = writeRecipient({ kind: 'person', ref } satisfies Recipient);
    return {
      key: ['morning', day, ref].join('|'),
      kind: REMINDER,
      caseId: null,
      recipient,
      together: recipient,
      dueAt: momentOn(day, rules.send_at),
      body: { morning: day },
    };
  });
}

/** The last day whose dates stand in the list of `today`. */
export function morningHorizon(
  today: Day,
  { morning }: Pick<ReminderRules, 'morning'>,
  calendar: OfficeCalendar,
): Day {
  return addBusinessDays(calendar, today, morning.business_days_ahead);
}
