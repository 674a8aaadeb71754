import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../src/boot/project-root.ts';
import { readKnowledge } from '../../src/boot/read-knowledge.ts';
import { checkKnowledge } from '../../src/knowledge/check.ts';
import { readKnowledgeFiles, type SourceFile } from '../../src/knowledge/files.ts';
import { describeProblem } from '../../src/knowledge/yaml-file.ts';
import { terms } from '../terms/held.ts';

const folder = join(projectRoot(), 'knowledge', 'versions', 'cao-undated');
const held: SourceFile[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml'))
  .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));

/** The problems after one file was changed, each as `file:line message`. */
function problemsAfter(path: string, change: (text: string) => string): string[] {
  const changed = held.map((file) => (file.path === path ? { path, text: change(file.text) } : file));
  expect(changed).not.toEqual(held);
  const { files, problems } = readKnowledgeFiles(changed);
  return (files === null ? problems : checkKnowledge(files, terms)).map(describeProblem);
}

function lineOf(path: string, wording: string): number {
  const text = held.find((file) => file.path === path)?.text ?? '';
  return text.slice(0, text.indexOf(wording)).split('\n').length;
}

test('the knowledge as it stands has no problem, and all 71 provisions and 17 APIs are in it', () => {
  const { problems, loaded } = readKnowledge();
  expect(problems).toEqual([]);
  expect(loaded?.knowledge.provisions).toHaveLength(71);
  expect(loaded?.knowledge.apis).toHaveLength(17);
});

test('every provision is asked for in Japanese and English, the rules in at least forty ways', () => {
  for (const { cite, asks } of readKnowledge().loaded?.knowledge.provisions ?? []) {
    expect(asks.en.length, cite).toBeGreaterThanOrEqual(8);
    expect(asks.ja.length, cite).toBeGreaterThanOrEqual(cite.startsWith('第2条') ? 20 : 40);
  }
});

describe('a mistake is told with file, line and what was expected', () => {
  test('a citation that this version does not have', () => {
    const at = lineOf('provisions/article-09.yaml', 'cite: 第11条第2項');
    expect(
      problemsAfter('provisions/article-09.yaml', (text) =>
        text.replace('cite: 第11条第2項', 'cite: 第20条'),
      ),
    ).toContainEqual(
      expect.stringMatching(new RegExp(`^provisions/article-09\\.yaml:${at} .*「第20条」.*第1条〜第16条`)),
    );
  });

  test('a citation in another form', () => {
    expect(problemsAfter('gaps.yaml', (text) => text.replace(/- 第\d+条$/m, '- 3条')).join()).toMatch(
      /gaps\.yaml:\d+ .*第3条第2項第1号/,
    );
  });

  test('a provision without an entry', () => {
    expect(
      problemsAfter('provisions/article-13.yaml', (text) =>
        text.replace('cite: 第13条', 'cite: 第14条第1項'),
      ).join('\n'),
    ).toMatch(/「第13条」の要約と尋ね方が、どのファイルにもありません/);
  });

  test('an unknown key', () => {
    const [problem = ''] = problemsAfter('apis.yaml', (text) =>
      text.replace('    slug: single-sign-on', '    slag: x\n    slug: single-sign-on'),
    );
    expect(problem).toMatch(/^apis\.yaml:\d+ .*slag/);
  });

  test('a missing key', () => {
    expect(
      problemsAfter('apis.yaml', (text) => text.replace('    slug: single-sign-on\n', '')).join(),
    ).toMatch(/apis\.yaml:\d+ apis\[0\]\.slug/);
  });

  test('one way of asking under two answers', () => {
    const [ask = ''] = readKnowledge().loaded?.knowledge.topics[0]?.asks.ja ?? [];
    const at = lineOf('gaps.yaml', '      ja:') + 1;
    expect(
      problemsAfter('gaps.yaml', (text) => text.replace('      ja:\n', `      ja:\n        - ${ask}\n`)),
    ).toContainEqual(
      expect.stringMatching(
        new RegExp(
          `^(gaps\\.yaml:${at}|topics\\.yaml:\\d+) 尋ね方「${ask.replace(/[?]/g, '\\?')}」は(gaps|topics)\\.yaml:\\d+にもあります`,
        ),
      ),
    );
  });

  test('one alias of two APIs', () => {
    expect(
      problemsAfter('apis.yaml', (text) =>
        text.replace('      - SSO\n', '      - SSO\n      - 自己情報取得\n'),
      ).join(),
    ).toMatch(/別名「自己情報取得」は項番1にもあります/);
  });

  test('YAML that cannot be read', () => {
    expect(problemsAfter('gaps.yaml', (text) => `${text}\n  broken: [`).join()).toMatch(
      /gaps\.yaml:\d+ YAMLとして読めません/,
    );
  });

  test('a file that is missing', () => {
    const { problems } = readKnowledgeFiles(held.filter(({ path }) => path !== 'vocabulary.yaml'));
    expect(problems.map(describeProblem)).toContain('vocabulary.yaml:1 ファイルがありません');
  });
});
