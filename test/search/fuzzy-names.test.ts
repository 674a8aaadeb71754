import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createNameFinder } from '../../src/search/fuzzy-names.ts';

const names = [
  'シングルサインオン',
  '法人設立',
  '自己情報取得',
  '終了',
  '接続確認環境試験',
  'SNS連携',
  '薬剤情報',
];
const finder = createNameFinder(names.map((name) => ({ name, target: name })));

describe('A misspelt name is found in a question', () => {
  test.each([
    ['シングルサイオンを使いたい', 'シングルサインオン'],
    ['しんぐるさいんおんって何', 'シングルサインオン'],
    ['ｼﾝｸﾞﾙ･ｻｲﾝｵﾝ', 'シングルサインオン'],
    ['法人設率の手順', '法人設立'],
    ['接続確認環境実験はいつ', '接続確認環境試験'],
    ['ｓｎｓ連携', 'SNS連携'],
    ['自己 情報 取得', '自己情報取得'],
  ])('%s', (question, name) => {
    expect(finder.find(question)[0]).toMatchObject({ name, target: name });
  });
});

test('A name written as it is scores 1 wherever it stands', () => {
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.string(), fc.string(), (name, before, after) => {
      const found = finder.find(`${before}。${name}。${after}`, { limit: names.length });
      expect(found.find((one) => one.name === name)?.score).toBe(1);
    }),
  );
});

test('One wrong letter in a name of at least four never hides it', () => {
  const long = names.filter((name) => name.length >= 4);
  fc.assert(
    fc.property(fc.constantFrom(...long), fc.nat(), (name, at) => {
      const place = at % name.length;
      const misspelt = `${name.slice(0, place)}鑑${name.slice(place + 1)}`;
      expect(finder.find(`これは${misspelt}ですか`).map((one) => one.name)).toContain(name);
    }),
  );
});

test('終了 is not 就労, and a question about something else names nothing', () => {
  expect(finder.find('就労の証明')).toEqual([]);
  expect(finder.find('明日の天気は晴れますか')).toEqual([]);
  expect(finder.find('')).toEqual([]);
});

test('Any string can be asked', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => finder.find(text).length <= 5));
});
