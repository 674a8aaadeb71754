import { describe, expect, it } from 'vitest';
import { foldWidth, parseNumeral, toCircled, toFullWidth, toKanji } from '../../src/terms/numerals.ts';

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe('numbers', () => {
  it('come back from 漢数字, full-width, half-width and brackets, 1 to 999', () => {
    for (const value of upTo(999)) {
      for (const text of [
        toKanji(value),
        toFullWidth(value),
        String(value),
        `(${value})`,
        `（${toKanji(value)}）`,
      ]) {
        expect(parseNumeral(text), text).toBe(value);
      }
    }
  });

  it('come back from circled numbers, 1 to 20', () => {
    for (const value of upTo(20)) expect(parseNumeral(toCircled(value))).toBe(value);
  });

  it.each(['', '条', '十百', '一十十', '第三', '(', '3a'])('「%s」 is no number', (text) => {
    expect(parseNumeral(text)).toBeNull();
  });

  it('fold to half width without moving a character', () => {
    expect(foldWidth('第１６条（ＡＰＩ）①㈱ｱ')).toBe('第16条(API)①㈱ア');
  });
});
