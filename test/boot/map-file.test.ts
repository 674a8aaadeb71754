import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { mapFile } from '../../src/boot/map-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'kiyaku-map-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('a mapped file', () => {
  test('has the bytes of the file', () => {
    const text = '規約'.repeat(10_000);
    expect(textOf(mapFile(fileOf('whole', text)))).toBe(text);
  });

  test.runIf(process.platform === 'linux' && process.arch === 'x64')('is shared, not read', () => {
    const path = fileOf('shared', 'x'.repeat(100_000));
    const bytes = mapFile(path);
    expect(readFileSync('/proc/self/maps', 'utf8')).toContain(path);
    expect(bytes).toHaveLength(100_000);
  });

  test('goes on as it was when another file takes its place', () => {
    const path = fileOf('replaced', 'before');
    const bytes = mapFile(path);
    renameSync(fileOf('next', 'behind'), path);
    expect(textOf(bytes)).toBe('before');
    expect(textOf(mapFile(path))).toBe('behind');
  });

  test('keeps what is written into it to itself', () => {
    const path = fileOf('private', 'abc');
    mapFile(path).fill(0);
    expect(readFileSync(path, 'utf8')).toBe('abc');
    expect(textOf(mapFile(path))).toBe('abc');
  });

  test('may be empty, and must exist', () => {
    expect(mapFile(fileOf('empty', ''))).toHaveLength(0);
    expect(() => mapFile(join(folder, 'nowhere'))).toThrow('ENOENT');
  });
});
