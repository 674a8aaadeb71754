import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { prepare } from '../../src/answers/prepare.ts';
import { createRanking } from '../../src/answers/ranking.ts';
import { readSnapshot, snapshotKey } from '../../src/boot/guide-snapshot.ts';
import { type Guide, loadGuide } from '../../src/boot/load-guide.ts';
import { projectRoot } from '../../src/boot/project-root.ts';
import { createListener } from '../../src/search/analysis.ts';
import { writeFlatFile } from '../../src/search/flat-file.ts';

const program = new URL('../../src/boot/load-guide.ts', import.meta.url).href;
const folder = mkdtempSync(join(tmpdir(), 'guide-'));
const root = join(folder, 'root');
for (const name of ['knowledge', 'flows'])
  cpSync(join(projectRoot(), name), join(root, name), { recursive: true });
const snapshot = join(folder, 'guide.bin');
const read = (messages: string[] = []) =>
  loadGuide({ root, snapshot, log: (message) => messages.push(message) });

const slow = await read();
const messages: string[] = [];
const restored = await read(messages);
const questions = readdirSync(join(projectRoot(), 'test/eval')).flatMap((file) =>
  readFileSync(join(projectRoot(), 'test/eval', file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { question: string }).question),
);
const anything = fc.oneof(
  fc.array(fc.constantFrom(...questions.flatMap((one) => one.match(/.{1,6}/gu) ?? [])), { maxLength: 8 }),
  fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 3 }),
);

afterAll(() => rmSync(folder, { recursive: true }));

describe('A guide from a snapshot is the guide from the files', () => {
  test('and was not read from them', () => expect(messages).toEqual([]));

  test('with the same texts, knowledge and flows', () => {
    const texts = ({ answerer, tokenize, findApis, quoter, ...rest }: Guide) => rest;
    expect(texts(restored)).toStrictEqual(texts(slow));
  });

  test('with the same answer to every graded question', () => {
    for (const question of questions)
      expect(told(restored.answerer.answer(question))).toBe(told(slow.answerer.answer(question)));
  });

  test('with the same ranking and the same answer for any text', () => {
    const kept = readSnapshot(snapshot, snapshotKey(root, program))?.prepared;
    const made = prepare(slow.terms, slow.knowledge, slow.tokenize);
    expect(bytesOf(kept).equals(bytesOf(made))).toBe(true);
    const listen = createListener(slow.tokenize);
    const rank = createRanking(slow.knowledge, listen, made.ranking);
    const rankAgain = createRanking(restored.knowledge, listen, kept?.ranking ?? made.ranking);
    for (const question of questions) expect(told(rankAgain(question))).toBe(told(rank(question)));
    fc.assert(
      fc.property(anything, (pieces) => {
        const text = pieces.join('');
        expect(told(rankAgain(text))).toBe(told(rank(text)));
        expect(told(restored.answerer.answer(text))).toBe(told(slow.answerer.answer(text)));
      }),
    );
  }, 60_000);
});

describe('A snapshot is good for its own files only', () => {
  const key = snapshotKey(root, program);
  const files = ['knowledge', 'flows']
    .flatMap((name) =>
      readdirSync(join(root, name), { recursive: true, encoding: 'utf8' }).map((path) => join(name, path)),
    )
    .filter((path) => statSync(join(root, path)).isFile());

  test.each(files)('one other byte in %s makes it unused', (path) => {
    const bytes = readFileSync(join(root, path));
    const changed = Buffer.from(bytes);
    changed[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
    writeFileSync(join(root, path), changed);
    const other = snapshotKey(root, program);
    writeFileSync(join(root, path), bytes);
    expect(other).not.toBe(key);
    expect(readSnapshot(snapshot, other)).toBeUndefined();
    expect(snapshotKey(root, program)).toBe(key);
  });

  test('a file more or a file less makes it unused', () => {
    const more = join(root, 'knowledge', 'note.txt');
    writeFileSync(more, '');
    expect(snapshotKey(root, program)).not.toBe(key);
    rmSync(more);
    expect(snapshotKey(root, program)).toBe(key);
  });

  test('other code makes it unused', () => {
    const built = join(folder, 'chunk.js');
    writeFileSync(built, 'export {};');
    const before = snapshotKey(root, `file://${built}`);
    writeFileSync(built, 'export { };');
    expect(snapshotKey(root, `file://${built}`)).not.toBe(before);
  });

  test('a problem in a file stops the start, whatever was kept', async () => {
    const path = join(root, 'knowledge', 'versions', slow.version, 'gaps.yaml');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, `${text}\nsurprise: 1\n`);
    await expect(read()).rejects.toThrow('gaps.yaml');
    writeFileSync(path, text);
    await expect(read()).resolves.toMatchObject({ version: slow.version });
  }, 20_000);

  test('one that is cut short is not read', () => {
    const part = join(folder, 'part.bin');
    writeFileSync(part, readFileSync(snapshot).subarray(0, -9));
    expect(readSnapshot(snapshot, key)?.loadedTerms.version).toBe(slow.version);
    expect(readSnapshot(part, key)).toBeUndefined();
  });

  test('one that cannot be kept stops nobody', async () => {
    const messages: string[] = [];
    const guide = await loadGuide({
      root,
      snapshot: join(snapshot, 'x.bin'),
      log: (line) => messages.push(line),
    });
    expect(guide.version).toBe(slow.version);
    expect(messages.join()).toContain('保存できませんでした');
  }, 20_000);
});

function bytesOf(value: object | undefined): Buffer {
  return Buffer.from(writeFlatFile('TEST', value ?? {}));
}

/** Compared as one string: many times faster than field by field. */
function told(value: object): string {
  return JSON.stringify(value);
}
