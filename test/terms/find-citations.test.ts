import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCitation } from '../../src/terms/citation.ts';
import { findCitations } from '../../src/terms/find-citations.ts';
import { toCircled, toFullWidth, toKanji } from '../../src/terms/numerals.ts';
import { provisions } from '../../src/terms/provisions.ts';
import { terms } from './held.ts';

const all = provisions(terms);

/** Every citation found, canonical; absent ones as 「×第17条」. */
function cited(text: string): string[] {
  return findCitations(terms, text).map(({ result }) =>
    result.kind === 'found' ? formatCitation(result.citation) : `×${result.asked}`,
  );
}

function explanation(text: string): string {
  const [mention] = findCitations(terms, text);
  return mention?.result.kind === 'absent' ? mention.result.explanation : '';
}

describe('every one of the 71 provisions is found again', () => {
  it.each(all.map(({ key }) => key))('as %s, alone and in a sentence', (key) => {
    expect(cited(key)).toEqual([key]);
    expect(cited(`すみません、${key}について教えてください`)).toEqual([key]);
  });

  it('in every spelling of its numbers', () => {
    for (const { citation, key } of all) {
      for (const write of [String, toFullWidth, toKanji]) {
        if (citation.kind === 'row') {
          for (const label of ['項番', '別表の項番', '別表項番', '別表の']) {
            expect(cited(`${label}${write(citation.row)}`)).toEqual([key]);
          }
        } else {
          const { article, paragraph, item } = citation;
          const part = (value: number | null, unit: string) =>
            value === null ? '' : `${write(value)}${unit}`;
          expect(cited(`${part(article, '条')}${part(paragraph, '項')}${part(item, '号')}`)).toEqual([key]);
          expect(cited(`第${part(article, '条')}の${part(paragraph, '項')}${part(item, '号')}は`)).toEqual([
            key,
          ]);
        }
      }
    }
  });

  it('as 3-2-1, ３－２－１, 3(2)(1) and 3(2)① where it has a 項 to name', () => {
    for (const { citation, key } of all) {
      if (citation.kind === 'row' || citation.paragraph === null) continue;
      const { article, paragraph, item } = citation;
      const parts = item === null ? [article, paragraph] : [article, paragraph, item];
      expect(cited(parts.join('-'))).toEqual([key]);
      expect(cited(parts.map(toFullWidth).join('－'))).toEqual([key]);
      expect(cited(`利用規約${parts.join('-')}の内容`)).toEqual([key]);
      if (item === null) continue;
      expect(cited(`${article}(${paragraph})(${item})の件`)).toEqual([key]);
      expect(cited(`${article}(${paragraph})${toCircled(item)}の件`)).toEqual([key]);
    }
  });
});

