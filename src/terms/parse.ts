/** Second step of the parse: logical lines → the tree, with what could not be placed reported beside it. */
import { readRows } from './appended-table.ts';
import { type LogicalLine, readLines } from './lines.ts';
import type { AppendedTable, Article, Item, Paragraph, SourceLines, Terms, TextProblem } from './model.ts';

export interface ParsedTerms {
  readonly terms: Terms;
  /** Faults of the layout only; oddities of the wording are `findTextProblems`. */
  readonly problems: readonly TextProblem[];
}

/**
 * Reads the whole 利用規約. Never throws for odd text: a line that fits nowhere stays with the provision before it
 * and is reported. `officialNames` are the names of the 別表 in order of 項番; they verify the rows.
 */
export function parseTerms(text: string, officialNames: readonly string[]): ParsedTerms {
  const lines = readLines(text);
  const tableStart = lines.findIndex((line) => line.kind === 'table-heading');
  const body = tableStart < 0 ? lines : lines.slice(0, tableStart);
  const hasTitle = body[0]?.kind === 'text';
  const { articles, problems } = readArticles(hasTitle ? body.slice(1) : body);
  const table = readTable(tableStart < 0 ? [] : lines.slice(tableStart), officialNames);
  return {
    terms: { title: hasTitle ? (body[0]?.text ?? '') : '', articles, table: table.table },
    problems: [...lineEndProblems(lines), ...problems, ...table.problems],
  };
}

interface OpenParagraph {
  readonly paragraph: Paragraph;
  readonly items: Item[];
}

interface OpenArticle {
  readonly number: number;
  readonly caption: string;
  readonly first: number;
  readonly paragraphs: OpenParagraph[];
  last: number;
}

function readArticles(lines: readonly LogicalLine[]): { articles: Article[]; problems: TextProblem[] } {
  const open: OpenArticle[] = [];
  const problems: TextProblem[] = [];
  let caption: LogicalLine | null = null;
  for (const line of lines) {
    if (line.kind === 'caption') {
      if (caption !== null) problems.push(unplaced(caption));
      caption = line;
      continue;
    }
    const fault = place(line, caption, open);
    if (fault !== null) problems.push(fault);
    if (line.kind === 'article') caption = null;
  }
  if (caption !== null) problems.push(unplaced(caption));
  if (open.length === 0) problems.push(nothing('no-article', '条が一つも見つかりません'));
  return { articles: open.map(closeArticle), problems };
}

function place(line: LogicalLine, caption: LogicalLine | null, open: OpenArticle[]): TextProblem | null {
  if (line.kind === 'article') return openArticle(line, caption, open);
  const article = open.at(-1);
  const paragraph = article?.paragraphs.at(-1);
  if (article === undefined || paragraph === undefined) return unplaced(line);
  article.last = line.lines.last;
  if (line.kind === 'paragraph') return addParagraph(line, article);
  if (line.kind === 'item') return addItem(line, paragraph);
  appendText(line, article);
  return unplaced(line);
}

function openArticle(
  line: LogicalLine,
  caption: LogicalLine | null,
  open: OpenArticle[],
): TextProblem | null {
  const number = line.number ?? 0;
  const expected = (open.at(-1)?.number ?? 0) + 1;
  const paragraph = { number: 1, numberIsImplied: true, text: line.text, items: [], lines: line.lines };
  open.push({
    number,
    caption: caption?.text ?? '',
    first: caption?.lines.first ?? line.lines.first,
    last: line.lines.last,
    paragraphs: [{ paragraph, items: [] }],
  });
  if (number !== expected) return outOfSequence(line, `第${number}条`, `第${expected}条`);
  if (caption !== null) return null;
  return problem('caption-missing', line.lines, line.text, `第${number}条に見出しがありません`);
}

function addParagraph(line: LogicalLine, article: OpenArticle): TextProblem | null {
  const number = line.number ?? 0;
  const expected = (article.paragraphs.at(-1)?.paragraph.number ?? 0) + 1;
  const paragraph = { number, numberIsImplied: false, text: line.text, items: [], lines: line.lines };
  article.paragraphs.push({ paragraph, items: [] });
  if (number === expected) return null;
  return outOfSequence(line, `第${article.number}条第${number}項`, `第${expected}項`);
}

function addItem(line: LogicalLine, { items }: OpenParagraph): TextProblem | null {
  const number = line.number ?? 0;
  const expected = (items.at(-1)?.number ?? 0) + 1;
  items.push({ number, text: line.text, lines: line.lines });
  return number === expected ? null : outOfSequence(line, `第${number}号`, `第${expected}号`);
}

/** Keeps a stray line with the last provision, so that no wording of the file is lost. */
function appendText(line: LogicalLine, article: OpenArticle): void {
  const open = article.paragraphs.pop();
  if (open === undefined) return;
  const item = open.items.pop();
  if (item !== undefined) open.items.push(extend(item, line));
  article.paragraphs.push(item === undefined ? { ...open, paragraph: extend(open.paragraph, line) } : open);
}

function extend<Node extends Item | Paragraph>(node: Node, line: LogicalLine): Node {
  return { ...node, text: node.text + line.text, lines: { first: node.lines.first, last: line.lines.last } };
}

function closeArticle({ number, caption, first, last, paragraphs }: OpenArticle): Article {
  return { number, caption, paragraphs: paragraphs.map(closeParagraph), lines: { first, last } };
}

function closeParagraph({ paragraph, items }: OpenParagraph): Paragraph {
  const last = items.at(-1)?.lines.last ?? paragraph.lines.last;
  return { ...paragraph, items, lines: { first: paragraph.lines.first, last } };
}

function readTable(lines: readonly LogicalLine[], officialNames: readonly string[]) {
  const [heading, ...rest] = lines;
  const { rows, problems } = readRows(rest, officialNames);
  const table: AppendedTable = {
    heading: heading?.text ?? '',
    rows,
    lines: { first: heading?.lines.first ?? 1, last: lines.at(-1)?.lines.last ?? 1 },
  };
  if (heading === undefined) problems.push(nothing('no-table', '別表が見つかりません'));
  else if (!rest.some(({ kind }) => kind === 'table-columns')) {
    problems.push(
      problem(
        'no-table-columns',
        heading.lines,
        heading.text,
        '別表に欄の見出し（項番 名称 内容）がありません',
      ),
    );
  }
  return { table, problems };
}

function lineEndProblems(lines: readonly LogicalLine[]): TextProblem[] {
  const open = lines.filter((line) => !line.closed);
  if (open.length === 0) return [];
  if (open.length < lines.length) {
    return open.map((line) =>
      problem('line-end-missing', line.lines, line.text, '行末の空白がなく、次の見出しや番号で区切りました'),
    );
  }
  const whole = { first: 1, last: lines.at(-1)?.lines.last ?? 1 };
  return [
    problem(
      'line-ends-stripped',
      whole,
      '',
      '行末の空白がすべて失われています。原本のファイルに戻してください',
    ),
  ];
}

function unplaced(line: LogicalLine): TextProblem {
  return problem('line-unplaced', line.lines, line.text, 'どの条・項・号にも当てはまらない行です');
}

function outOfSequence(line: LogicalLine, found: string, expected: string): TextProblem {
  return problem('number-sequence', line.lines, line.text, `${found}がありますが、${expected}が来る位置です`);
}

function nothing(code: string, note: string): TextProblem {
  return problem(code, { first: 1, last: 1 }, '', note);
}

function problem(code: string, lines: SourceLines, quote: string, note: string): TextProblem {
  return { code, at: null, lines, quote, note };
}
