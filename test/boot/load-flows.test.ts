import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readFlows } from '../../src/boot/load-flows.ts';
import { projectRoot } from '../../src/boot/project-root.ts';
import { knowledge, terms } from '../conversations/held.ts';

const gapIds = new Set(knowledge.gaps.map(({ id }) => id));

/** What is found in a copy of flows/ after one file was changed. */
function after(file: string, change: (text: string) => string) {
  const folder = mkdtempSync(join(tmpdir(), 'flows-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(join(projectRoot(), 'flows'), folder, { recursive: true });
  const place = join(folder, file);
  const text = readFileSync(place, 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  writeFileSync(place, changed);
  return readFlows(terms, gapIds, folder);
}

test('the flows of this repository are sound, and stand in the order of the menu', () => {
  const { flows, problems } = readFlows(terms, gapIds);
  expect(problems).toEqual([]);
  expect(flows.map(({ id }) => id)).toEqual(['which-steps', 'find-api', 'change-or-stop', 'self-check']);
});

test('of one broken file no flow is offered at all, and the place is named', () => {
  const { flows, problems } = after('self-check.yaml', (text) =>
    text.replace('cites: [第3条第2項第2号]', 'cites: [第3条第2項第9号]'),
  );
  expect(flows).toEqual([]);
  expect(problems).toEqual([
    {
      file: join('flows', 'self-check.yaml'),
      line: 19,
      message: '引用条項「第3条第2項第9号」は、この版の利用規約にありません',
    },
  ]);
});

test('an unknown key, a YAML fault and a wrong name are named too', () => {
  const [unknown] = after('which-steps.yaml', (text) =>
    text.replace('kind: choice', 'kind: choice\n    tone: kind'),
  ).problems;
  expect(unknown).toMatchObject({ file: join('flows', 'which-steps.yaml'), line: 17 });
  const [fault] = after('wording/find-api.yaml', (text) => text.replace('title: ', 'title: "')).problems;
  expect(fault?.message).toContain('YAMLとして読めません');
  const [named] = after('find-api.yaml', (text) => text.replace('flow: find-api', 'flow: find')).problems;
  expect(named?.message).toContain('ファイル名「find-api.yaml」と同じに');
});

test('a step that another flow goes on with may not be renamed behind its back', () => {
  const { problems } = after('which-steps.yaml', (text) => text.replaceAll('production-test', 'test-needed'));
  expect(problems.map(({ file, message }) => `${file} ${message}`)).toContainEqual(
    expect.stringMatching(/find-api\.yaml 行き先「which-steps\/production-test」/),
  );
});
