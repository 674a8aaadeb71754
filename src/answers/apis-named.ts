import type { Knowledge } from '../knowledge/knowledge.ts';
import { type CitationMention, findCitations } from '../terms/find-citations.ts';
import type { Terms } from '../terms/model.ts';
import { apiNames, bareRows, bracketedRows, numbersAmong, rowAsSubject } from './api-names.ts';
import {
  asks,
  createFragmentFinder,
  dense,
  foldText,
  type Question,
  SENTENCE_ENDS,
  sentencesOf,
} from './question.ts';

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

  return (question, citations) => {
    const rest = allBut(question.plain);
    const shared = { meantBy: (row: number) => meantBy(row, question) };
    if (rest !== null) {
      const named = { apis: rest, numbered: true, apisPerhaps: [] };
      return { ...named, ...shared, meant: question.plain, apisOfAsking: () => null };
    }
    const chosen = onlyThese(question.plain);
    if (chosen.length > 0) {
      const named = { apis: chosen, numbered: true, apisPerhaps: [] };
      return { ...named, ...shared, meant: question.plain, apisOfAsking: () => null };
    }
    const { text, aside } = setAside(question.plain);
    const numbered = rowsCited(text === question.plain ? citations : findCitations(terms, text));
    const named = apisNamed(text, numbered, question);
    // 「13から17まで、ただし14は使いません」
    const apis = named.apis.filter((row) => !aside.includes(row));
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
      apisPerhaps: named.flatMap(({ sure, rows: some }) =>
        sure ? [] : [[...new Set(some.map((row) => meantBy(row, question)))]],
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
    const sentence = sentencesOf({ plain: text }).findLast((one) => one.includes(asking)) ?? '';
    for (const part of [asking, ...thisTime, sentence]) {
      const numbered = [...rowsCited(findCitations(terms, part)), ...numbersAmong(part, known)];
      const own = apisNamed(part, numbered, question);
      // A name that may mean something else is one where it stands in the part that asks.
      if (own.apis.length > 0 || (part !== sentence && own.apisPerhaps.length > 0)) return own;
    }
    return null;
  }

  /** 「項番10以外は全部」, "every API except 10": all but those named there; null where that is not said, or others are named. */
  function allBut(text: string): number[] | null {
    const found = ALL_BUT.exec(text) ?? ALL_BUT_EN.exec(text);
    if (found === null) return null;
    const outside = apisIn(lastWords(found[1] ?? ''), rows);
    const rest = text.slice(0, found.index) + text.slice(found.index + found[0].length);
    // 「全部のAPI」 beside it is what some are taken from.
    const others = apisIn(rest);
    if (outside.length === 0 || (others.length > 0 && others.length < rows.length)) return null;
    return rows.filter((row) => !outside.includes(row));
  }

  /** 「結果として使うのは利用者登録等と代理人設定の二つだけ」, whatever else is spoken of. */
  function onlyThese(text: string): number[] {
    return apisIn(USED_ALONE.exec(text)?.[1] ?? '', rows);
  }

  /** The text without the APIs that are named only to be told from those meant, and which those are. */
  function setAside(text: string): { readonly text: string; readonly aside: readonly number[] } {
    // 「件名を表示するだけの連携ではないです」
    const contrasted = cutNames(text, CONTRAST, (before) => [lastWords(before), before]);
    const unkind = { text: contrasted.text.replace(OF_KIND, ' '), aside: contrasted.aside };
    const others = cutNames(unkind.text, SET_ASIDE, (before) => [lastWords(before)]);
    const chosen = others.text.replace(OUT_OF, (part: string, of: string, at: number) =>
      apisIn(others.text.slice(at + part.length), apisIn(of)).length > 0 ? ' 項番' : part,
    );
    if (chosen !== contrasted.text && !namesAny(chosen)) return contrasted;
    return { text: chosen, aside: [...contrasted.aside, ...others.aside] };
  }

  /** Takes the words before each mark out where they name an API and no step; `wordsOf`: those to try, in this order. */
  function cutNames(text: string, mark: RegExp, wordsOf: (before: string) => readonly string[]) {
    const aside: number[] = [];
    const rest = text.replace(mark, (part: string, before: string) => {
      const last = wordsOf(before).find((words) => namesAny(words) || apisIn(words, rows).length > 0);
      if (last === undefined || namesStep(last)) return part;
      aside.push(...apisIn(last, rows));
      return `${before.slice(0, before.length - last.length)} `;
    });
    return { text: rest, aside };
  }

  function namesAny(text: string): boolean {
    return namesIn(text).length > 0 || apisIn(text).length > 0;
  }
}

/** 「医療費じゃなくて薬のほうは」: what is named before is not meant. */
const CONTRAST =
  /([^、。?!,]{1,24})(?:じゃなくて|ではなくて?|でなくて?(?=[、 ])|じゃなく(?!て)|ではな(?:い|く)(?:です|の|んで|ので|、|。|$)|じゃな(?:い|く)(?:です|の|んで|ので|、|。|$)|以外の?)/gu;
/** 「健康保険証利用登録は医療関係のAPIなので」: what kind of API it is. */
const OF_KIND =
  /(?<=は)([^、。?!,は]{1,12}(?:系|関係|関連|分野))(?:の|な)?(?:api)?(?:なので|だから|ですから|だし|ですし|のため|であるため|である以上)/gu;
