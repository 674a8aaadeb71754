import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBlocks, checkView } from '../../../src/local-slack/schema/check.ts';
import { reminderCard, type ShownReminder } from '../../../src/slack/views/reminder-card.ts';
import { ledgerAsCsv, ledgerModal, STATE_WORDS } from '../../../src/slack/views/reminder-ledger.ts';
import { weeklyCard } from '../../../src/slack/views/weekly-card.ts';
import type { CaseRecord } from '../../../src/store/case-reads.ts';
import { ROW_STATES } from '../../../src/store/outbox-rows.ts';
import { REMINDER_ACTS } from '../../../src/store/reminder-store.ts';
import { anyText } from '../../support/arbitrary-answers.ts';
import { someDates, someDay, someLabel, someSubject } from '../../support/arbitrary-reminders.ts';
import { someCase } from '../../support/arbitrary-states.ts';
import { calendar } from '../../support/office-calendar.ts';

const moment = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 });
const user = fc.constantFrom('U0HEALTH1', 'U0STAFF01', 'ref-of-somebody-erased');
const long = fc.oneof(
  anyText,
  fc.constant('あ'.repeat(2_000)),
  fc.constant('<!channel> *太字* <@U0STAFF01>'),
);
const act = fc.record({
  key: fc.uuid(),
  about: fc.uuid(),
  by: user,
  act: fc.constantFrom(...REMINDER_ACTS),
  until: fc.option(moment),
  at: moment,
});

const someReminders: fc.Arbitrary<ShownReminder[]> = fc
  .array(
    fc.record({
      key: fc.string({ minLength: 1, maxLength: 200 }),
      caseId: fc.integer({ min: 1, max: 99_999 }).map((number) => `K-${String(number).padStart(5, '0')}`),
      company: long,
      date: fc.record({ subject: someSubject, on: someDay, label: someLabel }),
      distance: long,
      arithmetic: long,
      note: fc.option(long),
      escalated: fc.boolean(),
      acts: fc.array(act, { maxLength: 8 }),
    }),
    { maxLength: 40 },
  )
  .map((all) => all.map((one, number) => ({ ...one, number })));

const records: fc.Arbitrary<CaseRecord[]> = fc.array(
  fc.tuple(someCase, someDates, long).map(([state, dates, company]) => ({
    teamId: 'T01',
    id: 'K-00001',
    version: 1,
    head: '',
    state: { ...state, dates, company },
  })),
  { maxLength: 20 },
);

const morning = fc.record({
  today: someDay,
  calendar: fc.constant(calendar),
  due: fc.record({ records, more: fc.nat(100) }),
  waiting: fc.record({ records: records.map((all) => all.slice(0, 10)), more: fc.nat(100) }),
  mine: fc.nat(10_000),
});

const content = fc.record({
  reminders: someReminders,
  office: fc.boolean(),
  morning: fc.option(morning),
  late: fc.boolean(),
  dueAt: moment,
});

/** Every kind of element in these blocks. */
function kinds(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(kinds);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && typeof value.type === 'string' ? [value.type] : [];
  return [...own, ...Object.values(value).flatMap(kinds)];
}

describe('a message of reminders, whatever stands in it and however many there are', () => {
  it('is taken by Slack, says how many there are, and mentions nobody by the words of a case', () => {
    fc.assert(
      fc.property(content, (given) => {
        const { blocks, text } = reminderCard(given);
        checkBlocks(JSON.parse(JSON.stringify(blocks)));
        expect(text.length).toBeLessThanOrEqual(12_000);
        expect(text).not.toMatch(/<[!@#]/);
        expect(kinds(blocks)).not.toContain('mrkdwn');
        if (given.reminders.length > 1) expect(text).toContain(`（${given.reminders.length}件）`);
      }),
      { numRuns: 60 },
    );
  });

  it('gives each reminder that can still be answered its own buttons, numbered as in the message', () => {
    fc.assert(
      fc.property(someReminders, fc.integer({ min: 0, max: 5 }), (reminders, gone) => {
        const left = reminders.slice(gone);
        const { blocks } = reminderCard({
          reminders: left,
          office: true,
          morning: null,
          late: false,
          dueAt: 0,
        });
        const seen = JSON.stringify(blocks).match(/reminder_seen:\d+/g) ?? [];
        const open = left.filter(({ acts }) => acts.every((one) => one.act === 'snoozed'));
        const wanted = open.map(({ number }) => `reminder_seen:${number}`);
        expect(wanted.slice(0, seen.length)).toEqual(seen);
        if (left.length <= 1) expect(seen).toEqual(wanted);
      }),
      { numRuns: 100 },
    );
  });
});

const line = fc.record({
  key: fc.uuid(),
  caseId: fc.option(fc.constant('K-00001')),
  what: long,
  to: fc.option(user),
  place: long,
  dueAt: moment,
  state: fc.constantFrom(...ROW_STATES),
  reason: fc.option(long),
  late: fc.boolean(),
  settledAt: fc.option(moment),
  why: long,
  acts: fc.array(act, { maxLength: 6 }),
});

describe('the ledger', () => {
  it('is taken by Slack, page by page', () => {
    const screen = fc.record({
      name: fc.constantFrom('planned' as const, 'past' as const),
      lines: fc.array(line, { maxLength: 10 }),
      next: fc.option(fc.string({ minLength: 1, maxLength: 300 })),
    });
    fc.assert(
      fc.property(screen, (given) => {
        checkView(JSON.parse(JSON.stringify(ledgerModal(given))), 'modal');
      }),
      { numRuns: 100 },
    );
  });

  it('has words for every state', () => {
    expect(Object.keys(STATE_WORDS).toSorted()).toEqual([...ROW_STATES].toSorted());
  });

  it('as a table has no cell that begins like a formula, and as many cells in every row', () => {
    const begins = fc.constantFrom('=', '+', '-', '@', '\t=', '＝', ' =', '"=', '",=');
    fc.assert(
      fc.property(line, begins, fc.string({ maxLength: 30 }), (one, sign, rest) => {
        const table = ledgerAsCsv([{ ...one, what: `${sign}${rest}`, reason: `${sign}${rest}` }]);
        const cells = table.match(/"(?:[^"]|"")*"/g) ?? [];
        expect(cells).toHaveLength(20);
        for (const cell of cells) expect(cell).not.toMatch(/^"\s*[=+\-@＝＋－＠]/u);
      }),
    );
  });
});

it('the weekly summary is taken by Slack, whatever the cases are called', () => {
  const weekly = fc.record({
    today: someDay,
    counts: fc.array(fc.record({ key: fc.constantFrom('期限切れ', '担当なし'), count: fc.nat() }), {
      maxLength: 8,
    }),
    overdue: records.map((all) => all.slice(0, 10)),
    missed: fc.nat(),
    dead: fc.nat(),
    late: fc.boolean(),
  });
  fc.assert(
    fc.property(weekly, (given) => {
      const { blocks, text } = weeklyCard(given);
      checkBlocks(JSON.parse(JSON.stringify(blocks)));
      expect(text).not.toMatch(/<[!@#]/);
    }),
    { numRuns: 100 },
  );
});
