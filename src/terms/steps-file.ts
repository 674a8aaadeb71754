/** The shape of applicability.yaml, apart from the steps so that only those who read the file load a schema. */
import { z } from 'zod';
import { type Citation, parseCanonical } from './citation.ts';
import { STEP_NAMES } from './steps.ts';

const text = z.string().trim().min(1);
const rows = z.array(z.number().int().positive()).min(1);
const citation = z.string().transform((written, context): Citation => {
  const parsed = parseCanonical(written);
  if (parsed !== null) return parsed;
  context.addIssue(`引用条項「${written}」は「第3条第2項第1号」「第9条」「別表項番4」の形で書いてください`);
  return z.NEVER;
});

/** applicability.yaml. Unknown keys are errors; the nine steps stand in their order. */
export const applicabilityFile = z.strictObject({
  steps: z
    .array(
      z.strictObject({
        name: z.enum(STEP_NAMES),
        clause: citation,
        /** Further provisions that belong to the step. */
        also: z.array(citation).default([]),
        /** The words of the clause that are this step, verbatim, where the clause asks for more than one act. */
        act: text.nullable().default(null),
        /** When the clause asks for it, verbatim; null when it always does. */
        condition: text.nullable().default(null),
        default: z.enum(['required', 'optional']),
        exceptions: z
          .array(z.strictObject({ rows, value: z.literal('not_required'), basis: citation }))
          .default([]),
        /** 読替え: the step stays, its wording changes for these rows. */
        readOver: z.strictObject({ rows, basis: citation, from: text, to: text }).nullable().default(null),
      }),
    )
    .refine((steps) => steps.map(({ name }) => name).join() === STEP_NAMES.join(), {
      error: `手順は次の9つをこの順に書いてください: ${STEP_NAMES.join('、')}`,
    }),
});

export type StepRules = z.infer<typeof applicabilityFile>;
