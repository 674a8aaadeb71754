import { describe, expect, it } from 'vitest';
import {
  articleKey,
  type Citation,
  compareCitations,
  formatCitation,
  isWithin,
  parentCitation,
  parseCanonical,
} from '../../src/terms/citation.ts';
import { locate, provisions, resolve, wholeArticle } from '../../src/terms/provisions.ts';
import { terms } from './held.ts';

const all = provisions(terms);

describe('citations of all 71 provisions', () => {
  it.each(all)('$key is written and read back, located and resolved to itself', ({ citation, key, text }) => {
    expect(parseCanonical(formatCitation(citation))).toEqual(citation);
    const place = locate(terms, citation);
    const node = place?.kind === 'article' || place === null ? null : nodeOf(place);
    expect(node?.text).toBe(text);
    expect(resolve(terms, citation)).toEqual({ kind: 'found', citation });
    expect(key).toBe(formatCitation(citation));
  });

  it('stand in printed order and are all different', () => {
    const shuffled = [...all].reverse().map(({ citation }) => citation);
    expect(shuffled.sort(compareCitations).map(formatCitation)).toEqual(all.map(({ key }) => key));
    expect(new Set(all.map(({ key }) => key)).size).toBe(71);
  });

  it('never name the 項 of an article that has only one', () => {
    for (const { number, paragraphs } of terms.articles) {
      const named = all.filter(({ key }) => key.startsWith(`第${number}条第`) && key.includes('項'));
      expect(named.length > 0, `第${number}条`).toBe(paragraphs.length > 1);
    }
  });

  it('lie in their parents up to the article', () => {
    for (const { citation } of all) {
      if (citation.kind === 'row') expect(parentCitation(citation)).toBeNull();
      else expect(isWithin(citation, wholeArticle(citation.article))).toBe(true);
    }
  });
});

describe('one citation', () => {
  it('第9条第1項 is cited as 第9条, the only 項 it has', () => {
    expect(resolve(terms, provision(9, 1))).toEqual({ kind: 'found', citation: provision(9, null) });
  });

  it('第3条 as a whole is the article', () => {
    expect(locate(terms, provision(3, null))?.kind).toBe('article');
    expect(locate(terms, provision(9, null))?.kind).toBe('paragraph');
  });

  it('第16条 ends the articles, the 別表 follows', () => {
    expect(compareCitations(provision(16, 3), { kind: 'row', row: 1 })).toBeLessThan(0);
    expect(articleKey(provision(3, 2, 1))).toBe('第3条');
    expect(articleKey({ kind: 'row', row: 4 })).toBe('別表項番4');
  });

  it.each(['3条2項', '第3条第2項第1号について', '別表4', ''])('「%s」 is not the canonical form', (text) => {
    expect(parseCanonical(text)).toBeNull();
  });
});

function provision(article: number, paragraph: number | null, item: number | null = null): Citation {
  return { kind: 'provision', article, paragraph, item };
}

function nodeOf(place: Exclude<ReturnType<typeof locate>, null | { kind: 'article' }>) {
  if (place.kind === 'row') return place.row;
  return place.kind === 'item' ? place.item : place.paragraph;
}
