import type { Knowledge } from '../knowledge/knowledge.ts';
import { createListener, remembering } from '../search/analysis.ts';
import type { Tokenize } from '../search/tokens.ts';
import { formatCitation } from '../terms/citation.ts';
import { definitions } from '../terms/definitions.ts';
import type { Terms, TextProblem } from '../terms/model.ts';
import { exemptingProvisions, type StepRules } from '../terms/steps.ts';
import type { Answer } from './answer.ts';
import { createComposer } from './compose.ts';
import { candidates, decide } from './decide.ts';
import type { Decision } from './decision.ts';
import { leanOnThread, type Turn } from './follow-up.ts';
import { type Prepared, prepare } from './prepare.ts';
import { isBlank, type Question, readQuestion } from './question.ts';
import { createQuoter } from './quote.ts';
import { createRanking } from './ranking.ts';
import { createReader, type Reading } from './reading.ts';
import { type Trace, traceOf } from './reasons.ts';
import { joinAnswers, questionsIn } from './several.ts';

export interface AnswererParts {
  readonly terms: Terms;
  readonly problems: readonly TextProblem[];
  readonly knowledge: Knowledge;
  readonly rules: StepRules;
  readonly tokenize: Tokenize;
  /** What `prepare` made of the same terms and knowledge; made here (1–2 s) when absent. */
  readonly prepared?: Prepared;
}

/** One message in, one or more answers out: a message with two questions gets both. */
export interface Reply {
  readonly answers: readonly [Answer, ...Answer[]];
  readonly language: 'ja' | 'en';
  /** The question was longer than what is read. */
  readonly truncated: boolean;
}

export interface Answerer {
  /** Any text whatever; never throws for what a person typed. `earlier`: the same conversation, oldest first. */
  answer(typed: string, earlier?: readonly Turn[]): Reply;
  /** The provision of a canonical citation, as if it had been asked for by number. */
  provision(key: string): Answer;
  /** Why the same question is answered as it is; worked out anew when asked for. */
  explain(typed: string, earlier?: readonly Turn[]): Trace;
}

const SMALL_TALK = 0.3;

/** Reads terms and knowledge once; afterwards each question is answered from memory. */
export function createAnswerer({
  terms,
  problems,
  knowledge,
  rules,
  tokenize,
  prepared = prepare(terms, knowledge, tokenize),
}: AnswererParts): Answerer {
  const listen = remembering(createListener(tokenize));
  const quoter = createQuoter(terms);
  const composer = createComposer(knowledge, problems, quoter, exemptingProvisions(rules));
  const readText = createReader(terms, knowledge, listen, prepared.names);
  const read = (text: string) => readText(readQuestion(text, knowledge.phrasing));
  const parts = {
    knowledge,
    rules,
    quoter,
    composer,
    rank: createRanking(knowledge, listen, prepared.ranking),
    definitions: new Set(definitions(terms).map(({ citation }) => formatCitation(citation))),
  };
  return { answer, provision, explain };

  function answer(typed: string, earlier: readonly Turn[] = []): Reply {
    const question = readQuestion(typed, knowledge.phrasing);
    const { language, truncated } = question;
    if (isBlank(question)) return { answers: [composer.empty()], language, truncated };
    const { alone, decision, reading } = understand(question, earlier);
    const single = questionsIn(question).map((one) => decide(withApisOf(reading, read(one)), parts));
    const whole = reading === alone ? decision : decide(reading, parts);
    const [first, ...others] = joinAnswers(whole, single);
    return {
      answers: [inLanguage(first, language), ...others.map((one) => inLanguage(one, language))],
      language,
      truncated,
    };
  }

  function provision(key: string): Answer {
    const reason = { kind: 'citation', line: `「${key}」を条番号で指定されました。`, detail: key } as const;
    return inLanguage(composer.provisions([key], [reason]), 'ja');
  }

  function explain(typed: string, earlier: readonly Turn[] = []): Trace {
    const question = readQuestion(typed, knowledge.phrasing);
    const { alone, reading } = understand(question, earlier);
    return traceOf({
      question,
      alone,
      reading,
      candidates: candidates(reading, parts),
      answers: answer(typed, earlier).answers,
    });
  }

  /** The question by itself, and with what its thread lends it. */
  function understand(question: Question, earlier: readonly Turn[]) {
    const alone = readText(question);
    const decision = decide(alone, parts);
    const reading = isSmallTalk(decision) ? alone : leanOnThread(alone, earlier, read, decision.certainty);
    return { alone, decision, reading };
  }
}

/** 「ありがとう！」 in a thread is no question about what was said before. */
function isSmallTalk({ answer, certainty }: Decision): boolean {
  return answer.kind === 'out_of_scope' && answer.scheme === null && certainty >= SMALL_TALK;
}

/** The second question of a message speaks of the same APIs as the whole. */
function withApisOf(whole: Reading, part: Reading): Reading {
  return part.apis.length > 0 ? part : { ...part, apis: whole.apis };
}

/** The English line stands beside the Japanese answer only where English was spoken. */
function inLanguage(answer: Answer, language: Reply['language']): Answer {
  return language === 'ja' && 'leadEn' in answer ? { ...answer, leadEn: null } : answer;
}
