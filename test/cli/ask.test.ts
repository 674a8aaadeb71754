import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { z } from 'zod';

const ASK = new URL('../../.build/cli/ask.js', import.meta.url).pathname;

/** The shape the issue promises; an unknown key fails. */
const line = z.strictObject({
  id: z.union([z.string(), z.number()]),
  kind: z.enum(['answer', 'choose', 'not_settled', 'no_such_provision', 'out_of_scope']),
  citations: z.array(z.string().regex(/^(第\d+条(第\d+項)?(第\d+号)?|別表項番\d+)$/)),
  text: z.string().min(1),
  verdict: z
    .strictObject({
      step: z.string(),
      apis: z.array(z.number()),
      value: z.enum(['required', 'not_required', 'optional']),
    })
    .optional(),
});

function ask(args: string[], input = '') {
  return spawnSync(process.execPath, [ASK, ...args], { input, encoding: 'utf8' });
}

test('--json answers line by line, in order, in the promised shape', () => {
  const questions = [
    'SSOと医療費を両方使うとき事前打合せは要る？',
    '第20条',
    '利用料はいくら',
    '今日の天気は',
    '第9条',
  ];
  const { stdout, status } = ask(
    ['--json'],
    questions.map((question, id) => JSON.stringify({ id, question })).join('\n'),
  );
  const lines = stdout
    .trim()
    .split('\n')
    .map((one) => line.parse(JSON.parse(one)));
  expect(status).toBe(0);
  expect(lines.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4]);
  expect(lines.map(({ kind }) => kind)).toEqual([
    'answer',
    'no_such_provision',
    'not_settled',
    'out_of_scope',
    'answer',
  ]);
  expect(lines[0]?.verdict).toEqual({ step: '事前打合せ', apis: [1, 7], value: 'required' });
  expect(lines[4]?.text).toContain('あらかじめ、別途内閣府大臣官房番号制度担当室が定める様式により');
});

test('a line that is no question is named, and the others are answered', () => {
  const { stdout, stderr, status } = ask(
    ['--json'],
    '{"id":1,"question":"第9条"}\nnonsense\n{"id":3,"question":"第8条"}\n',
  );
  expect(stdout.trim().split('\n')).toHaveLength(2);
  expect(stderr).toContain('2行目');
  expect(status).toBe(1);
});

test('a question as an argument is answered for a person, with the version and whether it was confirmed', () => {
  const { stdout, status } = ask(['第9条']);
  expect(status).toBe(0);
  expect(stdout).toContain('第9条（利用の停止・再開・終了）');
  expect(stdout).toContain('最終確認：未確認');
});

test('without a question it is a prompt, and a follow-up leans on what was said', () => {
  const { stdout } = ask([], 'SSOだけなら事前打合せいる？\nじゃあ4番は？\n');
  expect(stdout).toContain('【不要】');
  expect(stdout).toContain('【必要】');
});
