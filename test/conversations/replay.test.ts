import { describe, expect, it } from 'vitest';
import { type ConversationEvent, previousStep, refusalOf, replay } from '../../src/conversations/replay.ts';
import { facts, flowNamed, flows } from './held.ts';
import { answered, everyWay, responsesAt } from './paths.ts';

const apis = (rows: number[], absent: string[] = []) => answered('apis', { kind: 'apis', rows, absent });
const choose = (step: string, option: string) => answered(step, { kind: 'choice', option });

describe.each(flows.map((flow) => [flow.id, flow] as const))('every way through %s', (_id, flow) => {
  const ways = everyWay(flow, facts);

  it('ends in an outcome, and every step and outcome is on some way', () => {
    expect(ways.every(({ end }) => end.kind === 'outcome')).toBe(true);
    const steps = new Set(ways.flatMap(({ end }) => end.path.map(({ step }) => step.id)));
    const outcomes = new Set(ways.map(({ end }) => (end.kind === 'outcome' ? end.outcome.id : '')));
    expect([...steps].sort()).toEqual([...flow.steps.keys()].sort());
    expect([...outcomes].sort()).toEqual([...flow.outcomes.keys()].sort());
  });

  it('goes back step by step to the beginning with every answer kept', () => {
    for (const { events, end } of ways) {
      let log = events;
      const seen: string[] = [];
      for (let step = previousStep(end); step !== null; step = previousStep(replay(flow, facts, log))) {
        log = [...log, { kind: 'revisited', step }];
        const position = replay(flow, facts, log);
        expect(position.kind === 'question' && position.step.id).toBe(step);
        expect(position.kind === 'question' && position.current).not.toBeNull();
        expect(position.path).toEqual(end.path);
        seen.unshift(step);
      }
      expect(seen).toEqual(end.path.map(({ step }) => step.id));
    }
  });

  it('takes the same answer again without losing anything', () => {
    for (const { events, end } of ways) {
      for (const { step, response } of end.path) {
        const again = replay(flow, facts, [
          ...events,
          { kind: 'revisited', step: step.id },
          answered(step.id, response),
        ]);
        expect(again).toEqual({ ...end, dropped: [], changed: null });
      }
    }
  });

  it('takes any other answer at any step: what still holds is kept, what does not is named', () => {
    for (const { events, end } of ways) {
      for (const { step } of end.path) {
        for (const response of responsesAt(step)) {
          const event = answered(step.id, response);
          expect(refusalOf(flow, facts, events, event)).toBeNull();
          const after = replay(flow, facts, [...events, event]);
          const before = new Map(end.path.map((one) => [one.step.id, one.response]));
          const left = new Set([
            ...after.path.map((one) => one.step.id),
            ...after.dropped.map((one) => one.step.id),
          ]);
          for (const one of after.path)
            expect(one.response).toEqual(one.step.id === step.id ? response : before.get(one.step.id));
          // Nothing is lost unsaid: an answer is on the path, named as dropped, or waits behind an open question.
          for (const id of before.keys())
            expect(left.has(id) || after.kind === 'question', `${id} vanished`).toBe(true);
        }
      }
    }
  });

  it('can be cancelled and started again in every state', () => {
    for (const { events } of ways) {
      for (let length = 0; length <= events.length; length++) {
        const some = events.slice(0, length);
        const cancelled: ConversationEvent[] = [...some, { kind: 'cancelled' }];
        expect(refusalOf(flow, facts, some, { kind: 'cancelled' })).toBeNull();
        expect(replay(flow, facts, cancelled).kind).toBe('cancelled');
        expect(replay(flow, facts, [...cancelled, { kind: 'restarted' }])).toEqual(replay(flow, facts, []));
        expect(replay(flow, facts, [...some, { kind: 'restarted' }])).toEqual(replay(flow, facts, []));
      }
    }
  });
});

describe('which steps', () => {
  const flow = flowNamed('which-steps');

  it('asks about 第7条 unless 項番10 stands alone (第16条第3項)', () => {
    const askedNext = (rows: number[]) => {
      const position = replay(flow, facts, [apis(rows)]);
      return position.kind === 'question' ? position.step.id : position.kind;
    };
    expect(askedNext([4])).toBe('production-test');
    expect(askedNext([10])).toBe('outcome');
    expect(askedNext([4, 10])).toBe('production-test');
  });

  it('drops the answer about 第7条 when the choice becomes 項番10 alone, and says so', () => {
    const position = replay(flow, facts, [apis([4]), choose('production-test', 'needed'), apis([10])]);
    expect(position.kind).toBe('outcome');
    expect(position.dropped.map(({ step }) => step.id)).toEqual(['production-test']);
    expect(position.changed).toMatchObject({
      from: { response: { rows: [4] } },
      to: { response: { rows: [10] } },
    });
  });

  it('keeps the answer about 第7条 when the choice changes and the question still stands', () => {
    const position = replay(flow, facts, [apis([4]), choose('production-test', 'needed'), apis([4, 16])]);
    expect(position).toMatchObject({ kind: 'outcome', dropped: [] });
    expect(position.path.map(({ response }) => response)).toContainEqual({
      kind: 'choice',
      option: 'needed',
    });
  });

  it.each([
    ['no API', apis([]), 'APIが一つも選ばれていません'],
    ['項番18', apis([4, 18]), '項番18は、この版の別表にありません（項番1〜17）'],
    ['項番0', apis([0]), '項番0は'],
    ['another kind of answer', choose('apis', 'needed'), '形が合いません'],
    ['a step that is not its turn', choose('production-test', 'needed'), 'いまの案内の途中にありません'],
    ['a step of another flow', choose('matter-1', 'confirmed'), 'いまの案内の途中にありません'],
  ])('refuses %s and stays where it is', (_what, event, reason) => {
    expect(refusalOf(flow, facts, [], event)?.reason).toContain(reason);
    expect(replay(flow, facts, [event]).path).toEqual([]);
  });

  it('refuses an option that does not exist, and any answer after it was cancelled', () => {
    expect(refusalOf(flow, facts, [apis([4])], choose('production-test', 'maybe'))?.reason).toContain(
      'maybe',
    );
    expect(refusalOf(flow, facts, [{ kind: 'cancelled' }], apis([4]))?.reason).toContain('取りやめ');
  });

  it('keeps the name of an API that is not in the 別表 as it was typed, and forces it to no row', () => {
    const position = replay(flow, facts, [apis([], ['PMH'])]);
    expect(position.kind).toBe('outcome');
    expect(position.path[0]?.response).toEqual({ kind: 'apis', rows: [], absent: ['PMH'] });
  });
});

describe('which API is ours', () => {
  const flow = flowNamed('find-api');

  it('goes on into the steps, and back across the border', () => {
    const wish = answered('wish', { kind: 'text', text: '薬の記録を表示したい' });
    const events = [wish, apis([8])];
    const position = replay(flow, facts, events);
    expect(position.kind === 'question' && position.step.id).toBe('production-test');
    expect(previousStep(position)).toBe('apis');
  });

  it('refuses a blank wish', () => {
    const blank = answered('wish', { kind: 'text', text: ' 　' });
    expect(refusalOf(flow, facts, [], blank)?.reason).toContain('言葉で書いてください');
  });
});
