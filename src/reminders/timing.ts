/** When a rule speaks of a date, and how that was counted. */
import {
  addBusinessDays,
  businessDayFrom,
  businessDayUntil,
  closedBecause,
  closedBetween,
  isBusinessDay,
  isProvisional,
  type OfficeCalendar,
} from '../business-days.ts';
import { addDays, type Day, dayInTokyo, formatDay, startOfDay } from '../calendar.ts';
import { isQuiet, type ReminderRule, type ReminderRules } from './rules-file.ts';

const MINUTE = 60_000;

/** One time a rule speaks of a date. */
export interface Occurrence {
  /** From 0; more than one only where a rule repeats. */
  readonly number: number;
  /** As counted from the date. */
  readonly counted: Day;
  /** The business day on which it is sent. */
  readonly day: Day;
}

/** Every time this rule speaks of a date, the earliest first. */
export function occurrences(rule: ReminderRule, on: Day, calendar: OfficeCalendar): Occurrence[] {
  const { days, every = 0, times = 1 } = rule.when;
  return Array.from({ length: times }, (_, number) => {
    const counted = count(rule, on, days + every * number, calendar);
    const seek = rule.shift === '前の営業日' ? businessDayUntil : businessDayFrom;
    return { number, counted, day: seek(calendar, counted) };
  });
}

/** The moment, in epoch milliseconds, of a time of day (minutes after midnight) in Asia/Tokyo. */
export function momentOn(day: Day, minutes: number): number {
  return startOfDay(day) + minutes * MINUTE;
}

/** The first moment from `now` on at which something may be sent: in office hours of a business day. */
export function nextOpening(now: number, { quiet }: ReminderRules, calendar: OfficeCalendar): number {
  const today = dayInTokyo(now);
  const minutes = Math.floor((now - startOfDay(today)) / MINUTE);
  if (isBusinessDay(calendar, today)) {
    if (!isQuiet(quiet, minutes)) return now;
    const opens = quiet.from <= quiet.to || minutes < quiet.to;
    if (opens) return momentOn(today, quiet.to);
  }
  const next = businessDayFrom(calendar, addDays(today, 1));
  return momentOn(next, quiet.from <= quiet.to ? 0 : quiet.to);
}

/**
 * How the day of a reminder follows from the date, in Japanese: 「期限の10営業日前（12/29〜1/3は年末年始の閉庁、
 * 1/11は成人の日のため数えません。土日も数えません）の12月22日（火）」. Says when a date lies beyond the announced holidays.
 */
export function arithmetic(
  rule: ReminderRule,
  on: Day,
  { number, counted, day }: Occurrence,
  calendar: OfficeCalendar,
): string {
  const { days, unit, side, every = 0 } = rule.when;
  const distance = days + every * number;
  const [from, to] = counted < on ? [counted, addDays(on, -1)] : [addDays(on, 1), counted];
  const left = unit === '営業日' && distance > 0 ? closedBetween(calendar, from, to) : '';
  const way = distance === 0 ? '当日' : `${distance}${unit === '営業日' ? '営業日' : '日'}${side}`;
  const shifted =
    day === counted
      ? ''
      : `。${formatDay(counted)}は${closedBecause(calendar, counted)}のため、${rule.shift}の${formatDay(day)}に送ります`;
  const provisional = isProvisional(calendar, on > day ? on : day)
    ? '。祝日がまだ公表されていない期間を含むため、暫定です'
    : '';
  return `${way}${left === '' ? '' : `（${left}）`}${shifted === '' ? `の${formatDay(day)}` : shifted}${provisional}`;
}

function count(rule: ReminderRule, on: Day, distance: number, calendar: OfficeCalendar): Day {
  const signed = rule.when.side === '前' ? -distance : distance;
  return rule.when.unit === '営業日' && distance > 0
    ? addBusinessDays(calendar, on, signed)
    : addDays(on, signed);
}
