import { formatCitation, isWithin, parseCanonical } from '../terms/citation.ts';
import type { StepName, StepRules } from '../terms/steps.ts';
import { isRow } from './leaning.ts';
import type { RankedClass } from './ranking.ts';
import type { Reading } from './reading.ts';

/** What a requirement question is about. */
export interface RequirementAsked {
  readonly step: StepName;
  readonly apis: readonly number[];
  /** Why it was read so: the words, for the reader. */
  readonly line: string;
}

/** A provision nearer to the question than this leaves no doubt which API is meant though none is named. */
const API_BY_LIKENESS = 0.5;

/**
 * Reads 「このAPIで、この手続は要るか」 out of a question: one step and at least one API. Null when it is not
 * asked, or when what comes nearest is no step at all (a gap, a prohibition): then no verdict may be computed.
 */
export function requirementAsked(
  reading: Reading,
  ranked: readonly RankedClass[],
  rules: StepRules,
): RequirementAsked | null {
  const { turns } = reading;
  if (turns.requirement === null) return null;
  const nearest = ranked.find(({ kind, key }) => kind !== 'provision' || !isRow(key));
  const nearestSteps = nearest ? stepsOf(nearest, rules) : [];
  if (nearest && nearestSteps.length === 0 && nearest.kind !== 'topic') return null;
  const step = namedStep(reading) ?? (nearestSteps.length === 1 ? nearestSteps[0] : undefined);
  const apis = apisAsked(reading, ranked);
  if (step === undefined || apis.length === 0) return null;
  return { step, apis, line: `「${turns.requirement}」という言い方から、手続の要否を尋ねる質問と読みました。` };
}

/** The APIs a question names; failing that, the one row whose ways of asking leave no doubt. */
export function apisAsked({ apis }: Reading, ranked: readonly RankedClass[]): readonly number[] {
  if (apis.length > 0) return apis;
  const [best, next] = ranked.filter(({ kind, key }) => kind === 'provision' && isRow(key));
  if (!best || best.score < API_BY_LIKENESS || (next && next.score > best.score * 0.85)) return [];
  const citation = parseCanonical(best.key);
  return citation?.kind === 'row' ? [citation.row] : [];
}

/** The step named in the last clause that also asks for a requirement; else the first step named. */
function namedStep({ steps, stepsByClause }: Reading): StepName | undefined {
  return stepsByClause.findLast(({ requirement, steps: some }) => requirement && some.length > 0)?.steps[0] ?? steps[0];
}

/** The steps a class stands for: its clause, what belongs to it, or the exemption that concerns it. */
function stepsOf({ kind, key }: RankedClass, rules: StepRules): StepName[] {
  const citation = kind === 'provision' ? parseCanonical(key) : null;
  if (citation === null) return [];
  return rules.steps
    .filter(({ clause, also, exceptions, readOver }) =>
      [clause, ...also, ...exceptions.map(({ basis }) => basis), ...(readOver ? [readOver.basis] : [])].some(
        (one) => isWithin(citation, one) || formatCitation(one) === key,
      ),
    )
    .map(({ name }) => name);
}
