import type { StepValue } from '../terms/steps.ts';

/** A step's value in one word, the same on every surface. */
export const STEP_VALUE_WORDS: Readonly<Record<StepValue, string>> = {
  required: '必要',
  not_required: '不要',
  optional: '任意',
};
