/** Journeys that a lawyer can read and write: one sentence, the answers, what must come of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readApiName } from '../../src/conversations/api-names.ts';
import { type Flow, type Response, stepOf } from '../../src/conversations/flow.ts';
import { type ConversationEvent, previousStep, refusalOf, replay } from '../../src/conversations/replay.ts';
import { resultOf } from '../../src/conversations/result.ts';
import { readYaml } from '../../src/knowledge/yaml-file.ts';
import { formatCitation } from '../../src/terms/citation.ts';
import { STEP_VALUE_WORDS } from '../../src/terms/steps.ts';
import { facts, flowNamed, knowledge, rules } from '../conversations/held.ts';

const answer = z.union([
  z.enum(['戻る', '取りやめる', 'はじめから']),
  z.record(z.string(), z.union([z.string(), z.array(z.union([z.number(), z.string()]))])),
]);
type Answer = z.infer<typeof answer>;
const journeyFile = z.strictObject({
  flow: z.string(),
  journeys: z.array(
    z.strictObject({
      name: z.string(),
      answers: z.array(answer),
      expect: z.strictObject({
        outcome: z.string().optional(),
        asks: z.string().optional(),
        refused: z.string().optional(),
        dropped: z.array(z.string()).optional(),
        steps: z.record(z.string(), z.string()).optional(),
        shownAt: z.array(z.string()).optional(),
        absent: z.array(z.string()).optional(),
        cites: z.array(z.string()).optional(),
        open: z.array(z.string()).optional(),
        says: z.string().optional(),
        handOver: z.boolean().optional(),
      }),
    }),
  ),
});

const folder = new URL('.', import.meta.url);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => {
    const reading = readYaml(name, readFileSync(new URL(name, folder), 'utf8'), journeyFile);
    if (!reading.ok)
      throw new Error(reading.problems.map(({ line, message }) => `${name}:${line} ${message}`).join('\n'));
    return reading.file.value;
  });

describe.each(files)('案内 $flow', ({ flow: id, journeys }) => {
  const flow = flowNamed(id);
  it.each(journeys)('$name', ({ answers, expect: expected }) => {
    const { events, refused } = travel(flow, answers);
    const position = replay(flow, facts, events);
    const result = position.kind === 'outcome' ? resultOf(position, { rules, knowledge }) : null;
    const plan = result?.kind === 'plan' ? result.plan : null;
    const moments =
      result?.kind === 'record' ? result.record.moments : (plan?.steps.flatMap((step) => step.moments) ?? []);
    const found: typeof expected = {
      ...(position.kind === 'outcome' ? { outcome: position.outcome.id } : {}),
      ...(position.kind === 'question' ? { asks: position.step.id } : {}),
      ...(refused === null
        ? {}
        : { refused: expected.refused === undefined ? refused : contained(refused, expected.refused) }),
      dropped: position.dropped.map(({ step }) => step.id),
      steps: Object.fromEntries(
        (plan?.steps ?? [])
          .filter(({ step }) => expected.steps !== undefined && Object.hasOwn(expected.steps, step))
          .map(({ step, value, clausesFor, clausesAgainst }) => {
            const [clause] = value === 'not_required' ? clausesAgainst : clausesFor;
            return [
              step,
              `${STEP_VALUE_WORDS[value]}（${clause === undefined ? '' : formatCitation(clause)}）`,
            ];
          }),
      ),
      shownAt: moments.map(({ words }) => words),
      absent: [...(plan?.absent ?? [])],
      cites: (result?.outcome.cites ?? []).map(formatCitation),
      open: (result?.open ?? []).map(({ id: gap }) => gap).filter((gap) => expected.open?.includes(gap)),
      says: contained(result?.outcome.text ?? '', expected.says ?? ''),
      handOver: result?.handOver ?? false,
    };
    expect(pick(found, expected)).toEqual(expected);
  });
});

function travel(flow: Flow, answers: readonly Answer[]) {
  const events: ConversationEvent[] = [];
  let refused: string | null = null;
  for (const one of answers) {
    const event = eventOf(flow, events, one);
    const refusal = refusalOf(flow, facts, events, event);
    if (refusal === null) events.push(event);
    refused = refusal?.reason ?? null;
  }
  return { events, refused };
}

function eventOf(flow: Flow, events: readonly ConversationEvent[], given: Answer): ConversationEvent {
  if (given === '取りやめる') return { kind: 'cancelled' };
  if (given === 'はじめから') return { kind: 'restarted' };
  if (given === '戻る') {
    const step = previousStep(replay(flow, facts, events));
    if (step === null) throw new Error('戻る：これより前の設問がありません');
    return { kind: 'revisited', step };
  }
  const [[step = '', value = ''] = []] = Object.entries(given);
  return { kind: 'answered', step, response: responseOf(flow, step, value) };
}

function responseOf(flow: Flow, step: string, value: string | (number | string)[]): Response {
  const { kind } = stepOf(flow, step);
  if (kind === 'choice') return { kind, option: String(value) };
  if (kind === 'text') return { kind, text: String(value) };
  const named = [value].flat().map((one) => readApiName(knowledge, String(one)));
  return {
    kind,
    rows: named.flatMap((one) => (one.kind === 'row' ? [one.row] : [])),
    absent: named.flatMap((one) => (one.kind === 'absent' ? [one.name] : [])),
  };
}

/** The part that was looked for, or the whole where it is missing, so that the difference shows. */
function contained(whole: string, part: string): string {
  return whole.includes(part) ? part : whole;
}

function pick<T extends object>(found: T, like: Partial<T>): Partial<T> {
  return Object.fromEntries(Object.entries(found).filter(([key]) => Object.hasOwn(like, key))) as Partial<T>;
}
