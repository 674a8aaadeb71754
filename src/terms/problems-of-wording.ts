/** One thing written in two ways: widths of letters, spellings, and near words that must not be merged. */
import type { Terms, TextProblem } from './model.ts';
import { foldWidth } from './numerals.ts';
import { provisions } from './provisions.ts';

interface Pair {
  readonly code: 'spelling-varies' | 'words-differ';
  readonly usual: RegExp;
  readonly other: RegExp;
  readonly note: string;
}

/** Checked one by one; each is reported only while the text holds both. */
const PAIRS: readonly Pair[] = [
  {
    code: 'spelling-varies',
    usual: /及び/,
    other: /および/,
    note: '他の条項では「及び」と書かれています。意味は同じと読めます',
  },
  {
    code: 'spelling-varies',
    usual: /停止、再開又は終了/,
    other: /停止・再開・終了/,
    note: '「停止、再開又は終了」とも書かれています。同じ手続を指すと読めます',
  },
  {
    code: 'spelling-varies',
    usual: /申込(?!み)/,
    other: /申込み/,
    note: '「利用申込」では「み」を送っていません。表記の違いです',
  },
  {
    code: 'words-differ',
    usual: /事前に通告/,
    other: /事前の通知/,
    note: '利用の停止では「事前に通告」、改正では「事前の通知」と書き分けられています。別の行為として扱います',
  },
  {
    code: 'words-differ',
    usual: /承認/,
    other: /承諾/,
    note: '企画書は「承認」、著作物の複製等は「承諾」と書き分けられています。別の行為として扱います',
  },
  {
    code: 'words-differ',
    usual: /Ｗｅｂサービス提供者等/,
    other: /民間事業者等/,
    note: '本文は「Ｗｅｂサービス提供者等」、別表は「民間事業者等」と書いています。両者の関係は規約に書かれていません',
  },
  {
    code: 'words-differ',
    usual: /民間事業者等の Webサービス/,
    other: /民間事業者等のシステム/,
    note: '別表の他の行の「Webサービス」と違い「システム」と書かれています。違いの意味は規約に書かれていません',
  },
];

export function spellingProblems(terms: Terms): TextProblem[] {
  const all = provisions(terms);
  return PAIRS.flatMap(({ code, usual, other, note }) => {
    if (!all.some(({ text }) => usual.test(text))) return [];
    const odd = all.filter(({ text }) => other.test(text));
    const [first] = odd;
    const quote = other.exec(first?.text ?? '')?.[0];
    if (first === undefined || quote === undefined) return [];
    const places = odd.map(({ key }) => key).join('、');
    return [{ code, at: first.key, lines: first.lines, quote, note: `${places}の「${quote}」。${note}` }];
  });
}

/** Latin words printed in both widths: Ｗｅｂ/Web, ＡＰＩ/API. */
export function widthProblems(terms: Terms): TextProblem[] {
  const { title, table } = terms;
  const all = provisions(terms);
  const printed = [
    title,
    ...all.map(({ text }) => text),
    ...table.rows.map(({ name }) => name),
    table.heading,
  ];
  const full = countWords(printed, /[Ａ-Ｚａ-ｚ]+/g);
  const half = countWords(printed, /[A-Za-z]+/g);
  return [...full].flatMap(([word, count]) => {
    const narrow = foldWidth(word);
    const narrowCount = half.get(narrow);
    if (narrowCount === undefined) return [];
    const home = all.find(({ text }) => text.includes(narrow));
    const note = `全角の「${word}」（${count}回）と半角の「${narrow}」（${narrowCount}回）が混在しています。同じ語と読めます`;
    return [
      { code: 'mixed-width', at: home?.key ?? null, lines: home?.lines ?? table.lines, quote: narrow, note },
    ];
  });
}

function countWords(texts: readonly string[], pattern: RegExp): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of texts.flatMap((text) => text.match(pattern) ?? []))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
