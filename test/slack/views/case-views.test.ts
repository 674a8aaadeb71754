import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Case } from '../../../src/cases/case.ts';
import { caseId } from '../../../src/cases/case-id.ts';
import { readCommand } from '../../../src/cases/command.ts';
import { decide } from '../../../src/cases/decide.ts';
import { evolve } from '../../../src/cases/evolve.ts';
import { isRefusal } from '../../../src/cases/refusal.ts';
import { RELATIONS, viewOfCase, viewOfEvents } from '../../../src/cases/rights.ts';
import { checkBlocks, checkView } from '../../../src/local-slack/schema/check.ts';
import { caseCard, caseNote, retiredCard } from '../../../src/slack/views/case-card.ts';
import { casesAsCsv } from '../../../src/slack/views/case-csv.ts';
import { formModal } from '../../../src/slack/views/case-fields.ts';
import { CASE_FORMS, formsFor } from '../../../src/slack/views/case-forms.ts';
import { caseHelp } from '../../../src/slack/views/case-help.ts';
import { boardBlocks, ownCaseBlocks } from '../../../src/slack/views/case-home.ts';
import { caseListModal } from '../../../src/slack/views/case-list-view.ts';
import { caseMessage, typedDone, typedProblem } from '../../../src/slack/views/case-message.ts';
import { caseHistoryModal, caseModal } from '../../../src/slack/views/case-view.ts';
import { personForm } from '../../../src/slack/views/person-form.ts';
import { recordMessageForm } from '../../../src/slack/views/record-message-form.ts';
import type { CaseRecord } from '../../../src/store/case-reads.ts';
import type { NumberedEvent } from '../../../src/store/case-rows.ts';
import { apiNames, NOW, rules, STAFF, TODAY, walk } from '../../support/arbitrary-cases.ts';
import { guiding } from '../../support/guiding.ts';

/** A case as people may have brought it about, with everything that happened. */
const cases = walk.map(({ first, later }) => {
  let state: Case | null = null;
  const events: NumberedEvent[] = [];
  for (const { command, by } of [{ command: first, by: 'UA1' }, ...later]) {
    const as = STAFF.includes(by) ? 'staff' : 'provider';
    const read = readCommand({ ...command, by: { person: by, as }, at: NOW });
    const decided = isRefusal(read) ? read : decide(state, read, rules);
    if (isRefusal(decided)) continue;
    for (const event of decided) {
      state = evolve(state, event);
      events.push({ ...event, seq: events.length + 1 });
    }
  }
  return { state, events };
});

const wording = (key: string) => guiding.quoter.quoteKey(key).text;

describe('every screen of a case, whatever happened in it and whoever looks', () => {
  test('is taken by Slack', () => {
    let seen = 0;
    fc.assert(
      fc.property(cases, ({ state, events }) => {
        for (const relation of RELATIONS) {
          const view = state === null ? null : viewOfCase(state, relation);
          if (view === null || relation === 'outsider') continue;
          seen += 1;
          const record: CaseRecord = {
            teamId: 'T01',
            id: 'K-00001',
            version: events.length,
            head: '',
            state: view,
          };
          const theirs = viewOfEvents(events, relation);
          checkView(caseModal({ record, relation, notice: null, apiNames, termsVersion: 'newer' }), 'modal');
          checkView(caseHistoryModal({ id: record.id, events: theirs.slice(0, 15), next: 3 }), 'modal');
          checkView({ type: 'home', blocks: ownCaseBlocks([record, record], TODAY) }, 'home');
          checkView({ type: 'home', blocks: caseMessage(record, theirs.slice(0, 15)).blocks }, 'home');
          const cards = [
            caseCard({ record, relation }),
            caseNote(record, theirs) ?? retiredCard(),
            typedDone(record, theirs.slice(0, 15), ['「明日」を読みました。']),
            typedProblem(record, 'due', ['あ'.repeat(5_000), '<!channel> & <b>']),
          ];
          for (const { text, blocks } of cards) {
            expect(text.length).toBeLessThanOrEqual(4_000);
            checkBlocks(blocks);
          }
          const offered = {
            records: Array.from({ length: 30 }, (_, at) => ({ ...record, id: caseId(at + 1) })),
            canType: true,
            hasEarlier: true,
            metadata: '{}',
          };
          checkView(recordMessageForm(offered), 'modal');
          const list = { key: 'すべて', title: 'すべて' };
          const page = { list, records: [record], count: 1, after: 'a', next: 'b', today: TODAY, apiNames };
          checkView(caseListModal(page), 'modal');
          checkView({ type: 'home', blocks: boardBlocks({ counts: [], steps: [], list: page }) }, 'home');
          const context = {
            record,
            wording,
            apiNames,
            me: 'UA1',
            today: TODAY,
            prefilled: { rows: [], typed: [] },
            termsVersion: 'newer',
          };
          // As it stands, and with every step done, or none in scope.
          const stands = (['完了', '対象外'] as const).map((state) => {
            const steps = record.state.steps.map((step) => ({ ...step, state, aside: null, waiting: null }));
            return { ...record, state: { ...record.state, steps } };
          });
          for (const one of [record, ...stands]) {
            checkView(
              caseModal({ record: one, relation, notice: null, apiNames, termsVersion: 'newer' }),
              'modal',
            );
            for (const name of formsFor(one, relation, 'newer')) {
              const spec = CASE_FORMS[name];
              const screen = {
                spec,
                context: { ...context, record: one },
                metadata: '{}',
                notice: null,
                entered: null,
              };
              checkView(formModal(screen), 'modal');
            }
          }
        }
      }),
      { numRuns: 60 },
    );
    expect(seen).toBeGreaterThan(0);
  });
});

test('no cell of the table begins like a formula, and no name breaks out of its cell', () => {
  const begins = fc.constantFrom('=', '+', '-', '@', '\t=', '＝', ' =', '"=', '",=');
  fc.assert(
    fc.property(cases, begins, fc.string({ maxLength: 30 }), ({ state }, sign, rest) => {
      if (state === null) return;
      const record = { teamId: 'T01', id: 'K-00001', version: 1, head: '', state };
      const usual = casesAsCsv([{ ...record, state: { ...state, company: 'あ' } }]);
      const table = casesAsCsv([{ ...record, state: { ...state, company: `${sign}${rest}` } }]);
      const cells = table.match(/"(?:[^"]|"")*"/g) ?? [];
      expect(cells.length).toBe((usual.match(/"(?:[^"]|"")*"/g) ?? []).length);
      for (const cell of cells) expect(cell).not.toMatch(/^"\s*[=+\-@＝＋－＠]/u);
    }),
    { numRuns: 60 },
  );
});

test('help and the form about a person are taken by Slack', () => {
  checkBlocks(caseHelp().blocks);
  checkView(personForm(), 'modal');
});
