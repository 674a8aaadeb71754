import { formatCitation } from '../terms/citation.ts';
import { type StepName, type StepRule, type StepRules, stepValue } from '../terms/steps.ts';
import { apisAsked, apisMeant } from './apis-meant.ts';
import type { Clause } from './clauses.ts';
import type { DecisionParts } from './decision.ts';
import type { RankedClass } from './ranking.ts';
import type { Reading } from './reading.ts';
import { citedStep, likeliestStep, nearestClause, nearestMatter, stepSpoken, stepsOf } from './step-meant.ts';

type Parts = Pick<DecisionParts, 'rules' | 'knowledge' | 'rank'>;

/** What a requirement question is about; `apis` is empty where none is meant in particular. */
export interface RequirementAsked {
  readonly step: StepName;
  readonly apis: readonly number[];
  /** None of them is named for certain: they are taken to be meant. */
  readonly isAssumed: boolean;
  /** What belongs to the step beside its clause (第5条第2項) is asked about first. */
  readonly besideFirst: boolean;
  /** Why it was read so: the words, for the reader. */
  readonly line: string;
}

/** From this likeness on, another matter than a step stands in the way of a verdict. */
const ELSEWHERE = 0.4;
/** The same where both the step and the API are named. */
const FAR_ELSEWHERE = 0.55;
/** What is less like the question than this is not what was meant. */
const FAINT = 0.2;

/**
 * Reads 「このAPIで、この手続は要るか」 out of a question: one step, and the APIs if any. Null when it is not
 * asked, when an amount is asked for instead (何日前, 手数料), or when what comes nearest is no step at all (a gap, a
 * prohibition): then no verdict may be computed.
 */
export function requirementAsked(
  reading: Reading,
  ranked: readonly RankedClass[],
  parts: Parts,
): RequirementAsked | null {
  const { rules } = parts;
  const { turns } = reading;
  const words = turns.requirement ?? polarClause(reading)?.text;
  if (words === undefined || asksSomethingElse(reading)) return null;
  const spokenOf = reading.apisOfAsking() ?? reading;
  const named = apisAsked(spokenOf, ranked);
  const spoken = stepSpoken(reading, named);
  const cited = citedStep(reading, rules, spoken);
  const sure = cited ?? spoken;
  const besideStep = sure !== undefined || (named.length === 0 && reading.misspelt.steps().length > 0);
  const apis = named.length > 0 ? named : apisMeant(reading, ranked, parts, { besideStep });
  if (cited === undefined && isAnswerElsewhere(reading, ranked, sure, parts)) return null;
  const mayBeUnnamed = turns.whichApi === null || apis.length > 0;
  const step =
    wrongPremise(reading, apis, rules) ??
    sure ??
    (mayBeUnnamed ? likeliestStep(ranked, rules, apis) : undefined);
  if (step === undefined) return null;
  // Without a word for the requirement only what is nearest tells that the step itself is asked about.
  if (turns.requirement === null && (apis.length === 0 || !isNearestOrFaint(step, ranked, rules)))
    return null;
  // 「5条も7条も適用されないのはどのAPI」
  const isExemptionCited = cited !== undefined && turns.whichApi !== null;
  const isNearest = stepsOf(nearestMatter(ranked), rules).includes(step);
  const isOfAll = dependsOnApi(step, rules) && (isExemptionCited || isNearest);
  if (apis.length === 0 && !isOfAll) return null;
  return {
    step,
    apis,
    isAssumed: spokenOf.apis.length === 0,
    besideFirst: reading.applying,
    line: `「${words.trim()}」という言い方から、手続の要否を尋ねる質問と読みました。`,
  };
}

/**
 * 「打合せは免除なので申込みに進みます。問題ない？」: a step taken to be left out that this API does need; of several APIs
 * the premise may be about one.
 */
