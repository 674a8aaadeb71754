/** Keep the answers, recompute the position: where a conversation stands follows from its events alone. */
import { type StepRules, stepValue } from '../terms/steps.ts';
import {
  type Flow,
  LONGEST_TEXT,
  MOST_ABSENT,
  type Outcome,
  type Response,
  type Step,
  stepOf,
} from './flow.ts';
import type { Condition } from './flow-file.ts';

/** What happened in a conversation, in order. The record is append-only; nothing else is stored. */
export type ConversationEvent =
  | { readonly kind: 'answered'; readonly step: string; readonly response: Response }
  | { readonly kind: 'revisited'; readonly step: string }
  | { readonly kind: 'restarted' }
  | { readonly kind: 'cancelled' };

/** What conditions and checks need beside the flow: the rules of 第16条 and the 項番 of this version. */
export interface FlowFacts {
  readonly rules: StepRules;
  readonly rows: readonly number[];
}

/** 回答: a step with what was answered there. */
export interface Answered {
  readonly step: Step;
  readonly response: Response;
}

/** 現在位置. `path`: the answers that count, in order; `dropped`: those the last event made void. */
export type Position = {
  readonly path: readonly Answered[];
  readonly dropped: readonly Answered[];
  /** The answer that the last event replaced by another one. */
  readonly changed: { readonly from: Answered; readonly to: Answered } | null;
} & (
  | {
      readonly kind: 'question';
      readonly step: Step;
      /** What was answered here before, when the step is revisited. */
      readonly current: Response | null;
    }
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'cancelled' }
);

/** Why an event cannot be taken, for the reader. */
export interface Refusal {
  readonly kind: 'refused';
  readonly reason: string;
}

interface State {
  readonly answers: ReadonlyMap<string, Response>;
  readonly revisiting: string | null;
  readonly cancelled: boolean;
  readonly dropped: readonly Answered[];
  readonly changed: Position['changed'];
}

const FRESH: State = { answers: new Map(), revisiting: null, cancelled: false, dropped: [], changed: null };

/** Where the conversation stands. Answers that the flow, as it is now, no longer takes are left out and named. */
export function replay(flow: Flow, facts: FlowFacts, events: readonly ConversationEvent[]): Position {
  return positionOf(
    flow,
    facts,
    events.reduce((state, event) => apply(flow, facts, state, event), FRESH),
  );
}

/** The refusal of an event in this state of the conversation, or null when it can be stored. */
export function refusalOf(
  flow: Flow,
  facts: FlowFacts,
  events: readonly ConversationEvent[],
  event: ConversationEvent,
): Refusal | null {
  const position = replay(flow, facts, events);
  if (event.kind === 'restarted' || event.kind === 'cancelled') return null;
  if (position.kind === 'cancelled')
    return refused('この案内は取りやめになっています。はじめからやり直せます。');
  const asked = position.kind === 'question' ? position.step.id : null;
  if (event.step !== asked && !position.path.some(({ step }) => step.id === event.step))
    return refused('この設問は、いまの案内の途中にありません。最新の画面でお答えください。');
  if (event.kind === 'revisited') return null;
  const problem = responseProblem(stepOf(flow, event.step), event.response, facts);
  return problem === null ? null : refused(problem);
}

/** The step before the present one, for 戻る; null at the beginning. */
export function previousStep(position: Position): string | null {
  if (position.kind !== 'question') return position.path.at(-1)?.step.id ?? null;
  const at = position.path.findIndex(({ step }) => step.id === position.step.id);
  const before = at < 0 ? position.path.at(-1) : position.path[at - 1];
  return before?.step.id ?? null;
}

/** What is wrong with an answer, in one Japanese sentence with value and what was expected; null when it is fine. */
export function responseProblem(
  step: Step,
  response: Response,
  { rows }: Pick<FlowFacts, 'rows'>,
): string | null {
  if (step.kind !== response.kind) return '設問と答えの形が合いません。最新の画面でお答えください。';
  switch (response.kind) {
    case 'apis':
      return apisProblem(response, rows);
    case 'choice':
      return step.kind === 'choice' && step.options.some(({ id }) => id === response.option)
        ? null
        : `選択肢「${response.option}」はありません。示されたものから選んでください。`;
    case 'text':
      if (response.text.trim() === '') return '何をしたいかを、言葉で書いてください。';
      return response.text.length <= LONGEST_TEXT ? null : `${LONGEST_TEXT}字以内で書いてください。`;
  }
}

