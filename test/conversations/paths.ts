/** All ways through a flow, generated from the flow itself. */
import type { Flow, Response, Step } from '../../src/conversations/flow.ts';
import {
  type ConversationEvent,
  type FlowFacts,
  type Position,
  replay,
} from '../../src/conversations/replay.ts';

export interface Way {
  readonly events: readonly ConversationEvent[];
  readonly end: Position;
}

/** One choice of APIs for each way 第16条 can treat it: 項番4〜9 only, 項番10 only, the others, and every mixture. */
const API_CHOICES: readonly (readonly number[])[] = [
  [4],
  [10],
  [1],
  [4, 10],
  [1, 10],
  [4, 16],
  Array.from({ length: 17 }, (_, index) => index + 1),
];

/** The answers that can make a difference at a step. */
export function responsesAt(step: Step): Response[] {
  switch (step.kind) {
    case 'apis':
      return [
        ...API_CHOICES.map((rows): Response => ({ kind: 'apis', rows, absent: [] })),
        { kind: 'apis', rows: [4], absent: ['PMH'] },
        { kind: 'apis', rows: [], absent: ['属性連携設定API'] },
      ];
    case 'choice':
      return step.options.map(({ id }) => ({ kind: 'choice', option: id }));
    case 'text':
      return [{ kind: 'text', text: '薬の記録を自社アプリに表示したい' }];
  }
}

export function answered(step: string, response: Response): ConversationEvent {
  return { kind: 'answered', step, response };
}

/** Every way from the start to an outcome. */
export function everyWay(flow: Flow, facts: FlowFacts, events: readonly ConversationEvent[] = []): Way[] {
  const end = replay(flow, facts, events);
  if (end.kind !== 'question') return [{ events, end }];
  return responsesAt(end.step).flatMap((response) =>
    everyWay(flow, facts, [...events, answered(end.step.id, response)]),
  );
}
