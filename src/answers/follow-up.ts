import type { Answer, Verdict } from './answer.ts';
import type { Reading } from './reading.ts';

/** An earlier question of the same conversation and what was answered. */
export interface Turn {
  readonly question: string;
  readonly answers: readonly Answer[];
}

const LEANS =
  /^(じゃあ?|では|それ|その|この場合|これ|そしたら|だったら|なら|ちなみに|あと|つまり|え|へえ|and |then |what about|how about|so )/u;
/** 「医療費も足したら？」: the APIs named come on top of those already spoken of. */
const ADDS =
  /も(足|追加|加え|入れ|一緒|使|含|併用)|足し|追加し|加え(た|る|て)|プラス|と一緒|併せて|あわせて/u;
const SHORT = 14;
/** A question understood this surely by itself is one of its own, however short. */
const CLEAR = 0.8;
/** How far back a verdict is still what 「じゃあ10番は？」 speaks of. */
const TURNS_BACK = 3;

/**
 * 「じゃあ10番は？」「その場合は？」: lends a question what it leaves out. The step comes from the last verdict when
 * only an API is named, the APIs when only a step is; the earlier wording when the question alone says too little.
 * `certainty`: how surely the question is understood without the thread, 0 to 1.
 */
export function leanOnThread(
  reading: Reading,
  earlier: readonly Turn[],
  read: (text: string) => Reading,
  certainty: number,
): Reading {
  const last = earlier.at(-1);
  if (last === undefined || !leans(reading)) return reading;
  const ownQuestion = certainty >= CLEAR && !LEANS.test(reading.question.plain);
  if (ownQuestion && reading.turns.definition !== null) return reading;
  const verdict = lastVerdict(earlier);
  const named = [...reading.apis, ...reading.apisPerhaps.flatMap((rows) => rows.slice(0, 1))];
  const turns = { ...reading.turns, requirement: reading.turns.requirement ?? 'は？' };
  if (verdict && named.length > 0 && reading.steps.length === 0) {
    const apis = ADDS.test(reading.question.plain) ? [...verdict.apis, ...named] : named;
    return { ...reading, ...asRequirement(apis), steps: [verdict.step], turns };
  }
  if (reading.steps.length > 0 && named.length === 0) {
    const apis = verdict?.apis ?? read(last.question).apis;
    return apis.length === 0 ? reading : { ...reading, ...asRequirement(apis), turns };
  }
  if (ownQuestion || reading.citations.length > 0 || named.length > 0) return reading;
  return read(`${last.question} ${reading.question.shown}`);
}

function asRequirement(
  apis: readonly number[],
): Pick<Reading, 'apis' | 'apisPerhaps' | 'apisOfAsking' | 'clauses'> {
  return {
    apis: [...new Set(apis)].sort((a, b) => a - b),
    apisPerhaps: [],
    apisOfAsking: () => null,
    clauses: [],
  };
}

function lastVerdict(earlier: readonly Turn[]): Verdict | undefined {
  return earlier
    .slice(-TURNS_BACK)
    .flatMap(({ answers }) => answers)
    .flatMap((answer) => (answer.kind === 'answer' && answer.verdict ? [answer.verdict] : []))
    .at(-1);
}

function leans({ question }: Reading): boolean {
  return LEANS.test(question.plain) || question.dense.length <= SHORT;
}
