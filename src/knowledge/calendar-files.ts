/** knowledge/holidays.yaml and knowledge/office-days.yaml: the days on which the office is closed. */
import { z } from 'zod';
import type { OfficeCalendar } from '../business-days.ts';
import { isDay } from '../calendar.ts';

const day = z.string().refine(isDay, { error: '日付は 2027-04-01 の形の、暦にある日にしてください' });
const monthAndDate = z
  .string()
  .refine((text) => isDay(`2028-${text}`), { error: '月日は 12-29 の形にしてください' });
const name = z.string().trim().min(1);

export const holidayFile = z.strictObject({
  source: name,
  /** The last day for which the holidays were announced. */
  official_until: day,
  holidays: z.record(day, name),
});

export const officeDaysFile = z.strictObject({
  weekly: z.array(z.enum(['月', '火', '水', '木', '金', '土', '日'])).max(6),
  yearly: z.array(z.strictObject({ name, from: monthAndDate, to: monthAndDate, source: name })),
  days: z.array(z.strictObject({ name, on: day, source: name })),
  open: z.array(z.strictObject({ on: day, reason: name })),
});

/** The calendar of both files. */
export function officeCalendar(
  holidays: z.infer<typeof holidayFile>,
  office: z.infer<typeof officeDaysFile>,
): OfficeCalendar {
  return {
    holidays: new Map(Object.entries(holidays.holidays)),
    officialUntil: holidays.official_until,
    weekly: new Set(office.weekly),
    yearly: office.yearly.map(({ name, from, to }) => ({ name, from, to })),
    days: new Map(office.days.map(({ on, name }) => [on, name])),
    open: new Set(office.open.map(({ on }) => on)),
  };
}
