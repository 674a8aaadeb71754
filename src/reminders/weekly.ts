/** The summary of the cases for the office at the beginning of each week. */
import { businessDayFrom, type OfficeCalendar } from '../business-days.ts';
import { addDays, type Day, weekdayOf } from '../calendar.ts';
import type { ReminderRules } from './rules-file.ts';
import { momentOn } from './timing.ts';

/** Also the kind of the row in the outbox. */
export const WEEKLY = 'weekly';

/** How many cases stood where on a day. */
export interface DayCount {
  readonly day: Day;
  readonly open: number;
  readonly overdue: number;
}

/** The next summary from `today` on: the day its week begins, and the moment it goes out (its first business day). */
export function nextWeekly(
  today: Day,
  { weekly }: Pick<ReminderRules, 'weekly'>,
  calendar: OfficeCalendar,
): { readonly week: Day; readonly day: Day; readonly dueAt: number } {
  const wanted = '日月火水木金土'.indexOf(weekly.weekday);
  // The week of today may begin before today and go out on a later day, because its first days are closed.
  const begun = addDays(today, -((weekdayOf(today) - wanted + 7) % 7));
  const first = businessDayFrom(calendar, begun);
  const week = first >= today ? begun : addDays(begun, 7);
  const day = businessDayFrom(calendar, week);
  return { week, day, dueAt: momentOn(day, weekly.at) };
}
