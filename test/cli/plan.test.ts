import { execFile } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { planFor } from '../../src/conversations/plan.ts';
import { planLine } from '../../src/conversations/plan-line.ts';
import { knowledge, rules } from '../conversations/held.ts';

/** Runs the built command, as people do. */
function plan(
  args: readonly string[],
  input = '',
): Promise<{ stdout: string; stderr: string; status: number }> {
  return new Promise((resolve) => {
    const child = execFile(
      'node',
      ['.build/cli/plan.js', ...args],
      { maxBuffer: 1 << 28 },
      (error, stdout, stderr) => resolve({ stdout, stderr, status: Number(error?.code ?? 0) }),
    );
    child.stdin?.end(input);
  });
}

describe.concurrent('npm run -s plan', () => {
  it('prints the answer first, then every step with the clause for it and the clause against it', async () => {
    const { stdout, status } = await plan(['4', '10']);
    expect(status).toBe(0);
    const [apis, , required] = stdout.split('\n');
    expect(apis).toBe('自己情報取得（項番4）・就労証明書様式取得等（項番10）');
    expect(required).toContain('必要：事前打合せ');
    expect(stdout).toContain(
      '求める規定：第3条第1項\n   外す規定：第16条第1項\n   APIごと：必要：項番4、不要：項番10',
    );
    expect(stdout).toContain('項番10は「利用申込の際に」（第16条第1項の読替え）');
    expect(stdout).toContain('一般的な流れ［公表資料の写し・要確認］');
  });

  it('says what another choice changes', async () => {
    const { stdout } = await plan(['4', '10', '--compare', '10']);
    expect(stdout).toContain('項番4を外すと、次の5つが変わります。');
    expect(stdout).toContain('必要 → 不要（第3条第1項 → 第16条第1項）');
  });

  it('takes names, full-width digits and lists', async () => {
    expect((await plan(['SSO、項番１０'])).stdout).toContain(
      'シングルサインオン（項番1）・就労証明書様式取得等（項番10）',
    );
  });

  it('says of an API that is not in the 別表 that it is absent, and gives no plan for it', async () => {
    const { stdout, status } = await plan(['PMH']);
    expect(stdout).toContain('「PMH」は、この版の別表にないAPIです');
    expect(stdout).not.toContain('必要：');
    expect(status).toBe(1);
  });

  it.each([
    [[], 'APIが一つも選ばれていません'],
    [['18'], '項番18は、この版の別表にありません（項番1〜17）'],
    [['0'], '項番0は、この版の別表にありません'],
    [['abc'], '「abc」は、この版の別表の項番でもAPIの名前でもありません'],
    [['民送'], '「民送」は一つに決まりません'],
  ])('refuses %j in Japanese with exit code 1', async (args, message) => {
    const { stderr, stdout, status } = await plan(args);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });
});

describe.concurrent('npm run -s plan -- --json', () => {
  it('writes one line for each line, in order', async () => {
    const sets = Array.from({ length: 3_000 }, (_, index) => {
      const bits = (index * 41 + 7) % 131_072 || 1;
      return Array.from({ length: 17 }, (_one, row) => row + 1).filter((row) => bits & (1 << (row - 1)));
    });
    const { stdout, status } = await plan(
      ['--json'],
      sets.map((apis) => `${JSON.stringify({ apis })}\n`).join(''),
    );
    expect(status).toBe(0);
    expect(stdout.trimEnd().split('\n')).toEqual(
      sets.map((apis) => JSON.stringify(planLine(planFor(rules, knowledge, { rows: apis })))),
    );
  });

  it('answers a wrong line in its place, and ends with exit code 1', async () => {
    const input =
      '{"apis":[4]}\n{"apis":[]}\n{"apis":[18]}\n{"apis":["PMH"]}\n{"apis":[4.5]}\nnot json\n{"apis":[16]}\n';
    const { stdout, status } = await plan(['--json'], input);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { error?: string; apis?: number[] });
    expect(lines.map(({ error, apis }) => error ?? apis)).toEqual([
      [4],
      expect.stringContaining('一つも選ばれていません'),
      expect.stringContaining('項番18'),
      expect.stringContaining('"PMH"'),
      expect.stringContaining('4.5'),
      expect.stringContaining('not json'),
      [16],
    ]);
    expect(status).toBe(1);
  });
});
