/** steps.yaml: what people need to know about each of the nine steps beside whether it applies. */
import { z } from 'zod';
import { type Citation, parseCanonical } from '../terms/citation.ts';
import type { Terms } from '../terms/model.ts';
import { locate } from '../terms/provisions.ts';
import { STEP_NAMES } from '../terms/steps.ts';
import type { FileProblem, YamlFile } from './yaml-file.ts';

const text = z.string().trim().min(1);
const stepName = z.enum(STEP_NAMES);
const cite = z.string().transform((written, context): Citation => {
  const parsed = parseCanonical(written);
  if (parsed !== null) return parsed;
  context.addIssue(`引用条項「${written}」は「第3条第2項第1号」「第9条」の形で書いてください`);
  return z.NEVER;
});
/** A wording in pieces; a list inside the list holds alternatives or things named side by side. */
const parts = z.array(z.union([text, z.array(text).min(2)])).min(1);

export const stepGuidanceFile = z.strictObject({
  steps: z
    .array(
      z.strictObject({
        step: stepName,
        /** What has to be in hand; named in the cited provision. */
        prepare: z.array(z.strictObject({ text, cite })).min(1),
        /** What the terms leave open about the step: ids of gaps.yaml. */
        gaps: z.array(text).min(1),
      }),
    )
    .refine((steps) => steps.map(({ step }) => step).join() === STEP_NAMES.join(), {
      error: `手順は次の9つをこの順に書いてください: ${STEP_NAMES.join('、')}`,
    }),
  /** Only what the text orders. `words`: verbatim in the cited provision. */
  order: z.array(
    z.strictObject({ text, steps: z.array(stepName).min(1), cite, words: text, holdsWhile: stepName }),
  ),
  usualOrder: z.strictObject({
    label: z.enum(['公表資料', '公表資料の写し・要確認', '窓口の指示']),
    source: text,
    note: text,
    stages: z.array(text).min(2),
  }),
  outlines: z.array(z.strictObject({ cite, parts })),
});

export type StepGuidance = z.infer<typeof stepGuidanceFile>;
export type OrderRule = StepGuidance['order'][number];
export type UsualOrder = StepGuidance['usualOrder'];
export type Outline = StepGuidance['outlines'][number];

/** What the schema cannot see: provisions and gaps exist, words and outlines are the printed wording. */
export function checkStepGuidance(
  file: YamlFile<StepGuidance>,
  terms: Terms,
  gapIds: ReadonlySet<string>,
): FileProblem[] {
  const problems: FileProblem[] = [];
  const report = (path: readonly PropertyKey[], message: string) =>
    problems.push({ file: file.file, line: file.lineOf(path), message });
  const { steps, order, outlines } = file.value;
  const expectProvision = (citation: Citation, path: readonly PropertyKey[]) => {
    if (locate(terms, citation) === null) report(path, '引用条項は、この版の利用規約にありません');
  };
  steps.forEach(({ prepare, gaps }, index) => {
    prepare.forEach((one, at) => {
      expectProvision(one.cite, ['steps', index, 'prepare', at, 'cite']);
    });
    gaps.forEach((id, at) => {
      if (!gapIds.has(id)) report(['steps', index, 'gaps', at], `gaps.yaml に id「${id}」がありません`);
    });
  });
  order.forEach((one, index) => {
    expectProvision(one.cite, ['order', index, 'cite']);
    if (!printed(terms, one.cite).includes(one.words))
      report(['order', index, 'words'], `「${one.words}」は、引用条項の文言にありません`);
  });
  outlines.forEach((one, index) => {
    if (one.parts.flat().join('') !== printed(terms, one.cite))
      report(['outlines', index, 'parts'], 'つなげた文言が、引用条項の原文と一致しません');
  });
  return problems;
}

function printed(terms: Terms, citation: Citation): string {
  const found = locate(terms, citation);
  if (found?.kind === 'paragraph') return found.paragraph.text;
  return found?.kind === 'item' ? found.item.text : '';
}
