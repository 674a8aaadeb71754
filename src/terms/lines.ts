/**
 * First step of the parse: text → logical lines, each knowing its source lines.
 *
 * The printed lines are soft-wrapped; one trailing ASCII space is the only mark of the end of a logical line.
 * Lines of spaces are page breaks and fall in mid-sentence, so they close nothing. Where the mark was lost, a line
 * still ends before anything that opens a new one (見出し, 第N条, ２, 一, 項番).
 */
import type { SourceLines } from './model.ts';
import { parseNumeral } from './numerals.ts';

export type LineKind =
  | 'caption'
  | 'article'
  | 'paragraph'
  | 'item'
  | 'table-heading'
  | 'table-columns'
  | 'row'
  | 'text';

/** One logical line. `text` leaves out the number that opened it; `number` is null for kinds without one. */
export interface LogicalLine {
  readonly kind: LineKind;
  readonly number: number | null;
  readonly text: string;
  readonly lines: SourceLines;
  /** False when the closing space is missing: the end was inferred from what follows. */
  readonly closed: boolean;
}

interface Opening {
  readonly kind: LineKind;
  readonly number: number | null;
  readonly rest: string;
}

interface OpenLine {
  readonly opening: Opening;
  text: string;
  first: number;
  last: number;
  closed: boolean;
}

/** Every non-blank source line goes into exactly one logical line, in order. */
export function readLines(text: string): LogicalLine[] {
  const done: OpenLine[] = [];
  let inTable = false;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const trimmed = raw.trim();
    if (trimmed === '') continue;
    const opening = readOpening(trimmed, inTable);
    const current = done.at(-1);
    if (current === undefined || current.closed || opening !== null) {
      const opened = opening ?? { kind: 'text', number: null, rest: trimmed };
      done.push({ opening: opened, text: opened.rest, first: index + 1, last: index + 1, closed: false });
    } else {
      current.text += trimmed;
      current.last = index + 1;
    }
    inTable ||= opening?.kind === 'table-heading';
    const last = done.at(-1);
    if (last !== undefined) last.closed = raw.endsWith(' ');
  }
  return done.map(finish);
}

function finish(line: OpenLine): LogicalLine {
  const { kind, number } = line.opening;
  return {
    kind,
    number,
    text: line.text,
    lines: { first: line.first, last: line.last },
    closed: line.closed,
  };
}

function readOpening(line: string, inTable: boolean): Opening | null {
  return inTable ? tableOpening(line) : bodyOpening(line);
}

function bodyOpening(line: string): Opening | null {
  // 「（事前打合せ）」; not 「（大正１５年法律第６０号）の罪を犯し」
  const caption = /^（([^（）]+)）$/.exec(line);
  if (caption !== null) return { kind: 'caption', number: null, rest: caption[1] ?? '' };
  // 「別表（第２条第３号関係） マイナポータル API 一覧」; not 「別表の項番」
  if (/^別表(（| |$)/.test(line)) return { kind: 'table-heading', number: null, rest: line };
  return (
    // 「第１条 本利用規約は」; not 「第７条の規定」
    numbered('article', /^第([０-９\d一二三四五六七八九十]+)条 (.*)$/, line) ??
    // 「２ Ｗｅｂサービス提供者等は」; not 「７７号）の規定」
    numbered('paragraph', /^([０-９\d]+) (.*)$/, line) ??
    // 「一 役員若しくは」; not 「一審の専属的」
    numbered('item', /^([一二三四五六七八九十]+) (.*)$/, line)
  );
}

function tableOpening(line: string): Opening | null {
  // 「項番 名称 内容」
  if (/^項番 /.test(line)) return { kind: 'table-columns', number: null, rest: line };
  // 「１０ 就労証明書様」
  return numbered('row', /^([０-９\d]+) (.*)$/, line);
}

function numbered(kind: LineKind, pattern: RegExp, line: string): Opening | null {
  const match = pattern.exec(line);
  const number = match === null ? null : parseNumeral(match[1] ?? '');
  return number === null ? null : { kind, number, rest: match?.[2] ?? '' };
}
