import type { GapKnowledge } from '../knowledge/schema.ts';
import { type Citation, formatCitation, isWithin, parseCanonical, sameCitation } from '../terms/citation.ts';
import type { StepName, StepRules } from '../terms/steps.ts';
import type { ApisNamed } from './apis-named.ts';
import type { Clause } from './clauses.ts';
import type { DecisionParts } from './decision.ts';
import { isRow } from './leaning.ts';
import { foldText } from './question.ts';
import type { RankedClass } from './ranking.ts';
import type { Reading } from './reading.ts';

type Parts = Pick<DecisionParts, 'rules' | 'knowledge' | 'rank'>;

/** What a requirement question is about; `apis` is empty where none is meant in particular. */
export interface RequirementAsked {
  readonly step: StepName;
  readonly apis: readonly number[];
  /** What belongs to the step beside its clause (第5条第2項) is asked about first. */
  readonly besideFirst: boolean;
  /** Why it was read so: the words, for the reader. */
  readonly line: string;
}

/** A provision nearer to the question than this leaves no doubt which API is meant though none is named. */
const API_BY_LIKENESS = 0.5;
/** An ambiguous name counts beside a sure one when its row comes at least this near to it. */
const COMPANION = 0.3;
/** From this likeness on, another matter than a step stands in the way of a verdict. */
const ELSEWHERE = 0.4;
/** The same where both the step and the API are named. */
const FAR_ELSEWHERE = 0.55;

/** So near, and so much nearer than the next, must the row be that is described though not named. */
const DESCRIBED = { score: 0.72, before: 1.25 };
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
  const { rules, knowledge } = parts;
  const { turns } = reading;
  if (asksWhoOrWhen(reading)) return null;
  const polar = turns.requirement === null ? polarClause(reading) : null;
  const words = turns.requirement ?? polar?.text ?? null;
  if (words === null || turns.amount !== null) return null;
  // 「やることと、やらなくていいことを整理して」: all steps.
  if (turns.procedure !== null && reading.steps.length + reading.citations.length === 0) return null;
  const sure = apisAsked(reading.apisOfAsking() ?? reading, ranked);
  const nearest = ranked.find(
    ({ kind, key }) => kind !== 'neighbour' && (kind !== 'provision' || !isRow(key)),
  );
  const spoken = stepSpoken(reading, sure);
  const cited = citedStep(reading, rules, spoken);
  const named = cited ?? spoken;
  const apis = sure.length > 0 || named === undefined ? sure : apisMeant(reading, parts);
  const own = rules.steps.find(({ name }) => name === named);
  const isOwnGap = (gap: GapKnowledge) =>
    own !== undefined && gap.id === nearest?.key && gap.nearest.includes(formatCitation(own.clause));
  // What the terms leave open about that very step (要否の目安) is not meant where a plain yes or no is asked for.
  const isPlain = reading.clauses.some(({ polar, requirement }) => polar && requirement);
  const isMeant = reading.apis.length > 0 && isPlain && knowledge.gaps.some(isOwnGap);
  const least = own !== undefined && reading.apis.length > 0 ? FAR_ELSEWHERE : ELSEWHERE;
  if (nearest !== undefined && cited === undefined && !isMeant && isElsewhere(nearest, rules, least))
    return null;
  const step =
    named ?? (turns.whichApi === null || apis.length > 0 ? likeliestStep(ranked, rules, apis) : undefined);
  if (step === undefined) return null;
  // Without a word for the requirement only what is nearest tells that the step itself is asked about.
  if (polar !== null) {
    const clause = ranked.find(({ kind, key }) => kind !== 'neighbour' && kind !== 'topic' && !isRow(key));
    const isFaint = (clause?.ask?.similarity ?? 0) < FAINT;
    if (apis.length === 0 || !((clause && stepsOf(clause, rules).includes(step)) || isFaint)) return null;
  }
  if (
    apis.length === 0 &&
    // 「5条も7条も適用されないのはどのAPI」
    !(cited !== undefined && turns.whichApi !== null && dependsOnApi(step, rules)) &&
    !(nearest && dependsOnApi(step, rules) && stepsOf(nearest, rules).includes(step))
  ) {
    return null;
  }
  return {
    step,
    apis,
    besideFirst: reading.applying,
    line: `「${words.trim()}」という言い方から、手続の要否を尋ねる質問と読みました。`,
  };
}

/** Without an API there is something to say only of a step that 第16条 takes from some APIs. */
function dependsOnApi(step: StepName, rules: StepRules): boolean {
  return rules.steps.some(({ name, exceptions }) => name === step && exceptions.length > 0);
}

