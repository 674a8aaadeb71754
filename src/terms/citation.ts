/**
 * 引用条項: the address of one provision. `paragraph` is null when the whole article is meant,
 * and always null for an article that has a single 項 (第9条, 第2条第6号).
 */
export type Citation =
  | {
      readonly kind: 'provision';
      readonly article: number;
      readonly paragraph: number | null;
      readonly item: number | null;
    }
  | { readonly kind: 'row'; readonly row: number };

/** The canonical form of a citation, half-width digits: 第3条第2項第1号, 第9条, 別表項番4. */
export function formatCitation(citation: Citation): string {
  if (citation.kind === 'row') return `別表項番${citation.row}`;
  const paragraph = citation.paragraph === null ? '' : `第${citation.paragraph}項`;
  const item = citation.item === null ? '' : `第${citation.item}号`;
  return `第${citation.article}条${paragraph}${item}`;
}

/** Reads the canonical form and nothing else: 第3条第2項第1号, 第2条第6号, 別表項番4. Null for any other wording. */
export function parseCanonical(text: string): Citation | null {
  const row = /^別表項番(\d+)$/.exec(text);
  if (row !== null) return { kind: 'row', row: Number(row[1]) };
  const match = /^第(\d+)条(?:第(\d+)項)?(?:第(\d+)号)?$/.exec(text);
  if (match === null) return null;
  const [, article, paragraph, item] = match;
  return { kind: 'provision', article: Number(article), paragraph: number(paragraph), item: number(item) };
}

/** Order of the printed text: a whole before its parts, the 別表 after the articles. Negative when `a` comes first. */
export function compareCitations(a: Citation, b: Citation): number {
  const left = sortKey(a);
  const right = sortKey(b);
  for (const [index, value] of left.entries()) {
    const difference = value - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function sameCitation(a: Citation, b: Citation): boolean {
  return compareCitations(a, b) === 0;
}

/** The next larger whole: 第3条第2項第1号 → 第3条第2項 → 第3条; null for an article or a row. */
export function parentCitation(citation: Citation): Citation | null {
  if (citation.kind === 'row') return null;
  if (citation.item !== null) return { ...citation, item: null };
  return citation.paragraph === null ? null : { ...citation, paragraph: null };
}

/** True when `part` is `whole` or lies in it: 第3条第2項第1号 in 第3条. */
export function isWithin(part: Citation, whole: Citation): boolean {
  const parent = parentCitation(part);
  return sameCitation(part, whole) || (parent !== null && isWithin(parent, whole));
}

/** The article or row a citation belongs to: 第3条, 別表項番4. */
export function articleKey(citation: Citation): string {
  return citation.kind === 'row' ? formatCitation(citation) : `第${citation.article}条`;
}

/** Keeps the first of equal citations, in the given order. */
export function uniqueCitations(citations: readonly Citation[]): Citation[] {
  return citations.filter((one, index) => citations.findIndex((other) => sameCitation(one, other)) === index);
}

function sortKey(citation: Citation): number[] {
  if (citation.kind === 'row') return [1, citation.row, 0, 0];
  return [0, citation.article, citation.paragraph ?? 0, citation.item ?? 0];
}

function number(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}