describe('the ways people write', () => {
  it.each([
    ['3条2項1号', ['第3条第2項第1号']],
    ['第三条', ['第3条']],
    ['第十一条第四項', ['第11条第4項']],
    ['第11条2項', ['第11条第2項']],
    ['16条の2項', ['第16条第2項']],
    ['第９条第１項', ['第9条']],
    ['2条6号', ['第2条第6号']],
    ['さんじょう', ['第3条']],
    ['だいじゅういちじょうよんこうって何？', ['第11条第4項']],
    ['16jou 3kou ni tsuite', ['第16条第3項']],
    ['What does Article 3, paragraph 2, item 1 say?', ['第3条第2項第1号']],
    ['Art. 11(3) please', ['第11条第3項']],
    ['3(2)(i)', ['第3条第2項第1号']],
    ['3条2項各号', ['第3条第2項', '第3条第2項第1号', '第3条第2項第2号', '第3条第2項第3号']],
    ['11条3項の各号', ['第11条第3項', '第11条第3項第1号', '第11条第3項第2号']],
    ['第11条第2項と第3項の違い', ['第11条第2項', '第11条第3項']],
    ['3条2項1号、2号及び3号', ['第3条第2項第1号', '第3条第2項第2号', '第3条第2項第3号']],
    ['第5条から第7条まで', ['第5条', '第6条', '第7条']],
    ['4〜6条', ['第4条', '第5条', '第6条']],
    ['11条1項1号から3号まで', ['第11条第1項第1号', '第11条第1項第2号', '第11条第1項第3号']],
    ['第３条第１項、同条第２項', ['第3条第1項', '第3条第2項']],
    ['14条の話ですが、2項はどうですか', ['第14条', '第14条第2項']],
    ['別表の4', ['別表項番4']],
    ['別表4', ['別表項番4']],
    ['別表項番４', ['別表項番4']],
    ['項番４', ['別表項番4']],
    ['API4', ['別表項番4']],
    ['No.4', ['別表項番4']],
    ['項番14から17まで全部', ['別表項番14', '別表項番15', '別表項番16', '別表項番17']],
    ['項番11・12・13を併用', ['別表項番11', '別表項番12', '別表項番13']],
    ['API-4', ['別表項番4']],
    ['4〜6番', ['別表項番4', '別表項番5', '別表項番6']],
    ['4番と10番', ['別表項番4', '別表項番10']],
    ['項番4と第6条', ['別表項番4', '第6条']],
    ['API4とAPI16の併用', ['別表項番4', '別表項番16']],
  ])('%s', (text, expected) => {
    expect(cited(text)).toEqual(expected);
  });

  it('reads the list of 第16条 as the eleven rows', () => {
    const rows = [1, 2, 3, 10, 11, 12, 13, 14, 15, 16, 17].map((row) => `別表項番${row}`);
    expect(cited('別表の項番１、２及び３並びに項番１０から１７までに掲げる')).toEqual(rows);
  });
});

describe('what is no citation', () => {
  it.each([
    '2条件あります',
    '10号室です',
    '3番目のAPI',
    '5年を経過',
    '72時間以内に返事',
    '03-1234-5678',
    '2026-11-23 までに',
    '11/23',
    '平成２５年法律第２７号',
    '刑法第199条',
    '民法709条2項の不法行為',
    'APIを3つ使う',
    'API 404 エラー',
    'API2.0',
    'マイナポータルAPI 2026',
    '110番',
    '1番早い方法',
    '一番大事',
    '業界No.1のサービス',
    '附則1条',
    '会社法362条',
    '1〜3番目',
    '別表の一部',
    '三条市の事業者',
    '五箇条',
    'さんじょうけん',
    '会議は3-2で',
    'riyousha touroku no API dake',
    '利用者は100人、3社',
    '2項目あります',
  ])('%s', (text) => {
    expect(cited(text)).toEqual([]);
  });

  it('never fails, and every surface is the stretch it names', () => {
    const piece = fc.constantFrom(
      ...'第条項号別表番APIの0１２三十①()-、からまで同各 '.split(''),
      '項番',
      '各号',
      '同条',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 24 }), (pieces) => {
        const text = pieces.join('');
        for (const { start, end, surface } of findCitations(terms, text)) {
          expect(end).toBeGreaterThan(start);
          expect(surface).toBe(text.slice(start, end));
        }
      }),
    );
  });
});

describe('a provision this version does not hold', () => {
  it.each([
    ['第11条第5項', '×第11条第5項', '第11条は第4項までです'],
    ['第17条', '×第17条', 'この版の利用規約は第16条までです'],
    ['項番18', '×別表項番18', '別表は項番17までです'],
    ['第9条第2項', '×第9条第2項', '第9条には項の区別がありません'],
    ['第4条第1項第2号', '×第4条第1項第2号', '第4条に号はありません'],
    ['第3条第2項第4号', '×第3条第2項第4号', '第3条第2項は第3号までです'],
    ['第3条第1号', '×第3条第1号', '第3条は項に分かれていて、第1号があるのは第2項です'],
    ['11条1号', '×第11条第1号', '第11条は項に分かれていて、第1号があるのは第1項と第3項です'],
    ['第5条第1項各号', '×第5条第1項各号', '第5条第1項に号はありません'],
    ['第16条の2', '×第16条の2', 'この版の利用規約に第16条の2はありません。第16条第2項ならあります'],
  ])('%s is said to be absent, and what exists is named', (text, asked, expected) => {
    expect(cited(text)).toEqual([asked]);
    expect(explanation(text)).toBe(expected);
  });
});
