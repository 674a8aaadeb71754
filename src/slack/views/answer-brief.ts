import { type Answer, citedProvisions } from '../../answers/answer.ts';
import { verdictWords } from './answer-sections.ts';

/** What was answered, in a sentence or two with its clauses: for whoever reads about the answer, not the answer itself. */
export function answerInBrief(answers: readonly Answer[]): string {
  return answers
    .map((answer) => {
      const verdict =
        answer.kind === 'answer' && answer.verdict !== null ? `${verdictWords(answer.verdict)}。` : '';
      const labels = citedProvisions(answer)
        .slice(0, 3)
        .map(({ label }) => label);
      return `${verdict}${answer.lead}${labels.length === 0 ? '' : `（${labels.join('、')}）`}`;
    })
    .join('\n');
}
