/** Where a citation stands in the tree, and all provisions that can be cited. */
import { type Citation, formatCitation } from './citation.ts';
import type { ApiRow, Article, Item, Paragraph, SourceLines, Terms } from './model.ts';

/** The node a citation names, with everything it stands in. */
export type Location =
  | { readonly kind: 'article'; readonly article: Article }
  | { readonly kind: 'paragraph'; readonly article: Article; readonly paragraph: Paragraph }
  | {
      readonly kind: 'item';
      readonly article: Article;
      readonly paragraph: Paragraph;
      readonly item: Item;
    }
  | { readonly kind: 'row'; readonly row: ApiRow };

/** The smallest citable units: a 項 (without its 号), a 号, a 項番. */
export interface Provision {
  readonly kind: 'paragraph' | 'item' | 'row';
  readonly citation: Citation;
  /** Canonical form, also the stable key: 第3条第2項第1号. */
  readonly key: string;
  /** 見出し of the article, or the official name of the API. */
  readonly caption: string;
  /** Verbatim, without its number. */
  readonly text: string;
  readonly lines: SourceLines;
}

/** What a citation resolves to: the canonical citation, or what does exist near it. */
export type Resolution =
  | { readonly kind: 'found'; readonly citation: Citation }
  | {
      readonly kind: 'absent';
      /** Canonical form of what was asked for: 第4条第1項第2号. */
      readonly asked: string;
      readonly nearest: Citation | null;
      /** One Japanese clause without 。: 「第11条は第4項までです」. */
      readonly explanation: string;
    };

type ProvisionCitation = Extract<Citation, { kind: 'provision' }>;

/** All provisions in printed order; for the version held: 27 項, 27 号 and 17 項番. */
export function provisions(terms: Terms): Provision[] {
  return [
    ...terms.articles.flatMap(provisionsOfArticle),
    ...terms.table.rows.map((row) => provision('row', { kind: 'row', row: row.number }, row.name, row)),
  ];
}

/** The citation of 第N条 as a whole; for an article with one 項 the same as that 項. */
export function wholeArticle(article: number): ProvisionCitation {
  return { kind: 'provision', article, paragraph: null, item: null };
}

/** The node of a canonical citation; null where the text holds no such provision. */
export function locate(terms: Terms, citation: Citation): Location | null {
  if (citation.kind === 'row') {
    const row = terms.table.rows.find(({ number }) => number === citation.row);
    return row === undefined ? null : { kind: 'row', row };
  }
  const article = terms.articles.find(({ number }) => number === citation.article);
  if (article === undefined) return null;
  const single = article.paragraphs.length === 1;
  if (citation.paragraph === null && citation.item === null && !single) return { kind: 'article', article };
  const wanted = single && citation.paragraph === null ? 1 : citation.paragraph;
  const paragraph = article.paragraphs.find(({ number }) => number === wanted);
  if (paragraph === undefined) return null;
  if (citation.item === null) return { kind: 'paragraph', article, paragraph };
  const item = paragraph.items.find(({ number }) => number === citation.item);
  return item === undefined ? null : { kind: 'item', article, paragraph, item };
}

/** The canonical form of what someone asked for (第9条第1項 → 第9条), or why it is not there. */
export function resolve(terms: Terms, asked: Citation): Resolution {
  if (asked.kind === 'row') return resolveRow(terms, asked);
  const article = terms.articles.find(({ number }) => number === asked.article);
  if (article === undefined) {
    return absent(asked, null, `この版の利用規約は第${terms.articles.at(-1)?.number ?? 0}条までです`);
  }
  return article.paragraphs.length === 1 ? resolveInSingle(article, asked) : resolveInMany(article, asked);
}

/** The citation of a 項 of this article: 第9条, 第3条第2項. */
export function citeParagraph(article: Article, paragraph: Paragraph): ProvisionCitation {
  const single = article.paragraphs.length === 1;
  return { ...wholeArticle(article.number), paragraph: single ? null : paragraph.number };
}

function provisionsOfArticle(article: Article): Provision[] {
  return article.paragraphs.flatMap((paragraph) => {
    const cite = citeParagraph(article, paragraph);
    return [
      provision('paragraph', cite, article.caption, paragraph),
      ...paragraph.items.map((item) =>
        provision('item', { ...cite, item: item.number }, article.caption, item),
      ),
    ];
  });
}

function provision(
  kind: Provision['kind'],
  citation: Citation,
  caption: string,
  { text, lines }: Item | Paragraph | ApiRow,
): Provision {
  return { kind, citation, key: formatCitation(citation), caption, text, lines };
}

function resolveRow(terms: Terms, asked: Extract<Citation, { kind: 'row' }>): Resolution {
  if (terms.table.rows.some(({ number }) => number === asked.row)) return { kind: 'found', citation: asked };
  return absent(asked, null, `別表は項番${terms.table.rows.at(-1)?.number ?? 0}までです`);
}

function resolveInSingle(article: Article, asked: ProvisionCitation): Resolution {
  const whole = wholeArticle(article.number);
  const name = formatCitation(whole);
  if (asked.paragraph !== null && asked.paragraph !== 1) {
    return absent(asked, whole, `${name}には項の区別がありません`);
  }
  const [paragraph] = article.paragraphs;
  return resolveItem({ ...asked, paragraph: null }, asked, paragraph, whole);
}

function resolveInMany(article: Article, asked: ProvisionCitation): Resolution {
  const whole = wholeArticle(article.number);
  const name = formatCitation(whole);
  if (asked.paragraph === null) {
    return asked.item === null ? { kind: 'found', citation: whole } : itemWithoutParagraph(article, asked);
  }
  const paragraph = article.paragraphs.find(({ number }) => number === asked.paragraph);
  if (paragraph === undefined) {
    return absent(asked, whole, `${name}は第${article.paragraphs.at(-1)?.number ?? 0}項までです`);
  }
  return resolveItem(asked, asked, paragraph, { ...asked, item: null });
}

function resolveItem(
  citation: ProvisionCitation,
  asked: ProvisionCitation,
  paragraph: Paragraph | undefined,
  whole: ProvisionCitation,
): Resolution {
  if (asked.item === null) return { kind: 'found', citation };
  const items = paragraph?.items ?? [];
  if (items.some(({ number }) => number === asked.item)) return { kind: 'found', citation };
  const name = formatCitation(whole);
  const last = items.at(-1);
  return absent(
    asked,
    whole,
    last === undefined ? `${name}に号はありません` : `${name}は第${last.number}号までです`,
  );
}

/** 第3条第1号: the 号 stand in some of the 項 only, so the 項 has to be named. */
function itemWithoutParagraph(article: Article, asked: ProvisionCitation): Resolution {
  const whole = wholeArticle(article.number);
  const name = formatCitation(whole);
  const holders = article.paragraphs.filter(({ items }) => items.some(({ number }) => number === asked.item));
  const [only] = holders;
  if (only === undefined) return absent(asked, whole, `${name}に第${asked.item}号はありません`);
  const nearest = holders.length === 1 ? { ...asked, paragraph: only.number } : whole;
  const places = holders.map(({ number }) => `第${number}項`).join('と');
  return absent(asked, nearest, `${name}は項に分かれていて、第${asked.item}号があるのは${places}です`);
}

function absent(asked: Citation, nearest: Citation | null, explanation: string): Resolution {
  return { kind: 'absent', asked: formatCitation(asked), nearest, explanation };
}
