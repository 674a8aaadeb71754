/**
 * The shape of flows/*.yaml (routing and its basis, nothing else) and flows/wording/*.yaml (what people read).
 * Unknown keys are errors. Conditions are a closed list of two; anything cleverer belongs in the rules of 第16条.
 */
import { z } from 'zod';
import { type Citation, parseCanonical } from '../terms/citation.ts';
import { STEP_NAMES } from '../terms/steps.ts';

const text = z.string().trim().min(1);
const id = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'id は英小文字で始め、英小文字・数字・ハイフンで書いてください');
/** A step or outcome of this flow, or of another one: which-steps/plan. */
const target = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*(\/[a-z][a-z0-9-]*)?$/,
    '行き先は「設問か結果のid」または「別の案内のid/id」の形で書いてください',
  );
const cite = z.string().transform((written, context): Citation => {
  const parsed = parseCanonical(written);
  if (parsed !== null) return parsed;
  context.addIssue(`引用条項「${written}」は「第3条第2項第1号」「第9条」の形で書いてください`);
  return z.NEVER;
});
/** A rule without an article slows every amendment: each step and outcome names at least one. */
const cites = z.array(cite).min(1);

/** `answer`: what was answered at a choice. `applies`: whether a step of 第16条's table concerns the chosen APIs. */
const condition = z.union([
  z.strictObject({ answer: z.strictObject({ step: id, is: id }) }),
  z.strictObject({ answer: z.strictObject({ step: id, in: z.array(id).min(2) }) }),
  z.strictObject({ applies: z.strictObject({ step: z.enum(STEP_NAMES), apis: id }) }),
]);
const route = z.strictObject({ when: condition.nullable().default(null), to: target });
const next = z.union([target.transform((to) => [{ when: null, to }]), z.array(route).min(1)]);

const step = z.discriminatedUnion('kind', [
  /** One or more 項番 of the 別表; `suggest`: the text step whose words the candidates are found from. */
  z.strictObject({ kind: z.literal('apis'), suggest: id.optional(), cites, next }),
  z.strictObject({ kind: z.literal('choice'), options: z.array(id).min(2).max(10), cites, next }),
  z.strictObject({ kind: z.literal('text'), cites, next }),
]);

const gaps = z.array(text).default([]);
const outcome = z.discriminatedUnion('shows', [
  z.strictObject({ shows: z.literal('plan'), apis: id, production: id, cites, gaps }),
  /** The cited provisions word for word; `handOver`: a person has to decide. */
  z.strictObject({ shows: z.literal('provisions'), cites, gaps, handOver: z.boolean().default(false) }),
  /** What was answered, as a record without judgement; handed over when one of the answers is among `handOverWhen`. */
  z.strictObject({
    shows: z.literal('record'),
    apis: id,
    of: z.array(id).min(1),
    handOverWhen: z.array(id).min(1),
    cites,
    gaps,
  }),
]);

export const flowFile = z.strictObject({
  flow: id,
  start: id,
  steps: z.record(id, step),
  outcomes: z.record(id, outcome),
});

const option = z.strictObject({ label: text.max(75), note: text.max(75).optional() });
export const wordingFile = z.strictObject({
  flow: id,
  /** Its place in the menu. */
  order: z.number().int().min(1).max(20),
  title: text.max(24),
  summary: text.max(200),
  steps: z.record(
    id,
    z.strictObject({
      question: text.max(140),
      help: text.max(500).optional(),
      options: z.record(id, option).optional(),
    }),
  ),
  outcomes: z.record(id, z.strictObject({ title: text.max(140), text: text.max(1_000) })),
});

export type FlowFile = z.infer<typeof flowFile>;
export type WordingFile = z.infer<typeof wordingFile>;
export type FileStep = FlowFile['steps'][string];
export type FileOutcome = FlowFile['outcomes'][string];
export type Condition = z.infer<typeof condition>;
