/** A command that is not carried out, and why. A refusal is a value; nothing about the case has changed. */
export interface Refusal {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  /** Japanese, for the person who asked. */
  readonly message: string;
  /** Canonical citation where the terms forbid or order it; null where the refusal is the office's own rule. */
  readonly basis: string | null;
}

export type RefusalCode =
  /** Not readable: a wrong date, an over-long text, an unknown value. */
  | 'invalid'
  /** This person may not do this, or may not know of the case. */
  | 'not-allowed'
  /** There is no such case for this person. */
  | 'unknown-case'
  /** The case is not in a state in which this can happen. */
  | 'wrong-state'
  /** The terms put something else first. */
  | 'terms-order'
  /** Nothing would change. */
  | 'nothing-to-change';

export function refuse(code: RefusalCode, message: string, basis: string | null = null): Refusal {
  return { kind: 'refused', code, message, basis };
}

export function isRefusal(value: unknown): value is Refusal {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'refused';
}

/** What a person who may not know of a case is told: the same as for a case that does not exist. */
export const NO_SUCH_CASE = refuse(
  'unknown-case',
  'その案件は見つかりません。案件番号を確かめるか、一覧から選んでください。',
);
