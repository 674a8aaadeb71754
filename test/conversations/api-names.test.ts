import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createApiFinder, readApiName } from '../../src/conversations/api-names.ts';
import { knowledge, rows } from './held.ts';

describe('the name of an API', () => {
  it.each(
    knowledge.apis.flatMap(({ row, name, aliases }) => [name, ...aliases].map((one) => [one, row] as const)),
  )('%s is 項番%i', (name, row) => {
    expect(readApiName(knowledge, name)).toEqual({ kind: 'row', row });
  });

  it.each(knowledge.apis.flatMap(({ ambiguous }) => ambiguous.map(({ name }) => name)))(
    '%s may mean more than one thing, and is asked back',
    (name) => {
      expect(readApiName(knowledge, name).kind).toBe('ambiguous');
    },
  );

  it.each(knowledge.neighbours.filter(({ kind }) => kind === 'absent-api').flatMap(({ names }) => names))(
    '%s is not in this 別表, and is forced to no row',
    (name) => {
      expect(readApiName(knowledge, name)).toMatchObject({ kind: 'absent', name });
    },
  );

  it('a number is a row only when the 別表 has it', () => {
    for (const row of rows) expect(readApiName(knowledge, `項番${row}`)).toEqual({ kind: 'row', row });
    for (const number of ['0', '18', '999']) expect(readApiName(knowledge, number).kind).toBe('absent');
  });

  it('anything else is kept as typed', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 12 }), (typed) => {
        const named = readApiName(knowledge, `まだ無い${typed}`);
        expect(named).toEqual({ kind: 'absent', name: `まだ無い${typed}`.trim(), statement: null });
      }),
    );
  });
});

describe('APIs found by plain words', () => {
  const find = createApiFinder(knowledge);

  it.each([
    ['薬の記録を自社アプリに表示したい', 8],
    ['ログインをまとめたい', 1],
    ['LINEから手続きを探せるようにしたい', 3],
    ['会社設立の申請をうちの画面から', 11],
    ['保育園の就労証明書を作りたい', 10],
    ['住民の健診結果を見せたい', 9],
    ['自治体から委託を受けて申請データを受け取る', 14],
    ['親の代わりに操作できるように', 17],
  ])('%s: 項番%i first', (words, row) => {
    expect(find(words).rows[0]).toBe(row);
  });

  it('a name in the words comes first, and an absent one is said', () => {
    expect(find('代理人設定とSNS連携').rows.slice(0, 2).sort()).toEqual([17, 3]);
    expect(find('PMH情報連携を使いたい').absent).toEqual(['PMH情報連携API']);
  });

  it('nothing is found for words about something else', () => {
    expect(find('今日の天気')).toEqual({ rows: [], absent: [] });
    expect(find('')).toEqual({ rows: [], absent: [] });
  });

  it('at most five rows, all of the 別表, for any words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (words) => {
        const found = find(words);
        expect(found.rows.length).toBeLessThanOrEqual(5);
        expect(found.rows.every((row) => rows.includes(row))).toBe(true);
      }),
    );
  });
});
