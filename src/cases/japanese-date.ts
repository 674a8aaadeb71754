/** Dates as people in an office type them. What was understood is always said back. */
import { addBusinessDays, closedBetween, isProvisional, type OfficeCalendar } from '../business-days.ts';
import {
  addDays,
  addMonths,
  type Day,
  dayOf,
  formatDay,
  lastDateOf,
  partsOf,
  weekdayOf,
} from '../calendar.ts';
import { parseNumeral } from '../terms/numerals.ts';

export type DateReading =
  | { readonly kind: 'read'; readonly day: Day; readonly echo: string }
  | { readonly kind: 'unreadable'; readonly message: string };

interface Era {
  readonly signs: string;
  readonly name: string;
  readonly first: Day;
  readonly last: Day;
}

const ERAS: readonly Era[] = [
  { signs: 'r令和', name: '令和', first: '2019-05-01', last: '9999-12-31' },
  { signs: 'h平成', name: '平成', first: '1989-01-08', last: '2019-04-30' },
];
const WEEKDAY = '([日月火水木金土])(?:曜日?)';
const DIGITS = '([0-9〇一二三四五六七八九十]{1,4}|元)';
const SEPARATOR = '[./年-]';
const EXAMPLES =
  '「2027-04-01」「4/1」「令和9年4月1日」「R9.4.1」「来週の金曜」「明日」「3日後」「5営業日後」';
const FIRST_YEAR = 1989;
const LAST_YEAR = 2100;
const MOST_BUSINESS_DAYS = 250;

type Reader = (text: string, today: Day, calendar: OfficeCalendar) => Day | string | null;

/** In this order; a reader that knows the form but finds no such day says why. */
const READERS: readonly Reader[] = [
  readEra,
  readWestern,
  readMonthDate,
  readNamed,
  readBusinessDays,
  readAfter,
  readWeekday,
  readOfMonth,
];

/**
 * Reads a date typed in Japanese, seen from `today` in Tokyo. A date without a year is the next one from today on;
 * weeks begin on Monday; 営業日 are counted over `calendar`. `echo` says how it was read; `message` says what was
 * expected instead.
 */
export function readJapaneseDate(typed: string, today: Day, calendar: OfficeCalendar): DateReading {
  if (typed.length > 60) return unreadable(typed, '日付だけを書いてください。');
  const { body, weekday } = splitWeekday(normalise(typed));
  if (body === '')
    return { kind: 'unreadable', message: `日付が空です。${EXAMPLES}のように書いてください。` };
  for (const read of READERS) {
    const found = read(body, today, calendar);
    if (found === null) continue;
    const reason = /^\d{4}-/.test(found) ? dayProblem(found, weekday) : found;
    if (reason !== null) return unreadable(typed, reason);
    const counted = read === readBusinessDays ? leftOut(today, found, calendar) : '';
    return {
      kind: 'read',
      day: found,
      echo: `「${typed.trim()}」を${formatDay(found)}${counted}と読みました。`,
    };
  }
  return unreadable(typed, `${EXAMPLES}のように書いてください。`);
}

function normalise(typed: string): string {
  return typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Cf}]/gu, '')
    .replace(/[‐‑–—−ー](?=\d)/g, '-')
    .replace(/(?:まで|迄)(?:に)?$/, '');
}

/** 4/1(木) → 4/1 and 木. A weekday alone stays where it is. */
function splitWeekday(text: string): { body: string; weekday: string | null } {
  const match = /^(.+?)[(［[]([日月火水木金土])(?:曜日?)?[)］\]]$/.exec(text);
  return match === null ? { body: text, weekday: null } : { body: match[1] ?? '', weekday: match[2] ?? null };
}

function dayProblem(day: Day, weekday: string | null): string | null {
  const { year } = partsOf(day);
  if (year < FIRST_YEAR || year > LAST_YEAR)
    return `${FIRST_YEAR}年から${LAST_YEAR}年までの日付を書いてください。`;
  if (weekday === null || '日月火水木金土'.charAt(weekdayOf(day)) === weekday) return null;
  return `${formatDay(day)}は${weekday}曜日ではありません。日付と曜日のどちらが正しいかを確かめてください。`;
}

// e.g. r8.4.1, 令和8年4月1日, 令和元年5月1日, h31/4/30
function readEra(text: string): Day | string | null {
  const match = new RegExp(`^(r|h|令和|平成)${DIGITS}${SEPARATOR}${DIGITS}[./月-]${DIGITS}日?$`).exec(text);
  if (match === null) return null;
  const [, sign = '', yearText = '', monthText = '', dateText = ''] = match;
  const era = ERAS.find(({ signs }) => signs.includes(sign));
  const yearOfEra = yearText === '元' ? 1 : parseNumeral(yearText);
  if (era === undefined || yearOfEra === null || yearOfEra === 0) return null;
  const day = existing(
    partsOf(era.first).year - 1 + yearOfEra,
    parseNumeral(monthText),
    parseNumeral(dateText),
  );
  if (day.startsWith('その') || (day >= era.first && day <= era.last)) return day;
  return `${era.name}は${formatDay(era.first)}から${era.last === '9999-12-31' ? '' : `${formatDay(era.last)}まで`}です。西暦で書いてください。`;
}

// e.g. 2027-04-01, 2027/4/1, 2027年4月1日, 20270401, 二〇二七年四月一日
function readWestern(text: string): Day | string | null {
  const packed = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const match =
    packed ??
    new RegExp(`^([0-9〇一二三四五六七八九]{4})${SEPARATOR}${DIGITS}[./月-]${DIGITS}日?$`).exec(text);
  if (match === null) return null;
  const [, year = '', month = '', date = ''] = match;
  return existing(parseNumeral(year), parseNumeral(month), parseNumeral(date));
}

