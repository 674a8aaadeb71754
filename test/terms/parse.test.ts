import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Terms } from '../../src/terms/model.ts';
import { toFullWidth, toKanji } from '../../src/terms/numerals.ts';
import { parseTerms } from '../../src/terms/parse.ts';
import { provisions } from '../../src/terms/provisions.ts';
import { officialNames, parsed, source, sourceWithoutSpace, terms, withoutSpace } from './held.ts';

const paragraphs = terms.articles.flatMap((article) => article.paragraphs);

describe('the held text', () => {
  it('is byte for byte the one that was given', () => {
    const bytes = readFileSync(new URL('../../knowledge/versions/cao-undated/terms.txt', import.meta.url));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(
      '1cf42f9c965bb3a3ba360e1094aec4e59925412596d6ce5b31e4fafd7cdd52f2',
    );
  });

  it('has 16 条, 27 項, 27 号 and 17 項番, and no fault of layout', () => {
    expect(terms.articles).toHaveLength(16);
    expect(paragraphs).toHaveLength(27);
    expect(paragraphs.flatMap(({ items }) => items)).toHaveLength(27);
    expect(terms.table.rows).toHaveLength(17);
    expect(provisions(terms)).toHaveLength(71);
    expect(parsed.problems).toEqual([]);
  });

  it('carries the 17 official names, read from the text', () => {
    expect(terms.table.rows.map(({ name }) => name)).toEqual(officialNames);
  });

  it('comes back whole when the tree is written out: nothing lost, nothing added, nothing moved', () => {
    expect(written(terms)).toBe(withoutSpace(source));
  });
});

describe('every provision equals its source lines', () => {
  const cases = terms.articles.flatMap((article) =>
    article.paragraphs.flatMap((paragraph) => [
      {
        place: `第${article.number}条第${paragraph.number}項`,
        lines: paragraph.lines,
        text: paragraphWritten(article.number, paragraph),
      },
      ...paragraph.items.map((item) => ({
        place: `第${article.number}条第${paragraph.number}項第${item.number}号`,
        lines: item.lines,
        text: toKanji(item.number) + item.text,
      })),
    ]),
  );
  const rows = terms.table.rows.map(({ number, name, text, lines }) => ({
    place: `別表項番${number}`,
    lines,
    text: toFullWidth(number) + name + text,
  }));

  it.each([...cases, ...rows])('$place', ({ lines, text }) => {
    expect(withoutSpace(text)).toBe(sourceWithoutSpace(lines));
  });

  it('and every non-blank line of the file belongs to an article, the 別表 or the title', () => {
    const owned = [...terms.articles, terms.table].map(({ lines }) => lines);
    const lost = source.split('\n').flatMap((line, index) => {
      const held = owned.some(({ first, last }) => first <= index + 1 && index + 1 <= last);
      return line.trim() === '' || held || line.trim() === terms.title ? [] : [line];
    });
    expect(lost).toEqual([]);
  });
});

describe('the wording kept for quoting', () => {
  const text = (key: string) => provisions(terms).find((one) => one.key === key)?.text;

  it('joins soft wraps and page breaks without a space', () => {
    expect(text('第11条第2項')).toContain('当該Ｗｅｂサービス提供者等に事前に通告することなく');
    expect(text('第10条第5号')).toBe('その他提供することが必要と内閣府大臣官房番号制度担当室が認める内容');
  });

  it('keeps full-width letters and the half-width space inside a line', () => {
    expect(text('第3条第2項第1号')).toContain('平成２５年法律第２７号');
    expect(text('別表項番1')).toContain('民間事業者等の Webサービス（');
  });

  it('never leaves a space at an end or two in a row', () => {
    for (const provision of provisions(terms)) expect(provision.text).not.toMatch(/^\s|\s$|\s\s/);
  });
});

describe('a damaged copy', () => {
  it('without its trailing spaces gives the same tree and says what is missing', () => {
    const trimmed = source.replace(/ +$/gm, '');
    const { terms: again, problems } = parseTerms(trimmed, officialNames);
    expect(again).toEqual(terms);
    expect(problems.map(({ code }) => code)).toEqual(['line-ends-stripped']);
  });

  it('with one trailing space lost gives the same tree, or names the place', () => {
    const lines = source.split('\n');
    for (const [index, line] of lines.entries()) {
      if (line.trim() === '' || !line.endsWith(' ')) continue;
      const damaged = lines.with(index, line.trimEnd()).join('\n');
      const { terms: again, problems } = parseTerms(damaged, officialNames);
      if (JSON.stringify(again) !== JSON.stringify(terms)) expect(problems, line).not.toEqual([]);
    }
  });

  it('with one line removed never parses without a problem or a change', () => {
    const lines = source.split('\n');
    for (const [index, line] of lines.entries()) {
      if (line.trim() === '') continue;
      const { terms: again, problems } = parseTerms(lines.toSpliced(index, 1).join('\n'), officialNames);
      expect(problems.length > 0 || written(again) !== written(terms), line).toBe(true);
    }
  });

  it.each(['', '\n\n', 'ただの文章', '第１条', '別表', '２ 項だけ', ' 一 号だけ '])(
    '「%s」 is reported, not thrown',
    (text) => {
      expect(parseTerms(text, officialNames).problems).not.toEqual([]);
    },
  );

  it('of any shape is read without throwing', () => {
    const lines = fc.constantFrom(...source.split('\n').filter((line) => line.trim() !== ''));
    fc.assert(
      fc.property(fc.array(fc.oneof(lines, fc.string()), { maxLength: 30 }), (pieces) => {
        const { terms: again, problems } = parseTerms(pieces.join('\n'), officialNames);
        expect(problems).not.toEqual([]);
        expect(() => provisions(again)).not.toThrow();
      }),
    );
  });

  it('with a name of the 別表 that differs from the official one is reported with its place', () => {
    const names = officialNames.with(3, '自己情報取得API');
    expect(parseTerms(source, names).problems).toMatchObject([
      { code: 'row-name-mismatch', at: '別表項番4', quote: '自己情報取得' },
    ]);
  });
});

/** The tree written out as printed, without whitespace. */
function written({ title, articles, table }: Terms): string {
  const body = articles.map(
    ({ number, caption, paragraphs: all }) =>
      `（${caption}）${all.map((paragraph) => paragraphWritten(number, paragraph)).join('')}`,
  );
  const rows = table.rows.map(({ number, name, text }) => toFullWidth(number) + name + text);
  return withoutSpace([title, ...body, table.heading, '項番名称内容', ...rows].join(''));
}

function paragraphWritten(
  article: number,
  paragraph: Terms['articles'][number]['paragraphs'][number],
): string {
  const { number, numberIsImplied, text, items } = paragraph;
  const label = numberIsImplied ? `第${toFullWidth(article)}条` : toFullWidth(number);
  return label + text + items.map((item) => toKanji(item.number) + item.text).join('');
}
