/** A draft of a change is read strictly, and looked at against the real knowledge without changing it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeFolder } from '../../src/boot/change-folder.ts';
import { checkChanges } from '../../src/boot/check-changes.ts';
import { readKnowledge } from '../../src/boot/read-knowledge.ts';
import { type ChangeFile, changeAsYaml, changeFile } from '../../src/knowledge/change.ts';
import { tokenize } from '../search/support/tokenize.ts';

const { loaded, version } = readKnowledge();
if (loaded === null) throw new Error('the knowledge does not load');
const held = loaded;
const QUESTION = 'ぽんぽこサービスの看板は何色にすればよいですか';

const paraphrase: ChangeFile = {
  version,
  drafted: '2026-11-26',
  from: 'Q-00001',
  question: QUESTION,
  change: { kind: 'paraphrase', of: 'provision', key: '第9条', asks: { ja: [QUESTION], en: [] } },
};
const gap: ChangeFile = {
  ...paraphrase,
  change: {
    kind: 'gap',
    entry: {
      id: 'office-q-00001',
      topic: '看板の色',
      topicEn: 'colour of the sign',
      statement: { ja: '看板の色について、定めはありません。', en: 'Nothing is said about signs.' },
      nearest: ['第1条'],
      outside: [{ text: '自由です。', label: '窓口の指示', source: '担当室の回答 Q-00001' }],
      presupposition: null,
      about: null,
      asks: { ja: [QUESTION], en: ['what colour should the sign be'] },
    },
  },
};
const topic: ChangeFile = {
  ...paraphrase,
  change: {
    kind: 'topic',
    entry: {
      id: 'office-q-00002',
      title: '看板',
      answer: { ja: '第1条と第9条をご覧ください。', en: 'See Articles 1 and 9.' },
      cites: ['第1条', '第9条'],
      bearing: [],
      asks: { ja: [QUESTION], en: ['signs'] },
    },
  },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiyaku-changes-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, change: unknown) =>
  writeFileSync(join(folder, name), changeAsYaml(change as ChangeFile));
const check = () => checkChanges(folder, held, version, tokenize);

describe('drafts of changes', () => {
  it.each([
    ['paraphrase', paraphrase],
    ['gap', gap],
    ['topic', topic],
  ] as const)('a %s that holds: the knowledge loads with it, and its question leads there', (_, change) => {
    write('a.yaml', change);
    expect(check()).toEqual([{ name: 'a.yaml', change, problems: [] }]);
  });

  it.each([
    [
      'a provision that is not there',
      { ...paraphrase, change: { ...paraphrase.change, key: '第99条' } },
      '知識にありません',
    ],
    [
      'a way of asking that stands elsewhere',
      {
        ...paraphrase,
        change: { ...paraphrase.change, asks: { ja: [held.knowledge.gaps[0]?.asks.ja[0]], en: [] } },
      },
      'にもあります',
    ],
    [
      'a citation this version does not have',
      {
        ...gap,
        change: { kind: 'gap', entry: { ...(gap.change as { entry: object }).entry, nearest: ['第99条'] } },
      },
      '引用条項「第99条」',
    ],
    ['another version of the terms', { ...paraphrase, version: 'other' }, '版「other」'],
    [
      'a question that is still answered otherwise',
      { ...paraphrase, question: '手数料はいくらですか' },
      'まだ「第9条」になりません',
    ],
    ['a key nobody knows', { ...paraphrase, author: 'U0HEALTH1' }, 'author'],
    [
      'nothing to add',
      { ...paraphrase, change: { ...paraphrase.change, asks: { ja: [], en: [] } } },
      '尋ね方を1つは',
    ],
  ])('%s is named, with the file', (_, change, expected) => {
    write('b.yaml', change);
    const [verdict] = check();
    expect(verdict?.name).toBe('b.yaml');
    expect(verdict?.problems.join('\n')).toContain(expected);
  });

  it('sound drafts are looked at together too: two may not claim the same question', () => {
    write('a.yaml', paraphrase);
    write('b.yaml', gap);
    const [a, b, together] = check();
    expect([a?.problems, b?.problems]).toEqual([[], []]);
    expect(together?.problems.join('\n')).toContain('にもあります');
  });

  it('the knowledge itself stays as it is', () => {
    const before = JSON.stringify(held.knowledge);
    write('a.yaml', paraphrase);
    check();
    expect(JSON.stringify(held.knowledge)).toBe(before);
    expect(changeFile.safeParse(paraphrase).success).toBe(true);
  });
});

describe('the folder of drafts', () => {
  it('is made when the first one comes, and never writes over what somebody may be reviewing', async () => {
    const inner = join(folder, 'deep', 'changes');
    const save = changeFolder(inner);
    await save('a.yaml', 'one');
    await save('a.yaml', 'two');
    expect(readdirSync(inner)).toEqual(['a.yaml']);
    expect(readFileSync(join(inner, 'a.yaml'), 'utf8')).toBe('one');
  });

  it.each(['../a.yaml', '/a.yaml', 'a/b.yaml', 'a.sh', ''])('takes no name like %j', async (name) => {
    await expect(changeFolder(folder)(name, 'x')).rejects.toThrow('no name of a change file');
  });
});
