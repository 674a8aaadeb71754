import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBusinessDay } from '../../src/business-days.ts';
import { addDays, type Day, dayInTokyo, daysBetween, startOfDay } from '../../src/calendar.ts';
import { isQuiet, type ReminderRule } from '../../src/reminders/rules-file.ts';
import { arithmetic, momentOn, nextOpening, occurrences } from '../../src/reminders/timing.ts';
import { distanceWords } from '../../src/reminders/wording.ts';
import { someDay, someRule } from '../support/arbitrary-reminders.ts';
import { calendar } from '../support/office-calendar.ts';
import { reminderBasis } from '../support/reminding.ts';

const { rules } = reminderBasis;

/** Walks day by day, by nothing but whether the office is open. */
function walked(on: Day, { unit, side }: ReminderRule['when'], distance: number): Day {
  const step = side === '前' ? -1 : 1;
  let day = on;
  for (let left = distance; left > 0; ) {
    day = addDays(day, step);
    if (unit === '暦日' || isBusinessDay(calendar, day)) left -= 1;
  }
  return day;
}

describe('the day of a reminder', () => {
  it('is counted from the date and sent on a business day, for every rule of the office and every day of ten years', () => {
    for (let on = '2020-01-01'; on < '2030-01-01'; on = addDays(on, 1)) {
      for (const rule of rules.rules) {
        for (const { number, counted, day } of occurrences(rule, on, calendar)) {
          const { days, every = 0 } = rule.when;
          if (counted !== walked(on, rule.when, days + every * number) || !isBusinessDay(calendar, day))
            expect([rule.id, on, number, counted, day]).toBeNull();
        }
      }
    }
  });

  it('is, for any rule the file may hold, counted as told and moved the way the rule says', () => {
    fc.assert(
      fc.property(someRule, someDay, (rule, on) => {
        const all = occurrences(rule, on, calendar);
        expect(all).toHaveLength(rule.when.times ?? 1);
        for (const { number, counted, day } of all) {
          expect(counted).toBe(walked(on, rule.when, rule.when.days + (rule.when.every ?? 0) * number));
          expect(isBusinessDay(calendar, day)).toBe(true);
          if (rule.shift === '前の営業日') expect(day <= counted).toBe(true);
          else expect(day >= counted).toBe(true);
          const step = day < counted ? 1 : -1;
          for (let one = counted; one !== day; one = addDays(one, -step))
            expect(isBusinessDay(calendar, one)).toBe(false);
        }
      }),
    );
  });

  it('is shown with what was left out in counting, why it was moved, and that it is provisional', () => {
    const rule = (over: Partial<ReminderRule>): ReminderRule => ({
      id: 'one',
      subjects: 'すべて',
      when: { days: 3, unit: '営業日', side: '前' },
      to: ['担当者'],
      shift: '前の営業日',
      unless_acknowledged: false,
      ...over,
    });
    const shown = (one: ReminderRule, on: Day): string => {
      const [first] = occurrences(one, on, calendar);
      return first === undefined ? '' : arithmetic(one, on, first, calendar);
    };
    expect(shown(rule({}), '2027-01-05')).toBe(
      '3営業日前（12/29〜1/3は年末年始の閉庁のため数えません。土日も数えません）の2026年12月25日（金）',
    );
    expect(shown(rule({ when: { days: 21, unit: '暦日', side: '前' } }), '2027-01-22')).toBe(
      '21日前。2027年1月1日（金）は年末年始の閉庁のため、前の営業日の2026年12月28日（月）に送ります',
    );
    expect(shown(rule({ when: { days: 0, unit: '暦日', side: '前' } }), '2026-12-01')).toBe(
      '当日の2026年12月1日（火）',
    );
    expect(shown(rule({}), '2028-02-01')).toContain('暫定です');
  });
});

describe('the moment to send', () => {
  it('is the same moment in Japan on every day of ten years', () => {
    for (let day = '2020-01-01'; day < '2030-01-01'; day = addDays(day, 1))
      expect(new Date(momentOn(day, rules.send_at)).toISOString()).toBe(`${day}T00:00:00.000Z`);
  });

  it('waits for the office: never on a closed day, never in the quiet hours, and never longer than it must', () => {
    const minute = 60_000;
    const moment = fc.tuple(someDay, fc.integer({ min: 0, max: 1_439 }));
    fc.assert(
      fc.property(moment, ([day, minutes]) => {
        const now = momentOn(day, minutes);
        const open = (at: number): boolean => {
          const on = dayInTokyo(at);
          return isBusinessDay(calendar, on) && !isQuiet(rules.quiet, (at - startOfDay(on)) / minute);
        };
        const opening = nextOpening(now, rules, calendar);
        expect(opening >= now && open(opening)).toBe(true);
        for (let at = now; at < opening; at += 15 * minute) expect(open(at)).toBe(false);
      }),
    );
  });
});

it('says how far away a date is, in business days and in days of the calendar', () => {
  expect(distanceWords('2027-01-12', '2026-12-28', calendar)).toBe(
    '2027年1月12日（火）まで、あと6営業日（暦で15日）',
  );
  expect(distanceWords('2026-12-28', '2026-12-28', calendar)).toBe('2026年12月28日（月）は今日です');
  fc.assert(
    fc.property(someDay, someDay, (on, today) => {
      const said = distanceWords(on, today, calendar);
      if (on !== today) expect(said).toContain(`暦で${Math.abs(daysBetween(on, today))}日`);
      expect(said.includes('過ぎています')).toBe(on < today);
      expect(said.includes('あと')).toBe(on > today);
    }),
  );
});
