import { describe, expect, test } from 'vitest';
import { fromRomaji } from '../../src/search/romaji.ts';

describe('Romaji becomes kana', () => {
  test.each([
    ['riyou wo yametai', 'りようをやめたい'],
    ['api no riyou shinsei', 'あぴのりようしんせい'],
    ["shin'yaku", 'しんやく'],
    ['koubann 10 wa hitsuyou', 'こうばん 10 わひつよう'],
    ['konna koto', 'こんなこと'],
    ['dare ga un-ei shiteru?', 'だれがうんえいしてる?'],
    ['mynaportal wa dare ga un-ei', 'mynaportal わだれがうんえい'],
  ])('%s', (typed, kana) => {
    expect(fromRomaji(typed)).toBe(kana);
  });
});

describe('What is not romaji stays', () => {
  test.each([
    'sso',
    'who can use the api',
    'what happens when we violate the terms',
    'can they suspend us without notice',
    'how do i apply for production use',
    'definition of provider',
    'agreed venue for litigation',
    'does anyone outside the office learn that we applied?',
    'notification retrieval api',
    'apiを使いたい',
    '利用を停止したい',
    '',
  ])('%s', (text) => {
    expect(fromRomaji(text)).toBeUndefined();
  });
});
