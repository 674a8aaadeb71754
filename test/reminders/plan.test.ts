import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/calendar.ts';
import { viewOfCase } from '../../src/cases/rights.ts';
import { openDates } from '../../src/cases/standing.ts';
import { planReminders, remindedDates } from '../../src/reminders/plan.ts';
import { readRecipient, writeRecipient } from '../../src/reminders/recipient.ts';
import { caseWith, someDates, someDay, someRule } from '../support/arbitrary-reminders.ts';
import { someCase } from '../support/arbitrary-states.ts';
import { calendar } from '../support/office-calendar.ts';
import { reminderBasis } from '../support/reminding.ts';

const anyRules = fc
  .uniqueArray(someRule, { selector: ({ id }) => id, minLength: 1, maxLength: 4 })
  .map((rules) => ({ calendar, rules: { ...reminderBasis.rules, rules } }));

/** Any state a case gets into, with dates of every label. */
const datedCase = fc.tuple(someCase, someDates).map(([state, dates]) => ({ ...state, dates }));

describe('the plan of a case', () => {
  it('speaks of open dates only, to people of the case only, with one key for each date, rule, time and recipient', () => {
    let planned = 0;
    fc.assert(
      fc.property(datedCase, anyRules, (current, basis) => {
        const all = planReminders('K-00001', current, basis);
        planned += all.length;
        expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
        const matters = all.map(({ body, recipient }) => JSON.stringify([body, recipient]));
        expect(new Set(matters).size).toBe(all.length);
        const people = [current.primary, current.secondary, current.owner];
        for (const { body, recipient } of all) {
          expect(openDates(current)).toContainEqual(
            expect.objectContaining({ subject: body.subject, on: body.on }),
          );
          const to = readRecipient(recipient);
          if (to?.kind === 'person') expect(people).toContain(to.ref);
          if (to?.kind === 'channel') expect(to.channel).toBe(current.channel);
          expect(to).not.toBeNull();
        }
      }),
      { numRuns: 200 },
    );
    expect(planned).toBeGreaterThan(100);
  });

  it('tells nobody on the provider’s side of a date they may not see', () => {
    let hidden = 0;
    fc.assert(
      fc.property(datedCase, anyRules, (current, basis) => {
        const seen = viewOfCase(current, 'contact')?.dates ?? [];
        for (const { body, recipient } of planReminders('K-00001', current, basis)) {
          const to = readRecipient(recipient);
          if (to?.kind === 'office' || (to?.kind === 'person' && to.ref === current.owner)) continue;
          expect(seen.some(({ subject, on }) => subject === body.subject && on === body.on)).toBe(true);
        }
        if (seen.length < current.dates.length) hidden += 1;
      }),
      { numRuns: 200 },
    );
    expect(hidden).toBeGreaterThan(0);
  });

  it('is silent for a case that is closed, declined or done, and while a use is stopped but for what restarts or ends it', () => {
    let stopped = 0;
    fc.assert(
      fc.property(datedCase, (current) => {
        const subjects = remindedDates(current).map(({ subject }) => subject);
        if (current.closed !== null || current.intake === 'declined') expect(subjects).toEqual([]);
        if (!['stopped-by-office', 'suspended-by-notice'].includes(current.usage.state)) return;
        stopped += 1;
        for (const subject of subjects)
          expect(['利用再開', '利用終了', '停止再開終了届出']).toContain(subject);
      }),
      { numRuns: 300 },
    );
    expect(stopped).toBeGreaterThan(0);
  });

  it('of two dates has the rows of both: what moves takes only its own along', () => {
    fc.assert(
      fc.property(someDates, anyRules, (dates, basis) => {
        const whole = planReminders('K-00001', caseWith({ dates }), basis).map(({ key }) => key);
        const parts = dates.flatMap((date) => planReminders('K-00001', caseWith({ dates: [date] }), basis));
        expect(whole.toSorted()).toEqual(parts.map(({ key }) => key).toSorted());
      }),
    );
  });

  it('changes every row of a date that moved', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: 1, max: 400 }), anyRules, (on, later, basis) => {
        const label = { kind: '規約' as const, clause: '第9条' };
        const of = (day: string) =>
          planReminders('K-00001', caseWith({ dates: [{ subject: '利用開始', on: day, label }] }), basis);
        const moved = new Set(of(addDays(on, later)).map(({ key }) => key));
        expect(of(on).filter(({ key }) => moved.has(key))).toEqual([]);
      }),
    );
  });

  it('names every recipient so that it is read back as the same', () => {
    const recipient = fc.oneof(
      fc.constant({ kind: 'office' as const }),
      fc.string({ minLength: 1 }).map((ref) => ({ kind: 'person' as const, ref })),
      fc.stringMatching(/^C[A-Z0-9]{8}$/).map((channel) => ({ kind: 'channel' as const, channel })),
    );
    fc.assert(
      fc.property(recipient, (one) => {
        fc.pre(one.kind !== 'person' || !/[\n\r\u2028\u2029]/.test(one.ref));
        expect(readRecipient(writeRecipient(one))).toEqual(one);
      }),
    );
    for (const forged of ['', 'person:', 'staff', 'Person:U1', 'channel'])
      expect(readRecipient(forged)).toBeNull();
  });
});

it('offers the published three weeks before the production test as a rule to be checked, and invents no other', () => {
  const noted = reminderBasis.rules.rules.filter(({ note }) => note !== undefined);
  expect(noted.map(({ id, subjects, when }) => ({ id, subjects, when }))).toEqual([
    {
      id: 'production-three-weeks-before',
      subjects: ['本番環境試験'],
      when: { days: 21, unit: '暦日', side: '前' },
    },
  ]);
  expect(noted[0]?.note).toMatch(/公表資料の写し.*要確認.*利用規約に日数の定めはありません/);
});
