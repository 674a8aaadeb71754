import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/answers/answer.ts';
import { formatCitation } from '../../src/terms/citation.ts';
import { STEP_NAMES, stepValue } from '../../src/terms/steps.ts';
import { guide } from '../support/guide.ts';

const { answerer, rules, knowledge } = guide();
const rows = knowledge.apis.map(({ row }) => row);

function first(question: string): Answer {
  return answerer.answer(question).answers[0];
}

describe('every step × every API, asked by number, gets the verdict of 第16条 with the deciding clause first', () => {
  test.each(STEP_NAMES)('%s', (step) => {
    const label = knowledge.phrasing.steps.find((one) => one.step === step)?.label ?? '';
    for (const row of rows) {
      const { value, basis } = stepValue(rules, step, [row]);
      const answer = first(`項番${row}だけを使う場合、${label}は必要ですか？`);
      expect(answer, `${step} × ${row}`).toMatchObject({
        kind: 'answer',
        verdict: { step, apis: [row], value },
      });
      expect(answer.kind === 'answer' && answer.quotes[0].label).toBe(basis[0] && formatCitation(basis[0]));
    }
  });
});

describe('every API by its official name', () => {
  test.each(knowledge.apis.map(({ name, row }) => [name, row] as const))('%s は項番%i', (name, row) => {
    expect(first(`${name}だけ使うとき、事前打合せはいる？`)).toMatchObject({
      verdict: { step: '事前打合せ', apis: [row] },
    });
  });
});

test.each([
  [
    'SSOと医療費を両方使うとき事前打合せは要る？',
    '事前打合せ',
    [1, 7],
    'required',
    '第3条第1項',
    '第16条第1項',
  ],
  [
    '項番1から3までだけなら企画書の添付は省略できる？',
    '企画書添付',
    [1, 2, 3],
    'not_required',
    '第16条第2項',
    '第6条',
  ],
  [
    '就労証明書のAPIで本番環境試験はしなくていい？',
    '本番環境試験',
    [10],
    'not_required',
    '第16条第3項',
    '第7条',
  ],
  [
    '項番10と11を併用。接続確認環境試験は必要？',
    '接続確認環境試験',
    [10, 11],
    'required',
    '第5条第1項',
    '第16条第3項',
  ],
  ['薬剤情報の本番環境試験って必須？', '本番環境試験', [8], 'optional', '第7条', '第16条第3項'],
  [
    'SSO dake nara jizen uchiawase wa hitsuyou desuka',
    '事前打合せ',
    [1],
    'not_required',
    '第16条第1項',
    '第3条第1項',
  ],
] as const)('%s', (question, step, apis, value, decides, other) => {
  const answer = first(question);
  expect(answer).toMatchObject({ kind: 'answer', verdict: { step, apis, value } });
  const labels = answer.kind === 'answer' ? answer.quotes.map(({ label }) => label) : [];
  expect(labels[0]).toBe(decides);
  expect(labels).toContain(other);
});

test('the read-over of 第3条第2項 is told with the moment it names', () => {
  const answer = first('項番1と4を使う場合、第3条第2項の事項は必要？');
  expect(answer.lead).toContain('「事前打合せにおいて」');
  expect(answer.lead).toContain('「利用申込の際に」');
});

test.each([
  '項番4の事前打合せは何日前までに申し込む必要がありますか',
  '医療費情報取得の利用申込に手数料は必要ですか',
])('%s: what the terms leave open gets no verdict', (question) => {
  expect(first(question).kind).toBe('not_settled');
});

test.each([
  ['企画書の添付って必須？', '第6条', '第16条第2項'],
  ['事前打合せは必要ですか', '第3条第1項', '第16条第1項'],
  ['本番環境試験は省略できる？', '第7条', '第16条第3項'],
])(
  '%s without an API: for which it is needed and for which not, the clause first',
  (question, clause, exempting) => {
    const answer = first(question);
    expect(answer).toMatchObject({ kind: 'answer', verdict: null });
    expect(answer.lead).toMatch(/使うAPIによって異なります。.*不要：項番/);
    expect(answer.kind === 'answer' ? answer.quotes.map(({ label }) => label) : []).toEqual([
      clause,
      exempting,
    ]);
  },
);
