import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { projectRoot } from '../../src/boot/project-root.ts';

const run = (command: string, args: readonly string[], env: Record<string, string> = {}) =>
  execFileSync('node', [join(projectRoot(), '.build', 'cli', `${command}.js`), ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

describe('on the command line', () => {
  it.each([
    ['ask', ['--why', '利用をやめたい']],
    ['eval', ['--explain', '利用をやめたい']],
  ] as const)('%s says how one question is decided, step by step', (command, args) => {
    const said = run(command, args);
    for (const step of ['1 読んだ質問', '2 質問から', '3 候補', '規定 第9条', '4 決め手', '5 質問した人']) {
      expect(said).toContain(step);
    }
  });

  it('drafts of changes are listed, and a wrong one ends with an error', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kiyaku-cli-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'a.yaml'), 'version: cao-undated\n');
    expect(() => run('knowledge', ['--changes', folder])).toThrow(/Command failed/);
    rmSync(join(folder, 'a.yaml'));
    expect(run('knowledge', ['--changes', folder])).toContain('変更案0件');
  });

  it('what is kept about a person is printed and taken out', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kiyaku-cli-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const person = ['--team', 'T01', '--person', 'U01'];
    expect(JSON.parse(run('privacy', person, { DATA_DIR: folder, DATABASE_URL: '' }))).toMatchObject({
      answers: [],
    });
    expect(run('privacy', [...person, '--erase'], { DATA_DIR: folder, DATABASE_URL: '' })).toContain(
      '0件を消し',
    );
    expect(() => run('privacy', ['--team', 'x'], { DATA_DIR: folder })).toThrow(/--person/);
  });
});
