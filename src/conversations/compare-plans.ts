/** 「10を外すと何が変わる？」: two plans held against each other. */
import { formatCitation } from '../terms/citation.ts';
import { STEP_VALUE_WORDS, type StepName, type StepValue } from '../terms/steps.ts';
import type { Plan, PlanStep } from './plan.ts';
import { clauses, rowList } from './plan-words.ts';

export interface StepChange {
  readonly step: StepName;
  readonly from: StepValue;
  readonly to: StepValue;
  /** Japanese sentences with the clauses: what is different. At least one. */
  readonly lines: readonly string[];
}

export interface PlanComparison {
  readonly removed: readonly number[];
  readonly added: readonly number[];
  readonly changes: readonly StepChange[];
  /** Steps whose value and time stay as they are. */
  readonly same: readonly StepName[];
}

/** Both plans have to hold steps. A step counts as changed when its value or its time does. */
export function comparePlans(before: Plan, after: Plan): PlanComparison {
  const pairs = before.steps.flatMap((from) => {
    const to = after.steps.find(({ step }) => step === from.step);
    return to === undefined ? [] : [{ from, to, lines: changeLines(from, to) }];
  });
  return {
    removed: before.rows.filter((row) => !after.rows.includes(row)),
    added: after.rows.filter((row) => !before.rows.includes(row)),
    changes: pairs
      .filter(({ lines }) => lines.length > 0)
      .map(({ from, to, lines }) => ({ step: from.step, from: from.value, to: to.value, lines })),
    same: pairs.filter(({ lines }) => lines.length === 0).map(({ from }) => from.step),
  };
}

/** 項番10を外すと; 項番4を外して項番1を加えると */
export function comparisonTitle({ removed, added }: PlanComparison): string {
  if (removed.length === 0 && added.length === 0) return '同じ選び方です';
  if (removed.length === 0) return `${rowList(added)}を加えると`;
  return added.length === 0
    ? `${rowList(removed)}を外すと`
    : `${rowList(removed)}を外して${rowList(added)}を加えると`;
}

function changeLines(from: PlanStep, to: PlanStep): string[] {
  const lines: string[] = [];
  if (from.value !== to.value)
    lines.push(
      `${STEP_VALUE_WORDS[from.value]} → ${STEP_VALUE_WORDS[to.value]}（${clauses(deciding(from))} → ${clauses(deciding(to))}）`,
    );
  const [earlier, later] = [from, to].map(({ moments }) =>
    moments.map(({ words }) => `「${words}」`).join('と'),
  );
  if (earlier !== later)
    lines.push(
      `明らかにする時：${earlier} → ${later}（${to.moments.map(({ basis }) => formatCitation(basis)).join('・')}）`,
    );
  return lines;
}

/** The clauses that decide the value: for it, or against it. */
function deciding({ value, clausesFor, clausesAgainst }: PlanStep) {
  return value === 'not_required' ? clausesAgainst : clausesFor;
}
