import { type Answer, citedProvisions } from '../answers/answer.ts';
import type { Reply } from '../answers/answerer.ts';
import { answerAsText } from '../answers/plain-text.ts';

/** One line of `ask --json`. A reply with several answers is one line; the first gives the kind. */
export interface AnswerLine {
  readonly id: string | number;
  readonly kind: Answer['kind'];
  /** Canonical, best first: what is quoted, then what bears on it. */
  readonly citations: readonly string[];
  readonly text: string;
  readonly verdict?: { readonly step: string; readonly apis: readonly number[]; readonly value: string };
}

export function answerLine(id: string | number, { answers }: Reply): AnswerLine {
  const [lead] = answers;
  const quoted = answers.flatMap((answer) =>
    answer.kind === 'answer' ? answer.quotes.map(({ label }) => label) : [],
  );
  const all = answers.flatMap((answer) => citedProvisions(answer).map(({ label }) => label));
  return {
    id,
    kind: lead.kind,
    citations: [...new Set(lead.kind === 'answer' ? [...quoted, ...all] : all)],
    text: answers.map((answer) => answerAsText(answer)).join('\n\n――――\n\n'),
    ...(lead.kind === 'answer' && lead.verdict ? { verdict: lead.verdict } : {}),
  };
}
