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
  const weekOf = (day: Day): Day => addDays(day, -((weekdayOf(day) - wanted + 7) % 7));
  // The week of today may begin before today and go out on a later day, because its first days are closed.
  const first = businessDayFrom(calendar, weekOf(today));
  const day = first >= today ? first : businessDayFrom(calendar, addDays(weekOf(today), 7));
  // A week that is closed to its end has its summary with the next one.
  const week = weekOf(day);
  return { week, day, dueAt: momentOn(day, weekly.at) };
}
