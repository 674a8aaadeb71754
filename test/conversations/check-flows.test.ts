import { describe, expect, it } from 'vitest';
import { checkFlows } from '../../src/conversations/check-flows.ts';
import { flowFile, wordingFile } from '../../src/conversations/flow-file.ts';
import { readYaml } from '../../src/knowledge/yaml-file.ts';
import { terms } from './held.ts';

const ROUTING = `flow: trial
start: what
steps:
  what:
    kind: choice
    cites: [第8条]
    options: [change, stop]
    next:
      - when: { answer: { step: what, is: change } }
        to: changed
      - to: which
  which:
    kind: apis
    cites: [第9条]
    next: stopped
outcomes:
  changed: { shows: provisions, cites: [第8条] }
  stopped: { shows: provisions, cites: [第9条], gaps: [fees] }
`;
const WORDING = `flow: trial
order: 1
title: 試し
summary: 試しの案内
steps:
  what:
    question: 何をしますか
    options:
      change: { label: 変更 }
      stop: { label: 停止 }
  which: { question: どれですか }
outcomes:
  changed: { title: 変更, text: 変更です }
  stopped: { title: 停止, text: 停止です }
`;

/** What is said about the trial flow after one change: 「place: message」. */
function problemsAfter(change: (files: { routing: string; wording: string }) => void): string[] {
  const files = { routing: ROUTING, wording: WORDING };
  change(files);
  const file = readYaml('trial.yaml', files.routing, flowFile);
  const wording = readYaml('wording.yaml', files.wording, wordingFile);
  const unread = [file, wording].flatMap((one) => (one.ok ? [] : one.problems));
  const found =
    file.ok && wording.ok
      ? checkFlows([{ file: file.file, wording: wording.file }], terms, new Set(['fees']))
      : unread;
  return found.map((one) => `${one.file}:${one.line} ${one.message}`);
}

const routing = (from: string, to: string) =>
  problemsAfter((files) => {
    expect(files.routing).toContain(from);
    files.routing = files.routing.replace(from, to);
  });
const wording = (from: string, to: string) =>
  problemsAfter((files) => {
    expect(files.wording).toContain(from);
    files.wording = files.wording.replace(from, to);
  });

describe('a broken flow is named with file and line', () => {
  it('says nothing of a sound one', () => {
    expect(problemsAfter(() => {})).toEqual([]);
  });

  it('an unknown key', () => {
    expect(routing('    kind: apis\n', '    kind: apis\n    colour: red\n')).toEqual([
      expect.stringMatching(/^trial\.yaml:14 .*colour/),
    ]);
  });

  it('a missing clause', () => {
    expect(routing('    cites: [第9条]\n    next', '    next')).toEqual([
      expect.stringMatching(/^trial\.yaml:13 steps\.which\.cites/),
    ]);
  });

  it('a clause that this version does not have', () => {
    expect(routing('cites: [第9条], gaps', 'cites: [第20条], gaps')).toEqual([
      'trial.yaml:18 引用条項「第20条」は、この版の利用規約にありません',
    ]);
  });

  it('a clause that cannot be read', () => {
    expect(routing('cites: [第9条], gaps', 'cites: [九条], gaps')).toEqual([
      expect.stringMatching(/^trial\.yaml:18 .*九条/),
    ]);
  });

  it('a dead end', () => {
    expect(routing('      - to: which\n', '')).toContainEqual(
      expect.stringMatching(/^trial\.yaml:9 行き止まり/),
    );
  });

  it('a route that nobody can take', () => {
    expect(
      routing(
        '      - when: { answer: { step: what, is: change } }\n        to: changed',
        '      - to: changed',
      ),
    ).toContainEqual(expect.stringMatching(/^trial\.yaml:9 when のない行き先より後/));
  });

  it('a loop', () => {
    expect(routing('next: stopped', 'next: what')).toContainEqual(
      expect.stringMatching(/^trial\.yaml:\d+ 「what」に戻ってくる順路/),
    );
  });

  it('a target that does not exist', () => {
    expect(routing('next: stopped', 'next: ended')).toContain(
      'trial.yaml:15 行き先「ended」という設問も結果もありません',
    );
  });

  it('a target in a flow that does not exist', () => {
    expect(routing('next: stopped', 'next: other/plan')).toContainEqual(
      expect.stringContaining('行き先「other/plan」'),
    );
  });

  it('an outcome and a step that no way leads to', () => {
    expect(routing('      - to: which', '      - to: stopped')).toEqual([
      expect.stringMatching(/^trial\.yaml:13 「which」に着く順路がありません/),
    ]);
    expect(routing('next: stopped', 'next: changed')).toEqual([
      expect.stringMatching(/^trial\.yaml:18 「stopped」に着く順路がありません/),
    ]);
  });

  it('a start that does not exist', () => {
    expect(routing('start: what', 'start: hello')).toContainEqual(
      expect.stringMatching(/^trial\.yaml:2 start「hello」/),
    );
  });

  it('a condition on an option that does not exist, or on an answer that is not given by then', () => {
    expect(routing('is: change', 'is: move')).toEqual(['trial.yaml:9 「what」に選択肢「move」はありません']);
    expect(
      routing('{ answer: { step: what, is: change } }', '{ applies: { step: 本番環境試験, apis: which } }'),
    ).toEqual(['trial.yaml:9 「which」は、ここまでに必ず答える apis の設問ではありません']);
  });

  it('a gap that is not known', () => {
    expect(routing('gaps: [fees]', 'gaps: [feels]')).toEqual([
      'trial.yaml:18 gaps.yaml に id「feels」がありません',
    ]);
  });

  it('wording that is missing or left over', () => {
    expect(wording('  which: { question: どれですか }\n', '')).toEqual([
      expect.stringMatching(/^wording\.yaml:6 「which」の文言がありません（trial\.yaml:13）/),
    ]);
    expect(wording('      stop: { label: 停止 }\n', '')).toEqual([
      expect.stringMatching(/^wording\.yaml:9 選択肢「stop」の文言がありません/),
    ]);
    expect(wording('  changed: { title', '  moved: { title: 移転, text: 移転 }\n  changed: { title')).toEqual(
      ['wording.yaml:13 「moved」は trial.yaml にありません'],
    );
  });
});
