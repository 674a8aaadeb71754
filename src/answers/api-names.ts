import type { Knowledge } from '../knowledge/knowledge.ts';
import { parseNumeral } from '../terms/numerals.ts';
import { asPattern } from './question.ts';

/** A name or group of names with the 項番 it means; `sure` is false where it may mean something else altogether. */
export interface ApiName {
  /** Unique among the names; made of the rows. */
  readonly id: string;
  readonly words: readonly string[];
  readonly rows: readonly number[];
  readonly sure: boolean;
}

/**
 * Sure names, names of sets (「医療系3つ」) and ambiguous names in one list, so that the longest wins
 * (民間送達サービス連携 over 民間送達).
 */
export function apiNames({ apis, apiSets }: Knowledge): ApiName[] {
  const sure = apis.map(({ row, name, aliases }) => ({
    id: `項番${row}`,
    words: [name, ...aliases].flatMap(withApiEnding),
    rows: [row],
    sure: true,
  }));
  const sets = apiSets.map(({ words, rows }) => ({ id: `組${rows.join('・')}`, words, rows, sure: true }));
  const rowsOf = new Map<string, number[]>();
  for (const { row, ambiguous } of apis) {
    for (const { name } of ambiguous) rowsOf.set(name, [...(rowsOf.get(name) ?? []), row]);
  }
  const ambiguous = [...rowsOf].map(([name, rows]) => ({
    id: `名${name}`,
    words: [name],
    rows,
    sure: false,
  }));
  return [...sure, ...sets, ...ambiguous];
}

/** Takes the official and other names of APIs out of a text, longest first, with 「項番4」 and the word API. */
export function createNameRemover({ apis }: Knowledge): (plain: string) => string {
  return createRemover(
    apis.flatMap(({ name, aliases }) => [name, ...aliases]),
    ['(?:別表の?)?項番[0-9の、・,と及びからまで]*', 'api'],
  );
}

/** Takes words out of a text in NFKC and lower case, longest first; then what the `patterns` find. */
export function createRemover(
  words: readonly string[],
  patterns: readonly string[] = [],
): (plain: string) => string {
  const escaped = words
    .map((word) => word.normalize('NFKC').toLowerCase())
    .sort((a, b) => b.length - a.length)
    .map(asPattern);
  const pattern = new RegExp(`(?:${[...escaped, ...patterns].join('|')})`, 'gu');
  return (plain) => plain.replace(pattern, ' ').replace(/\s+/gu, ' ').trim();
}

const NUMBER = '([0-9]{1,2}|[一二三四五六七八九十]{1,3})';
const NUMBERS = new RegExp(NUMBER, 'gu');
const UNITS = '事項|点|種|年|月|日|時|分|秒|人|名|回|個|本|件|社|条|項|号|%|円|歳|割|階|週|つ|[0-9]';
const BARE_RANGE = new RegExp(
  `(?<![0-9.:/])${NUMBER}番?(?:から|\\s*(?:to|through|thru)\\s*|[〜~\\-－―ー]|ないし)${NUMBER}(?!\\s*(?:${UNITS}))`,
  'u',
);
const BARE_LIST = new RegExp(
  `(?<![0-9.:/])${NUMBER}番?(?:\\s*(?:と|・|、|,|\\+|&|及び|並びに|and|or|か)\\s*${NUMBER}番?)+(?!\\s*(?:${UNITS}))`,
  'u',
);

/** e.g. 10番オンリー, 4番は; not 4番目 */
const WITH_BAN = new RegExp(`(?<![0-9.:/第])${NUMBER}(?:番|ばん)(?![目号組地線手])`, 'u');

/**
 * 項番 written as bare numbers: 「11〜13を使いたい」「4と16をまとめて」「1・2・3だけ」. Only where nothing else names an
 * API; a single bare number is one only with 番. Ascending; empty when a number has no row.
 */
export function bareRows(plain: string, rows: readonly number[]): number[] {
  const range = BARE_RANGE.exec(plain);
  const found = range ?? BARE_LIST.exec(plain);
  const single = found === null ? parseNumeral(WITH_BAN.exec(plain)?.[1] ?? '') : null;
  if (single !== null) return rows.includes(single) ? [single] : [];
  const numbers = [...(found?.[0] ?? '').matchAll(NUMBERS)].map(([text]) => parseNumeral(text));
  const [first, last] = [numbers[0] ?? null, numbers.at(-1) ?? null];
  if (first === null || last === null || numbers.length < 2 || first >= last) return [];
  const named = range === null ? numbers : Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const held = named.filter((row) => row !== null && rows.includes(row));
  return held.length === named.length ? (held as number[]) : [];
}

/** 「項番12 13 15」: numbers side by side, the first of which is called a 項番; as they stand there. */
export function rowsSideBySide(plain: string, rows: readonly number[]): number[] {
  const numbers = [...(SIDE_BY_SIDE.exec(plain)?.[1] ?? '').matchAll(/[0-9]+/gu)].map(([text]) =>
    Number(text),
  );
  return numbers.filter((row) => rows.includes(row));
}

const SIDE_BY_SIDE =
  /(?:項番|別表|apis?|no\.?) ?([0-9]{1,2}(?: [0-9]{1,2}(?![0-9]|番?目| ?(?:条|項|号|点|年|月|日|時|分|人|名|回|件|社|%|円|つ)))+)/u;

/** A number that is no amount; `known`: those that were called 項番 elsewhere in the text. */
export function numbersAmong(plain: string, known: readonly number[]): number[] {
  return [...plain.matchAll(ALONE)]
    .map(([text]) => parseNumeral(text))
    .filter((row): row is number => row !== null && known.includes(row));
}

const ALONE = new RegExp(`(?<![0-9.:/第条項号])[0-9]{1,2}(?!\\s*(?:${UNITS}|[.:/]))`, 'gu');
const AS_SUBJECT =
  /(?<![0-9.:/第条項号a-z])([0-9]{1,2})(?=は|が|も|って|なら|の場合|だけ|のみ|単体|には|では)/u;

/** 「9は入りますか」: a bare number as what is spoken about. Only where a step is named and no API. */
export function rowAsSubject(plain: string, rows: readonly number[]): number[] {
  const row = Number(AS_SUBJECT.exec(plain)?.[1]);
  return rows.includes(row) ? [row] : [];
}

/** e.g. 電子申請(13)と電子申請受取(14) */
const IN_BRACKETS = /(?<![0-9])[(（](?:項番|no\.?)?\s*([0-9]{1,2})番?[)）]/gu;

/** 項番 in brackets behind a name. Only where a name of an API stands in the text. */
export function bracketedRows(plain: string, rows: readonly number[]): number[] {
  return [...plain.matchAll(IN_BRACKETS)]
    .map(([, number]) => Number(number))
    .filter((row) => rows.includes(row));
}

function withApiEnding(name: string): string[] {
  return [name, `${name}api`];
}
