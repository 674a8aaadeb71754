/** How a reminder says how far away its date is. */
import { businessDaysBetween, type OfficeCalendar } from '../business-days.ts';
import { type Day, daysBetween, formatDay } from '../calendar.ts';

/** 「2026年12月25日（金）まで、あと3営業日」「…は今日です」「…を2営業日過ぎています」, with calendar days beside them. */
export function distanceWords(on: Day, today: Day, calendar: OfficeCalendar): string {
  if (on === today) return `${formatDay(on)}は今日です`;
  const days = Math.abs(daysBetween(today, on));
  const business = Math.abs(businessDaysBetween(calendar, today, on));
  const both = `${business}営業日（暦で${days}日）`;
  return on > today ? `${formatDay(on)}まで、あと${both}` : `${formatDay(on)}を${both}過ぎています`;
}
