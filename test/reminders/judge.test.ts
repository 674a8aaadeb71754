import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, startOfDay } from '../../src/calendar.ts';
import { aboutOf } from '../../src/reminders/about.ts';
import { forecast } from '../../src/reminders/forecast.ts';
import { judgeReminder, overtaken } from '../../src/reminders/judge.ts';
import { planReminders } from '../../src/reminders/plan.ts';
import type { ReminderRule } from '../../src/reminders/rules-file.ts';
import { caseWith, someDates, someDay, someRule } from '../support/arbitrary-reminders.ts';
import { calendar } from '../support/office-calendar.ts';
import { reminderBasis } from '../support/reminding.ts';

const on = '2027-02-01';
const label = { kind: '窓口の指示' as const, by: '白井', toldOn: '2026-12-01' };
const current = caseWith({ dates: [{ subject: '利用開始', on, label }] });
const facts = { subject: '利用開始' as const, on, rule: 'one', number: 0 };
const ruleOf = (id: string): ReminderRule => {
  const found = reminderBasis.rules.rules.find((rule) => rule.id === id);
  if (found === undefined) throw new Error(`no rule ${id}`);
  return found;
};
const given = { current, rule: ruleOf('on-the-day'), acknowledgedAt: null, now: startOfDay(on) };

describe('a reminder that is due', () => {
  it('is said while it is of use', () => {
    expect(judgeReminder(facts, given)).toEqual({ kind: 'say' });
  });

  it('is not said to whoever may not see the case, of a rule that is gone, of a date that moved', () => {
    expect(judgeReminder(facts, { ...given, current: null })).toMatchObject({ kind: 'dropped' });
    expect(judgeReminder(facts, { ...given, rule: null })).toMatchObject({ kind: 'dropped' });
    expect(judgeReminder({ ...facts, on: '2027-02-02' }, given)).toMatchObject({ kind: 'dropped' });
  });

  it('is missed, not silent, once its day is over; the overdue one is not', () => {
    const now = startOfDay(addDays(on, 1));
    expect(judgeReminder(facts, { ...given, now })).toMatchObject({ kind: 'missed' });
    expect(judgeReminder(facts, { ...given, now: now - 1 })).toEqual({ kind: 'say' });
    expect(judgeReminder(facts, { ...given, rule: ruleOf('overdue'), now })).toEqual({ kind: 'say' });
  });

  it('goes to the office only when nobody confirmed that the date is over', () => {
    const over = startOfDay(addDays(on, 1));
    const late = { ...given, rule: ruleOf('escalation'), now: startOfDay(addDays(on, 3)) };
    expect(judgeReminder(facts, late)).toEqual({ kind: 'say' });
    expect(judgeReminder(facts, { ...late, acknowledgedAt: over - 1 })).toEqual({ kind: 'say' });
    expect(judgeReminder(facts, { ...late, acknowledgedAt: over })).toMatchObject({ kind: 'dropped' });
    expect(judgeReminder(facts, { ...late, rule: ruleOf('overdue'), acknowledgedAt: over })).toEqual({
      kind: 'say',
    });
  });
});

it('of several of the same date only the newest is said, whatever their order', () => {
  const one = fc.record({ dueAt: fc.integer({ min: 0, max: 5 }), about: fc.constantFrom('a', 'b', 'c') });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 12 }), (drawn) => {
      const reminders = drawn.map((each, index) => ({ ...each, key: String(index) }));
      const gone = overtaken(reminders);
      const kept = reminders.filter(({ key }) => !gone.has(key));
      const abouts = new Set(reminders.map(({ about }) => about));
      expect(kept.map(({ about }) => about).toSorted()).toEqual([...abouts].toSorted());
      for (const { about, dueAt } of kept)
        for (const other of reminders) if (other.about === about) expect(other.dueAt <= dueAt).toBe(true);
    }),
  );
});

describe('seen beforehand', () => {
  const basis = fc
    .uniqueArray(someRule, { selector: ({ id }) => id, minLength: 1, maxLength: 4 })
    .map((rules) => ({ calendar, rules: { ...reminderBasis.rules, rules } }));

  it('every row that is due stands in exactly one message, said or with its reason; each recipient gets one', () => {
    let said = 0;
    fc.assert(
      fc.property(someDates, basis, someDay, (dates, made, day) => {
        const state = caseWith({ dates });
        const asOf = startOfDay(day) + 9 * 3_600_000;
        const rows = planReminders('K-00001', state, made)
          .filter(({ dueAt }) => dueAt <= asOf)
          .map(({ body, ...row }) => ({ ...row, facts: body, current: state }));
        const messages = forecast(rows, made, new Map(), asOf);
        const lines = messages.flatMap((message) => message.lines);
        expect(lines.map(({ key }) => key).toSorted()).toEqual(rows.map(({ key }) => key).toSorted());
        expect(new Set(messages.map(({ recipient }) => recipient)).size).toBe(messages.length);
        for (const { recipient, lines: own } of messages) {
          const shown = own.filter(({ verdict }) => verdict.kind === 'say');
          said += shown.length;
          expect(new Set(shown.map((line) => aboutOf(line.caseId, line))).size).toBe(shown.length);
          for (const { key } of own) expect(rows.find((row) => row.key === key)?.recipient).toBe(recipient);
        }
      }),
    );
    expect(said).toBeGreaterThan(0);
  });
});
