import type { Knowledge } from '../knowledge/knowledge.ts';
import type { StepRules } from '../terms/steps.ts';
import type { Answer } from './answer.ts';
import type { Composer } from './compose.ts';
import type { Quoter } from './quote.ts';
import type { Rank } from './ranking.ts';

/** What every way of deciding works with. */
export interface DecisionParts {
  readonly knowledge: Knowledge;
  readonly rules: StepRules;
  readonly quoter: Quoter;
  readonly composer: Composer;
  readonly rank: Rank;
  /** Canonical citations of the provisions that define a term. */
  readonly definitions: ReadonlySet<string>;
}

export interface Decision {
  readonly answer: Answer;
  /** 1 where a number or a rule decided; the likeness to the nearest way of asking elsewhere. */
  readonly certainty: number;
}
