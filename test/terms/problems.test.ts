import { describe, expect, it } from 'vitest';
import { parseCanonical } from '../../src/terms/citation.ts';
import { parseTerms } from '../../src/terms/parse.ts';
import { findTextProblems } from '../../src/terms/problems.ts';
import { locate } from '../../src/terms/provisions.ts';
import { officialNames, source, sourceWithoutSpace, terms, withoutSpace } from './held.ts';

const problems = findTextProblems(terms);
const found = (code: string) => problems.filter((problem) => problem.code === code);

/** The problems of the held text after one wording of it was changed. */
function problemsAfter(from: RegExp, to: string) {
  const changed = source.replace(from, to);
  expect(changed).not.toBe(source);
  return findTextProblems(parseTerms(changed, officialNames).terms);
}

describe('every oddity reported', () => {
  it.each(problems)(
    '$code at $at is quoted word for word from the lines it names',
    ({ at, lines, quote, note }) => {
      expect(sourceWithoutSpace(lines)).toContain(withoutSpace(quote));
      if (at !== null) expect(locate(terms, parseCanonical(at) ?? { kind: 'row', row: 0 })).not.toBeNull();
      expect(note).toMatch(/[ぁ-ん]/);
    },
  );

  it('is reported once', () => {
    const keys = problems.map(({ code, at, quote }) => `${code} ${at} ${quote}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('the oddities of the held text', () => {
  it('第10条第4号 says 第９号, which fits 第9条', () => {
    expect(found('reference-unresolved')).toMatchObject([{ at: '第10条第4号', quote: '第９号' }]);
    expect(found('reference-unresolved')[0]?.note).toContain(
      '第9条（利用の停止・再開・終了）の誤記と読めます',
    );
  });

  it('開示システム is used 21 times, in the 別表 only, and defined nowhere', () => {
    const uses = withoutSpace(source).split('開示システム').length - 1;
    expect(uses).toBe(21);
    const problem = found('term-undefined').find(({ quote }) => quote === '開示システム');
    expect(problem?.note).toContain(`別表だけで${uses}回`);
  });

  it('接続確認環境 and 本番環境 are not defined, only the tests are', () => {
    const quotes = found('term-undefined').map(({ quote }) => quote);
    expect(quotes).toEqual(expect.arrayContaining(['接続確認環境', '本番環境']));
    expect(quotes).not.toContain('接続確認環境試験');
  });

  it.each([
    ['term-defined-twice', '別表項番4', '自己情報'],
    ['term-defined-late', '別表項番1', 'Webサービス'],
    ['spelling-varies', '第13条', 'および'],
    ['spelling-varies', '第10条第4号', '停止・再開・終了'],
    ['words-differ', '第14条第1項', '事前の通知'],
    ['words-differ', '第12条第2項第2号', '承諾'],
    ['words-differ', '別表項番1', '民間事業者等'],
    ['words-differ', '別表項番10', '民間事業者等のシステム'],
    ['names-collide', '別表項番14', '電子申請等情報受取等'],
    ['names-collide', '別表項番15', '利用者登録等'],
    ['exemption-partial', '第6条', '第３条'],
    ['form-unnamed', '第6条', '内閣府大臣官房番号制度担当室に利用申込'],
    ['form-unnamed', '第8条', '利用内容の変更申請'],
    ['no-effective-date', null, 'マイナポータルＡＰＩ利用規約'],
  ])('%s at %s: %s', (code, at, quote) => {
    expect(problems).toContainEqual(expect.objectContaining({ code, at, quote }));
  });

  it('mixes widths as often as the file does', () => {
    const count = (word: string) => withoutSpace(source).split(word).length - 1;
    for (const [full, half] of [
      ['Ｗｅｂ', 'Web'],
      ['ＡＰＩ', 'API'],
    ] as const) {
      const problem = found('mixed-width').find(({ quote }) => quote === half);
      expect(problem?.note).toContain(
        `「${full}」（${count(full)}回）と半角の「${half}」（${count(half)}回）`,
      );
    }
  });

  it('leaves something to be set elsewhere 別途 in eight provisions', () => {
    expect(found('set-elsewhere')).toHaveLength(withoutSpace(source).split('別途').length - 1);
  });
});

describe('a text without the oddity is not accused of it', () => {
  it.each([
    ['reference-unresolved', '第９号', /第９号に/, '第９条に'],
    [
      'term-undefined',
      '開示システム',
      /(七 本番環境試験)/,
      '七 開示システム マイナポータルをいう。 \n 八 本番環境試験',
    ],
    ['spelling-varies', 'および', /および/g, '及び'],
    ['words-differ', '事前の通知', /事前の通知/g, '事前の連絡'],
    ['mixed-width', 'API', /マイナポータル API 一覧/, 'マイナポータルＡＰＩ一覧'],
    [
      'no-effective-date',
      'マイナポータルＡＰＩ利用規約',
      /読み替えるものとします。/,
      '読み替え、公表の日から施行します。',
    ],
    ['form-unnamed', '利用内容の変更申請', /利用内容の変更申請/, '様式により利用内容の変更申請'],
  ])('%s 「%s」', (code, quote, from, to) => {
    const has = (all: typeof problems) => all.some((one) => one.code === code && one.quote.endsWith(quote));
    expect(has(problems)).toBe(true);
    expect(has(problemsAfter(from, to))).toBe(false);
  });
});
