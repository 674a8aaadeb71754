import type { Knowledge } from '../knowledge/knowledge.ts';
import type { PhrasingKnowledge } from '../knowledge/schema.ts';
import type { Listen } from '../search/analysis.ts';
import {
  type ConceptWords,
  createConceptMatcher,
  createWrittenMatcher,
  readConcepts,
} from '../search/concepts.ts';
import { createNameFinder } from '../search/fuzzy-names.ts';
import { formatCitation } from '../terms/citation.ts';
import { definitions } from '../terms/definitions.ts';
import { type CitationMention, findCitations } from '../terms/find-citations.ts';
import type { Terms } from '../terms/model.ts';
import type { StepName } from '../terms/steps.ts';
import { apiNames, createNameRemover } from './api-names.ts';
import { type ApisOfQuestion, createApiReader } from './apis-named.ts';
import { type Clause, createClauseReader } from './clauses.ts';
import { createImpliedReader, type ImpliedNames, LEAST_LIKE } from './implied-names.ts';
import { askedIn, createFragmentFinder, dense, foldText, type Question } from './question.ts';

/** The turns of phrase of a question that decide what kind of answer is wanted; null where absent. */
export interface Turns {
  readonly requirement: string | null;
  readonly definition: string | null;
  readonly procedure: string | null;
  /** What comes after a step is asked for. */
  readonly next: string | null;
  readonly whichApi: string | null;
  /** A number, a price, a place or a file is asked for: what the terms hardly ever hold. */
  readonly amount: string | null;
  readonly difference: string | null;
  readonly officeStops: string | null;
  readonly providerStops: string | null;
}

/** What was recognised in a question before any search. */
export interface Reading extends ApisOfQuestion, ImpliedNames {
  readonly question: Question;
  readonly citations: readonly CitationMention[];
  /** The question without its citations. */
  readonly uncited: string;
  /** The question without the names of APIs and without citations: what is asked about them. */
  readonly rest: string;
  /** Canonical citations of the definitions of the terms that stand in the question. */
  readonly defined: ReadonlySet<string>;
  /** Steps named, in the order of phrasing.yaml. */
  readonly steps: readonly StepName[];
  readonly clauses: readonly Clause[];
  /** An application is asked about, beside what it is for: 「接続確認環境の利用申請」. */
  readonly applying: boolean;
  readonly turns: Turns;
}

/** The names a question may hold, as written and as read aloud: plain data. */
export interface NameData {
  readonly apis: ConceptWords;
  readonly definitions: ConceptWords;
  readonly steps: ConceptWords;
}

/** `readAloud`: a word → its reading in hiragana. */
export function prepareNames(
  terms: Terms,
  knowledge: Knowledge,
  readAloud: (word: string) => string,
): NameData {
  const defined = definitions(terms).map(({ term, citation }) => ({
    id: formatCitation(citation),
    words: [term],
  }));
  const steps = knowledge.phrasing.steps.map(({ step, words }) => ({ id: step, words }));
  return {
    apis: readConcepts(apiNames(knowledge), readAloud),
    definitions: readConcepts(defined, readAloud),
    steps: readConcepts(steps, readAloud),
  };
}

