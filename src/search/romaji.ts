/** Japanese typed in latin letters: 「riyou wo yametai」. */
import { toHiragana } from 'wanakana';

const leastLetters = 6;
const cleanShare = 0.8;

/** Lower-case words that mark a text as English although each of them could be read as kana. */
const english = new Set(
  'a an are at be by can do for have how in is it me my of on our the to use we who you'.split(' '),
);

/** The same text in hiragana when most of it is romaji that converts without a rest; otherwise undefined. */
export function fromRomaji(text: string): string | undefined {
  const words = text.match(/[a-z]+(?:[-'][a-z]+)*/g) ?? [];
  const letters = words.join('').length;
  if (letters < leastLetters || letters < 0.8 * (text.match(/[\p{L}ー]/gu)?.length ?? 0)) return undefined;
  if (words.filter((word) => english.has(word)).length >= words.length / 3) return undefined;
  const clean = words.filter((word) => kana(word) !== undefined).join('').length;
  if (clean < cleanShare * letters) return undefined;
  return text
    .replace(/[a-z]+(?:[-'][a-z]+)*/g, (word) => kana(word) ?? word)
    .replace(/(?<=[ぁ-ゖー])\s+(?=[ぁ-ゖー])/g, '');
}

function kana(word: string): string | undefined {
  const converted = toHiragana(word.replace(/[-']/g, ''));
  return /^[ぁ-ゖー]+$/.test(converted) ? converted : undefined;
}
