import { describe, expect, it } from 'vitest';
import { formatCitation, parseCanonical } from '../../src/terms/citation.ts';
import { definitions } from '../../src/terms/definitions.ts';
import { locate, provisions } from '../../src/terms/provisions.ts';
import { references } from '../../src/terms/references.ts';
import { source, terms, withoutSpace } from './held.ts';

const all = references(terms);
const byKey = new Map(provisions(terms).map((provision) => [provision.key, provision]));

/** Targets of the references of one provision, by their surface. */
function targetsFrom(key: string): Record<string, string[]> {
  const own = all.filter(({ from }) => formatCitation(from) === key);
  return Object.fromEntries(own.map(({ surface, targets }) => [surface, targets.map(formatCitation)]));
}

describe('references inside the text', () => {
  it('resolve to provisions that exist, or say why they do not', () => {
    for (const { targets, unresolved, surface } of all) {
      expect(targets.length === 0, surface).toBe(unresolved !== null);
      for (const target of targets) expect(locate(terms, target), surface).not.toBeNull();
    }
    expect(all.filter(({ unresolved }) => unresolved !== null).map(({ surface }) => surface)).toEqual([
      '第９号',
    ]);
  });

  it('quote the stretch of the provision they stand in', () => {
    for (const { from, start, end, surface } of all) {
      expect(byKey.get(formatCitation(from))?.text.slice(start, end)).toBe(surface);
    }
  });

  it('leave out no 第N条, 同条, 前項 or 各号 of any provision', () => {
    for (const { key, text } of byKey.values()) {
      const own = all.filter(({ from }) => formatCitation(from) === key);
      for (const { index, 0: words } of text.matchAll(/第[０-９]+条|同条|前項|各号/g)) {
        const covered = own.some(({ start, end }) => start <= index && index + words.length <= end);
        expect(covered, `${key}: ${words}`).toBe(true);
      }
    }
  });

  it('第11条第2項 means its first 項, 第11条第4項 the third', () => {
    expect(targetsFrom('第11条第2項')).toEqual({
      前項各号: [1, 2, 3, 4, 5, 6].map((n) => `第11条第1項第${n}号`),
    });
    expect(targetsFrom('第11条第4項')).toEqual({ 前項の各号: ['第11条第3項第1号', '第11条第3項第2号'] });
  });

  it('第16条第1項 names 11 rows, 第3条第1項 and 第3条第2項 (同条)', () => {
    const targets = targetsFrom('第16条第1項');
    const rows = Object.values(targets)
      .flat()
      .filter((key) => key.startsWith('別表'));
    expect(rows).toHaveLength(11);
    expect(targets).toMatchObject({ 第３条第１項: ['第3条第1項'], 同条第２項: ['第3条第2項'] });
  });

  it('第3条第2項第1号 names no provision: its 号 are numbers of laws', () => {
    expect(targetsFrom('第3条第2項第1号')).toEqual({});
  });
});

describe('definitions', () => {
  const defined = definitions(terms);

  it('are the seven of 第2条 and those in brackets in the 別表', () => {
    const terse = (where: string) =>
      defined
        .filter((one) => one.where === where)
        .map(({ term, citation }) => `${formatCitation(citation)} ${term}`);
    expect(terse('article-2')).toEqual([
      '第2条第1号 マイナポータル',
      '第2条第2号 自己情報',
      '第2条第3号 マイナポータルＡＰＩ',
      '第2条第4号 Ｗｅｂサービス提供者等',
      '第2条第5号 Ｗｅｂサービス利用者',
      '第2条第6号 接続確認環境試験',
      '第2条第7号 本番環境試験',
    ]);
    expect(terse('table')).toEqual([
      '別表項番1 Webサービス',
      '別表項番4 自己情報',
      '別表項番5 お知らせ情報',
      '別表項番6 民間送達サービス保有情報',
      '別表項番7 オンライン資格確認等システム',
      '別表項番7 確認等システム',
      '別表項番11 法人設立ワンストップサービス',
      '別表項番12 社会保険・税手続ワンストップサービス',
      '別表項番13 ぴったりサービス',
      '別表項番15 健康保険証利用登録サービス',
    ]);
  });

  it('leave out no 「をいう。」 and no 「という。」 of the file', () => {
    const phrases = withoutSpace(source).match(/をいう。|」という。/g) ?? [];
    const shortNames = defined.filter(({ text }) => text.includes('」という。')).length / 2;
    const others = defined.filter(({ text }) => text.includes('をいう。')).length;
    expect(shortNames + others).toBe(phrases.length);
  });

  it('quote the provision they cite', () => {
    for (const { citation, term, text } of defined) {
      const home = byKey.get(formatCitation(citation))?.text;
      expect(home).toContain(text);
      expect(home).toContain(term);
      expect(parseCanonical(formatCitation(citation))).toEqual(citation);
    }
  });
});
