/** Every screen of every flow, in a modal and in a thread, within Slack's limits. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePlans } from '../../../src/conversations/compare-plans.ts';
import type { Flow } from '../../../src/conversations/flow.ts';
import { planFor } from '../../../src/conversations/plan.ts';
import { type ConversationEvent, type Position, replay } from '../../../src/conversations/replay.ts';
import { resultOf } from '../../../src/conversations/result.ts';
import { checkBlocks, checkView } from '../../../src/local-slack/schema/check.ts';
import { MOST_BLOCKS, MOST_CHARACTERS } from '../../../src/slack/views/answer-card.ts';
import { compareModal } from '../../../src/slack/views/compare-view.ts';
import { flowHelpCard, flowMenuCard, flowMenuModal } from '../../../src/slack/views/flow-menu.ts';
import type { Screen } from '../../../src/slack/views/screen.ts';
import { flowCard, flowModal } from '../../../src/slack/views/step-view.ts';
import { whyModal } from '../../../src/slack/views/why-view.ts';
import { facts, flows, knowledge, rows, rules, terms } from '../../conversations/held.ts';
import { answered, everyWay } from '../../conversations/paths.ts';
import { anyText } from '../../support/arbitrary-answers.ts';
import { guiding } from '../../support/guiding.ts';
import { version } from '../../support/scripted-answers.ts';

const id = '00000000-0000-4000-8000-000000000000';

function screen(flow: Flow, position: Position, more: Partial<Screen> = {}): Screen {
  return {
    id,
    version: 12,
    flow,
    position,
    result: position.kind === 'outcome' ? resultOf(position, { rules, knowledge }) : null,
    candidates: null,
    notice: null,
    surface: 'modal',
    canRequest: false,
    hasChannel: true,
    terms: version,
    guiding,
    ...more,
  };
}

function expectWithinLimits(shown: Screen): void {
  const { blocks, text } = flowCard({ ...shown, surface: 'thread' });
  expect(blocks.length).toBeLessThanOrEqual(MOST_BLOCKS);
  expect(JSON.stringify(blocks).length).toBeLessThan(MOST_CHARACTERS);
  expect(() => checkBlocks(plainJson(blocks))).not.toThrow();
  expect(text).not.toBe('');
  expect(() => checkView(plainJson(flowModal({ ...shown, surface: 'modal' })), 'modal')).not.toThrow();
}

/** Every state on every way: after each answer, revisited, changed, cancelled. */
function states(flow: Flow): Position[] {
  const seen = new Map<string, Position>();
  const keep = (events: readonly ConversationEvent[]) => {
    const position = replay(flow, facts, events);
    seen.set(JSON.stringify(position), position);
  };
  for (const { events, end } of everyWay(flow, facts)) {
    for (let length = 0; length <= events.length; length++) {
      keep(events.slice(0, length));
      keep([...events.slice(0, length), { kind: 'cancelled' }]);
    }
    for (const { step } of end.path) keep([...events, { kind: 'revisited', step: step.id }]);
    if (flow.id !== 'find-api')
      keep([...events, answered(flow.start, { kind: 'apis', rows: [10], absent: ['PMH'] })]);
  }
  return [...seen.values()];
}

describe.each(flows.map((flow) => [flow.id, flow] as const))('every screen of %s', (_id, flow) => {
  it('is accepted by Slack as a modal and as a card', () => {
    for (const position of states(flow)) expectWithinLimits(screen(flow, position));
  });
});

describe('whatever people type', () => {
  const [whichSteps] = flows.filter(({ id: one }) => one === 'which-steps');
  const [findApi] = flows.filter(({ id: one }) => one === 'find-api');

  it('names of absent APIs, wishes, searches and notices stay within the limits and mention nobody', () => {
    fc.assert(
      fc.property(
        fc.array(
          anyText.map((text) => text.slice(0, 300)),
          { minLength: 1, maxLength: 5 },
        ),
        anyText.map((text) => text.slice(0, 500)),
        fc.subarray([...rows]),
        (absent, words, chosen) => {
          if (whichSteps === undefined || findApi === undefined) throw new Error('flows are missing');
          const named = replay(whichSteps, facts, [answered('apis', { kind: 'apis', rows: chosen, absent })]);
          const candidates = { rows: chosen.slice(0, 5), absent: absent.slice(0, 2), words };
          expectWithinLimits(screen(whichSteps, named, { notice: words }));
          expectWithinLimits(
            screen(whichSteps, replay(whichSteps, facts, []), { candidates, notice: words }),
          );
          const wish = answered('wish', { kind: 'text', text: words.trim() === '' ? '薬' : words });
          const found = screen(findApi, replay(findApi, facts, [wish]), { candidates });
          expectWithinLimits(found);
          expect(JSON.stringify(flowCard({ ...found, surface: 'thread' }).blocks)).not.toMatch(
            /"type":"(mrkdwn|broadcast|usergroup|user|channel|link)"/,
          );
        },
      ),
      { numRuns: 120 },
    );
  });
});

describe('why, compare, menu and help', () => {
  it.each([[[4]], [[10]], [[1, 4, 10]], [[...rows]]])('of a plan for %j are accepted by Slack', (chosen) => {
    const plan = planFor(rules, knowledge, { rows: chosen, productionTest: 'undecided' });
    for (const step of plan.steps) {
      const view = whyModal(step, plan, guiding, terms, version);
      expect(() => checkView(plainJson(view), 'modal')).not.toThrow();
    }
    for (const other of [[4], [10], [...rows]]) {
      const comparison = comparePlans(plan, planFor(rules, knowledge, { rows: other }));
      const view = compareModal(id, plan, other, comparison, guiding, version);
      expect(() => checkView(plainJson(view), 'modal')).not.toThrow();
    }
  });

  it('are accepted by Slack', () => {
    const unfinished = [{ id, title: '必要な手続を調べる', standing: 'あ'.repeat(2_000) }];
    expect(() => checkView(plainJson(flowMenuModal(flows, unfinished)), 'modal')).not.toThrow();
    expect(() => checkBlocks(plainJson(flowMenuCard(flows).blocks))).not.toThrow();
    expect(() => checkBlocks(plainJson(flowHelpCard().blocks))).not.toThrow();
  });
});

function plainJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