/**
 * The APIs a question names; failing that, what its ambiguous names can mean, the likelier where two rows share a
 * name; failing that, the one row whose ways of asking leave no doubt.
 */
export function apisAsked(
  { apis, apisPerhaps, numbered }: ApisNamed,
  ranked: readonly RankedClass[],
): readonly number[] {
  const rows = rowsAmong(ranked);
  const perhaps = likeliest(apis, apisPerhaps, rows);
  if (apis.length > 0) return numbered ? apis : withCompanions(apis, perhaps, rows);
  if (perhaps.length > 0) return perhaps;
  const [best, next] = rows;
  if (!best || best.score < API_BY_LIKENESS || (next && next.score > best.score * 0.85)) return [];
  return [best.row];
}

/** The API that is misspelt in the question, else the one it describes. */
function apisMeant(reading: Reading, parts: Parts): readonly number[] {
  const [misspelt] = reading.misspelt.apis();
  return misspelt === undefined ? apiDescribed(reading, parts) : [misspelt];
}

/** The API a question describes without a name (「申込みを自治体に送る」), where one row comes clearly nearest. */
function apiDescribed(
  { besideSteps, turns, question }: Reading,
  { rank, knowledge }: Parts,
): readonly number[] {
  if (turns.requirement === null || turns.whichApi !== null) return [];
  const [best, next, third] = rowsAmong(rank(besideSteps(), 'rows'));
  if (best === undefined || best.score < DESCRIBED.score) return [];
  const isFarBehind = (other: { score: number } | undefined) =>
    other === undefined || other.score * DESCRIBED.before <= best.score;
  if (isFarBehind(next)) return [best.row];
  const pair = knowledge.apis.find(
    ({ row, yieldsTo }) =>
      yieldsTo !== undefined && [best.row, next?.row].every((one) => one === row || one === yieldsTo.row),
  );
  if (pair?.yieldsTo === undefined || !isFarBehind(third)) return [];
  return [
    pair.yieldsTo.beside.some((words) => question.dense.includes(words)) ? pair.yieldsTo.row : pair.row,
  ];
}

function rowsAmong(ranked: readonly RankedClass[]) {
  return ranked.flatMap(({ kind, key, score }) => {
    const citation = kind === 'provision' ? parseCanonical(key) : null;
    return citation?.kind === 'row' ? [{ row: citation.row, score }] : [];
  });
}

/** What each ambiguous name means; nothing new where one of its meanings is among those known already. */
function likeliest(
  known: readonly number[],
  perhaps: readonly (readonly number[])[],
  rows: readonly { row: number; score: number }[],
): readonly number[] {
  const meant = new Set<number>();
  for (const meanings of perhaps.toSorted((a, b) => a.length - b.length)) {
    if (meanings.some((row) => meant.has(row) || known.includes(row))) continue;
    const row = rows.find((one) => meanings.includes(one.row))?.row ?? meanings[0];
    if (row !== undefined) meant.add(row);
  }
  return [...meant].sort((a, b) => a - b);
}

/** An ambiguous name beside sure ones (「医療費・お薬・健診の三本」) is one of them when its row fits the question too. */
function withCompanions(
  apis: readonly number[],
  perhaps: readonly number[],
  rows: readonly { row: number; score: number }[],
): readonly number[] {
  const score = (row: number) => rows.find((one) => one.row === row)?.score ?? 0;
  const least = Math.max(...apis.map(score)) * COMPANION;
  const companions = perhaps.filter((row) => !apis.includes(row) && score(row) >= least);
  return [...apis, ...companions].sort((a, b) => a - b);
}

/** What comes nearest is no step, and it is like enough to the question to be what was meant. */
function isElsewhere(nearest: RankedClass, rules: StepRules, least: number): boolean {
  return (
    nearest.kind !== 'topic' &&
    stepsOf(nearest, rules).length === 0 &&
    (nearest.ask?.similarity ?? 0) >= least
  );
}

/**
 * The step whose clause, or part of it, comes nearest of all. An exemption of several steps (第16条第3項) stands for
 * the first of them where an API is known, and for none where none is.
 */
function likeliestStep(
  ranked: readonly RankedClass[],
  rules: StepRules,
  apis: readonly number[],
): StepName | undefined {
  const nearest = ranked.find(({ kind, key }) => kind !== 'topic' && kind !== 'neighbour' && !isRow(key));
  const steps = nearest ? stepsOf(nearest, rules) : [];
  return steps.length === 1 || apis.length > 0 ? steps[0] : undefined;
}

