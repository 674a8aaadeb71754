/** Reads mentions of 条・項・号 as people write them: 3条2項1号, 第三条, 3(2)①, 第4条から第8条まで, 同条第2項. */
import type { Citation } from './citation.ts';
import { NUMBER, parseNumeral } from './numerals.ts';
import { inRange, matchAt, type Reading, SEPARATOR, type Span, TO } from './reading.ts';

/** The provision last spoken of: 「同条」「2項」 hang on it. */
export interface LastNamed {
  readonly article: number;
  readonly paragraph: number | null;
}

type Address = Extract<Citation, { kind: 'provision' }>;

const ORD = '(?:第|だい|dai[\\s-]?)?\\s*';
/** 条, but not 3条件, 2条例, 三条市; じょう, but not じょうけん, じょうほう. */
const JO = '(?:条(?![件例約文項規坊市通駅河大城])|じょう(?![けれほきたいぶ])|-?jou?(?![a-z]))';
const KO = '(?:項(?![目番])|こう(?![いきむつ])|-?kou?(?![a-z]))';
const GO = '(?:号(?![室車線店棟機館])|ごう|-?gou?(?![a-z]))';
const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'];
const SIGN = '(?:\\((\\d{1,2}|[一二三四五六七八九十]|[ivx]{1,4})\\)|([①-⑳]))';

/** 「第3条」「３条」「第十一条」「だい3じょう」「16jou」; not 「北三条」「五箇条」 */
const ARTICLE = new RegExp(
  `(?<![\\d.])(?:(?:第|だい|(?<![a-z])dai[\\s-]?)\\s*(${NUMBER})\\s*${JO}|(\\d{1,3})\\s*${JO}|(?<![一-龠々])([一二三四五六七八九十百]{1,4})条(?![件例約文項規坊市通駅河大城]))`,
  'iy',
);
/** 「Article 3」「Art. 3(2)」 */
const ENGLISH_ARTICLE = /(?<![a-z])art(?:icles?|\.)?\s*(\d{1,3})(?!\d)/iy;
/** 「第4条〜第8条」「4〜8条」 */
const ARTICLE_RANGE = new RegExp(
  `(?<![\\d.])${ORD}(${NUMBER})\\s*(?:条)?${TO}${ORD}(${NUMBER})\\s*${JO}(?:\\s*まで)?(?!\\s*${ORD}${NUMBER}\\s*(?:項|号))`,
  'iy',
);
/** 「第16条の2」 without 項: an article inserted later, as laws number them */
const BRANCH = /の(\d{1,2}|[二三四五六七八九十])(?=$|[はをがもとで、。,?？\s)」第])/y;
const PARAGRAPH = new RegExp(`\\s*[の、,・-]?\\s*${ORD}(${NUMBER})\\s*${KO}`, 'iy');
const ENGLISH_PARAGRAPH = /[\s,]*para(?:graph|\.)?\s*(\d{1,2})(?!\d)/iy;
const ITEM = new RegExp(`\\s*[の、,・-]?\\s*${ORD}(${NUMBER})\\s*${GO}`, 'iy');
const ENGLISH_ITEM = /[\s,]*(?:item|sub-?paragraph)\s*(\d{1,2})(?!\d)/iy;
const SIGNED = new RegExp(`\\s*${SIGN}`, 'iy');
const HYPHENED = /\s*[-‐−–—](\d{1,2})(?![\d項号条])/y;
const ALL_ITEMS = /\s*の?各号/y;
const NEXT_PARAGRAPH = new RegExp(`${SEPARATOR}${ORD}(${NUMBER})\\s*${KO}`, 'iy');
const NEXT_ITEM = new RegExp(`${SEPARATOR}${ORD}(${NUMBER})\\s*${GO}`, 'iy');
const LAST_PARAGRAPH = new RegExp(`${TO}${ORD}(${NUMBER})\\s*${KO}(?:\\s*まで)?`, 'iy');
const LAST_ITEM = new RegExp(`${TO}${ORD}(${NUMBER})\\s*${GO}(?:\\s*まで)?`, 'iy');
/** 「同条第2項」「同条」 */
const SAME_ARTICLE = /同条/y;
/** 「同項第1号」 */
const SAME_PARAGRAPH = /同項/y;
const BARE_PARAGRAPH = new RegExp(`(?<![\\d.])${ORD}(${NUMBER})\\s*項(?![目番])`, 'iy');
/** 「3-2-1」「3-2」; not 「03-1234-5678」「2026-11-23」 */
const ALL_HYPHENED =
  /(?<![\d\-./:a-z])(\d{1,2})[-‐−–—ー](\d{1,2})(?:[-‐−–—ー](\d{1,2}))?(?![\d\-./:年月日時])/iy;
/** 「3(2)(1)」「3(2)①」「3(2)(i)」 */
const PARENTHESISED = new RegExp(`(?<![\\d\\-.)])(\\d{1,2})\\((\\d{1,2})\\)(?:${SIGN})?(?!\\d)`, 'iy');
const NEAR_TERMS = /規約|条文|条項|terms/i;
const REACH = 6;

