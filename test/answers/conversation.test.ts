import { expect, test } from 'vitest';
import type { Answer } from '../../src/answers/answer.ts';
import type { Turn } from '../../src/answers/follow-up.ts';
import { guide } from '../support/guide.ts';

const { answerer } = guide();

function talk(...questions: string[]): Answer {
  const earlier: Turn[] = [];
  for (const question of questions)
    earlier.push({ question, answers: answerer.answer(question, earlier).answers });
  const last = earlier.at(-1)?.answers[0];
  if (!last) throw new Error('nobody asked');
  return last;
}

test('「じゃあ4番は？」 asks the same step of another API', () => {
  expect(talk('SSOだけなら事前打合せいる？', 'じゃあ4番は？')).toMatchObject({
    verdict: { step: '事前打合せ', apis: [4], value: 'required' },
  });
});

test('「医療費も足したら？」 adds an API to those spoken of', () => {
  expect(talk('SSOだけなら事前打合せいる？', '医療費も足したら？')).toMatchObject({
    verdict: { step: '事前打合せ', apis: [1, 7], value: 'required' },
  });
});

test('「企画書は？」 asks another step of the same APIs', () => {
  expect(talk('SSOだけなら事前打合せいる？', '企画書は？')).toMatchObject({
    verdict: { step: '企画書添付', apis: [1], value: 'not_required' },
  });
});

test('thanks in a thread are no question about what was said before', () => {
  expect(talk('SSOだけなら事前打合せいる？', 'ありがとう！').kind).toBe('out_of_scope');
});

test('a question of its own does not lean on the thread', () => {
  expect(
    talk('SSOだけなら事前打合せいる？', 'リバースエンジニアリングはしてもいいのでしょうか'),
  ).toMatchObject({
    kind: 'answer',
    quotes: [{ label: '第12条第2項第2号' }],
  });
});

test.each([
  ['準拠法は？', '第15条第1項'],
  ['確認等システムとは何ですか', '別表項番7'],
])('「%s」 is a question of its own, however short, whatever was said before', (question, label) => {
  for (const before of ['第11条第1項', '医療費のAPIで本番環境試験は必要？', '利用料はいくらですか']) {
    expect(talk(before, question)).toMatchObject({ kind: 'answer', quotes: [{ label }] });
  }
});

test('two matters left open, asked one after the other, are told apart', () => {
  expect(talk('利用料はいくらですか', '問い合わせ先はどこですか')).toMatchObject({
    kind: 'not_settled',
    nearest: [{ label: '第1条' }, { label: '第3条第1項' }],
    notes: [],
  });
});

test('two questions in one message are both answered', () => {
  const { answers } = answerer.answer(
    '損害が出たら補償してもらえますか？訴えるならどこの裁判所になりますか？',
  );
  expect(answers.map((answer) => answer.kind === 'answer' && answer.quotes[0].label)).toEqual([
    '第13条',
    '第15条第2項',
  ]);
});

test('English is answered with an English line beside the Japanese quote', () => {
  const [answer] = answerer.answer('Is reverse engineering of the API program allowed?').answers;
  expect(answer).toMatchObject({ kind: 'answer', quotes: [{ label: '第12条第2項第2号' }] });
  expect(answer.kind === 'answer' && answer.leadEn).toMatch(/[a-z]{4}/);
});

test('a question in Japanese gets no English line', () => {
  const [answer] = answerer.answer('リバースエンジニアリングは禁止ですか？').answers;
  expect(answer.kind === 'answer' && answer.leadEn).toBeNull();
});

test.each([
  ['停止', ['第9条', '第11条第2項']],
  ['民間送達', ['別表項番2', '別表項番6']],
])('「%s」 alone may mean several things: the person chooses', (word, meanings) => {
  const [answer] = answerer.answer(word).answers;
  expect(answer).toMatchObject({ kind: 'choose', choices: meanings.map((label) => ({ quote: { label } })) });
});
