/** Reads mentions of 項番 as people write them: 別表の4, 項番１４から１７まで, API4, No.4, 4番と10番. */
import { NUMBER, parseNumeral } from './numerals.ts';
import { inRange, matchAt, type Reading, SEPARATOR, type Span, TO } from './reading.ts';

/** What must not follow a bare number: another digit, a unit that makes it an amount (5年, 3つ), 「一緒」「一部」. */
const NOT_AN_AMOUNT =
  '(?![\\d〇一二三四五六七八九十]|\\.\\d|\\s*(?:条|じょう|項(?!番)|号|年|月|日|営業|件|個|社|回|つ|人|名|時|分|秒|週|か月|[ヶヵカケ箇]月|%|円|種|本|点|行|段|枚|割|倍|系|歳|緒|部|度|般|覧|切|致|番[目号手地人町線組館街台]|番煎|[覧部般切致]|事項|st\\b|nd\\b|rd\\b|th\\b))';
const ROW_NUMBER = `(${NUMBER})${NOT_AN_AMOUNT}`;
const LABEL = '(?:別表\\s*の?\\s*)?(?:項番|API|No\\.)?\\s*の?';

/** 「項番４」「別表の項番十六」「項番の4」「こうばん4」 */
const BY_NUMBER_COLUMN = new RegExp(`(?:別表\\s*の?\\s*)?(?:項番|こうばん)\\s*の?\\s*${ROW_NUMBER}`, 'iy');
/** 「別表4」「別表の4番」「別表の四」; not 「別表の一部」 */
const BY_TABLE = new RegExp(
  `別表\\s*の?\\s*(?:(\\d{1,3})${NOT_AN_AMOUNT}|([一二三四五六七八九十]{1,3})(?=番|$|[のはをがとにも、。?？\\s]))`,
  'y',
);
/** 「API4」「API-4」「API No.4」「API #4」「row 4」; not 「API 404」「API2.0」「API3つ」 */
const BY_LABEL = new RegExp(
  `(?<![a-z])(?:API\\s*(?:の|#|-|No\\.?|番号)?|row)\\s*(\\d{1,2})${NOT_AN_AMOUNT}`,
  'iy',
);
/** 「No.4」「№4」; not 「業界No.1」, so only where the text speaks of the table or the number is no boast */
const BY_SIGN = new RegExp(`(?<![a-z])(?:No\\.\\s*|No|№\\s*)(\\d{1,2})${NOT_AN_AMOUNT}`, 'iy');
/** 「4番と10番」「4〜9番」「4番は」; not 「3番目」「1番早い」 */
const BARE = new RegExp(
  `(?<![\\d.:/-])(\\d{1,2})(?:(?=番?${TO}\\d{1,2}番(?!目))|番(?=${SEPARATOR}\\d{1,2}番)|番(?=$|[とやはをもがのでに、,・?？\\s]|って|だけ|API))`,
  'iy',
);
const NEXT = new RegExp(`番?${SEPARATOR}${LABEL}\\s*${ROW_NUMBER}`, 'iy');
const LAST_OF_RANGE = new RegExp(`番?${TO}${LABEL}\\s*${ROW_NUMBER}(?:番?まで)?`, 'iy');
const NAMES_THE_TABLE = /別表|項番|API|規約/i;

/**
 * The rows named at this place of the folded text, or null. Each number of a list is a reading of its own; a range
 * is one reading with all its rows.
 */
export function readRowsAt(folded: string, at: number): Reading | null {
  const lead =
    matchAt(BY_NUMBER_COLUMN, folded, at) ?? matchAt(BY_TABLE, folded, at) ?? matchAt(BY_LABEL, folded, at);
  const first = lead ?? matchAt(BY_SIGN, folded, at) ?? matchAt(BARE, folded, at);
  if (first === null) return null;
  const reading = readList(folded, at, first);
  if (lead !== null || NAMES_THE_TABLE.test(folded)) return reading;
  return plausibleBareList(reading) ? reading : null;
}

function readList(folded: string, at: number, first: RegExpExecArray): Reading {
  const spans: Span[] = [];
  let start = at;
  let end = at + first[0].length;
  let from = numberOf(first);
  for (;;) {
    const range = matchAt(LAST_OF_RANGE, folded, end);
    const to = range === null ? from : numberOf(range);
    end += range?.[0].length ?? 0;
    spans.push({ start, end, asked: inRange(from, to).map((row) => ({ kind: 'row', row })) });
    const next = matchAt(NEXT, folded, end);
    if (next === null) break;
    from = numberOf(next);
    start = end + next[0].length - (next[1]?.length ?? 0);
    end += next[0].length;
  }
  const tail = folded.charAt(end) === '番' ? 1 : 0;
  return {
    end: end + tail,
    spans: spans.map((span) => (span.end === end ? { ...span, end: end + tail } : span)),
  };
}

/** Without any word of the terms, 「110番」 or 「1番早い」 are no rows. */
function plausibleBareList({ spans }: Reading): boolean {
  const rows = spans.flatMap(({ asked }) => asked.map((one) => (one.kind === 'row' ? one.row : 0)));
  return rows.every((row) => row >= 1 && row <= 20) && (rows.length > 1 || rows[0] !== 1);
}

function numberOf(match: RegExpExecArray): number {
  return parseNumeral(match.slice(1).find((group) => group !== undefined) ?? '') ?? 0;
}
