/** What a question says of APIs that it does not mean: 「4番は使わず2番だけ」, 「項番10以外は全部」. */

export interface AsideParts {
  /** All 項番. */
  readonly rows: readonly number[];
  /** Sure names and numbers in a text; of bare numbers those of a list, and those `known` to be 項番. */
  readonly apisIn: (text: string, known?: readonly number[]) => number[];
  readonly namesAny: (text: string) => boolean;
  readonly namesStep: (text: string) => boolean;
}

/** All of it in texts folded as a question is. */
export function createAsideReader({ rows, apisIn, namesAny, namesStep }: AsideParts) {
  return { allBut, onlyThese, setAside };

  /** 「項番10以外は全部」, "every API except 10": all but those named there; null where that is not said, or others are named. */
  function allBut(text: string): number[] | null {
    const found = ALL_BUT.exec(text) ?? ALL_BUT_EN.exec(text);
    if (found === null) return null;
    const outside = apisIn(lastWords(found[1] ?? ''), rows);
    const rest = text.slice(0, found.index) + text.slice(found.index + found[0].length);
    // 「全部のAPI」 beside it is what some are taken from.
    const others = apisIn(rest);
    if (outside.length === 0 || (others.length > 0 && others.length < rows.length)) return null;
    return rows.filter((row) => !outside.includes(row));
  }

  /** Those told to be used alone, whatever else is spoken of; null where that is not said. */
  function onlyThese(text: string): number[] | null {
    const apis = apisIn(USED_ALONE.exec(text)?.[1] ?? '', rows);
    return apis.length > 0 ? apis : null;
  }

  /** The text without the APIs that are named only to be told from those meant, and which those are. */
  function setAside(text: string): { readonly text: string; readonly aside: readonly number[] } {
    // 「件名を表示するだけの連携ではないです」
    const contrasted = cutNames(text, CONTRAST, (before) => [lastWords(before), before]);
    const unkind = { text: contrasted.text.replace(OF_KIND, ' '), aside: contrasted.aside };
    const others = cutNames(unkind.text, SET_ASIDE, (before) => [lastWords(before)]);
    const chosen = others.text.replace(OUT_OF, (part: string, of: string, at: number) =>
      apisIn(others.text.slice(at + part.length), apisIn(of)).length > 0 ? ' 項番' : part,
    );
    if (chosen !== contrasted.text && !namesAny(chosen)) return contrasted;
    return { text: chosen, aside: [...contrasted.aside, ...others.aside] };
  }

  /** Takes the words before each mark out where they name an API and no step; `wordsOf`: those to try, in this order. */
  function cutNames(text: string, mark: RegExp, wordsOf: (before: string) => readonly string[]) {
    const aside: number[] = [];
    const rest = text.replace(mark, (part: string, before: string) => {
      const last = wordsOf(before).find((words) => namesAny(words) || apisIn(words, rows).length > 0);
      if (last === undefined || namesStep(last)) return part;
      aside.push(...apisIn(last, rows));
      return `${before.slice(0, before.length - last.length)} `;
    });
    return { text: rest, aside };
  }
}

/** 「医療費じゃなくて薬のほうは」: what is named before is not meant. */
const CONTRAST =
  /([^、。?!,]{1,24})(?:じゃなくて|ではなくて?|でなくて?(?=[、 ])|じゃなく(?!て)|ではな(?:い|く)(?:です|の|んで|ので|、|。|$)|じゃな(?:い|く)(?:です|の|んで|ので|、|。|$)|以外の?)/gu;
/** 「健康保険証利用登録は医療関係のAPIなので」: what kind of API it is. */
const OF_KIND =
  /(?<=は|も)([^、。?!,は]{1,12}(?:系|関係|関連|分野))(?:の|な)?(?:api)?(?:なので|だから|ですから|だし|ですし|のため|であるため|である以上)/gu;