/** The provisions named at this place of the folded text, with an article number of their own; or null. */
export function readArticleAt(folded: string, at: number): Reading | null {
  const range = matchAt(ARTICLE_RANGE, folded, at);
  if (range !== null) {
    const articles = inRange(numeral(range[1]), numeral(range[2])).map((article) => address(article));
    return { end: at + range[0].length, spans: [{ start: at, end: at + range[0].length, asked: articles }] };
  }
  const head = matchAt(ARTICLE, folded, at) ?? matchAt(ENGLISH_ARTICLE, folded, at);
  if (head === null) return readSigns(folded, at);
  const end = at + head[0].length;
  const article = numeral(head.slice(1).find((group) => group !== undefined));
  const branch = matchAt(BRANCH, folded, end);
  if (branch !== null) {
    const after = end + branch[0].length;
    const span = { start: at, end: after, asked: [address(article)], branch: numeral(branch[1]) };
    return { end: after, spans: [span] };
  }
  return readTail(folded, at, end, address(article));
}

/** 「同条第2項」「同項第1号」「3項」 after an article has been named; or null. */
export function readRelativeAt(folded: string, at: number, last: LastNamed): Reading | null {
  const same = matchAt(SAME_ARTICLE, folded, at);
  if (same !== null) return readTail(folded, at, at + same[0].length, address(last.article));
  const paragraph = matchAt(SAME_PARAGRAPH, folded, at);
  const whole = address(last.article, last.paragraph);
  if (paragraph !== null) return readTail(folded, at, at + paragraph[0].length, whole);
  const bare = matchAt(BARE_PARAGRAPH, folded, at);
  return bare === null ? null : readTail(folded, at, at, address(last.article));
}

function readTail(folded: string, start: number, from: number, named: Address): Reading {
  let end = from;
  let at = named;
  const step = (patterns: readonly RegExp[]) => {
    const match = patterns.map((pattern) => matchAt(pattern, folded, end)).find((found) => found !== null);
    if (match === undefined || match === null) return null;
    end += match[0].length;
    return numeral(match[1] ?? match[2]);
  };
  if (at.paragraph === null)
    at = { ...at, paragraph: step([PARAGRAPH, ENGLISH_PARAGRAPH, SIGNED, HYPHENED]) };
  const item = step(at.paragraph === null ? [ITEM, ENGLISH_ITEM] : [ITEM, ENGLISH_ITEM, SIGNED, HYPHENED]);
  return readRest(folded, start, end, { ...at, item });
}

/** 各号, ranges and lists after the first address: 「第11条2項・3項」「3条2項1号から3号まで」. */
function readRest(folded: string, start: number, from: number, first: Address): Reading {
  const all = first.item === null ? matchAt(ALL_ITEMS, folded, from) : null;
  if (all !== null) {
    const end = from + all[0].length;
    return { end, spans: [{ start, end, asked: [first], allItems: true }] };
  }
  const range = rangeFrom(folded, start, from, first);
  const spans: Span[] = [range];
  const rest = nextInList(folded, range.end, first);
  return rest === null ? { end: range.end, spans } : { end: rest.end, spans: [...spans, ...rest.spans] };
}

function rangeFrom(folded: string, start: number, from: number, first: Address): Span {
  const { paragraph, item } = first;
  const match =
    item === null
      ? paragraph !== null && matchAt(LAST_PARAGRAPH, folded, from)
      : matchAt(LAST_ITEM, folded, from);
  if (!match) return { start, end: from, asked: [first] };
  const numbers = inRange(item ?? paragraph ?? 0, numeral(match[1]));
  const asked = numbers.map((value) =>
    item === null ? { ...first, paragraph: value } : { ...first, item: value },
  );
  return { start, end: from + match[0].length, asked };
}

function nextInList(folded: string, from: number, last: Address): Reading | null {
  const item = last.item === null ? null : matchAt(NEXT_ITEM, folded, from);
  if (item !== null) {
    const end = from + item[0].length;
    return readRest(folded, listStart(folded, from), end, { ...last, item: numeral(item[1]) });
  }
  const paragraph = last.paragraph === null ? null : matchAt(NEXT_PARAGRAPH, folded, from);
  if (paragraph === null) return null;
  const start = listStart(folded, from);
  return readTail(folded, start, from + paragraph[0].length, address(last.article, numeral(paragraph[1])));
}

function listStart(folded: string, from: number): number {
  return from + (matchAt(new RegExp(SEPARATOR, 'iy'), folded, from)?.[0].length ?? 0);
}

/** 3-2-1 only as the whole text or beside 規約・条文; 3(2)① also on its own. */
function readSigns(folded: string, at: number): Reading | null {
  const hyphened = matchAt(ALL_HYPHENED, folded, at);
  const match = hyphened ?? matchAt(PARENTHESISED, folded, at);
  if (match === null) return null;
  const end = at + match[0].length;
  const item = match[3] ?? match[4];
  if (!(hyphened === null && item !== undefined) && !standsAsCitation(folded, at, end)) return null;
  const asked = address(numeral(match[1]), numeral(match[2]), item === undefined ? null : numeral(item));
  return { end, spans: [{ start: at, end, asked: [asked] }] };
}

function standsAsCitation(folded: string, start: number, end: number): boolean {
  const alone = `${folded.slice(0, start)}${folded.slice(end)}`.replace(
    /[\s?!。、「」()]|って(?:何|なに)?|とは|は$/g,
    '',
  );
  const around = folded.slice(Math.max(0, start - REACH), start) + folded.slice(end, end + REACH);
  return alone === '' || NEAR_TERMS.test(around);
}

function address(article: number, paragraph: number | null = null, item: number | null = null): Address {
  return { kind: 'provision', article, paragraph, item };
}

function numeral(text: string | undefined): number {
  const roman = ROMAN.indexOf((text ?? '').toLowerCase());
  return roman >= 0 ? roman + 1 : (parseNumeral(text ?? '') ?? 0);
}
