import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kuromojiVersion, loadTokenizer, packStockDictionary } from '../../src/boot/load-tokenizer.ts';
import { openDictionary } from '../../src/search/dictionary/packed-dictionary.ts';

const folder = mkdtempSync(join(tmpdir(), 'dictionary-'));
let whole: Uint8Array;

beforeAll(() => {
  whole = packStockDictionary();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const surfaces = (path: string, log: (message: string) => void) =>
  loadTokenizer({ path, log })('利用を停止する').map((token) => token.surface_form);

test('Without a pack the tokenizer makes one, says so, and keeps it', () => {
  const path = join(folder, 'new/pack.bin');
  const messages: string[] = [];
  const log = (message: string) => messages.push(message);
  expect(surfaces(path, log)).toEqual(['利用', 'を', '停止', 'する']);
  expect(messages.join()).toContain(path);
  expect(Buffer.compare(readFileSync(path), whole)).toBe(0);
  messages.length = 0;
  expect(surfaces(path, log)).toEqual(['利用', 'を', '停止', 'する']);
  expect(messages).toEqual([]);
}, 60_000);

test('A pack that cannot be kept serves all the same', () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  const messages: string[] = [];
  expect(surfaces(join(file, 'pack.bin'), (message) => messages.push(message))).toContain('停止');
  expect(messages.join()).toContain('保存できませんでした');
}, 60_000);

describe('What is no whole pack is not read', () => {
  test.each([
    ['cut short', () => whole.slice(0, whole.length - 100)],
    ['cut inside its header', () => whole.slice(0, 50)],
    ['cut inside its mark', () => whole.slice(0, 6)],
    ['empty', () => new Uint8Array()],
    [
      'a text that starts alike',
      () => new TextEncoder().encode('KGD1\u0004\u0000\u0000\u0000 but no dictionary'),
    ],
  ])('%s', (_, bytes) => {
    expect(openDictionary(bytes(), kuromojiVersion())).toBeUndefined();
  });
});

test('A pack of another kuromoji version is not read', () => {
  expect(openDictionary(whole, kuromojiVersion())?.version).toBe(kuromojiVersion());
  expect(openDictionary(whole, '0.0.0')).toBeUndefined();
});

test('A pack is read at any place of a larger buffer', () => {
  const shifted = new Uint8Array(whole.length + 3);
  shifted.set(whole, 3);
  expect(openDictionary(shifted.subarray(3), kuromojiVersion())?.base.length).toBeGreaterThan(1_000_000);
});
