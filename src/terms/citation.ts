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
