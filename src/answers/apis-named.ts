import type { Knowledge } from '../knowledge/knowledge.ts';
import { definitions } from '../terms/definitions.ts';
import { type CitationMention, findCitations } from '../terms/find-citations.ts';
import type { Terms } from '../terms/model.ts';
import {
  apiNames,
  bareRows,
  bracketedRows,
  numbersAmong,
  rowAsSubject,
  rowsSideBySide,
} from './api-names.ts';
import { isListed, standsBeside } from './listed-names.ts';
import { asks, createFragmentFinder, dense, foldText, type Question, SENTENCE_ENDS } from './question.ts';
import { createAsideReader } from './set-aside.ts';

/** Which APIs a text names. */
export interface ApisNamed {
  /** By number or by a name that leaves no doubt, ascending; without those that are named only to be set aside. */
  readonly apis: readonly number[];
  /** They are given by number, so that an ambiguous name beside them adds none. */
  readonly numbered: boolean;
  /** For each ambiguous name, the 項番 it may mean (among other things). */
  readonly apisPerhaps: readonly (readonly number[])[];
}

export interface ApisOfQuestion extends ApisNamed {
  /** The question without the APIs that are named only to be set aside. */
  readonly meant: string;
  /** Of two APIs whose names begin alike, of which this is the shorter, the one that the question's other words mean. */
  readonly meantBy: (row: number) => number;
  /** Works out those the asking part of the question names by itself; null where it names none, or adds to those before. */
  readonly apisOfAsking: () => ApisNamed | null;
}

export type ReadApis = (question: Question, citations: readonly CitationMention[]) => ApisOfQuestion;

/** A set of more APIs than this is not meant where single ones are numbered. */
const LARGEST_BESIDE_NUMBERS = 6;

/** `namesIn`: text → ids of the API names in it; `namesStep`: whether a text names a step. */
export function createApiReader(
  terms: Terms,
  knowledge: Knowledge,
  namesIn: (text: string) => readonly string[],
  namesStep: (text: string) => boolean,
): ReadApis {
  const names = apiNames(knowledge);
  const rows = knowledge.apis.map(({ row }) => row);
  const joins = createFragmentFinder(knowledge.phrasing.joining);
  const yielding = rivalsOf(knowledge);
  // Beside an API 「自己情報」 is the term of 第2条第2号.
  const defined = new Set(definitions(terms).map(({ term }) => term));
  const isTerm = (words: readonly string[]) => words.some((word) => defined.has(word));
  const aside = createAsideReader({ rows, apisIn, namesAny, namesStep });

  return (question, citations) => {
    const shared = { meantBy: (row: number) => meantBy(row, question) };
    const told = aside.allBut(question.plain) ?? aside.onlyThese(question.plain);
    if (told !== null) {
      const named = { apis: told, numbered: true, apisPerhaps: [] };
      return { ...named, ...shared, meant: question.plain, apisOfAsking: () => null };
    }
    const { text, aside: rowsAside } = aside.setAside(question.plain);
    const numbered = rowsCited(text === question.plain ? citations : findCitations(terms, text));
    const named = apisNamed(text, numbered, question);
    // 「13から17まで、ただし14は使いません」
    const apis = named.apis.filter((row) => !rowsAside.includes(row));
    const all = apis.length > 0 ? { ...named, apis } : named;
    return { ...all, ...shared, meant: text, apisOfAsking: () => apisOfAsking(text, all.apis, question) };
  };

  function apisNamed(text: string, numbered: readonly number[], question: Question): ApisNamed {
    const named = namedIn(text);
    const bare = bareRows(text, rows);
    const bracketed = named.length > 0 ? bracketedRows(text, rows) : [];
    // 「項番17のAPI」 is one API, not 「17のAPI」.
    const sets = numbered.length > 0 ? LARGEST_BESIDE_NUMBERS : Number.POSITIVE_INFINITY;
    const apis = [
      ...numbered,
      // 「7,8,9番」: a list of bare numbers, one of which is known to be a 項番.
      ...(bare.some((row) => numbered.includes(row)) ? bare : []),
      ...bracketed,
      ...rowsSideBySide(text, rows),
      ...named
        .flatMap((name) => (name.sure && name.rows.length <= sets ? name.rows : []))
        .map((row) => meantBy(row, question)),
    ];
    // 「お知らせ・医療費・薬剤」: in a list of APIs a name that may mean something else is one of them.
    const sureWords = () => named.flatMap((name) => (name.sure ? name.words : [])).map(foldText);
    const listed =
      apis.length === 0
        ? []
        : named.filter(
            (name) =>
              !name.sure &&
              !isTerm(name.words) &&
              !name.rows.some((row) => apis.includes(row)) &&
              isListed(text, name.words, sureWords),
          );
    // 「医療費と薬と特定健診の三つ」
    const short = knowledge.apis.flatMap(({ row, listed: words }) =>
      !apis.includes(row) && words.some((word) => standsBeside(text, foldText(word), sureWords)) ? [row] : [],
    );
    const spoken = bare.length > 0 || !namesStep(text) ? bare : rowAsSubject(text, rows);
    return {
      apis: ascending(
        apis.length > 0
          ? [...apis, ...short, ...listed.flatMap((name) => only(beforeRivals(name.rows)))]
          : spoken,
      ),
      numbered: numbered.length > 0 || bracketed.length > 0 || apis.length === 0,
      apisPerhaps: named.flatMap(({ sure, rows: some, words }) =>
        sure || (apis.length > 0 && isTerm(words))
          ? []
          : [[...new Set(some.map((row) => meantBy(row, question)))]],
      ),
    };
  }

  /** Of two APIs that begin alike the one whose name is the shorter. */
  function beforeRivals(some: readonly number[]): number[] {
    const rivals = some.map((row) => yielding.get(row)?.row);
    return some.filter((row) => !rivals.includes(row));
  }

  function namedIn(text: string) {
    const found = new Set(namesIn(text));
    return names.filter(({ id }) => found.has(id));
  }

  /**
   * 「電子申請等の情報を受け取る」: the name is the beginning of another API's name, whose other words stand there; not
   * where that other name stands there in full.
   */
  function meantBy(row: number, question: Pick<Question, 'dense'>): number {
    const rival = yielding.get(row);
    if (rival === undefined || question.dense.includes(rival.name)) return row;
    return rival.beside(question) !== null ? rival.row : row;
  }

  /** Sure names and numbers; of bare numbers those of a list, and those `known` to be 項番. */
  function apisIn(text: string, known: readonly number[] = []): number[] {
    const sure = namedIn(text).flatMap((name) => (name.sure ? name.rows : []));
    const all = [...sure, ...rowsCited(findCitations(terms, text)), ...numbersAmong(text, known)];
    return ascending(all.length > 0 ? all : bareRows(text, rows));
  }

  /** 「4番と16番を使います。16番に企画書は要りますか」, 「4番は承認済みで、13番にも要る？」: the part that asks names its own. */
  function apisOfAsking(text: string, known: readonly number[], question: Question): ApisNamed | null {
    const parts = text.split(PART_ENDS).filter((part) => /[\p{L}\p{N}]/u.test(part));
    const asking = parts.findLast(asks);
    if (parts.length < 2 || asking === undefined || (joins(dense(asking)) !== null && !ANEW.test(asking))) {
      return null;
    }
    // 「2番と5番を使います。届出は2番だけ免除？」 asks about both.
    if (ONE_EXEMPT.test(asking)) return null;
    const thisTime = parts.flatMap((part, at) => (THIS_TIME.test(part) ? [part, parts[at + 1] ?? ''] : []));
    // 「4から9は対象外だが、4と5を申し込む場合、企画書は要るか」
    const inCase =
      parts.slice(0, parts.lastIndexOf(asking)).findLast((part) => CASE.test(part) && !ADDS.test(part)) ?? '';
    for (const part of [asking, ...thisTime, inCase]) {
      const numbered = [...rowsCited(findCitations(terms, part)), ...numbersAmong(part, known)];
      const own = apisNamed(part, numbered, question);
      if (own.apis.length + own.apisPerhaps.length > 0) return own;
    }
    return null;
  }

  function namesAny(text: string): boolean {
    return namesIn(text).length > 0 || apisIn(text).length > 0;
  }
}

