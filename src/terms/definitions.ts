/** Every term the text defines: in 第2条, and in brackets within the 別表. */
import type { Citation } from './citation.ts';
import type { Terms } from './model.ts';
import { citeParagraph } from './provisions.ts';

export interface Definition {
  /** As printed. */
  readonly term: string;
  readonly citation: Citation;
  /** The defining words, verbatim. */
  readonly text: string;
  readonly where: 'article-2' | 'table';
}

/** 「様々な機能を提供する…をいう。以下同じ。」 in brackets */
const IN_BRACKETS = /（([^（）]*をいう。[^（）]*)）/g;
/** 「オンライン資格確認等システム（以下「確認等システム」という。）」 */
const SHORT_NAME = /（以下「([^」]+)」という。）/g;
/** What ends before a term: 「、」「の」「に係る」「が運営する」 and the half-width space before 「Webサービス」 */
const BEFORE_TERM = /^.*(?:[、。\sの]|係る|する)/s;

/** All definitions in printed order. A short name gives two: the long name and the short one. */
export function definitions(terms: Terms): Definition[] {
  return [...definitionsOfArticles(terms), ...terms.table.rows.flatMap(definitionsOfRow)];
}

function definitionsOfArticles(terms: Terms): Definition[] {
  return terms.articles.flatMap((article) =>
    article.paragraphs.flatMap((paragraph) => {
      if (!paragraph.text.includes('用語の定義')) return [];
      return paragraph.items.map((item): Definition => {
        const [term = '', ...rest] = item.text.split(' ');
        const citation = { ...citeParagraph(article, paragraph), item: item.number };
        return { term, citation, text: rest.join(' '), where: 'article-2' };
      });
    }),
  );
}

function definitionsOfRow({ number, text }: Terms['table']['rows'][number]): Definition[] {
  const citation: Citation = { kind: 'row', row: number };
  const inBrackets = [...text.matchAll(IN_BRACKETS)].map(
    (match): Definition => ({
      term: termBefore(text, match.index),
      citation,
      text: match[1] ?? '',
      where: 'table',
    }),
  );
  const shortened = [...text.matchAll(SHORT_NAME)].flatMap((match): Definition[] => {
    const start = text.lastIndexOf('、', match.index) + 1;
    const words = text.slice(start, match.index + match[0].length);
    const terms = [termBefore(text, match.index), match[1] ?? ''];
    return terms.map((term) => ({ term, citation, text: words, where: 'table' }));
  });
  return [...inBrackets, ...shortened];
}

function termBefore(text: string, index: number): string {
  return text.slice(0, index).replace(BEFORE_TERM, '');
}
