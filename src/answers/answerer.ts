import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Tokenize } from '../search/tokens.ts';
import { formatCitation } from '../terms/citation.ts';
import { definitions } from '../terms/definitions.ts';
import type { Terms, TextProblem } from '../terms/model.ts';
import type { StepRules } from '../terms/steps.ts';
import type { Answer } from './answer.ts';
import { createComposer } from './compose.ts';
import { decide } from './decide.ts';
import { isBlank, readQuestion } from './question.ts';
import { createQuoter } from './quote.ts';
import { createRanking } from './ranking.ts';
import { createReader } from './reading.ts';

export interface AnswererParts {
  readonly terms: Terms;
  readonly problems: readonly TextProblem[];
  readonly knowledge: Knowledge;
  readonly rules: StepRules;
  readonly tokenize: Tokenize;
}

/** One message in, one or more answers out: a message with two questions gets both. */
export interface Reply {
  readonly answers: readonly [Answer, ...Answer[]];
  readonly language: 'ja' | 'en';
  /** The question was longer than what is read. */
  readonly truncated: boolean;
}

export interface Answerer {
  /** Any text whatever; never throws for what a person typed. */
  answer(typed: string): Reply;
  /** The provision of a canonical citation, as if it had been asked for by number. */
  provision(key: string): Answer;
}

/** Reads terms and knowledge once; afterwards each question is answered from memory. */
export function createAnswerer({ terms, problems, knowledge, rules, tokenize }: AnswererParts): Answerer {
  const quoter = createQuoter(terms);
  const composer = createComposer(knowledge, problems, quoter);
  const read = createReader(terms, knowledge, tokenize);
  const rank = createRanking(terms, knowledge, tokenize);
  const parts = {
    knowledge,
    rules,
    quoter,
    composer,
    rank,
    definitions: new Set(definitions(terms).map(({ citation }) => formatCitation(citation))),
  };
  return {
    answer(typed) {
      const question = readQuestion(typed, knowledge.phrasing);
      const { language, truncated } = question;
      if (isBlank(question)) return { answers: [composer.empty()], language, truncated };
      return { answers: [decide(read(question), parts)], language, truncated };
    },
    provision: (key) =>
      composer.provisions(
        [key],
        [
          {
            kind: 'citation',
            line: `「${key}」を条番号で指定されました。`,
            detail: formatCitation(quoter.quoteKey(key).citation),
          },
        ],
      ),
  };
}
