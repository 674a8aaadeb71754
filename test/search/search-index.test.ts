import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSearchIndex, type Passage } from '../../src/search/search-index.ts';
import { termsText } from './support/terms-text.ts';
import { tokenize } from './support/tokenize.ts';

const lines = [
  ...new Set(
    termsText()
      .split(/\n+/)
      .map((line) => line.trim()),
  ),
].filter((line) => line.length >= 12);
const passages: Passage[] = lines.map((text, i) => ({ id: `L${i}`, fields: [{ name: 'text', text }] }));
const index = createSearchIndex(passages, { tokenize });

const desk: Passage[] = [
  { id: 'register', title: '利用者登録', text: '利用者はパスワードを決めて登録する。' },
  { id: 'stop', title: 'サービスの停止', text: '障害のときはサーバーを停止することがある。' },
  { id: 'fee', title: '手数料', text: '手数料は窓口で納付する。第３条第２項の場合を除く。' },
  { id: 'api', title: 'API の仕様', text: 'Ｗｅｂ ＡＰＩの仕様書はポータルで公開する。' },
  { id: 'info', title: '自己情報', text: '自己情報の提供には本人の同意を要する。' },
];
const deskIndex = createSearchIndex(desk, { tokenize });
const top = (question: string) => deskIndex.search(question)[0]?.id;

describe('Every line of the terms', () => {
  test('finds itself first', () => {
    const lost = lines.filter((line, i) => {
      const best = index.search(line)[0];
      return best?.id !== `L${i}` || best.normalised < 0.999;
    });
    expect(lost).toEqual([]);
  });

  test('is found first when typed in half-width kana and full-width latin', () => {
    const lost = lines.filter((line, i) => index.search(otherWidth(line))[0]?.id !== `L${i}`);
    expect(lost).toEqual([]);
  });
});

describe('A question is understood in any script', () => {
  test.each([
    ['利用者登録', 'register'],
    ['りようしゃとうろく', 'register'],
    ['リヨウシャトウロク', 'register'],
    ['ﾘﾖｳｼｬﾄｳﾛｸ', 'register'],
    ['riyousha touroku', 'register'],
    ['じこじょうほう ってなに', 'info'],
    ['ジコジョウホウとは', 'info'],
    ['jiko jouhou tte nani', 'info'],
    ['jiko joho', 'info'],
    ['ji ko jo-ho', 'info'],
    ['てすうりょう', 'fee'],
    ['tesuuryou ha ikura', 'fee'],
    ['サーバが止まる', 'stop'],
    ['ｻｰﾊﾞｰ停止', 'stop'],
    ['WEB API', 'api'],
    ['ｗｅｂ　ａｐｉｓ', 'api'],
    ['第三条第二項', 'fee'],
    ['3条2項は？', 'fee'],
    ['😀😀手数料', 'fee'],
  ])('%s', (question, id) => {
    expect(top(question)).toBe(id);
  });
});

describe('A hit', () => {
  test('always has a reason, the biggest first, and a share between 0 and 1', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...lines),
        fc.nat(40),
        fc.integer({ min: 1, max: 20 }),
        (line, from, length) => {
          for (const hit of index.search(line.slice(from, from + length), { limit: 5 })) {
            expect(hit.why.length).toBeGreaterThan(0);
            expect(hit.why.map((one) => one.weight)).toEqual(
              hit.why.map((one) => one.weight).sort((a, b) => b - a),
            );
            expect(hit.why.reduce((sum, one) => sum + one.weight, 0)).toBeCloseTo(hit.score, 3);
            expect(hit.normalised).toBeGreaterThan(0);
            expect(hit.normalised).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  test('names the field where the word stands', () => {
    const why = deskIndex.search('手数料')[0]?.why.find((one) => one.channel === 'words');
    expect(why).toMatchObject({ token: '手数料', field: 'title' });
  });

  test('comes in the order of its score, never more than the limit', () => {
    const hits = index.search('提供者等は利用を申し込む', { limit: 3 });
    expect(hits.length).toBe(3);
    expect(hits.map((hit) => hit.score)).toEqual(hits.map((hit) => hit.score).sort((a, b) => b - a));
  });
});

test('Any string can be asked, lone surrogates included, and any string can be a passage', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), utf16());
  fc.assert(
    fc.property(text, text, (question, body) => {
      index.search(question);
      const own = createSearchIndex([{ id: 'a', title: question, text: body }], { tokenize });
      expect(own.search(body, { limit: 1 }).length).toBeLessThanOrEqual(1);
    }),
  );
});

test('An index without passages, and a question without letters, find nothing', () => {
  expect(createSearchIndex([], { tokenize }).search('利用')).toEqual([]);
  expect(deskIndex.search('？！…')).toEqual([]);
  expect(deskIndex.search('')).toEqual([]);
});

describe('Concepts given from outside', () => {
  const concepts = [
    { id: 'end', words: ['停止', 'やめる', 'やめたい', 'ストップ', 'close'] },
    { id: 'money', words: ['手数料', 'お金', '料金'] },
  ];
  const taught = createSearchIndex(desk, { tokenize, concepts });

  test.each([
    ['お金がかかる？', 'fee', 'money'],
    ['料金は', 'fee', 'money'],
    ['もうやめたい', 'stop', 'end'],
    ['すとっぷしたい', 'stop', 'end'],
    ['yametai desu', 'stop', 'end'],
    ['close my account', 'stop', 'end'],
  ])('%s reaches another word for the same', (question, id, concept) => {
    const best = taught.search(question)[0];
    expect(best?.id).toBe(id);
    expect(best?.why).toContainEqual(expect.objectContaining({ channel: 'concepts', token: concept }));
  });

  test('do not begin or end inside a latin word', () => {
    const why = taught.search('enclosed')[0]?.why ?? [];
    expect(why.filter((one) => one.channel === 'concepts')).toEqual([]);
  });
});

/** Katakana to half width, latin and digits to full width; NFKC undoes both. */
function otherWidth(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
    .replace(/[ァ-ヶー]/g, (kana) => halfWidth.get(kana) ?? kana);
}

const halfWidth = new Map(
  Array.from({ length: 0xff9f - 0xff66 }, (_, i) => String.fromCharCode(0xff66 + i)).map((half) => [
    half.normalize('NFKC'),
    half,
  ]),
);

function utf16(): fc.Arbitrary<string> {
  return fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));
}
