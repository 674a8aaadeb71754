/** Days of the calendar in Japan. A day is text, 2027-04-01: never a Date, whose day depends on a zone. */

/** YYYY-MM-DD in Asia/Tokyo. */
export type Day = string;

const TOKYO_OFFSET_MS = 9 * 3_600_000;
const DAY_MS = 86_400_000;
const WEEKDAYS = '日月火水木金土';

/** The day in Tokyo at a moment in epoch milliseconds. Japan has had no summer time since 1951. */
export function dayInTokyo(at: number): Day {
  return new Date(at + TOKYO_OFFSET_MS).toISOString().slice(0, 10);
}

/** The first moment of a day in Tokyo, in epoch milliseconds. */
export function startOfDay(day: Day): number {
  return numberOf(day) * DAY_MS - TOKYO_OFFSET_MS;
}

/** The day of these numbers, or null when the calendar has none: 2027, 2, 30. Years 1000 to 9999. */
export function dayOf(year: number, month: number, date: number): Day | null {
  const day = `${year}-${pad(month)}-${pad(date)}`;
  return isDay(day) ? day : null;
}

/** True for YYYY-MM-DD that the calendar has. */
export function isDay(text: string): boolean {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

export function addDays(day: Day, count: number): Day {
  return new Date((numberOf(day) + count) * DAY_MS).toISOString().slice(0, 10);
}

/** The same date `count` months later; the last day of that month where it has no such date. */
export function addMonths(day: Day, count: number): Day {
  const { year, month, date } = partsOf(day);
  const months = year * 12 + (month - 1) + count;
  const target = { year: Math.floor(months / 12), month: (months % 12) + 1 };
  const last = lastDateOf(target.year, target.month);
  return `${target.year}-${pad(target.month)}-${pad(Math.min(date, last))}`;
}

/** How many days `to` lies after `from`; negative before it. */
export function daysBetween(from: Day, to: Day): number {
  return numberOf(to) - numberOf(from);
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(day: Day): number {
  return (((numberOf(day) + 4) % 7) + 7) % 7;
}

export function weekdayName(day: Day): string {
  return WEEKDAYS.charAt(weekdayOf(day));
}

export function partsOf(day: Day): { year: number; month: number; date: number } {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), date: Number(day.slice(8, 10)) };
}

/** The number of days of a month, 1 to 12. */
export function lastDateOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** 2027年4月1日（木） */
export function formatDay(day: Day): string {
  const { year, month, date } = partsOf(day);
  return `${year}年${month}月${date}日（${weekdayName(day)}）`;
}

/** 2027年4月1日（木）9:05（日本時間） */
export function formatMoment(at: number): string {
  const clock = new Date(at + TOKYO_OFFSET_MS);
  const minutes = String(clock.getUTCMinutes()).padStart(2, '0');
  return `${formatDay(dayInTokyo(at))}${clock.getUTCHours()}:${minutes}（日本時間）`;
}

function numberOf(day: Day): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
