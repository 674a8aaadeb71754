/** Business days of the office, counted over a calendar that is passed in. Days are text, see `calendar.ts`. */
import { addDays, type Day, partsOf, weekdayName } from './calendar.ts';

/** A stretch of days on which the office is closed every year; `from` and `to` are MM-DD and may span New Year. */
export interface YearlyClosing {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export interface OfficeCalendar {
  /** 国民の祝日 and 休日 with their names. */
  readonly holidays: ReadonlyMap<Day, string>;
  /** The last day for which the holidays were announced officially. What lies beyond is provisional. */
  readonly officialUntil: Day;
  /** Names of weekdays (土, 日) on which the office is closed. */
  readonly weekly: ReadonlySet<string>;
  readonly yearly: readonly YearlyClosing[];
  /** Closed on single days, with the reason. */
  readonly days: ReadonlyMap<Day, string>;
  /** Open whatever the rest says. */
  readonly open: ReadonlySet<Day>;
}

/** The far end of a search: no calendar of an office is closed for so long. */
const LONGEST_CLOSING = 60;

/** Why the office is closed on a day, in Japanese; null when it is open. What closes a stretch of days comes first. */
export function closedBecause(calendar: OfficeCalendar, day: Day): string | null {
  if (calendar.open.has(day)) return null;
  const stretch = calendar.yearly.find((closing) => isWithin(closing, day.slice(5)));
  const weekday = weekdayName(day);
  return (
    calendar.days.get(day) ??
    stretch?.name ??
    calendar.holidays.get(day) ??
    (calendar.weekly.has(weekday) ? `${weekday}曜日` : null)
  );
}

export function isBusinessDay(calendar: OfficeCalendar, day: Day): boolean {
  return closedBecause(calendar, day) === null;
}

/** The day itself when the office is open, else the next day on which it is. */
export function businessDayFrom(calendar: OfficeCalendar, day: Day): Day {
  return seek(calendar, day, 1);
}

/** The day itself when the office is open, else the last day before on which it was. */
export function businessDayUntil(calendar: OfficeCalendar, day: Day): Day {
  return seek(calendar, day, -1);
}

/** The `count`th business day after `day` (before it when negative), which is not counted itself. */
export function addBusinessDays(calendar: OfficeCalendar, day: Day, count: number): Day {
  const step = count < 0 ? -1 : 1;
  let at = day;
  for (let left = Math.abs(count); left > 0; left -= 1) at = seek(calendar, addDays(at, step), step);
  return at;
}

/** Business days after `from` up to and including `to`; negative when `to` lies before. */
export function businessDaysBetween(calendar: OfficeCalendar, from: Day, to: Day): number {
  if (to < from) return -businessDaysBetween(calendar, to, from);
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (isBusinessDay(calendar, day)) count += 1;
  }
  return count;
}

/** True beyond the days for which holidays were announced: such a date has to be recomputed when they are. */
export function isProvisional(calendar: OfficeCalendar, day: Day): boolean {
  return day > calendar.officialUntil;
}

/**
 * What was left out in counting between two days, both included: 「12/29〜1/3は年末年始の閉庁、1/11は成人の日のため
 * 数えません。土日も数えません」. Empty when the office is open on all of them.
 */
export function closedBetween(calendar: OfficeCalendar, from: Day, to: Day): string {
  const stretches: { name: string; first: Day; last: Day }[] = [];
  const weekends = new Set<string>();
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const name = closedBecause(calendar, day);
    if (name === null) continue;
    if (name === `${weekdayName(day)}曜日`) weekends.add(weekdayName(day));
    else addTo(stretches, name, day);
  }
  const named = stretches.map(({ name, first, last }) =>
    first === last ? `${short(first)}は${name}` : `${short(first)}〜${short(last)}は${name}`,
  );
  const found = [...'月火水木金土日'].filter((weekday) => weekends.has(weekday)).join('');
  const weekly = found.length === 1 ? `${found}曜日` : found;
  return [
    ...(named.length === 0 ? [] : [`${named.join('、')}のため数えません`]),
    ...(weekly === '' ? [] : [`${weekly}${named.length === 0 ? 'は' : 'も'}数えません`]),
  ].join('。');
}

function addTo(stretches: { name: string; first: Day; last: Day }[], name: string, day: Day): void {
  const last = stretches.at(-1);
  if (last !== undefined && last.name === name && addDays(last.last, 1) === day) last.last = day;
  else stretches.push({ name, first: day, last: day });
}

function seek(calendar: OfficeCalendar, from: Day, step: 1 | -1): Day {
  let day = from;
  for (let tries = 0; tries < LONGEST_CLOSING; tries += 1, day = addDays(day, step)) {
    if (isBusinessDay(calendar, day)) return day;
  }
  throw new RangeError(`the office is closed for more than ${LONGEST_CLOSING} days from ${from}`);
}

function isWithin({ from, to }: YearlyClosing, monthAndDate: string): boolean {
  return from <= to ? monthAndDate >= from && monthAndDate <= to : monthAndDate >= from || monthAndDate <= to;
}

function short(day: Day): string {
  const { month, date } = partsOf(day);
  return `${month}/${date}`;
}
