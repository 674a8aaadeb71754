/** Finds the citations in what people type, and says of each whether the text held has such a provision. */
import { type LastNamed, readArticleAt, readRelativeAt } from './article-reader.ts';
import { type Citation, formatCitation } from './citation.ts';
import { readKanaCitation } from './kana-citation.ts';
import type { Terms } from './model.ts';
import { foldWidth } from './numerals.ts';
import { locate, type Resolution, resolve } from './provisions.ts';
import type { Reading, Span } from './reading.ts';
import { readRowsAt } from './row-reader.ts';

/** One citation found in a text. `start` and `end` are indexes of the text as given; `surface` is that stretch. */
export interface CitationMention {
  readonly start: number;
  readonly end: number;
  readonly surface: string;
  readonly result: Resolution;
}

/** 刑法199条, ガイドライン第4条, 附則1条: the articles of other texts; not 方法, 手法 */
const OTHER_TEXT =
  /(?:(?<![方手用合作違])法|法律|政令|省令|府令|法令|規則|条例|約款|ガイドライン|指針|契約書?|附則)の?[\s「]*$/;
const LEAD = 12;

/**
 * All citations in reading order. A range (項番14から17まで) and 各号 give one mention for each provision, all with
 * the same surface; 各号 gives the 項 itself first. Articles of other texts (刑法199条) are passed over.
 */
export function findCitations(terms: Terms, text: string): CitationMention[] {
  const folded = foldWidth(text);
  const spoken = readKanaCitation(folded);
  if (spoken !== null) return mentionsOf(terms, text, { start: 0, end: text.length, asked: [spoken] });
  return scan(folded).flatMap((span) => mentionsOf(terms, text, span));
}

function scan(folded: string): Span[] {
  const spans: Span[] = [];
  let last: LastNamed | null = null;
  let at = 0;
  while (at < folded.length) {
    const reading = readAt(folded, at, last);
    if (reading === null) {
      at += 1;
      continue;
    }
    const foreign = isOfOtherText(folded, at) && reading.spans[0]?.asked[0]?.kind === 'provision';
    if (!foreign) spans.push(...reading.spans);
    last = foreign ? null : (lastNamed(reading) ?? last);
    at = reading.end;
  }
  return spans;
}

function readAt(folded: string, at: number, last: LastNamed | null): Reading | null {
  return (
    readRowsAt(folded, at) ??
    readArticleAt(folded, at) ??
    (last === null ? null : readRelativeAt(folded, at, last))
  );
}

function isOfOtherText(folded: string, at: number): boolean {
  return OTHER_TEXT.test(folded.slice(Math.max(0, at - LEAD), at));
}

function lastNamed({ spans }: Reading): LastNamed | null {
  const citation = spans.at(-1)?.asked.at(-1);
  return citation?.kind === 'provision' ? citation : null;
}

function mentionsOf(terms: Terms, text: string, span: Span): CitationMention[] {
  const { start, end } = span;
  const surface = text.slice(start, end);
  return resultsOf(terms, span).map((result) => ({ start, end, surface, result }));
}

function resultsOf(terms: Terms, { asked, allItems, branch }: Span): Resolution[] {
  const [first] = asked;
  if (branch !== undefined && first?.kind === 'provision')
    return [branchArticle(terms, first.article, branch)];
  const results = asked.map((citation) => resolve(terms, citation));
  return allItems === true ? results.flatMap((result) => withItems(terms, result)) : results;
}

function withItems(terms: Terms, result: Resolution): Resolution[] {
  if (result.kind === 'absent' || result.citation.kind === 'row') return [result];
  const { citation } = result;
  const place = locate(terms, citation);
  const items = place?.kind === 'paragraph' ? place.paragraph.items : [];
  if (items.length > 0) {
    const each = items.map(
      ({ number }): Resolution => ({
        kind: 'found',
        citation: { ...citation, item: number },
      }),
    );
    return [result, ...each];
  }
  const name = formatCitation(citation);
  const explanation =
    place?.kind === 'article'
      ? `${name}は項に分かれています。何項の各号かをお示しください`
      : `${name}に号はありません`;
  return [{ kind: 'absent', asked: `${name}各号`, nearest: citation, explanation }];
}

/** 第16条の2 is an article of its own in a law; people may also mean 第2項. */
function branchArticle(terms: Terms, article: number, branch: number): Resolution {
  const asked = `第${article}条の${branch}`;
  const paragraph = resolve(terms, { kind: 'provision', article, paragraph: branch, item: null });
  const nearest: Citation | null = paragraph.kind === 'found' ? paragraph.citation : paragraph.nearest;
  const near = paragraph.kind === 'found' ? `。第${article}条第${branch}項ならあります` : '';
  return { kind: 'absent', asked, nearest, explanation: `この版の利用規約に${asked}はありません${near}` };
}
