/** Which tokens carry meaning, and in which form they are compared. */
import type { Token } from './tokens.ts';

const emptyNouns = new Set(['非自立', '代名詞', '特殊', '接続詞的', '動詞非自立的', '引用文字列']);
const emptyVerbs = new Set(['する', 'ある', 'なる', 'いる', 'おる', 'よる', 'くださる']);
const englishStopWords = new Set(
  (
    'a about after all an and any are as at be been before but by can could did do does for from had has have how i ' +
    'if in into is it its may me my no not of on or our shall should so than that the their them then there these ' +
    'they this those to under up us was we were what when where which who whom whose why will with would you your'
  ).split(' '),
);

/** The word to index, or undefined when the token carries no meaning of its own. */
export function contentWord(token: Token): string | undefined {
  const word = token.basic_form === '*' ? token.surface_form : token.basic_form;
  if (/^[a-z][a-z']*$/.test(word)) return englishWord(word);
  if (!/[\p{L}\p{N}]/u.test(word)) return undefined;
  return carriesMeaning(token, word) ? withoutLongEnd(word) : undefined;
}

function carriesMeaning({ pos, pos_detail_1: detail, basic_form }: Token, word: string): boolean {
  switch (pos) {
    case '名詞':
      return !emptyNouns.has(detail);
    case '動詞':
      return detail === '自立' && !emptyVerbs.has(word);
    case '形容詞':
      return detail === '自立';
    case '副詞':
      return true;
    default:
      return basic_form === '*' || detail === 'アルファベット';
  }
}

/** Plurals lose their ending; nothing else is stemmed. */
export function englishWord(word: string): string | undefined {
  if (englishStopWords.has(word)) return undefined;
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 3 && /[^siu]s$/.test(word) ? word.slice(0, -1) : word;
}

/** サーバー and サーバ are one word. */
function withoutLongEnd(word: string): string {
  return word.length > 3 && /^[ァ-ヺー]+ー$/.test(word) ? word.slice(0, -1) : word;
}
