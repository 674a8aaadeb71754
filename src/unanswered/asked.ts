/** A question that was put to the bot, and what shows whether the answer was one. */
import type { Answer } from '../answers/answer.ts';

/** Silence is no success: without any sign nobody knows. */
export const SIGNS = ['wrong', 'again', 'unsettled', 'outside', 'helpful', 'unknown'] as const;
export type Sign = (typeof SIGNS)[number];

export interface AskedQuestion {
  /** The id its answer is kept by. */
  readonly id: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Equal for questions of one person in one thread; null where they cannot be told to belong together. */
  readonly place: string | null;
  readonly answers: readonly Answer[];
  /** The last word of each person who gave one. */
  readonly verdicts: readonly ('helpful' | 'wrong')[];
  /** Somebody took it to the office. */
  readonly toOffice: boolean;
}

/** The same with what it shows. */
export interface SignedQuestion extends AskedQuestion {
  readonly sign: Sign;
}

/** Asking again later than this is another question, in milliseconds. */
export const SOON = 10 * 60_000;

/** 「ありがとう」 is none: nothing of the terms was asked, and that was recognised. */
export function isQuestion({ answers, verdicts }: AskedQuestion): boolean {
  return (
    verdicts.includes('wrong') ||
    answers.some(
      (answer) => answer.kind !== 'out_of_scope' || answer.scheme !== null || answer.reasons.length === 0,
    )
  );
}

/** What a question shows, the clearest sign first. `again`: the same person asked in other words soon after. */
export function signOf({ answers, verdicts }: AskedQuestion, again: boolean): Sign {
  if (verdicts.includes('wrong')) return 'wrong';
  if (again) return 'again';
  if (verdicts.includes('helpful')) return 'helpful';
  const [first] = answers;
  if (first?.kind === 'not_settled') return 'unsettled';
  if (first?.kind === 'out_of_scope') return 'outside';
  return 'unknown';
}

/** True for what somebody should look at. */
export function isMissing({ sign }: Pick<SignedQuestion, 'sign'>): boolean {
  return sign === 'wrong' || sign === 'again' || sign === 'unsettled' || sign === 'outside';
}
