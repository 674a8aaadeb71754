/** The steps of a case, derived from its APIs by the rules that 第16条 decides. */
import { formatCitation } from '../terms/citation.ts';
import { ruleFor, STEP_NAMES, type StepName, type StepRules, stepValue } from '../terms/steps.ts';
import type { AsideGround, CaseKind, CaseStep, ChosenApis } from './case.ts';

/** What `decide` asks of the terms: the rules of the version in force, its name and its 項番. */
export interface CaseRules {
  readonly version: string;
  readonly steps: StepRules;
  readonly rows: readonly number[];
}

/** Steps that come up only in a case of their own kind (第8条, 第9条). */
const STEP_OF_KIND: Readonly<Record<Exclude<CaseKind, '新規'>, StepName>> = {
  変更: '変更申請',
  '停止・再開・終了': '停止再開終了届出',
};

/**
 * The nine steps in the order of the terms. 対象外 where 第16条 takes the step out for all chosen rows, or where its
 * condition has not come up in a case of this kind; such a step can be taken up later. APIs that are not in the
 * 別表 fall under the general rule.
 */
export function planSteps(rules: CaseRules, kind: CaseKind, apis: ChosenApis): CaseStep[] {
  return STEP_NAMES.map((name) => planStep(rules, kind, apis, name));
}

/** A new plan that keeps what has been done: states stay wherever the step is still needed. */
export function replan(
  rules: CaseRules,
  kind: CaseKind,
  apis: ChosenApis,
  done: readonly CaseStep[],
): CaseStep[] {
  return planSteps(rules, kind, apis).map((planned) => {
    const former = done.find(({ name }) => name === planned.name);
    return former === undefined ? planned : keepProgress(planned, former);
  });
}

function planStep(rules: CaseRules, kind: CaseKind, { rows, typed }: ChosenApis, name: StepName): CaseStep {
  const rule = ruleFor(rules.steps, name);
  const verdict = stepValue(rules.steps, name, rows);
  const general = typed.length > 0 && verdict.value === 'not_required';
  const need = general ? rule.default : verdict.value;
  const aside = need === 'not_required' ? 'exempt' : asideByKind(kind, name);
  const basis = need === 'not_required' ? (verdict.basis[0] ?? rule.clause) : rule.clause;
  return {
    name,
    need,
    rows: [...verdict.perRow.required, ...verdict.perRow.optional].sort((a, b) => a - b),
    basis: aside === 'condition' ? conditionBasis(rules, kind, name) : formatCitation(basis),
    state: aside === null ? '未着手' : '対象外',
    aside,
    waiting: aside === null ? '提供者' : null,
  };
}

function asideByKind(kind: CaseKind, name: StepName): AsideGround | null {
  const own = kind === '新規' ? null : STEP_OF_KIND[kind];
  if (own !== null) return name === own ? null : 'condition';
  return Object.values(STEP_OF_KIND).includes(name) ? 'condition' : null;
}

/** In a new case the clause with the condition itself; in a change or a notice the clause that asks only for its own act. */
function conditionBasis(rules: CaseRules, kind: CaseKind, name: StepName): string {
  const deciding = kind === '新規' ? name : STEP_OF_KIND[kind];
  return formatCitation(ruleFor(rules.steps, deciding).clause);
}

function keepProgress(planned: CaseStep, former: CaseStep): CaseStep {
  if (planned.aside === 'exempt') return planned;
  const keepsAside = former.aside === 'declined' && planned.need === 'optional';
  if (former.aside !== null && !keepsAside) return planned;
  const basis = keepsAside || planned.aside !== null ? former.basis : planned.basis;
  return { ...planned, basis, state: former.state, aside: former.aside, waiting: former.waiting };
}
