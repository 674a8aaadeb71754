/** 別表: logical lines after its heading + the official names → rows. */
import type { LogicalLine } from './lines.ts';
import type { ApiRow, SourceLines, TextProblem } from './model.ts';

export interface TableRows {
  readonly rows: ApiRow[];
  readonly problems: TextProblem[];
}

/**
 * The rows of the 別表. The name is taken from the text (a logical line of its own, or up to the second space) and
 * held against `officialNames[項番 - 1]`. When the line ends were lost the official name tells where the content
 * begins. A name that does not match is a problem; the text's own wording is kept.
 */
export function readRows(lines: readonly LogicalLine[], officialNames: readonly string[]): TableRows {
  const rows: ApiRow[] = [];
  const problems: TextProblem[] = [];
  for (const group of groupByRow(lines)) {
    const row = readRow(group, officialNames[(group[0]?.number ?? 0) - 1]);
    if (row === null) continue;
    rows.push(row);
    problems.push(...checkRow(row, rows.length, officialNames[row.number - 1]));
  }
  for (const name of officialNames.slice(rows.length)) problems.push(missingRow(name, lines));
  return { rows, problems };
}

function groupByRow(lines: readonly LogicalLine[]): LogicalLine[][] {
  const groups: LogicalLine[][] = [];
  for (const line of lines) {
    if (line.kind === 'row') groups.push([line]);
    else if (line.kind === 'text') groups.at(-1)?.push(line);
  }
  return groups;
}

function readRow(group: readonly LogicalLine[], officialName: string | undefined): ApiRow | null {
  const [head, ...rest] = group;
  const end = group.at(-1);
  if (head === undefined || head.number === null || end === undefined) return null;
  const split =
    rest.length === 0
      ? splitOneLine(head.text, officialName)
      : { name: head.text, text: rest.map((line) => line.text).join('') };
  return { number: head.number, ...split, lines: { first: head.lines.first, last: end.lines.last } };
}

function splitOneLine(text: string, officialName: string | undefined): { name: string; text: string } {
  if (officialName !== undefined && text.startsWith(officialName)) {
    return { name: officialName, text: text.slice(officialName.length).trim() };
  }
  const space = text.indexOf(' ');
  if (space < 0) return { name: text, text: '' };
  return { name: text.slice(0, space), text: text.slice(space + 1) };
}

function checkRow(row: ApiRow, expectedNumber: number, officialName: string | undefined): TextProblem[] {
  const problems: TextProblem[] = [];
  if (row.number !== expectedNumber) {
    problems.push(
      rowProblem('number-sequence', row, `項番${row.number}`, `項番${expectedNumber}が来る位置にあります`),
    );
  }
  if (row.name !== officialName) {
    const expected =
      officialName === undefined ? 'この項番の名称の控えがありません' : `控えの名称は「${officialName}」です`;
    problems.push(rowProblem('row-name-mismatch', row, row.name, expected));
  }
  if (row.text === '') problems.push(rowProblem('row-empty', row, row.name, '「内容」の欄を読み取れません'));
  return problems;
}

function rowProblem(code: string, row: ApiRow, quote: string, note: string): TextProblem {
  return { code, at: `別表項番${row.number}`, lines: row.lines, quote, note };
}

function missingRow(name: string, lines: readonly LogicalLine[]): TextProblem {
  const none: SourceLines = { first: 1, last: 1 };
  const place = lines.at(-1)?.lines ?? none;
  return {
    code: 'row-missing',
    at: null,
    lines: place,
    quote: name,
    note: `別表に「${name}」の行がありません`,
  };
}
