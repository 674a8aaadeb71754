import { describe, expect, test } from 'vitest';
import { guide } from '../support/guide.ts';

const { answerer, knowledge } = guide();
const rows = knowledge.apis.map(({ row }) => row);
const allBut = (...some: number[]) => rows.filter((row) => !some.includes(row));

/** The 項番 that the verdict is about. */
function apisOf(question: string): readonly number[] | undefined {
  const [answer] = answerer.answer(question).answers;
  return answer.kind === 'answer' ? answer.verdict?.apis : undefined;
}

describe('an API that is named only to be set aside is not asked about', () => {
  test.each([
    ['項番4は無しで項番2だけにするなら、打合せは要りますか', [2]],
    ['項番7をやめて項番13に乗り換えるなら、事前打合せは必要？', [13]],
    ['SSOとは違って薬剤情報取得は企画書が必要？', [8]],
    ['SSOみたいに法人設立手続申請も企画書の添付は不要？', [11]],
    ['13番から17番まで、ただし14番は使いません。打合せはいる？', [13, 15, 16, 17]],
    ['16番だけ使います（4番は来年度に回したので今回は関係なし）。企画書の添付は必須？', [16]],
    ['5、7、11のうち11だけ先に出す。事前打合せは要る？', [11]],
    ['医療費じゃなくて薬剤情報取得のほう、企画書は必要？', [8]],
  ])('%s', (question, apis) => expect(apisOf(question)).toEqual(apis));

  test('each of the 17, whichever is set aside', () => {
    for (const row of rows) {
      const other = row === 17 ? 1 : row + 1;
      expect(apisOf(`項番${row}は使わず項番${other}だけ使うとき、企画書の添付は必要？`), `${row}`).toEqual([
        other,
      ]);
    }
  });

  test('but where no other is named, it is', () => {
    expect(apisOf('項番16をやめて終了するとき、届出は必要？')).toEqual([16]);
    expect(apisOf('項番4は企画書なしで申し込める？')).toEqual([4]);
  });
});

describe('all but some', () => {
  test.each(rows)('項番%i以外', (row) => {
    expect(apisOf(`項番${row}以外は全部、接続確認環境試験が必要ですか`)).toEqual(allBut(row));
    expect(apisOf(`Is the connection test required for every API except ${row}?`)).toEqual(allBut(row));
  });
});

describe('the part of a message that asks names its own APIs', () => {
  test.each([
    ['項番4と項番16を使います。16番に企画書は要りますか', [16]],
    ['もう4番の企画書は承認もらってて、今度13番の申込も出すんですけど、13番にも企画書いる？', [13]],
    ['SSOは対象外って聞いたけど、薬剤情報取得も事前打合せは対象外？', [8]],
  ])('%s', (question, apis) => expect(apisOf(question)).toEqual(apis));

  test.each([
    ['SSOで始めます。自己情報取得も足すと、事前打合せは両方まとめて要りますか', [1, 4]],
    ['項番1、4に企画書の添付は必要？', [1, 4]],
    ['お知らせ・医療費・薬剤の三つです。接続確認環境試験は必要？', [5, 7, 8]],
  ])('unless it adds to those before: %s', (question, apis) => expect(apisOf(question)).toEqual(apis));
});

test('a bare number that is spoken about is a 項番 where a step is named, and no number else', () => {
  expect(apisOf('9は企画書の添付が必要ですか')).toEqual([9]);
  expect(apisOf('企画書は2部必要ですか')).toBeUndefined();
  expect(apisOf('第9条の届出は必要ですか')).not.toEqual([9]);
});