// e.g. 4/1, 4月1日, 四月一日
function readMonthDate(text: string, today: Day): Day | string | null {
  const match = new RegExp(`^${DIGITS}(?:/|月)${DIGITS}日?$`).exec(text);
  if (match === null) return null;
  const [month, date] = [parseNumeral(match[1] ?? ''), parseNumeral(match[2] ?? '')];
  const { year } = partsOf(today);
  const days = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((ahead) => existing(year + ahead, month, date));
  return days.find((day) => /^\d/.test(day) && day >= today) ?? days[0] ?? null;
}

const NAMED: Readonly<Record<string, number>> = {
  今日: 0,
  本日: 0,
  きょう: 0,
  明日: 1,
  あした: 1,
  あす: 1,
  明後日: 2,
  あさって: 2,
  明々後日: 3,
  しあさって: 3,
  昨日: -1,
  きのう: -1,
  一昨日: -2,
  おととい: -2,
};

function readNamed(text: string, today: Day): Day | null {
  return Object.hasOwn(NAMED, text) ? addDays(today, NAMED[text] ?? 0) : null;
}

// e.g. 5営業日後, 10営業日前: of the office, today not counted
function readBusinessDays(text: string, today: Day, calendar: OfficeCalendar): Day | string | null {
  const match = new RegExp(`^${DIGITS}営業日(後|前)$`).exec(text);
  if (match === null) return null;
  const count = parseNumeral(match[1] ?? '') ?? 0;
  if (count > MOST_BUSINESS_DAYS) return `営業日は${MOST_BUSINESS_DAYS}日までで書いてください。`;
  return addBusinessDays(calendar, today, match[2] === '前' ? -count : count);
}

/** What was left out in counting, and that holidays are not announced yet for so far ahead. */
function leftOut(today: Day, day: Day, calendar: OfficeCalendar): string {
  const [from, to] = day < today ? [day, addDays(today, -1)] : [addDays(today, 1), day];
  const closed = closedBetween(calendar, from, to);
  const said = [
    ...(closed === '' ? [] : [closed]),
    ...(isProvisional(calendar, day) ? ['祝日がまだ公表されていないため暫定'] : []),
  ];
  return said.length === 0 ? '' : `（${said.join('。')}）`;
}

// e.g. 3日後, 2週間後, 1か月後, 10日前
function readAfter(text: string, today: Day): Day | string | null {
  const match = new RegExp(`^${DIGITS}(日|週間|週|[かヶケヵカ箇]月)(後|前)$`).exec(text);
  if (match === null) return null;
  const [, digits = '', unit = '', direction] = match;
  const count = (parseNumeral(digits) ?? 0) * (direction === '前' ? -1 : 1);
  if (unit.endsWith('月')) return addMonths(today, count);
  return addDays(today, unit === '日' ? count : count * 7);
}

const WEEKS: Readonly<Record<string, number>> = { 今週: 0, 来週: 1, 再来週: 2, さ来週: 2, 先週: -1 };

// e.g. 来週の金曜, 今週金曜日, 金曜, 次の金曜
function readWeekday(text: string, today: Day): Day | string | null {
  if (Object.hasOwn(WEEKS, text)) return `何曜日かも書いてください（例：${text}の金曜）。`;
  const match = new RegExp(`^(?:(今週|来週|再来週|さ来週|先週)の?|次の|今度の)?${WEEKDAY}$`).exec(text);
  if (match === null) return null;
  const weekday = '月火水木金土日'.indexOf(match[2] ?? '');
  const fromMonday = (weekdayOf(today) + 6) % 7;
  const week = match[1];
  if (week !== undefined) return addDays(today, (WEEKS[week] ?? 0) * 7 + weekday - fromMonday);
  if (!text.startsWith('次の') && !text.startsWith('今度の'))
    return addDays(today, (weekday - fromMonday + 7) % 7);
  return addDays(today, ((weekday - fromMonday + 6) % 7) + 1);
}

// e.g. 月末, 今月末, 来月末, 来月10日
function readOfMonth(text: string, today: Day): Day | string | null {
  const match = new RegExp(`^(今月|来月|再来月)?の?(末日?|月末|${DIGITS}日)$`).exec(text);
  if (match === null) return null;
  const ahead = match[1] === '来月' ? 1 : match[1] === '再来月' ? 2 : 0;
  const { year, month } = partsOf(addMonths(`${today.slice(0, 7)}-01`, ahead));
  const date = match[3] === undefined ? lastDateOf(year, month) : parseNumeral(match[3]);
  if (match[1] === undefined && match[3] !== undefined)
    return '何月かも書いてください（例：4月10日、来月10日）。';
  return existing(year, month, date);
}

/** The day, or why there is none. */
function existing(year: number | null, month: number | null, date: number | null): Day | string {
  const day = year === null || month === null || date === null ? null : dayOf(year, month, date);
  if (day !== null) return day;
  if (year === null || month === null || month < 1 || month > 12)
    return 'その日は暦にありません。月は1から12までです。';
  return `その日は暦にありません。${year}年${month}月は${lastDateOf(year, month)}日までです。`;
}

function unreadable(typed: string, reason: string): DateReading {
  const shown = [...typed.trim()].slice(0, 30).join('');
  return { kind: 'unreadable', message: `「${shown}」を日付として読めません。${reason}` };
}