/** 「項番4は使わず2だけ」「7から13に乗り換える」「1みたいに」: nor here, where others are named beside. */
const SET_ASIDE =
  /([^、。?!,]{1,24}?)(?:の?(?:方|ほう|側))?(?<!しか|ほか|以外|他)(?:(?:は|を|も|だけ)?(?:無しで|なしで|抜きで|使わず|使わない(?:ので|けど|場合|で|から)|使いません|除い[てた]|除き|除外して|外して|ともかく|別として|やらない(?:ので|けど|で)|やりません|(?:あきらめ|諦め|取りやめ|見合わせ|断念し|見送っ)て?|(?:なんか|なんて)?(?:一切|いっさい|全く|まったく|全然|[0-9一]ミリも)(?:(?:触|扱|取得|取|使)[^、。?]{0,3}(?:ない|ません)|なし|無し)|(?:触り|扱い|取得し|取り)ません|(?:触ら|扱わ|取得し|取ら)ない(?:ので|から|し|で|。))|を(?:やった|使った|入れた|申し込んだ)(?:とき|時|際)|を(?:導入|利用|使用|採用)した(?=別|他|ほか|以前|前の)|は[^、。?!,]{0,14}?(?:落とし|削り|削っ|却下|中止)(?:まし|にな)?た|は[^、。?!,はがをも]{0,10}?(?:関係な[いくし]|外して|外し(?=[、。]|ます|た)|除外|見送|後回し|回した|回して|置いといて|対象から外)|(?:をやめて|を止めて|から)(?=[^、。?!]{0,20}(?:乗り?換|切り?替|に変え|に移|に絞|だけ|のみ|にする|にし))|と(?:は)?違[っい]て?|(?:のために|用に|のときに|の時に|で)(?:作った|書いた|出した|提出した|使った|承認された|もらった|受けた)|(?:を[^、。?!,]{2,8})?(?:つもり|予定|方針|計画)(?:でした|だった)(?:のです|んです)?(?:が|けど|けれど)|を(?:検討して|考えて|想定して|候補にして)(?:いました|ました|いた|た)(?:のです|んです)?(?:が|けど|けれど)|とは別に|みたいに|のように|と同じ(?:く|ように|で)|と同様に?)/gu;
const USED_ALONE =
  /(?:使う|使いたい|利用する|申し込む|組み込む|載せる|残る|残った|残した)のは(?:、)?([^。?!]{2,90}?)(?:の?(?:[二三四2-4](?:つ|本|個)|api))?(?:だけ|のみ)/u;
/** 「5、7、11のうち11だけ」 */
const OUT_OF = /([^。?!\n]{1,60}?)(?:のうち|の中で)(?:は|も)?、?/gu;
/** 「項番1、2、3以外を全部」 */
const ALL_BUT =
  /((?:(?:項番)?[0-9]{1,2}番?[、,・と])*[^、。?!,]{1,24})(?:以外|を(?:除|のぞ)(?:いた|く)(?=(?:残り|ほか|他)?(?:の(?:api)?)?(?:全|すべて)))/u;
const ALL_BUT_EN =
  /(?:except(?: for)?|other than|apart from|all but)\s+((?:api|row|item|no\.?|number|#)?\s*[\w-]+)/u;
/** 「8番を追加するならまた打合せですか」 asks about what is added alone. */
const ANEW = /また(?!は)|改めて|あらためて|もう一[度回]|再度|もっかい/u;
/** 「以前SSOで申し込みました。今回、医療費を追加します。企画書は要りますか」 */
const THIS_TIME = /今回|今度|このたび|この度/u;
const ONE_EXEMPT = /(?:だけ|のみ)[^、。?!]{0,8}(?:免除|exempt|除外|例外|対象外|特別)/u;
/** A part that tells something ends; what follows may ask about other APIs. */
const PART_ENDS = new RegExp(
  `${SENTENCE_ENDS}|(?<=(?:て|で|が|けど|けれど|ので|から|し|ます|です|たい|予定|場合|場合は|とき|時|際|なら|み|中))、|(?<=として|けど|けれど|ですが|ますが)(?!、)`,
  'u',
);

const BESIDE = /^(?:api|情報)?(?:[・,&+]|(と|や|及び))/u;

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

/** Whether one of the words stands in a list, or before 「と」 and one of the sure names. */
function isListed(text: string, words: readonly string[], sure: () => readonly string[]): boolean {
  return words.some((word) => {
    const at = text.indexOf(foldText(word));
    if (at < 0) return false;
    const [before, after] = [text.slice(0, at), text.slice(at + foldText(word).length)];
    const [mark, and] = BESIDE.exec(after) ?? [];
    return (
      /[・、,&+]$/u.test(before) ||
      (mark !== undefined && and === undefined) ||
      (and !== undefined && sure().some((name) => after.startsWith(name, mark?.length)))
    );
  });
}

/** Whether a word stands in a list right before or behind one of the names. */
function standsBeside(text: string, word: string, names: () => readonly string[]): boolean {
  const at = text.indexOf(word);
  if (at < 0) return false;
  const [before, after] = [text.slice(0, at), text.slice(at + word.length)];
  const [left, right] = [MARK_BEFORE.exec(before), MARK_BEHIND.exec(after)];
  return (
    (left !== null && names().some((name) => before.slice(0, left.index).endsWith(name))) ||
    (right !== null && names().some((name) => after.startsWith(name, right[0].length)))
  );
}

const MARK_BEFORE = /(?:api|情報)?(?:[・、,&+と]|や|及び)$/u;
const MARK_BEHIND = /^(?:api|情報)?(?:[・、,&+と]|や|及び)/u;

/** The row of a name that can mean one row alone. */
function only(rows: readonly number[]): number[] {
  const [row, ...others] = new Set(rows);
  return row === undefined || others.length > 0 ? [] : [row];
}

function lastWords(text: string): string {
  return /[^はがをにも()]+$/u.exec(text)?.[0] ?? '';
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
