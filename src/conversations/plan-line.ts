/** A plan as one line of `plan --json`. */
import { formatCitation } from '../terms/citation.ts';
import type { StepName, StepValue } from '../terms/steps.ts';
import type { Plan } from './plan.ts';
import { noteOf } from './plan-words.ts';

/** The order of the keys is part of the format. */
export interface PlanLine {
  readonly apis: readonly number[];
  readonly steps: readonly {
    readonly step: StepName;
    readonly value: StepValue;
    /** Canonical citations, best first. */
    readonly basis: readonly string[];
    readonly apis: Readonly<Record<StepValue, readonly number[]>>;
    readonly note?: string;
  }[];
}

export function planLine({ rows, steps }: Plan): PlanLine {
  return {
    apis: rows,
    steps: steps.map((one) => {
      const { required, optional, not_required } = one.perApi;
      const note = noteOf(one);
      return {
        step: one.step,
        value: one.value,
        basis: one.basis.map(formatCitation),
        apis: { required, optional, not_required },
        ...(note === null ? {} : { note }),
      };
    }),
  };
}