/** Prepares everything that reading a question needs; the result reads one question without side effects. */
export function createReader(
  terms: Terms,
  knowledge: Knowledge,
  listen: Listen,
  data: NameData,
): (question: Question) => Reading {
  const withoutNames = createNameRemover(knowledge);
  const definedIn = createSpotter(listen, data.definitions);
  const stepsIn = createSpotter<StepName>(listen, data.steps);
  const stepsWritten = createWrittenMatcher(data.steps);
  const find = createTurnFinders(knowledge.phrasing);
  const applies = createFragmentFinder(knowledge.phrasing.applying);
  const readClauses = createClauseReader(knowledge.phrasing, withoutNames);
  const readApis = createApiReader(
    terms,
    knowledge,
    createSpotter(listen, data.apis),
    (text) => stepsIn(text).length > 0,
  );
  const termsLike = createNameFinder(
    definitions(terms).map(({ term, citation }) => ({ name: term, target: formatCitation(citation) })),
  );
  const readImplied = createImpliedReader(knowledge);
  return (question) => {
    // Romaji is read as kana; whatever else was typed, as it was typed (①).
    const isRomaji = JAPANESE.test(question.plain) && !JAPANESE.test(question.shown);
    const citations = findCitations(terms, isRomaji ? question.plain : question.shown);
    const named = readApis(question, citations);
    const uncited = citations.reduce(
      (text, { surface }) => text.replace(foldText(surface), ' '),
      question.plain,
    );
    const unnamed = withoutNames(question.plain);
    const turns = turnsIn(question);
    // So long a name drowns what is asked; where its meaning is asked for, it stays.
    const short = (text: string) => (turns.definition === null ? text.replaceAll(OFFICE, '担当室') : text);
    // A step named as the occasion (利用申込の際に) is not the one asked about where another one is.
    const aside = stepsIn(withoutOccasion(unnamed));
    const steps = aside.length > 0 ? aside : stepsIn(unnamed);
    const spoken = aside.length > 0 ? withoutOccasion : (text: string) => text;
    const stepsSaid = stepsOfParts(spoken(unnamed), steps);
    return {
      question,
      citations,
      ...named,
      meant: short(named.meant),
      uncited,
      rest: short(withoutNames(uncited)),
      ...readImplied(question, uncited),
      defined: termsMeant(question, turns),
      steps,
      clauses: readClauses(question, (clause) => stepsSaid(spoken(clause))),
      applying: applies(question) !== null,
      turns,
    };
  };

  /** Reads the steps in parts of a text that names these: what is written in all need not be listened for in a part. */
  function stepsOfParts(whole: string, steps: readonly StepName[]): (part: string) => readonly StepName[] {
    // Where the whole names no step, no part of it does.
    if (steps.length === 0) return () => [];
    const written = new Set(stepsWritten(whole));
    if (!steps.every((step) => written.has(step))) return stepsIn;
    return (part) => {
      const found = new Set(stepsWritten(part));
      return steps.filter((step) => found.has(step));
    };
  }

  function turnsIn(question: Question): Turns {
    const asked = askedIn(question);
    const whichApi = find.whichApi(question);
    const requirement = find.requirement({ dense: question.dense.replace(NO_REQUIREMENT, ' ') });
    return {
      // 「該当するのは？」 asks for the API.
      requirement: requirement !== null && whichApi?.includes(requirement) ? null : requirement,
      definition: find.definition({ dense: question.dense.replace(NO_TOWA, '$1').replace(NO_MEANING, ' ') }),
      // 「会社を作る手続」 names an API and asks for no procedure.
      procedure: find.procedure(
        dense(withoutNames(asked).replace(WHICH_FILINGS, ' ').replace(NO_PROCEDURE, ' ')),
      ),
      next: find.next(dense(asked)),
      whichApi,
      // 「支払基金から来るデータなので」 is background.
      amount: find.amount(dense(asked.replaceAll('支払基金', ' '))),
      difference: find.difference({ dense: question.dense.replace(NOT_DIFFERENT, ' ') }),
      officeStops: find.officeStops(question),
      providerStops: find.providerStops(question),
    };
  }

  /** The terms written in the question; where its meaning is asked for, a longer one that is misspelt (利用社) instead. */
  function termsMeant(question: Question, { definition }: Turns): ReadonlySet<string> {
    const written = new Set(definedIn(question.plain));
    if (definition === null) return written;
    const [likely] = termsLike
      .find(question.plain, { least: LEAST_LIKE.names })
      .sort((a, b) => b.name.length - a.name.length);
    return likely === undefined || likely.score === 1 ? written : new Set([likely.target]);
  }
}

const JAPANESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** 「どの手続が入っている？」 asks what an API covers. */
const WHICH_FILINGS = /(?:どの|どんな|何の|なんの|対象の?|できる)手続き?|手続き?検索/gu;
/** 「併用する事業者」「どこから流れてくる？」「手続を探せるだけ？」 */
const NO_PROCEDURE =
  /事業者?|流れて|手続き?をまとめて|すること[でに]|手続き?上|着手前の|するステップ|手続き?[をが](?:探|検索)|使うための(?:登録|当録)/gu;
/** 「免除のはずですが、違いますか」「間違いない？」 compare nothing. */
const NOT_DIFFERENT = /間違い?|(?<=[、がけど])違(?:い(?:ます|ました)|う(?:の|ん)?(?:です)?)か?\??$/u;
const OFFICE = '内閣府大臣官房番号制度担当室';
/** 「省略することは可能か」「テストは済んだ」「目的とは別の」 ask for no meaning. */
const NO_TOWA = /(こと|[ァ-ヶー]ト)は|とは(?=別|違|ちが|異な|関係|限ら|言え|いえ|いっても)/gu;
/** 「最初にやることって何？」 */
const NO_MEANING = /(?<=こと|もの|手続|手続き|書類|ステップ)って(?:何|なに|なん)/gu;
/** 「規定されているか」「何を付ける？」 ask for no requirement. */
const NO_REQUIREMENT =
  /[てで]い(?:る[かのん]|ますか)ら?|(?:どの|何|どこ|誰|どんな)[^、。?]{0,12}が対象|[にへ]飛ばし|(?:何|なに|どれ)[をがに](?:付け|つけ|添え|添付)/gu;
/** Where steps are named that are not asked about; the whole of a part, or its end. */
const ASIDE = [
  // 「利用申込の際にも」「本番環境試験にあたり」「承認された後に」
  '[^、。?!,]{1,12}(?:の際|のとき|の時|の前|(?<=[むうるす])前|にあたり|に当たり|に先立ち|に先立って|(?<=[たの])(?:後|あと)(?=[にで]))(?:に|には|にも|では|でも|で|は)?',
  // 「打合せが不要な項番11は」「企画書を付けない類型」
  '[^、。?!,はでに]{1,12}(?:が|の|を)(?:ない|無い|しない|不要な|いらない|要らない|要しない|免除(?:の|された))(?=[^、。?!はがを]{0,16}(?:api|項番|もの|やつ|類型|区分|種類|は|では|でも))',
  // 「打合せだけじゃなくて」「変更の手続はさておき」
  '[^、。?!,]{1,16}だけ(?:じゃ|では|や|で)なく(?:て)?',
  '[^、。?!,]{1,16}は(?:さておき|ともかく|別として|置いて(?:おいて)?|置いといて)',
];
const OCCASION = new RegExp(ASIDE.join('|'), 'gu');

function withoutOccasion(text: string): string {
  return text.replace(OCCASION, ' ');
}

/**
 * Text → ids of the names that stand in it, in the order of the names; written or (kana, romaji, wrong kanji) by
 * their reading. The ids of `names` must be of type T.
 */
function createSpotter<T extends string>(listen: Listen, names: ConceptWords): (text: string) => T[] {
  const match = createConceptMatcher(names);
  return (text) => {
    const found = new Set(match(listen(text).spoken));
    return names.ids.filter((id): id is T => found.has(id));
  };
}

/** One finder for each turn, so that a clause can be asked for a single one. */
function createTurnFinders(
  phrasing: PhrasingKnowledge,
): Record<keyof Turns, (question: Pick<Question, 'dense'>) => string | null> {
  return {
    requirement: createFragmentFinder(phrasing.requirement),
    definition: createFragmentFinder(phrasing.definition),
    procedure: createFragmentFinder(phrasing.procedure),
    next: createFragmentFinder(phrasing.next),
    whichApi: createFragmentFinder(phrasing.which_api),
    amount: createFragmentFinder(phrasing.amount),
    difference: createFragmentFinder(phrasing.difference),
    officeStops: createFragmentFinder(phrasing.voice.office_stops),
    providerStops: createFragmentFinder(phrasing.voice.provider_stops),
  };
}
