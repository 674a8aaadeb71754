/**
 * How a run over questions with known answers is scored. `right` is an exact first citation (and the
 * verdict, where there is one) for the answerable, and abstention for the rest.
 */
import { z } from 'zod';

export const QUESTION_KINDS = [
  'lookup',
  'definition',
  'api',
  'applicability',
  'procedure',
  'unanswerable',
  'offtopic',
] as const;

const verdict = z.object({
  step: z.string(),
  apis: z.array(z.number().int()),
  value: z.enum(['required', 'not_required', 'optional']),
});

/** One line of a question file; keys we do not score are allowed. */
export const gradedQuestion = z.object({
  id: z.string(),
  question: z.string(),
  style: z.string().default(''),
  kind: z.enum(QUESTION_KINDS),
  gold: z.array(z.string()),
  also: z.array(z.string()).default([]),
  verdict: verdict.optional(),
});
export type GradedQuestion = z.infer<typeof gradedQuestion>;

/** What the program said, in the form `ask --json` writes. */
export interface GivenAnswer {
  readonly kind: string;
  readonly citations: readonly string[];
  readonly verdict?:
    | { readonly step: string; readonly apis: readonly number[]; readonly value: string }
    | undefined;
}

export interface Score {
  /** 1, or ½ for a choice that holds the right provision. */
  readonly right: number;
  readonly exact: boolean;
  readonly article: boolean;
  readonly article3: boolean;
  /** null where no verdict is expected. */
  readonly verdictRight: boolean | null;
  readonly abstained: boolean;
}

export function scoreAnswer(question: GradedQuestion, given: GivenAnswer): Score {
  const abstained = given.kind !== 'answer' && given.kind !== 'choose';
  if (question.gold.length === 0) {
    return {
      right: abstained ? 1 : 0,
      exact: false,
      article: false,
      article3: false,
      verdictRight: null,
      abstained,
    };
  }
  const verdictRight = question.verdict ? sameVerdict(question.verdict, given.verdict) : null;
  if (given.kind === 'choose') {
    const among = given.citations.some((citation) => question.gold.includes(citation));
    return { right: among ? 0.5 : 0, exact: false, article: false, article3: among, verdictRight, abstained };
  }
  const goldArticles = new Set(question.gold.map(articleOf));
  const articles = [...new Set(given.citations.map(articleOf))];
  const exact = !abstained && question.gold.includes(given.citations[0] ?? '');
  return {
    right: exact && verdictRight !== false ? 1 : 0,
    exact,
    article: !abstained && goldArticles.has(articles[0] ?? ''),
    article3: !abstained && articles.slice(0, 3).some((article) => goldArticles.has(article)),
    verdictRight,
    abstained,
  };
}

export interface Summary {
  readonly questions: number;
  readonly right: number;
  readonly article3: number;
  readonly verdicts: number;
  readonly openRecognised: number;
  readonly answerableRefused: number;
  readonly byKind: ReadonlyMap<string, { readonly questions: number; readonly right: number }>;
}

/** Shares over a whole run, each 0..1; a share of nothing is 1. */
export function summarise(results: readonly { question: GradedQuestion; score: Score }[]): Summary {
  const answerable = results.filter(({ question }) => question.gold.length > 0);
  const open = results.filter(({ question }) => question.gold.length === 0);
  const judged = results.filter(({ score }) => score.verdictRight !== null);
  const byKind = new Map(
    QUESTION_KINDS.map((kind) => [kind, results.filter(({ question }) => question.kind === kind)] as const)
      .filter(([, some]) => some.length > 0)
      .map(([kind, some]) => [
        kind,
        { questions: some.length, right: share(some, ({ score }) => score.right) },
      ]),
  );
  return {
    questions: results.length,
    right: share(results, ({ score }) => score.right),
    article3: share(answerable, ({ score }) => Number(score.article3)),
    verdicts: share(judged, ({ score }) => Number(score.verdictRight)),
    openRecognised: share(open, ({ score }) => Number(score.abstained)),
    answerableRefused:
      answerable.length === 0 ? 0 : share(answerable, ({ score }) => Number(score.abstained)),
    byKind,
  };
}

/** What was taken for what, and for which questions. */
export interface Confusion {
  readonly expected: string;
  readonly got: string;
  readonly ids: readonly string[];
}

/** Everything that went wrong, what happens most first: a provision, a verdict or a silence taken for another. */
export function confusions(
  results: readonly { question: GradedQuestion; line: GivenAnswer; score: Score }[],
): Confusion[] {
  const found = new Map<string, { expected: string; got: string; ids: string[] }>();
  for (const { question, line, score } of results) {
    if (score.right === 1) continue;
    // Where the provision is right, the verdict is what went wrong.
    const [expected, got] =
      score.exact && question.verdict
        ? [verdictOf(question.verdict), verdictOf(line.verdict)]
        : [question.gold[0] ?? question.kind, line.kind === 'answer' ? (line.citations[0] ?? '') : line.kind];
    const key = `${expected}\n${got}`;
    const known = found.get(key) ?? { expected, got, ids: [] };
    known.ids.push(question.id);
    found.set(key, known);
  }
  return [...found.values()].sort((a, b) => b.ids.length - a.ids.length);
}

function verdictOf(given: GivenAnswer['verdict']): string {
  return given === undefined ? 'no verdict' : `${given.step} [${given.apis.join(',')}] ${given.value}`;
}

function share<T>(some: readonly T[], value: (one: T) => number): number {
  return some.length === 0 ? 1 : some.reduce((sum, one) => sum + value(one), 0) / some.length;
}

function sameVerdict(expected: z.infer<typeof verdict>, given: GivenAnswer['verdict']): boolean {
  const ordered = (apis: readonly number[]) => [...apis].sort((a, b) => a - b).join(',');
  return (
    given !== undefined &&
    given.step === expected.step &&
    given.value === expected.value &&
    ordered(given.apis) === ordered(expected.apis)
  );
}

/** 第3条第2項第1号 → 第3条; 別表項番4 stays. */
function articleOf(citation: string): string {
  return citation.startsWith('別表') ? citation : citation.replace(/^(第\d+条).*$/, '$1');
}
