/** The lists of the morning and the week. */
import { describe, expect, it } from 'vitest';
import { businessDaysBetween, isBusinessDay } from '../../src/business-days.ts';
import { addDays, weekdayOf } from '../../src/calendar.ts';
import { morningHorizon, planMorning } from '../../src/reminders/morning.ts';
import { momentOn } from '../../src/reminders/timing.ts';
import { nextWeekly } from '../../src/reminders/weekly.ts';
import { calendar } from '../support/office-calendar.ts';
import { reminderBasis } from '../support/reminding.ts';

const { rules } = reminderBasis;

describe('the weekly summary', () => {
  it('goes out once a week, on its first business day, seen from every day of ten years', () => {
    for (let today = '2020-01-01'; today < '2030-01-01'; today = addDays(today, 1)) {
      const { week, day, dueAt } = nextWeekly(today, rules, calendar);
      expect(weekdayOf(week)).toBe(1);
      expect(day >= today && isBusinessDay(calendar, day)).toBe(true);
      expect(dueAt).toBe(momentOn(day, rules.weekly.at));
      // No business day between the beginning of its week and the day it goes out.
      expect(businessDaysBetween(calendar, addDays(week, -1), day)).toBe(1);
      // Seen from the next day it is the same one or a later one, never one of the same week twice.
      const next = nextWeekly(addDays(today, 1), rules, calendar);
      expect(next.week >= week && next.week > week === today >= day).toBe(true);
    }
  });

  it('waits for the end of the closing of the year', () => {
    expect(nextWeekly('2026-12-29', rules, calendar)).toMatchObject({
      week: '2027-01-04',
      day: '2027-01-04',
    });
    expect(nextWeekly('2027-01-10', rules, calendar)).toMatchObject({
      week: '2027-01-11',
      day: '2027-01-12',
    });
  });
});

describe('the list of the morning', () => {
  it('is planned for each owner on every business day and on no other', () => {
    for (let day = '2026-01-01'; day < '2028-01-01'; day = addDays(day, 1)) {
      const planned = planMorning(day, ['a', 'b'], rules, calendar);
      expect(planned).toHaveLength(isBusinessDay(calendar, day) ? 2 : 0);
      expect(new Set(planned.map(({ key }) => key)).size).toBe(planned.length);
      for (const { dueAt } of planned) expect(dueAt).toBe(momentOn(day, rules.send_at));
    }
  });

  it('looks ahead over closed days', () => {
    expect(morningHorizon('2026-12-25', rules, calendar)).toBe('2027-01-07');
  });
});
