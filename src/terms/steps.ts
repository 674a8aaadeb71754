/** The nine steps towards use (applicability.yaml) and which of them a set of APIs needs. */
import { z } from 'zod';
import { GuideError } from '../errors.ts';
import { deriveApplicability, exemptionOf, type Substitution } from './applicability.ts';
import { type Citation, formatCitation, parseCanonical, sameCitation, uniqueCitations } from './citation.ts';
import type { Terms } from './model.ts';

/** In the order the terms name them. */
export const STEP_NAMES = [
  '事前打合せ',
  '第3条2項の事項',
  '仕様書開示申請',
  '接続確認環境試験',
  '利用申込',
  '企画書添付',
  '本番環境試験',
  '変更申請',
  '停止再開終了届出',
] as const;

export type StepName = (typeof STEP_NAMES)[number];
export type StepValue = 'required' | 'optional' | 'not_required';

/** A step's value in one word, the same on every surface. */
export const STEP_VALUE_WORDS: Readonly<Record<StepValue, string>> = {
  required: '必要',
  optional: '任意',
  not_required: '不要',
};

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
export type StepRule = StepRules['steps'][number];

/** What a step means for a set of rows. `basis`: best first. */
export interface StepVerdict {
  readonly value: StepValue;
  readonly basis: readonly Citation[];
  readonly perRow: Readonly<Record<StepValue, readonly number[]>>;
}

/**
 * Whether a step is needed when all of `rows` are used together: needed if any row needs it, else optional if for
 * any it is. `rows` must exist in the 別表; without rows the general rule is given. 第16条 decides the exceptions.
 */
export function stepValue(rules: StepRules, step: StepName, rowsUsed: readonly number[]): StepVerdict {
  const rule = ruleFor(rules, step);
  const perRow: Record<StepValue, number[]> = { required: [], optional: [], not_required: [] };
  for (const row of rowsUsed) perRow[valueForRow(rule, row)].push(row);
  const value = rowsUsed.length === 0 ? rule.default : strongest(perRow);
  return { value, basis: basisOf(rule, value, rowsUsed), perRow };
}

/** The rule of a step; every name has one (the schema sees to it). */
export function ruleFor(rules: StepRules, step: StepName): StepRule {
  const rule = rules.steps.find(({ name }) => name === step);
  if (rule === undefined)
    throw new GuideError('knowledge-invalid', [`applicability.yaml に手順「${step}」がありません`]);
  return rule;
}

/** Canonical citations of the provisions that exempt from a step or read it over. */
export function exemptingProvisions({ steps }: StepRules): ReadonlySet<string> {
  const bases = steps.flatMap(({ exceptions, readOver }) => [...exceptions, ...(readOver ? [readOver] : [])]);
  return new Set(bases.map(({ basis }) => formatCitation(basis)));
}

/** Where the rules and the text of 第16条 disagree, one Japanese sentence each; empty when they agree. */
export function stepsAgainstText(rules: StepRules, terms: Terms): string[] {
  const derived = deriveApplicability(terms);
  return rules.steps.flatMap((rule) =>
    terms.table.rows.flatMap(({ number: row }) => {
      const exemption = exemptionOf(derived, rule.clause, row);
      const relaxation = derived.relaxations.find(
        ({ rows: relaxed, clause, act }) =>
          relaxed.includes(row) &&
          sameCitation(clause, rule.clause) &&
          rule.act !== null &&
          act.includes(rule.act),
      );
      const substitution = derived.substitutions.find(
        ({ rows: reworded, clause }) => reworded.includes(row) && sameCitation(clause, rule.clause),
      );
      return [
        ...basisMismatch(rule, row, (exemption ?? relaxation)?.basis ?? null),
        ...readOverMismatch(rule, row, substitution ?? null),
      ];
    }),
  );
}

function valueForRow(rule: StepRule, row: number): StepValue {
  return exceptionFor(rule, row)?.value ?? rule.default;
}

function exceptionFor(rule: StepRule, row: number) {
  return rule.exceptions.find(({ rows: excepted }) => excepted.includes(row));
}

function strongest(perRow: Record<StepValue, number[]>): StepValue {
  if (perRow.required.length > 0) return 'required';
  return perRow.optional.length > 0 ? 'optional' : 'not_required';
}

function basisOf(rule: StepRule, value: StepValue, rowsUsed: readonly number[]): Citation[] {
  const own = [rule.clause, ...rule.also];
  if (value === 'not_required') {
    const exempting = rowsUsed.flatMap((row) => exceptionFor(rule, row)?.basis ?? []);
    return uniqueCitations([...exempting, ...own]);
  }
  const considered = rule.exceptions.map(({ basis }) => basis);
  if (rule.readOver === null) return uniqueCitations([...own, ...considered]);
  const { basis, rows: reworded } = rule.readOver;
  const allReworded = rowsUsed.length > 0 && rowsUsed.every((row) => reworded.includes(row));
  return uniqueCitations(allReworded ? [basis, ...own, ...considered] : [...own, basis, ...considered]);
}

function basisMismatch(rule: StepRule, row: number, basis: Citation | null): string[] {
  const written = exceptionFor(rule, row)?.basis ?? null;
  if (describe(written) === describe(basis)) return [];
  return [
    `${rule.name}（項番${row}）: 根拠は「${describe(written)}」と書かれていますが、規約では「${describe(basis)}」です`,
  ];
}

function readOverMismatch(rule: StepRule, row: number, substitution: Substitution | null): string[] {
  const written = rule.readOver?.rows.includes(row) === true ? rule.readOver : null;
  if (describeReadOver(written) === describeReadOver(substitution)) return [];
  return [
    `${rule.name}（項番${row}）: 読替えは「${describeReadOver(written)}」と書かれていますが、規約では「${describeReadOver(substitution)}」です`,
  ];
}

function describe(basis: Citation | null): string {
  return basis === null ? '適用あり' : formatCitation(basis);
}

function describeReadOver(one: Pick<Substitution, 'basis' | 'from' | 'to'> | null): string {
  return one === null ? 'なし' : `${formatCitation(one.basis)} ${one.from}→${one.to}`;
}
