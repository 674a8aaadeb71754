/** What an outcome shows: computed from the answers when it is shown, never stored. */
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { GapKnowledge } from '../knowledge/schema.ts';
import type { StepRules } from '../terms/steps.ts';
import type { Outcome } from './flow.ts';
import { gapsOf, type Plan, type ProductionTest, planFor } from './plan.ts';
import { apisIn, type CheckRecord, choiceIn, recordOf } from './record.ts';
import type { Answered, Position } from './replay.ts';

interface Base {
  readonly outcome: Outcome;
  readonly open: readonly GapKnowledge[];
  /** A person has to decide. */
  readonly handOver: boolean;
}

export type Result = Base &
  (
    | { readonly kind: 'plan'; readonly plan: Plan }
    | { readonly kind: 'provisions' }
    | { readonly kind: 'record'; readonly record: CheckRecord }
  );

export interface ResultParts {
  readonly rules: StepRules;
  readonly knowledge: Knowledge;
}

export function resultOf(
  { outcome, path }: Extract<Position, { kind: 'outcome' }>,
  { rules, knowledge }: ResultParts,
): Result {
  const open = gapsOf(knowledge, outcome.gaps);
  switch (outcome.shows) {
    case 'plan': {
      const { rows, absent } = apisIn(path, outcome.apis);
      const productionTest = productionTestIn(path, outcome.production);
      const plan = planFor(rules, knowledge, { rows, absent, productionTest });
      return { kind: 'plan', outcome, open, handOver: false, plan };
    }
    case 'provisions':
      return { kind: 'provisions', outcome, open, handOver: outcome.handOver };
    case 'record': {
      const record = recordOf(outcome, path, rules);
      return { kind: 'record', outcome, open, handOver: record.handOver, record };
    }
  }
}

const PRODUCTION: readonly ProductionTest[] = ['needed', 'not-needed', 'undecided'];

function productionTestIn(path: readonly Answered[], id: string): ProductionTest | null {
  const answered = path.find(({ step }) => step.id === id);
  const said = answered === undefined ? null : choiceIn(answered);
  return PRODUCTION.find((one) => one === said?.id) ?? null;
}
