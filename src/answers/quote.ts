import { GuideError } from '../errors.ts';
import { type Citation, formatCitation, parseCanonical } from '../terms/citation.ts';
import type { Paragraph, Terms } from '../terms/model.ts';
import { citeParagraph, locate } from '../terms/provisions.ts';
import type { QuotedProvision } from './answer.ts';

export interface Quoter {
  /** A provision as it is shown. Throws `provision-missing` for a citation the text does not hold. */
  quote(citation: Citation): QuotedProvision;
  /** The same for a canonical citation out of the knowledge files, which were checked at start. */
  quoteKey(key: string): QuotedProvision;
  /** An article with several 項 comes back as its 項, anything else as itself. */
  quoteWhole(citation: Citation): [QuotedProvision, ...QuotedProvision[]];
}

export function createQuoter(terms: Terms): Quoter {
  const quote = (citation: Citation): QuotedProvision => {
    const found = locate(terms, citation);
    const label = formatCitation(citation);
    if (found === null) throw new GuideError('provision-missing', [`${label}はこの版の利用規約にありません`]);
    switch (found.kind) {
      case 'row':
        return { citation, label, caption: found.row.name, text: found.row.text, items: [] };
      case 'item':
        return { citation, label, caption: found.article.caption, text: found.item.text, items: [] };
      case 'paragraph':
        return {
          citation,
          label,
          caption: found.article.caption,
          text: found.paragraph.text,
          items: itemsOf(citation, found.paragraph),
        };
      case 'article':
        return {
          citation,
          label,
          caption: found.article.caption,
          text: found.article.paragraphs[0]?.text ?? '',
          items: [],
        };
    }
  };
  const quoteKey = (key: string): QuotedProvision => {
    const citation = parseCanonical(key);
    if (citation === null)
      throw new GuideError('provision-missing', [`「${key}」は引用条項として読めません`]);
    return quote(citation);
  };
  return {
    quote,
    quoteKey,
    quoteWhole: (citation) => {
      const found = locate(terms, citation);
      if (found?.kind !== 'article') return [quote(citation)];
      const [first, ...rest] = found.article.paragraphs.map((paragraph) =>
        quote(citeParagraph(found.article, paragraph)),
      );
      return first ? [first, ...rest] : [quote(citation)];
    },
  };
}

function itemsOf(citation: Citation, paragraph: Paragraph): QuotedProvision['items'] {
  if (citation.kind !== 'provision') return [];
  return paragraph.items.map((item) => ({
    label: formatCitation({ ...citation, item: item.number }),
    text: item.text,
  }));
}