/** 「項番4は使わず2だけ」「7から13に乗り換える」「1みたいに」: nor here, where others are named beside. */
const MARKS = [
  '(?:は|を|も|だけ)?(?:無しで|なしで|抜きで|使わず|使わない(?:ので|けど|場合|で|から)|使いません|除い[てた]|除き|除外して|外して)',
  '(?:は|を|も|だけ)?(?:ともかく|別として|やらない(?:ので|けど|で)|やりません)',
  '(?:は|を|も|だけ)?(?:あきらめ|諦め|取りやめ|見合わせ|断念し|見送っ)て?',
  '(?:は|を|も|だけ)?(?:触り|扱い|取得し|取り)ません',
  '(?:は|を|も|だけ)?(?:触ら|扱わ|取得し|取ら)ない(?:ので|から|し|で|。)',
  // 「自己情報なんか一切取らない」「医療系いっさいなし」
  '(?:は|を|も)?(?:なんか|なんて)?(?:一切|いっさい|全く|まったく|全然|[0-9一]ミリも)(?:(?:触|扱|取得|取|使)[^、。?]{0,3}(?:ない|ません)|なし|無し)',
  // 「前職で医療費をやったときは」「代理人設定を導入した別のお客様」
  'を(?:やった|使った|入れた|申し込んだ)(?:とき|時|際)',
  'を(?:導入|利用|使用|採用)した(?=別|他|ほか|以前|前の)',
  '(?:のために|用に|のときに|の時に|で)(?:作った|書いた|出した|提出した|使った|承認された|もらった|受けた)',
  // 「自己情報取得は予算の都合で落としました」「件名表示は関係なく」
  'は[^、。?!,]{0,14}?(?:落とし|削り|削っ|却下|中止)(?:まし|にな)?た',
  'は[^、。?!,はがをも]{0,10}?(?:関係な[いくし]|外して|外し(?=[、。]|ます|た)|除外|見送|後回し|回した|回して|置いといて|対象から外)',
  // 「7から13に乗り換える」
  '(?:をやめて|を止めて|から)(?=[^、。?!]{0,20}(?:乗り?換|切り?替|に変え|に移|に絞|だけ|のみ|にする|にし))',
  // 「使うつもりでしたが」「を検討していましたが」
  '(?:を[^、。?!,]{2,8})?(?:つもり|予定|方針|計画)(?:でした|だった)(?:のです|んです)?(?:が|けど|けれど)',
  'を(?:検討して|考えて|想定して|候補にして)(?:いました|ました|いた|た)(?:のです|んです)?(?:が|けど|けれど)',
  // 「1みたいに」「4とは違って」
  'と(?:は)?違[っい]て?|とは別に|みたいに|のように|と同じ(?:く|ように|で)|と同様に?',
];
const SET_ASIDE = new RegExp(
  `([^、。?!,]{1,24}?)(?:の?(?:方|ほう|側))?(?<!しか|ほか|以外|他)(?:${MARKS.join('|')})`,
  'gu',
);
/** 「結果として使うのは利用者登録等と代理人設定の二つだけ」 */
const USED_ALONE =
  /(?:使う|使いたい|利用する|申し込む|組み込む|載せる|残る|残った|残した)のは(?:、)?([^。?!]{2,90}?)(?:の?(?:[二三四2-4](?:つ|本|個)|api))?(?:だけ|のみ)/u;
/** 「5、7、11のうち11だけ」 */
const OUT_OF = /([^。?!\n]{1,60}?)(?:のうち|の中で)(?:は|も)?、?/gu;
/** 「項番1、2、3以外を全部」 */
const ALL_BUT =
  /((?:(?:項番)?[0-9]{1,2}番?[、,・と])*[^、。?!,]{1,24})(?:以外|を(?:除|のぞ)(?:いた|く)(?=(?:残り|ほか|他)?(?:の(?:api)?)?(?:全|すべて)))/u;
const ALL_BUT_EN =
  /(?:except(?: for)?|other than|apart from|all but)\s+((?:api|row|item|no\.?|number|#)?\s*[\w-]+)/u;

function lastWords(text: string): string {
  return text.split(/[はがをにも()]|ので|けど/u).at(-1) ?? '';
}
