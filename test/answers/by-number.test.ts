import { describe, expect, test } from 'vitest';
import type { Grounded } from '../../src/answers/answer.ts';
import { provisions } from '../../src/terms/provisions.ts';
import { guide } from '../support/guide.ts';

const { answerer, terms } = guide();
const all = provisions(terms);

function answered(question: string): Grounded {
  const [answer] = answerer.answer(question).answers;
  if (answer.kind !== 'answer') throw new Error(`${question} → ${answer.kind}`);
  return answer;
}

test('there are 71 provisions to ask for: 27 項, 27 号, 17 項番', () => {
  expect(all).toHaveLength(71);
});

describe('a provision asked for by number comes back word for word', () => {
  test.each(all.map(({ key, text }) => [key, text]))('%s', (key, text) => {
    const [first] = answered(key).quotes;
    expect(first.label).toBe(key);
    expect(first.text).toBe(text);
  });

  test.each(all.map(({ key, text }) => [`${key}の条文を見せて`, text]))('%s', (question, text) => {
    expect(answered(question).quotes[0].text).toBe(text);
  });
});

test.each([
  ['3条2項1号', '第3条第2項第1号'],
  ['第三条第二項第一号', '第3条第2項第1号'],
  ['３－２－１', '第3条第2項第1号'],
  ['3(2)①', '第3条第2項第1号'],
  ['第9条第1項', '第9条'],
  ['別表の4', '別表項番4'],
  ['項番４', '別表項番4'],
  ['API4', '別表項番4'],
])('「%s」 is %s', (typed, label) => {
  expect(answered(typed).quotes[0].label).toBe(label);
});

test('an article with several 項 comes back as all of them, the 号 with them', () => {
  const { quotes } = answered('第3条');
  expect(quotes.map(({ label }) => label)).toEqual(['第3条第1項', '第3条第2項']);
  expect(quotes[1]?.items.map(({ label }) => label)).toEqual([
    '第3条第2項第1号',
    '第3条第2項第2号',
    '第3条第2項第3号',
  ]);
});

test.each([
  ['第20条を見せて', '第20条', '第16条まで'],
  ['第11条第5項の不服申立て', '第11条第5項', '第4項まで'],
  ['項番18は何', '別表項番18', '項番17まで'],
  ['第9条第2項', '第9条第2項', '項の区別'],
  ['第13条ただし書の意味', '第13条ただし書', 'ただし書はありません'],
])('%s: says that it does not exist in this version, and what does', (typed, asked, exists) => {
  const [answer] = answerer.answer(typed).answers;
  expect(answer).toMatchObject({ kind: 'no_such_provision', asked });
  expect(answer.lead).toContain(exists);
});

test('第10条第4号 is quoted with its 「第９号」 as printed, and the oddity is noted', () => {
  const { quotes, notes } = answered('第10条第4号');
  expect(quotes[0].text).toContain('第９号に規定する');
  expect(notes.join()).toContain('第９号');
});

test('「第6条第1項の承諾」 is recognised as a clause of another version', () => {
  expect(answerer.answer('第6条第1項の承諾っていつもらえる？').answers[0]).toMatchObject({
    kind: 'not_settled',
    gapId: 'other-version-clauses',
  });
});

describe('a number is not believed', () => {
  test('what stands in another provision than the one cited is answered with the other, the cited one beside it', () => {
    const labels = answered('企画書の承認は第5条に書いてあるよね').quotes.map(({ label }) => label);
    expect(labels[0]).toBe('第6条');
    expect(labels).toContain('第5条第1項');
  });

  test('第6条第1項の承諾 is of another version of the terms', () => {
    expect(answerer.answer('第6条第1項の承諾って何？').answers[0]).toMatchObject({
      kind: 'not_settled',
      gapId: 'other-version-clauses',
    });
  });
});

describe('the place is asked for', () => {
  test.each([
    ['予告なしの停止で、3条2項の事項を満たさないことが理由になるのは11条の何項何号？', '第11条第3項第1号'],
    ['ID提供者に不正ログインを助ける行為は第11条のどの項？', /^第11条第1項/],
    ['担当室にうその資料を出した会社を止めたい。該当する号まで教えて', '第11条第1項第5号'],
  ])('%s', (typed, label) => expect(answered(typed).quotes[0].label).toMatch(label));
});

describe('a ただし書 that the provision does not have', () => {
  test('is said, and the provision answers what is asked', () => {
    const { lead, quotes } = answered('第15条ただし書で、自社の近くの裁判所でもよいことになっていますよね');
    expect(lead).toMatch(/^第15条にただし書はありません。/);
    expect(quotes[0].label).toBe('第15条第2項');
  });

  test('is said too where the terms leave open what is asked', () => {
    const [answer] = answerer.answer(
      '8条ただし書の軽微な変更に当たるので、何も出さなくていいですよね',
    ).answers;
    expect(answer).toMatchObject({ kind: 'not_settled', gapId: 'change-scope' });
    expect(answer.lead).toMatch(/^第8条にただし書はありません。/);
  });
});
