/** What is missing: questions without a good answer, similar ones together, and an honest count of all. */
import { type Answer, citedProvisions } from '../answers/answer.ts';
import {
  type AskedQuestion,
  isMissing,
  isQuestion,
  SIGNS,
  type Sign,
  type SignedQuestion,
  SOON,
  signOf,
} from './asked.ts';
import type { Likeness } from './likeness.ts';

export type Counts = Readonly<Record<Sign, number>>;

/** Similar questions that should get one answer. */
export interface MissingGroup {
  /** The id of its first question. */
  readonly id: string;
  /** Oldest first; the first one stands for all. */
  readonly questions: readonly SignedQuestion[];
  readonly counts: Counts;
  readonly toOffice: number;
  /** Epoch milliseconds of the newest question. */
  readonly lastAt: number;
}

export interface MissingReport {
  /** Of all questions, by what they show. Together they are all there are. */
  readonly counts: Counts;
  readonly toOffice: number;
  /** The largest group first, then the one asked last. */
  readonly groups: readonly MissingGroup[];
}

/** Questions this much alike are one matter when the bot found the same open point in both, */
const SAME_GAP = 0.15;
/** this much when it answered both from the same provision, */
const SAME_ANSWER = 0.5;
/** and this much when it took them for different things. */
const SAME_WORDING = 0.65;
/** Questions of one person in one thread this much alike are the same, put in other words. */
const SAME_QUESTION = 0.3;
/** Every word the same: the answer was wanted again, not another one. */
const SAME_WORDS = 0.999;

/** The same questions in any order give the same report. */
export function reportMissing(all: readonly AskedQuestion[], likeness: Likeness): MissingReport {
  const steps = missingStepByStep(all, likeness);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/**
 * The report in steps of a few milliseconds, so that others need not wait while thousands of questions are compared.
 * Only reading all of them at the beginning is one step of some hundred milliseconds.
 */
export function* missingStepByStep(
  all: readonly AskedQuestion[],
  likeness: Likeness,
): Generator<void, MissingReport> {
  const asked = all.filter(isQuestion).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const again = yield* askedAgain(asked, likeness);
  const signed = asked.map((one, at) => ({ ...one, sign: signOf(one, again.has(at)) }));
  return {
    counts: count(signed),
    toOffice: signed.filter(({ toOffice }) => toOffice).length,
    groups: yield* groupAlike(signed.filter(isMissing), likeness),
  };
}

/** Positions of questions that the same person put in other words soon after, in the same thread. */
function* askedAgain(
  asked: readonly AskedQuestion[],
  likeness: Likeness,
): Generator<void, ReadonlySet<number>> {
  const pairs: { readonly first: number; readonly second: number }[] = [];
  const last = new Map<string, number>();
  asked.forEach(({ place, at }, second) => {
    if (place === null) return;
    const first = last.get(place);
    last.set(place, second);
    if (first !== undefined && at - (asked[first]?.at ?? 0) <= SOON) pairs.push({ first, second });
  });
  // Compared among the pairs alone: how rare a word is depends on what stands beside it.
  const members = [...new Set(pairs.flatMap(({ first, second }) => [first, second]))];
  const position = new Map(members.map((member, at) => [member, at]));
  const alike = likeness(members.map((member) => asked[member]?.text ?? ''));
  const again = new Set<number>();
  for (const { first, second } of pairs) {
    const near = alike(position.get(second) ?? -1).find(({ other }) => other === position.get(first));
    const score = near?.score ?? 0;
    if (score >= SAME_QUESTION && score < SAME_WORDS) again.add(first);
    yield;
  }
  return again;
}

/** Each joins the most similar one that leads a group already, or leads a new one. */
function* groupAlike(
  missing: readonly SignedQuestion[],
  likeness: Likeness,
): Generator<void, MissingGroup[]> {
  const takenFor = new Map(missing.map(({ text, answers }) => [text, matterOf(answers)]));
  const texts = [...takenFor.keys()];
  const alike = likeness(texts);
  const leaders = new Map<number, number>();
  for (const [at, text] of texts.entries()) {
    const near = alike(at).find(({ other, score }) => {
      if (leaders.get(other) !== other) return false;
      const matter = takenFor.get(text) ?? '';
      if (matter !== takenFor.get(texts[other] ?? '')) return score >= SAME_WORDING;
      return score >= (matter.startsWith(GAP) ? SAME_GAP : SAME_ANSWER);
    });
    leaders.set(at, near?.other ?? at);
    yield;
  }
  const position = new Map(texts.map((text, at) => [text, at]));
  const groups = new Map<number, SignedQuestion[]>();
  for (const one of missing) {
    const leader = leaders.get(position.get(one.text) ?? -1) ?? -1;
    const group = groups.get(leader);
    if (group === undefined) groups.set(leader, [one]);
    else group.push(one);
  }
  return [...groups.values()]
    .map(groupOf)
    .sort((a, b) => b.questions.length - a.questions.length || b.lastAt - a.lastAt || (a.id < b.id ? -1 : 1));
}

const GAP = 'gap:';

/** What the bot took a question to be about. */
function matterOf([first]: readonly Answer[]): string {
  if (first === undefined) return '';
  return first.kind === 'not_settled'
    ? `${GAP}${first.topic}`
    : `${first.kind}:${citedProvisions(first)[0]?.label ?? ''}`;
}

function groupOf(questions: readonly SignedQuestion[]): MissingGroup {
  return {
    id: questions[0]?.id ?? '',
    questions,
    counts: count(questions),
    toOffice: questions.filter(({ toOffice }) => toOffice).length,
    lastAt: questions.at(-1)?.at ?? 0,
  };
}

function count(questions: readonly SignedQuestion[]): Counts {
  const counts = Object.fromEntries(SIGNS.map((sign) => [sign, 0])) as Record<Sign, number>;
  for (const { sign } of questions) counts[sign] += 1;
  return counts;
}
