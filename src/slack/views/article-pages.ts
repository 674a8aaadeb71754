import { type Citation, formatCitation, parseCanonical } from '../../terms/citation.ts';
import type { Terms } from '../../terms/model.ts';
import { locate } from '../../terms/provisions.ts';

/** One page of the reader: an article or a row of the 別表, in printed order. */
export interface ArticlePage {
  /** 第3条 or 別表項番4. */
  readonly key: string;
  readonly title: string;
  readonly parts: readonly PagePart[];
}

/** A 項, a 号 or a 項番 of a page. */
export interface PagePart {
  readonly citation: Citation;
  /** 第2項, 第1号; empty where the page is the provision. */
  readonly label: string;
  readonly text: string;
}

/** The whole 利用規約 as pages: its articles, then the rows of the 別表. */
export function articlePages(terms: Terms): ArticlePage[] {
  const articles = terms.articles.map((article) => {
    const single = article.paragraphs.length === 1;
    return {
      key: `第${article.number}条`,
      title: `第${article.number}条（${article.caption}）`,
      parts: article.paragraphs.flatMap((paragraph) => {
        const citation = {
          kind: 'provision',
          article: article.number,
          paragraph: single ? null : paragraph.number,
          item: null,
        } as const;
        return [
          { citation, label: single ? '' : `第${paragraph.number}項`, text: paragraph.text },
          ...paragraph.items.map((item) => ({
            citation: { ...citation, item: item.number },
            label: `第${item.number}号`,
            text: item.text,
          })),
        ];
      }),
    };
  });
  const rows = terms.table.rows.map((row) => {
    const citation = { kind: 'row', row: row.number } as const;
    return {
      key: formatCitation(citation),
      title: `別表項番${row.number}（${row.name}）`,
      parts: [{ citation, label: '', text: row.text }],
    };
  });
  return [...articles, ...rows];
}

/** Where a citation stands among the pages; null for one this version does not have. */
export function pageOf(terms: Terms, pages: readonly ArticlePage[], label: string): number | null {
  const citation = parseCanonical(label);
  if (citation === null || locate(terms, citation) === null) return null;
  const key = citation.kind === 'row' ? formatCitation(citation) : `第${citation.article}条`;
  const index = pages.findIndex((page) => page.key === key);
  return index < 0 ? null : index;
}
