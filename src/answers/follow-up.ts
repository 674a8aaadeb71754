import type { Answer } from './answer.ts';
import type { Reading } from './reading.ts';

/** An earlier question of the same conversation and what was answered. */
export interface Turn {
  readonly question: string;
  readonly answers: readonly Answer[];
}

const LEANS =
  /^(じゃあ?|では|それ|その|この場合|これ|そしたら|だったら|なら|ちなみに|あと|つまり|え|へえ|and |then |what about|how about|so )/u;
const SHORT = 14;

/**
 * 「じゃあ10番は？」「その場合は？」: lends a question what it leaves out. The step comes from the last verdict when
 * only an API is named, the APIs when only a step is; the earlier wording when the question alone says too little.
 */
export function leanOnThread(
  reading: Reading,
  earlier: readonly Turn[],
  read: (text: string) => Reading,
): Reading {
  const last = earlier.at(-1);
  if (last === undefined || !leans(reading)) return reading;
  const verdict = last.answers
    .map((answer) => (answer.kind === 'answer' ? answer.verdict : null))
    .find((one) => one !== null);
  const before = read(last.question);
  const turns = { ...reading.turns, requirement: reading.turns.requirement ?? before.turns.requirement };
  if (verdict && reading.apis.length > 0 && reading.steps.length === 0) {
    return { ...reading, steps: [verdict.step], stepsByClause: [], turns };
  }
  if (reading.steps.length > 0 && reading.apis.length === 0 && reading.apisPerhaps.length === 0) {
    return { ...reading, apis: verdict?.apis ?? before.apis, turns };
  }
  if (reading.citations.length > 0 || reading.apis.length > 0) return reading;
  return read(`${last.question} ${reading.question.shown}`);
}

function leans({ question }: Reading): boolean {
  return LEANS.test(question.plain) || question.dense.length <= SHORT;
}
