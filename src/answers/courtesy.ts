/** What a message says beside its question: who is asking, which company, and kind words. It must not change the answer. */

const KINDS =
  '株式会社|合同会社|有限会社|合名会社|合資会社|一般社団法人|公益社団法人|一般財団法人|公益財団法人|独立行政法人|社会福祉法人|医療法人|学校法人|npo法人|協同組合';
const NAME = '[^\\s、。,.!?「」『』()\\[\\]はがのをにへでとも]{1,20}';
/** e.g. 株式会社みらいサービス, あおぞら株式会社, あおぞら社; not 当社, 弊社, 会社, 本社 */
const ORGANISATION = new RegExp(
  `(?:${KINDS})${NAME}|${NAME}(?:${KINDS})|[\\p{Script=Katakana}ーa-z0-9\\p{Script=Hiragana}]{2,12}社(?![会員内外長保名])`,
  'giu',
);
/** 「…の者です」「…と申します」「…についてです」: says who or what, and asks nothing. */
const INTRODUCTION =
  /(?:の者です|と申します|と言います|についてです|の件です|の担当です|の担当者です|に勤めています|所属です|です)$/u;
const LONGEST_INTRODUCTION = 40;
/** What stands in such a sentence and matters all the same. */
const MATTERS = /項番|番|api|条|項|号|[0-9]/iu;

/**
 * The text without kind words, without companies, and without sentences that only introduce somebody. `courtesy`:
 * kind words, as written in NFKC. What would leave nothing is left as it is.
 */
export function askedOnly(text: string, courtesy: readonly string[]): string {
  const plain = joinSpaced(withoutAside(text));
  const kept = plain
    .split(/(?<=[。!?\n])/u)
    .filter((sentence) => !introduces(sentence))
    .join('')
    .replace(ORGANISATION, ' ');
  const asked = withoutCourtesy(kept, courtesy);
  return /[\p{L}\p{N}]/u.test(asked) ? asked : plain;
}

/** (競合のあおぞら社の件ではありません) */
function withoutAside(text: string): string {
  return text.replace(/[(（][^()（）]{1,40}[)）]/gu, (aside) => (isOrganisation(aside) ? ' ' : aside));
}

/** Whether a sentence only says who is asking or what it is about; in NFKC. */
export function introduces(sentence: string): boolean {
  const said = sentence.trim().replace(/[。!\s]+$/u, '');
  if (said.length > LONGEST_INTRODUCTION || !isOrganisation(said) || !INTRODUCTION.test(said)) return false;
  return !MATTERS.test(said.replace(ORGANISATION, ''));
}

function isOrganisation(text: string): boolean {
  return text.match(ORGANISATION) !== null;
}

function withoutCourtesy(text: string, courtesy: readonly string[]): string {
  return courtesy.reduce((rest, words) => rest.replaceAll(words, ' '), text);
}

/** 「企 画 書 は」: letters set apart by blanks are one text. */
function joinSpaced(text: string): string {
  const parts = text.split(/[ \u3000]+/u);
  const single = parts.filter((part) => [...part].length === 1).length;
  return parts.length > 6 && single > parts.length * 0.7 ? parts.join('') : text;
}