/** 「3条2項の事項は要りますか」「項番10に第5条は適用されるか」: the clause of a step is cited together with an API. */
function citedStep(
  { citations, clauses }: Reading,
  rules: StepRules,
  spoken: StepName | undefined,
): StepName | undefined {
  const asking = clauses.filter(({ asks, steps }) => asks && steps.length > 0).map(({ text }) => text);
  // 「5条は適用なし。だったら仕様書の開示申請もいらない？」: what is cited before the part that asks is not what it asks about.
  const isAside = (surface: string) =>
    asking.length > 0 && !asking.some((text) => text.includes(foldText(surface)));
  const cited = citations.flatMap(({ result, surface }) =>
    result.kind === 'found' && !(spoken !== undefined && isAside(surface)) ? [result.citation] : [],
  );
  // 「第6条の企画書」: a step named in so many words is meant rather than another one of the same clause.
  const own = rules.steps.find(({ name }) => name === spoken);
  if (own !== undefined && cited.some((one) => isWithin(own.clause, one))) return spoken;
  const byClause = rules.steps.find(
    ({ name, clause, also }) =>
      name !== '企画書添付' &&
      cited.some((one) => isWithin(clause, one) || also.some((other) => sameCitation(one, other))),
  )?.name;
  return byClause ?? (spoken === undefined ? exemptedStep(cited, rules) : undefined);
}

/** 「第16条第2項の対象に項番9は入るか」: the one step that a cited exemption takes away. */
function exemptedStep(cited: readonly Citation[], rules: StepRules): StepName | undefined {
  const [step, ...others] = rules.steps.filter(({ exceptions }) =>
    exceptions.some(({ basis }) => cited.some((one) => sameCitation(one, basis))),
  );
  return others.length === 0 ? step?.name : undefined;
}

/**
 * The step named in the first clause that asks for a requirement; else in the last that speaks of one; else in the
 * nearest one before it; else the first.
 */
function namedStep({ steps, clauses }: Reading): StepName | undefined {
  const spoken = clauses.filter(
    ({ requirement, polar, steps: some }) => (requirement || polar) && some.length > 0,
  );
  const meant =
    spoken.find(({ asks, requirement }) => asks && requirement) ??
    spoken.find(({ asks }) => asks) ??
    spoken.at(-1) ??
    clauses
      .slice(0, clauses.findLastIndex(({ requirement }) => requirement) + 1)
      .findLast(({ steps: some }) => some.length > 0);
  const step = meant?.steps[0] ?? steps[0];
  // 「申込の書類は一枚減る？」: of an application that comes with a plan, the plan is meant.
  const attached = step === '利用申込' && steps.includes('企画書添付');
  return attached && clauses.some(({ attaches, asks, requirement }) => attaches && (asks || requirement))
    ? '企画書添付'
    : step;
}

/** The only clause with a word for a requirement asks who, when or where: 「機密保持は誰の義務？」. */
function asksWhoOrWhen({ clauses }: Reading): boolean {
  return clauses.some(({ elsewhere }) => elsewhere) && clauses.every(({ requirement }) => !requirement);
}

/**
 * The step named; where none is, or only an application that may be the application for it (事前内合わせの申込み), one
 * that is misspelt.
 */
function stepSpoken(reading: Reading, apis: readonly number[]): StepName | undefined {
  const named = namedStep(reading);
  if (apis.length === 0 || (named !== undefined && named !== '利用申込')) return named;
  return reading.misspelt.steps().find((step) => !reading.steps.includes(step)) ?? named;
}

/** A clause that names a step and asks for yes or no, when nothing else is asked for. */
function polarClause({ turns, clauses }: Reading): Clause | null {
  const { definition, procedure, whichApi, difference } = turns;
  if ([definition, procedure, whichApi, difference].some((turn) => turn !== null)) return null;
  return clauses.find(({ polar, steps }) => polar && steps.length > 0) ?? null;
}

/** The steps a class stands for: its clause or a 号 of it, what belongs to it, or the exemption that concerns it. */
function stepsOf({ kind, key }: RankedClass, rules: StepRules): StepName[] {
  const citation = kind === 'provision' ? parseCanonical(key) : null;
  if (citation === null) return [];
  return rules.steps
    .filter(
      ({ clause, also, exceptions, readOver }) =>
        isWithin(citation, clause) ||
        [...also, ...exceptions.map(({ basis }) => basis), ...(readOver ? [readOver.basis] : [])].some(
          (one) => sameCitation(citation, one),
        ),
    )
    .map(({ name }) => name);
}
