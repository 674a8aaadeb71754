/** What a question names only by halves: with a wrong letter, or an API by a description. */
import type { Knowledge } from '../knowledge/knowledge.ts';
import { createNameFinder, type Name, type NameFinder } from '../search/fuzzy-names.ts';
import type { StepName } from '../terms/steps.ts';
import { createRemover } from './api-names.ts';
import { createFragmentFinder, dense, patternOf, type Question } from './question.ts';

/** Worked out when they are asked for: most questions name what they mean. */
export interface ImpliedNames {
  /** Which steps and APIs are named with a wrong letter (接属確認環境試験), the likeliest first. */
  readonly misspelt: { readonly steps: () => StepName[]; readonly apis: () => number[] };
  /**
   * What describes an API: the question without the names of steps and what is said about them. Null where it speaks of
   * nothing that an API does: 「新しい会社ですが打合せは要る？」.
   */
  readonly described: () => string | null;
}

/** One letter in seven may be wrong; in names of steps one in six. */
export const LEAST_LIKE = { names: 0.85, steps: 0.83 };
const SHORTEST_NAME = 6;
const LONGEST_CRUMB = 4;
/** 「薬歴を取るAPI」 describes; with a letter changed it describes something else (戸籍を取るAPI). */
const DESCRIBES = /[ぁ-ゖ]/u;

/** `uncited`: the question without its citations. */
export function createImpliedReader({
  phrasing,
  apis,
}: Knowledge): (question: Question, uncited: string) => ImpliedNames {
  const stepsLike = finderOf(() =>
    phrasing.steps.flatMap(({ step, words }) =>
      words.filter(isLongName).map((name) => ({ name, target: step })),
    ),
  );
  const apisLike = finderOf(() =>
    apis.flatMap(({ row, name, aliases }) =>
      [name, ...aliases.filter((alias) => isLongName(alias) && !DESCRIBES.test(alias))].map((one) => ({
        name: one,
        target: row,
      })),
    ),
  );
  const withoutSteps = createRemover(
    phrasing.steps.flatMap(({ words }) => words),
    phrasing.requirement.map(patternOf),
  );
  const usesApi = createFragmentFinder(phrasing.using);
  return ({ plain }, uncited) => ({
    misspelt: {
      steps: () =>
        stepsLike()
          .find(plain, { least: LEAST_LIKE.steps })
          .flatMap(({ target, score }) => (score < 1 ? [target] : [])),
      apis: () =>
        apisLike()
          .find(plain, { least: LEAST_LIKE.names })
          .map(({ target }) => target),
    },
    described: () => {
      const beside = withoutCrumbs(withoutSteps(uncited));
      return usesApi(dense(beside)) === null ? null : beside;
    },
  });
}

/** Hundreds of names are folded when the first is looked for. */
function finderOf<Target>(names: () => readonly Name<Target>[]): () => NameFinder<Target> {
  let finder: NameFinder<Target> | undefined;
  return () => {
    finder ??= createNameFinder(names());
    return finder;
  };
}

/** Long enough that a wrong letter leaves no doubt; of English names the words tell enough. */
function isLongName(name: string): boolean {
  return name.length >= SHORTEST_NAME && /\p{Script=Han}/u.test(name);
}

/** What is left of a sentence between two names (「は」「る?」) describes nothing. */
function withoutCrumbs(text: string): string {
  const pieces = text.split(' ');
  return pieces.filter((piece) => piece.length > LONGEST_CRUMB || /[^ぁ-ゖー\p{P}]/u.test(piece)).join(' ');
}
