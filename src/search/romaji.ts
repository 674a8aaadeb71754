/** Japanese typed in latin letters: 「riyou wo yametai」. */
import { toHiragana } from 'wanakana';

/** Letters no Japanese word is spelt with, and the kana that only foreign sounds convert to. */
const foreign = /[lqvx]|[ゔぁぃぅぇぉゎ]/;
const leastLetters = 6;
/** One foreign name among the words does no harm. */
const cleanShare = 0.5;

/** Lower-case words that mark a text as English although each of them could be read as kana. */
const english = new Set(
  'a an are at be by can do for have how in is it me my of on our the to use was we what when where which who with you'.split(
    ' ',
  ),
);

/**
 * The same text in hiragana when most of it is romaji that converts without a rest; otherwise undefined.
 * Abbreviations in capitals (SSO, API) stay as they are.
 */
export function fromRomaji(text: string): string | undefined {
  const words = text.toLowerCase().match(LATIN_WORD) ?? [];
  const letters = words.join('').length;
  if (letters < leastLetters || letters < 0.8 * (text.match(/[\p{L}ー]/gu)?.length ?? 0)) return undefined;
  if (words.filter((word) => english.has(word)).length >= words.length / 4) return undefined;
  const clean = words.filter((word) => kana(word) !== undefined).join('').length;
  if (clean < cleanShare * letters) return undefined;
  return text
    .replace(LATIN_WORD, (word) => (isAbbreviation(word) ? word : (kana(word.toLowerCase()) ?? word)))
    .replace(/(?<=[ぁ-ゖー])\s+(?=[ぁ-ゖー])/g, '');
}

const LATIN_WORD = /[a-z]+(?:[-'][a-z]+)*/gi;

function isAbbreviation(word: string): boolean {
  return word.length > 1 && word === word.toUpperCase();
}

function kana(word: string): string | undefined {
  // The mark parts n from a vowel: shin'yaku, un-ei. Who types 「koubann」 as on a keyboard means こうばん.
  const converted = toHiragana(word.replaceAll('-', "'").replace(/nn(?![aiueoy])/g, 'n')).replaceAll("'", '');
  return foreign.test(word) || foreign.test(converted) || !/^[ぁ-ゖー]+$/.test(converted)
    ? undefined
    : converted;
}
