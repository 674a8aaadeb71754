/** 「さんじょう」「だいじゅういちじょうよんこう」: articles typed in kana, as a whole question only. */
import type { Citation } from './citation.ts';

const ONES: readonly string[][] = [
  ['いち', 'いっ'],
  ['に'],
  ['さん'],
  ['よん', 'し'],
  ['ご'],
  ['ろく', 'ろっ'],
  ['なな', 'しち'],
  ['はち', 'はっ'],
  ['きゅう', 'く'],
];
const READINGS = readings();
const SPOKEN = [...READINGS.keys()].sort((a, b) => b.length - a.length).join('|');
/** 「さんじょう」「だい さんじょう にこう いちごう とは？」 */
const WHOLE = new RegExp(
  `^(?:だい)?(${SPOKEN})じょう(?:の?(?:だい)?(${SPOKEN})こう)?(?:の?(?:だい)?(${SPOKEN})ごう)?(?:とは|って(?:なに|何)?|は|を|について)?[?!。]*$`,
);

/** The provision asked for when the whole text is an address in kana; null otherwise. */
export function readKanaCitation(folded: string): Citation | null {
  const match = WHOLE.exec(toHiragana(folded.replace(/\s/g, '')));
  if (match === null) return null;
  const [, article, paragraph, item] = match.map((spoken) => READINGS.get(spoken ?? '') ?? null);
  return { kind: 'provision', article: article ?? 0, paragraph: paragraph ?? null, item: item ?? null };
}

function readings(): Map<string, number> {
  const map = new Map<string, number>();
  for (const tens of [0, 1, 2]) {
    const prefix = ['', 'じゅう', 'にじゅう'][tens] ?? '';
    if (tens > 0) for (const form of [prefix, prefix.replace(/う$/, 'っ')]) map.set(form, tens * 10);
    for (const [index, forms] of ONES.entries()) {
      for (const form of forms) map.set(prefix + form, tens * 10 + index + 1);
    }
  }
  return map;
}

function toHiragana(text: string): string {
  return text.replace(/[ァ-ヶ]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0x60));
}
