/** 手続の計画: for a choice of APIs, what each of the nine steps means, why, and what to have ready. */
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { GapKnowledge } from '../knowledge/schema.ts';
import type { UsualOrder } from '../knowledge/step-guidance.ts';
import { type Citation, uniqueCitations } from '../terms/citation.ts';
import {
  type StepName,
  type StepRule,
  type StepRules,
  type StepValue,
  type StepVerdict,
  stepValue,
} from '../terms/steps.ts';

/** When the step is done, in the words of the clause, for some of the APIs (第3条第2項 and its 読替え). */
export interface Moment {
  readonly rows: readonly number[];
  /** Verbatim: 「事前打合せにおいて」「利用申込の際に」. */
  readonly words: string;
  readonly basis: Citation;
  readonly isReadOver: boolean;
}

export interface PlanStep {
  readonly step: StepName;
  /** The step as it stands in a sentence. */
  readonly label: string;
  readonly value: StepValue;
  /** Best first, as the answers cite it. */
  readonly basis: readonly Citation[];
  /** The clauses that ask for the step. */
  readonly clausesFor: readonly Citation[];
  /** The clauses of 第16条 that take it away from APIs of this choice. */
  readonly clausesAgainst: readonly Citation[];
  readonly perApi: StepVerdict['perRow'];
  /** Two when the choice is mixed; empty when the clause names no time. */
  readonly moments: readonly Moment[];
  /** When the clause asks for the step, verbatim; null when it always does. */
  readonly condition: string | null;
  readonly prepare: readonly { readonly text: string; readonly cite: Citation }[];
  /** What the terms leave open about it: ids of gaps.yaml, see `gapsOf`. */
  readonly open: readonly string[];
}

/** An order the text itself sets, for those of the chosen APIs it holds for. */
export interface TextOrder {
  readonly text: string;
  readonly steps: readonly StepName[];
  readonly cite: Citation;
  readonly words: string;
  readonly rows: readonly number[];
}

/** What the team answered about 第7条; null when it was not asked. */
export type ProductionTest = 'needed' | 'not-needed' | 'undecided';

export interface Plan {
  /** 項番, ascending; empty when only APIs were named that this version does not hold. */
  readonly rows: readonly number[];
  /** Names as typed of APIs that the 別表 of this version does not hold. */
  readonly absent: readonly string[];
  /** The nine, in the order in which the terms name them; empty when `rows` is. */
  readonly steps: readonly PlanStep[];
  readonly order: readonly TextOrder[];
  readonly usualOrder: UsualOrder;
  readonly productionTest: ProductionTest | null;
}

/** What a team chose. Rows have to exist in the 別表 (`apisProblem`). */
export interface PlanChoice {
  readonly rows: readonly number[];
  readonly absent?: readonly string[];
  readonly productionTest?: ProductionTest | null;
}

export function planFor(rules: StepRules, knowledge: Knowledge, choice: PlanChoice): Plan {
  const rows = ascending(choice.rows);
  const steps = rows.length === 0 ? [] : rules.steps.map((rule) => planStep(rules, rule, knowledge, rows));
  return {
    rows,
    absent: choice.absent ?? [],
    steps,
    order: knowledge.guidance.order.flatMap(({ holdsWhile, ...order }): TextOrder[] => {
      const needing = steps.find(({ step }) => step === holdsWhile)?.perApi.required ?? [];
      return needing.length === 0 ? [] : [{ ...order, rows: needing }];
    }),
    usualOrder: knowledge.guidance.usualOrder,
    productionTest: choice.productionTest ?? null,
  };
}

/** The entries of gaps.yaml, in the order of the ids. */
export function gapsOf(knowledge: Knowledge, ids: readonly string[]): GapKnowledge[] {
  return ids.flatMap((id) => knowledge.gaps.find((gap) => gap.id === id) ?? []);
}

/** 項番 in ascending order, each once. */
export function ascending(rows: readonly number[]): number[] {
  return [...new Set(rows)].sort((a, b) => a - b);
}

/** When the step is done, for each part of the choice whose clause reads differently. */
export function momentsOf({ clause, readOver }: StepRule, rows: readonly number[]): Moment[] {
  if (readOver === null) return [];
  const reworded = rows.filter((row) => readOver.rows.includes(row));
  const printed = rows.filter((row) => !readOver.rows.includes(row));
  const { from, to, basis } = readOver;
  return [
    { rows: printed, words: from, basis: clause, isReadOver: false },
    { rows: reworded, words: to, basis, isReadOver: true },
  ].filter((moment) => moment.rows.length > 0);
}

function planStep(rules: StepRules, rule: StepRule, knowledge: Knowledge, rows: readonly number[]): PlanStep {
  const { value, basis, perRow } = stepValue(rules, rule.name, rows);
  const guidance = knowledge.guidance.steps.find(({ step }) => step === rule.name);
  const phrasing = knowledge.phrasing.steps.find(({ step }) => step === rule.name);
  return {
    step: rule.name,
    label: phrasing?.label ?? rule.name,
    value,
    basis,
    clausesFor: [rule.clause, ...rule.also],
    clausesAgainst: uniqueCitations(
      rule.exceptions
        .filter((exception) => exception.rows.some((row) => rows.includes(row)))
        .map((exception) => exception.basis),
    ),
    perApi: perRow,
    moments: momentsOf(rule, rows),
    condition: rule.condition,
    prepare: value === 'not_required' ? [] : (guidance?.prepare ?? []),
    open: guidance?.gaps ?? [],
  };
}
