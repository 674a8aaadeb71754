/** Generated rules and dates: any that the file of the rules would take. */
import fc from 'fast-check';
import { addDays, daysBetween } from '../../src/calendar.ts';
import { type Case, type CaseDate, OTHER_DATE_SUBJECTS } from '../../src/cases/case.ts';
import { AUDIENCES, type ReminderRule } from '../../src/reminders/rules-file.ts';
import { STEP_NAMES } from '../../src/terms/steps.ts';

const FIRST = '2020-01-01';
export const someDay = fc
  .integer({ min: 0, max: daysBetween(FIRST, '2029-12-31') })
  .map((ahead) => addDays(FIRST, ahead));

export const someSubject = fc.constantFrom(...STEP_NAMES, ...OTHER_DATE_SUBJECTS);

const when = fc.oneof(
  fc.record({
    days: fc.integer({ min: 0, max: 60 }),
    unit: fc.constantFrom('営業日' as const, '暦日' as const),
    side: fc.constantFrom('前' as const, '後' as const),
  }),
  fc.record({
    days: fc.integer({ min: 0, max: 10 }),
    unit: fc.constantFrom('営業日' as const, '暦日' as const),
    side: fc.constant('後' as const),
    every: fc.integer({ min: 1, max: 10 }),
    times: fc.integer({ min: 2, max: 6 }),
  }),
);

export const someRule: fc.Arbitrary<ReminderRule> = fc.record({
  id: fc.stringMatching(/^[a-z0-9-]{1,12}$/),
  subjects: fc.oneof(
    fc.constant('すべて' as const),
    fc.uniqueArray(someSubject, { minLength: 1, maxLength: 4 }),
  ),
  when,
  to: fc.uniqueArray(fc.constantFrom(...AUDIENCES), { minLength: 1 }),
  shift: fc.constantFrom('前の営業日' as const, '次の営業日' as const),
  unless_acknowledged: fc.boolean(),
});

export const someLabel: fc.Arbitrary<CaseDate['label']> = fc.oneof(
  fc.constant({ kind: '社内目標' as const }),
  fc.constant({ kind: '規約' as const, clause: '第9条' }),
  someDay.map((checkedOn) => ({
    kind: '公表資料' as const,
    address: 'https://myna.go.jp/html/api/',
    checkedOn,
  })),
  someDay.map((toldOn) => ({ kind: '窓口の指示' as const, by: '白井', toldOn })),
);

export const someDates: fc.Arbitrary<CaseDate[]> = fc.uniqueArray(
  fc.record({ subject: someSubject, on: someDay, label: someLabel }),
  { selector: ({ subject }) => subject, maxLength: 5 },
);

/** A case that was just opened, with these people and dates. */
export function caseWith(over: Partial<Case>): Case {
  return {
    company: '架空ヘルス株式会社（見本）',
    service: null,
    kind: '新規',
    apis: { rows: [16], typed: [] },
    termsVersion: 'cao-undated',
    intake: 'accepted',
    closed: null,
    primary: 'ref-primary',
    secondary: null,
    members: [],
    owner: 'ref-owner',
    channel: null,
    steps: [],
    planApprovedOn: null,
    usage: { state: 'not-in-use' },
    notices: [],
    consultations: [],
    dates: [],
    questionsAsked: 0,
    openQuestions: [],
    messages: [],
    openedAt: 0,
    changedAt: 0,
    ...over,
  };
}