/** The refusal of a choice of APIs, the same for a conversation and for the command line. */
export function apisProblem(
  { rows: chosen, absent }: { readonly rows: readonly number[]; readonly absent: readonly string[] },
  rows: readonly number[],
): string | null {
  if (chosen.length === 0 && absent.length === 0)
    return 'APIが一つも選ばれていません。一つ以上選んでください。';
  const unknown = chosen.find((row) => !rows.includes(row));
  if (unknown !== undefined)
    return `項番${unknown}は、この版の別表にありません（項番${rows[0] ?? 1}〜${rows.at(-1) ?? 0}）。`;
  return absent.length <= MOST_ABSENT ? null : `別表にないAPIの名前は${MOST_ABSENT}件までです。`;
}

function refused(reason: string): Refusal {
  return { kind: 'refused', reason };
}

function apply(flow: Flow, facts: FlowFacts, state: State, event: ConversationEvent): State {
  const settled = { ...state, dropped: [], changed: null };
  switch (event.kind) {
    case 'restarted':
      return FRESH;
    case 'cancelled':
      return { ...settled, cancelled: true };
    case 'revisited':
      return { ...settled, revisiting: flow.steps.has(event.step) ? event.step : null };
    case 'answered': {
      const step = flow.steps.get(event.step);
      if (step === undefined || responseProblem(step, event.response, facts) !== null) return settled;
      const to = { step, response: event.response };
      const before = state.answers.get(event.step);
      const changed =
        before === undefined || JSON.stringify(before) === JSON.stringify(event.response)
          ? null
          : { from: { step, response: before }, to };
      const answers = new Map([...state.answers, [event.step, event.response] as const]);
      const kept = stillHolding(flow, facts, answers);
      const dropped = [...answers].flatMap(([id, response]) => {
        const of = flow.steps.get(id);
        return kept.has(id) || of === undefined ? [] : [{ step: of, response }];
      });
      return { answers: kept, revisiting: null, cancelled: false, dropped, changed };
    }
  }
}

/** The answers on the path, and those that can still come onto it from the first open step. */
function stillHolding(
  flow: Flow,
  facts: FlowFacts,
  answers: ReadonlyMap<string, Response>,
): Map<string, Response> {
  const { path, end } = walk(flow, facts, answers);
  const onPath = new Set(path.map(({ step }) => step.id));
  const ahead = reachableFrom(flow, end);
  return new Map([...answers].filter(([id]) => onPath.has(id) || ahead.has(id)));
}

function positionOf(flow: Flow, facts: FlowFacts, state: State): Position {
  const { path, end } = walk(flow, facts, state.answers);
  const base = { path, dropped: state.dropped, changed: state.changed };
  if (state.cancelled) return { ...base, kind: 'cancelled' };
  const revisited = path.find(({ step }) => step.id === state.revisiting);
  if (revisited) return { ...base, kind: 'question', step: revisited.step, current: revisited.response };
  const outcome = flow.outcomes.get(end);
  if (outcome) return { ...base, kind: 'outcome', outcome };
  return { ...base, kind: 'question', step: stepOf(flow, end), current: null };
}

/** From the start along the answers to the first open step or the outcome. */
function walk(
  flow: Flow,
  facts: FlowFacts,
  answers: ReadonlyMap<string, Response>,
): { path: Answered[]; end: string } {
  const path: Answered[] = [];
  let end = flow.start;
  for (let step = flow.steps.get(end); step !== undefined; step = flow.steps.get(end)) {
    const response = answers.get(step.id);
    if (response === undefined) break;
    path.push({ step, response });
    end = nextOf(step, facts, answers);
  }
  return { path, end };
}

function nextOf(step: Step, facts: FlowFacts, answers: ReadonlyMap<string, Response>): string {
  const route = step.next.find(({ when }) => when === null || holds(when, facts, answers));
  if (route === undefined) throw new Error(`step ${step.id} leads nowhere`);
  return route.to;
}

function holds(condition: Condition, { rules }: FlowFacts, answers: ReadonlyMap<string, Response>): boolean {
  if ('applies' in condition) {
    const response = answers.get(condition.applies.apis);
    if (response?.kind !== 'apis' || response.rows.length === 0) return false;
    return stepValue(rules, condition.applies.step, response.rows).value !== 'not_required';
  }
  const { answer } = condition;
  const response = answers.get(answer.step);
  if (response?.kind !== 'choice') return false;
  return 'is' in answer ? response.option === answer.is : answer.in.includes(response.option);
}

function reachableFrom(flow: Flow, id: string): Set<string> {
  const reached = new Set([id]);
  for (const one of reached) for (const { to } of flow.steps.get(one)?.next ?? []) reached.add(to);
  return reached;
}
