import type { ReminderFacts } from './plan.ts';

/** The matter of a reminder: all reminders of the same date of the same case share it. */
export function aboutOf(caseId: string, { subject, on }: Pick<ReminderFacts, 'subject' | 'on'>): string {
  return [caseId, subject, on].join('|');
}