/** 「8番を追加するならまた打合せですか」 asks about what is added alone. */
const ANEW = /また(?!は)|改めて|あらためて|もう一[度回]|再度|もっかい/u;
/** 「以前SSOで申し込みました。今回、医療費を追加します。企画書は要りますか」 */
const THIS_TIME = /今回|今度|このたび|この度/u;
/** 「お知らせも併せて使う場合」: beside those before. */
const ADDS = /も[^、。]{0,6}(?:併|合わせ|一緒|同時|使|申)|追加|足し|足す|加え/u;
const CASE = /(?:場合|とき|時|際|なら|だと)(?:は|に|には)?$/u;
const ONE_EXEMPT = /(?:だけ|のみ)[^、。?!]{0,8}(?:免除|exempt|除外|例外|対象外|特別)/u;
/** A part that tells something ends; what follows may ask about other APIs. */
const PART_ENDS = new RegExp(
  `${SENTENCE_ENDS}|(?<=(?:て|で|が|けど|けれど|ので|から|し|ます|です|たい|予定|場合|場合は|とき|時|際|なら|み|中))、|(?<=として|けど|けれど|ですが|ますが)(?!、)`,
  'u',
);

/** By row: the API whose name begins like its own, and what tells that the other one is meant. */
function rivalsOf({ apis }: Knowledge) {
  return new Map(
    apis.flatMap(({ row, yieldsTo }) => {
      const rival = apis.find((api) => api.row === yieldsTo?.row);
      if (yieldsTo === undefined || rival === undefined) return [];
      const name = dense(foldText(rival.name)).dense;
      return [[row, { row: rival.row, name, beside: createFragmentFinder(yieldsTo.beside) }] as const];
    }),
  );
}

/** The row of a name that can mean one row alone. */
function only(rows: readonly number[]): number[] {
  const [row, ...others] = new Set(rows);
  return row === undefined || others.length > 0 ? [] : [row];
}

/** 項番 among the citations. */
function rowsCited(citations: readonly CitationMention[]): number[] {
  return citations.flatMap(({ result }) =>
    result.kind === 'found' && result.citation.kind === 'row' ? [result.citation.row] : [],
  );
}

/** Each once. */
function ascending(rows: readonly number[]): number[] {
  return [...new Set(rows)].sort((a, b) => a - b);
}
