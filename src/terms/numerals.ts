/** Numbers as 条文 and people write them: １６, 十六, 16, ⑯, (16). Nothing else in the tree reads a number. */

const KANJI_DIGITS = '〇一二三四五六七八九';

/** Pattern source for one number after `foldWidth`: 16 · 十六 (no circled forms). */
export const NUMBER = '(?:\\d{1,3}|[〇一二三四五六七八九十百]{1,5})';

/**
 * The text with full-width letters, digits and signs made half-width, same length, so that every index still
 * points at the same character of the original. Characters whose NFKC form is longer, and circled numbers, stay.
 */
export function foldWidth(text: string): string {
  let folded = '';
  for (let index = 0; index < text.length; index += 1) folded += foldUnit(text.charAt(index));
  return folded;
}

/** １６ · 十六 · 16 · ⑯ · (16) → 16; null when it is no number, or no well-formed 漢数字 (一二 reads as 12). */
export function parseNumeral(text: string): number | null {
  const bare = foldWidth(text.trim()).replace(/^\((.+)\)$/, '$1');
  const circled = circledNumber(bare);
  if (circled !== null) return circled;
  if (/^\d+$/.test(bare)) return Number(bare);
  if (/^[〇一二三四五六七八九]+$/.test(bare)) {
    return Number([...bare].map((digit) => KANJI_DIGITS.indexOf(digit)).join(''));
  }
  return parseUnits(bare);
}

/** 16 → 十六, for 1 to 999. */
export function toKanji(value: number): string {
  const units = [
    [100, '百'],
    [10, '十'],
  ] as const;
  let rest = value;
  let text = '';
  for (const [size, sign] of units) {
    const count = Math.floor(rest / size);
    if (count > 0) text += (count > 1 ? KANJI_DIGITS.charAt(count) : '') + sign;
    rest %= size;
  }
  return rest > 0 || text === '' ? text + KANJI_DIGITS.charAt(rest) : text;
}

/** 16 → １６. */
export function toFullWidth(value: number): string {
  return String(value).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}

/** 16 → ⑯, for 1 to 20. */
export function toCircled(value: number): string {
  return String.fromCharCode(0x2460 + value - 1);
}

function foldUnit(unit: string): string {
  const code = unit.charCodeAt(0);
  if (code >= 0x2460 && code <= 0x24ff) return unit;
  if (code >= 0xd800 && code <= 0xdfff) return unit;
  const folded = unit.normalize('NFKC');
  return folded.length === 1 ? folded : unit;
}

function circledNumber(text: string): number | null {
  const code = text.length === 1 ? text.charCodeAt(0) : 0;
  return code >= 0x2460 && code <= 0x2473 ? code - 0x2460 + 1 : null;
}

function parseUnits(text: string): number | null {
  const match = /^(?:([二三四五六七八九])?(百))?(?:([二三四五六七八九])?(十))?([一二三四五六七八九])?$/.exec(
    text,
  );
  if (match === null || text === '') return null;
  const [, hundreds, hundred, tens, ten, ones] = match;
  const digit = (sign: string | undefined, fallback: number) =>
    sign === undefined ? fallback : KANJI_DIGITS.indexOf(sign);
  return (
    (hundred === undefined ? 0 : digit(hundreds, 1) * 100) +
    (ten === undefined ? 0 : digit(tens, 1) * 10) +
    digit(ones, 0)
  );
}
