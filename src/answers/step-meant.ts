/** Which step a question is about: named, cited, misspelt, or nearest in likeness. */
import { type Citation, isWithin, parseCanonical, sameCitation } from '../terms/citation.ts';
import type { StepName, StepRules } from '../terms/steps.ts';
import { isRow } from './leaning.ts';
import { foldText } from './question.ts';
import type { RankedClass } from './ranking.ts';
import type { Reading } from './reading.ts';

/**
 * The step named; where none is, or only an application that may be the application for it (事前内合わせの申込み), one
 * that is misspelt.
 */
export function stepSpoken(reading: Reading, apis: readonly number[]): StepName | undefined {
  const named = namedStep(reading);
  if (apis.length === 0 || (named !== undefined && named !== '利用申込')) return named;
  return reading.misspelt.steps().find((step) => !reading.steps.includes(step)) ?? named;
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
    spoken.find(({ asks, text }) => asks && FIRST.test(text)) ??
    spoken.findLast(({ asks, text }) => asks && CONCLUDES.test(text.trim())) ??
    spoken.find(({ asks, requirement }) => asks && requirement) ??
    spoken.find(({ asks }) => asks) ??
    spoken.at(-1) ??
    clauses
      .slice(0, clauses.findLastIndex(({ requirement }) => requirement) + 1)
      .findLast(({ steps: some }) => some.length > 0);
  const step = meant?.steps[0] ?? steps[0];
  // 「申込の書類は一枚減る？」: of an application that comes with a plan, the plan is meant.
  const attached = step === '利用申込' && steps.includes('企画書添付');
  return attached && clauses.some(({ attaches, asks, text }) => attaches && (asks || text.includes('要否')))
    ? '企画書添付'
    : step;
}

/** 「企画書はいらないんでしょ？だったら申込みもいらない？」 */
const CONCLUDES =
  /^(?:だったら|じゃあ?|では|なら|それなら|そしたら|てことは|ということは|つまり|したがって|となると)/u;
/** 「いきなり申込書を出しちゃダメ？先に打合せを挟まないといけない？」 */
const FIRST = /先に|その前に|まず(?:は)?(?!い)/u;

/** 「3条2項の事項は要りますか」「項番10に第5条は適用されるか」: the clause of a step is cited together with an API. */
export function citedStep(
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
 * The step whose clause, or part of it, comes nearest of all. An exemption of several steps (第16条第3項) stands for
 * the first of them where an API is known, and for none where none is.
 */
export function likeliestStep(
  ranked: readonly RankedClass[],
  rules: StepRules,
  apis: readonly number[],
): StepName | undefined {
  const steps = stepsOf(nearestClause(ranked), rules);
  return steps.length === 1 || apis.length > 0 ? steps[0] : undefined;
}

/** Whatever comes nearest, apart from single APIs and other schemes. */
export function nearestMatter(ranked: readonly RankedClass[]): RankedClass | undefined {
  return ranked.find(({ kind, key }) => kind !== 'neighbour' && !isRow(key));
}

/** The same apart from topics too: a clause, or what the terms leave open. */
export function nearestClause(ranked: readonly RankedClass[]): RankedClass | undefined {
  return nearestMatter(ranked.filter(({ kind }) => kind !== 'topic'));
}

/** The steps a class stands for: its clause or a 号 of it, what belongs to it, or the exemption that concerns it. */
export function stepsOf(one: RankedClass | undefined, rules: StepRules): StepName[] {
  const citation = one?.kind === 'provision' ? parseCanonical(one.key) : null;
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
