/** Width, case and kana: what is the same to a reader becomes the same to the index. */

/** NFKC (half-width kana, full-width latin and digits), lower case, lone surrogates replaced. Never for quoting. */
export function normalise(text: string): string {
  return text.toWellFormed().normalize('NFKC').toLowerCase();
}

/** カタカナ -> ひらがな; the rest stays. */
export function toHiragana(text: string): string {
  return text.replace(/[ァ-ヶ]+/g, (run) => {
    let hiragana = '';
    for (let i = 0; i < run.length; i++) hiragana += String.fromCharCode(run.charCodeAt(i) - 0x60);
    return hiragana;
  });
}

/** Hiragana with long o and u written short: じょうほう -> じょほ. */
export function shortenVowels(hiragana: string): string {
  return hiragana.replace(longVowel, '$1$2');
}

const longVowel =
  /([うくすつぬふむゆるぐずづぶぷゅおこそとのほもよろごぞどぼぽょ])う|([おこそとのほもよろごぞどぼぽょ])お/g;

/** English plurals without their ending, the same way in names and in texts: notices -> notice; APIs are a set of them. */
export function singular(lowerCase: string): string {
  return lowerCase.replace(plural, '$1');
}

const plural = /(?<![a-z])(?!apis)([a-z]{2,}[a-rtv-z])s(?![a-z])/g;

/** Two characters side by side, all along a text. */
export function pairsOf(characters: readonly string[]): string[] {
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}

/** True when there is nothing but hiragana, katakana and the long-vowel mark. */
export function isKana(text: string): boolean {
  return /^[ぁ-ゖァ-ヺー]+$/.test(text);
}

/** Letters and digits of any script: what may be part of a word. */
export const letter = /[\p{L}\p{N}ー々〆〇]/u;
