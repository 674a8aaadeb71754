import { describe, expect, test } from 'vitest';
import { guide } from '../support/guide.ts';

const { answerer, rules, knowledge } = guide();
const rows = knowledge.apis.map(({ row }) => row);
const readOver = rules.steps.find(({ readOver }) => readOver !== null)?.readOver;

function first(question: string) {
  const [answer] = answerer.answer(question).answers;
  return answer.kind === 'answer' ? answer : undefined;
}

describe('the way to use, for each API alone', () => {
  test.each(rows)(
    '項番%i: what 第16条第1項 reads over stands with the application, else with the meeting',
    (row) => {
      const answer = first(`項番${row}だけを使うための手順を教えてください`);
      const labels = answer?.quotes.map(({ label }) => label) ?? [];
      const isReadOver = readOver?.rows.includes(row) === true;
      expect(labels.indexOf('第3条第2項') > labels.indexOf('第6条')).toBe(isReadOver);
      expect(labels.includes('第3条第1項')).toBe(!isReadOver);
      expect(labels).toEqual(expect.arrayContaining(['第3条第2項', '第4条', '第6条']));
      expect(labels.includes('第5条第1項')).toBe(row !== 10);
      expect(answer?.lead.includes(`読替えにより「${readOver?.to}」`)).toBe(isReadOver);
    },
  );
});

describe('is told where the part that asks wants it', () => {
  test.each([
    'シングルサインオンだけ入れたい。最初から順に何すりゃいい？',
    '医療費控除の支援アプリを新しく作ります。医療費情報取得を使えるようになるまでの段取りを、条番号つきで最初から教えてください',
    '10と11を両方使います。やることと、やらなくていいことを整理して',
  ])('%s', (question) => expect(first(question)?.quotes.map(({ label }) => label)).toContain('第4条'));

  test.each([
    '所得情報を使わせてもらってます。同じデータを別の案内にも使えるようにする企画が通りました。変更の申請は必要ですか',
    '社会保険・税手続申請にはどの手続が入っていますか',
    'テストは終わりました。項番13の企画書の添付は必要ですか',
  ])('and not for %s', (question) => expect(first(question)?.lead ?? '').not.toContain('で必要な手続は'));
});

describe('what is said to be done is left out', () => {
  test('and what belongs to it', () => {
    const answer = first('薬剤情報取得の打合せは終わりました。次は何をすればいいですか');
    expect(answer?.lead).toMatch(/^事前打合せは済んだものとしてお答えします。/);
    expect(answer?.quotes[0].label).toBe('第4条');
    expect(answer?.lead).not.toContain('第3条第2項');
  });

  test('but not where a step is only named', () => {
    expect(first('薬剤情報取得の打合せの次は何をすればいいですか')?.lead).not.toContain('済んだものとして');
  });
});

test('the procedure for closing a service is the notice of 第9条', () => {
  const answer = first(
    '来年3月末で弊社サービスを閉鎖する予定です。行うべき手続をお知らせください。自己情報取得を利用しています。',
  );
  expect(answer?.quotes[0].label).toBe('第9条');
});
