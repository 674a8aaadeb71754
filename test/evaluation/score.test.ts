import { describe, expect, test } from 'vitest';
import { confusions, type GradedQuestion, scoreAnswer, summarise } from '../../src/evaluation/score.ts';

const lookup: GradedQuestion = {
  id: 'x',
  question: 'q',
  style: '',
  kind: 'lookup',
  gold: ['第3条第2項第1号'],
  also: [],
};
const open: GradedQuestion = { ...lookup, kind: 'unanswerable', gold: [] };
const applicability: GradedQuestion = {
  ...lookup,
  kind: 'applicability',
  gold: ['第6条'],
  verdict: { step: '利用申込', apis: [4, 16], value: 'required' },
};

describe('a run is scored as the README of the questions says', () => {
  test('an answer whose first citation is gold is right', () => {
    expect(scoreAnswer(lookup, { kind: 'answer', citations: ['第3条第2項第1号'] })).toMatchObject({
      right: 1,
      exact: true,
    });
  });

  test('the right article with the wrong 号 is not exact', () => {
    expect(scoreAnswer(lookup, { kind: 'answer', citations: ['第3条第2項第2号'] })).toMatchObject({
      right: 0,
      article: true,
      article3: true,
    });
  });

  test('a choice that holds the right provision counts half, another one nothing', () => {
    expect(scoreAnswer(lookup, { kind: 'choose', citations: ['第9条', '第3条第2項第1号'] }).right).toBe(0.5);
    expect(scoreAnswer(lookup, { kind: 'choose', citations: ['第9条', '第8条'] }).right).toBe(0);
  });

  test('the verdict must be right as well, its APIs in any order', () => {
    const given = { kind: 'answer', citations: ['第6条'] };
    const verdict = { step: '利用申込', apis: [16, 4], value: 'required' };
    expect(scoreAnswer(applicability, { ...given, verdict }).right).toBe(1);
    expect(scoreAnswer(applicability, { ...given, verdict: { ...verdict, apis: [4] } }).right).toBe(0);
    expect(scoreAnswer(applicability, given).right).toBe(0);
  });

  test('an open question is right when nothing is answered, whatever is said instead', () => {
    expect(scoreAnswer(open, { kind: 'not_settled', citations: [] }).right).toBe(1);
    expect(scoreAnswer(open, { kind: 'choose', citations: [] }).right).toBe(0);
    expect(scoreAnswer(open, { kind: 'answer', citations: ['第1条'] }).right).toBe(0);
  });

  test('an answerable question that is refused is counted as refused', () => {
    const results = [lookup, open].map((question) => ({
      question,
      score: scoreAnswer(question, { kind: 'not_settled', citations: [] }),
    }));
    expect(summarise(results)).toMatchObject({ right: 0.5, answerableRefused: 1, openRecognised: 1 });
  });
});

test('what went wrong is said as what was taken for what, the most frequent first', () => {
  const graded = (question: GradedQuestion, id: string, line: Parameters<typeof scoreAnswer>[1]) => ({
    question: { ...question, id },
    line,
    score: scoreAnswer(question, line),
  });
  const wrongApis = { step: '利用申込', apis: [4], value: 'required' };
  expect(
    confusions([
      graded(lookup, 'right', { kind: 'answer', citations: ['第3条第2項第1号'] }),
      graded(open, 'a', { kind: 'answer', citations: ['第9条'] }),
      graded(applicability, 'b', { kind: 'answer', citations: ['第6条'], verdict: wrongApis }),
      graded(lookup, 'c', { kind: 'answer', citations: ['第9条'] }),
      graded(lookup, 'd', { kind: 'answer', citations: ['第9条'] }),
      graded(lookup, 'e', { kind: 'not_settled', citations: [] }),
    ]),
  ).toEqual([
    { expected: '第3条第2項第1号', got: '第9条', ids: ['c', 'd'] },
    { expected: 'unanswerable', got: '第9条', ids: ['a'] },
    { expected: '利用申込 [4,16] required', got: '利用申込 [4] required', ids: ['b'] },
    { expected: '第3条第2項第1号', got: 'not_settled', ids: ['e'] },
  ]);
});
