import { type Answer, citedProvisions } from './answer.ts';
import type { Decision } from './decision.ts';
import type { Question } from './question.ts';

/** A second question is answered beside the first only when it was understood at least this well. */
const CERTAIN = 0.33;
const SHORTEST_QUESTION = 5;
const MOST_QUESTIONS = 3;

/** The questions in a message that holds more than one; empty otherwise. Background sentences are left out. */
export function questionsIn({ plain }: Question): string[] {
  const questions = plain
    .split(/(?<=[。?!\n])|(?<=か)、/u)
    .map((part) => part.trim())
    .filter(
      (part) => part.length >= SHORTEST_QUESTION && /(\?|か[。?、]*$|教えて|ですか|ますか)/u.test(part),
    );
  return questions.length > 1 ? questions.slice(0, MOST_QUESTIONS) : [];
}

/** The answers to a message: that of the message as a whole, then what its single questions add. */
export function joinAnswers(whole: Decision, single: readonly Decision[]): [Answer, ...Answer[]] {
  const certain = single.filter(({ answer, certainty }) => certainty >= CERTAIN && addsSomething(answer));
  const others = certain
    .map(({ answer }) => answer)
    .filter((answer) => !sameAnswer(answer, whole.answer))
    .filter((answer, index, some) => some.findIndex((other) => sameAnswer(other, answer)) === index);
  return [whole.answer, ...others];
}

function addsSomething({ kind }: Answer): boolean {
  return kind === 'answer' || kind === 'not_settled' || kind === 'no_such_provision';
}

function sameAnswer(a: Answer, b: Answer): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'not_settled' && b.kind === 'not_settled') return a.gapId === b.gapId;
  return citedProvisions(a)[0]?.label === citedProvisions(b)[0]?.label;
}
