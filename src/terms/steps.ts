/** The nine steps towards use and which of them a set of APIs needs. */
import { GuideError } from '../errors.ts';
import { deriveApplicability, exemptionOf, type Substitution } from './applicability.ts';
import { type Citation, formatCitation, sameCitation, uniqueCitations } from './citation.ts';
import type { Terms } from './model.ts';
import type { StepRules } from './steps-file.ts';

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

export type { StepRules } from './steps-file.ts';
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