function wrongPremise({ clauses }: Reading, apis: readonly number[], rules: StepRules): StepName | undefined {
  if (apis.length !== 1) return undefined;
  const premises = clauses.filter(({ asks, text }) => !asks && TAKEN_AS_EXEMPT.test(text));
  return premises
    .flatMap(({ steps }) => steps.slice(0, 1))
    .find((step) => stepValue(rules, step, apis).value === 'required');
}

const TAKEN_AS_EXEMPT =
  /(?:免除|不要|いらない|要らない|省略|省ける)[^、。]{0,8}(?:ので|から|ため|ですし|だし|わけだし)$/u;

/** Who, when or how much is asked for; or all steps at once: 「やることと、やらなくていいことを整理して」. */
function asksSomethingElse(reading: Reading): boolean {
  const { turns, steps, citations, clauses } = reading;
  const isOfAllSteps = turns.procedure !== null && steps.length + citations.length === 0;
  // 「無償で提供する場合でも、利用申込を要するか」: what is asked about is no amount.
  const isPlain = clauses.some(
    ({ polar, requirement, amount, steps: own }) => polar && requirement && !amount && own.length > 0,
  );
  return (turns.amount !== null && !isPlain) || isOfAllSteps || asksWhoOrWhen(reading);
}

/** What comes nearest is no step, and it is like enough to the question to be what was meant. */
function isAnswerElsewhere(
  reading: Reading,
  ranked: readonly RankedClass[],
  named: StepName | undefined,
  { rules, knowledge }: Parts,
): boolean {
  const nearest = nearestMatter(ranked);
  if (nearest === undefined || nearest.kind === 'topic' || stepsOf(nearest, rules).length > 0) return false;
  // The definition of an environment is not what a yes or no about its test is about.
  if (nearest.key.startsWith('第2条') && reading.turns.definition === null) return false;
  const own = rules.steps.find(({ name }) => name === named);
  const isNamed = own !== undefined && reading.apis.length > 0;
  // What the terms leave open about that very step (要否の目安) is not meant where a plain yes or no is asked for.
  const isPlain = reading.clauses.some(
    ({ polar, requirement, text }) => requirement && (polar || WHETHER.test(text)),
  );
  if (own !== undefined && isPlain && isGapOf(nearest, own, knowledge)) return false;
  return (nearest.ask?.similarity ?? 0) >= (isNamed ? FAR_ELSEWHERE : ELSEWHERE);
}

/** 「本番環境試験の要否を教えて」 wants a yes or no too; 「要否の目安」 does not. */
const WHETHER = /要否(?!の(?:目安|基準|判断))/u;

function isGapOf({ key }: RankedClass, { clause }: StepRule, { gaps }: Parts['knowledge']): boolean {
  return gaps.some(({ id, nearest }) => id === key && nearest.includes(formatCitation(clause)));
}

function isNearestOrFaint(step: StepName, ranked: readonly RankedClass[], rules: StepRules): boolean {
  const nearest = nearestClause(ranked);
  return (nearest?.ask?.similarity ?? 0) < FAINT || stepsOf(nearest, rules).includes(step);
}

/** Without an API there is something to say only of a step that 第16条 takes from some APIs. */
function dependsOnApi(step: StepName, rules: StepRules): boolean {
  return rules.steps.some(({ name, exceptions }) => name === step && exceptions.length > 0);
}

/** The only clause with a word for a requirement asks who, when or where: 「機密保持は誰の義務？」. */
function asksWhoOrWhen({ clauses }: Reading): boolean {
  return clauses.some(({ elsewhere }) => elsewhere) && clauses.every(({ requirement }) => !requirement);
}

/** A clause that names a step and asks for yes or no, when nothing else is asked for. */
function polarClause({ turns, clauses }: Reading): Clause | null {
  const { definition, procedure, whichApi, difference } = turns;
  if ([definition, procedure, whichApi, difference].some((turn) => turn !== null)) return null;
  return clauses.find(({ polar, steps }) => polar && steps.length > 0) ?? null;
}
