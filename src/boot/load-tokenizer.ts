/**
 * kuromoji's dictionary -> one synchronous function. The packed dictionary is made at install
 * (`npm run build`); when it is missing, cut short or of another kuromoji version it is made here, once.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { packDictionary, type StockFileName, stockFileNames } from '../search/dictionary/pack.ts';
import { openDictionary } from '../search/dictionary/packed-dictionary.ts';
import { createTokenizer } from '../search/dictionary/tokenizer.ts';
import type { Tokenize } from '../search/tokens.ts';
import { mapFile } from './map-file.ts';
import { projectRoot } from './project-root.ts';

export interface TokenizerOptions {
  /** Where the packed dictionary lies; `.build/dictionary.bin` of this project when absent. */
  readonly path?: string;
  /** Told, in Japanese, when the dictionary has to be made first. */
  readonly log?: (message: string) => void;
}

const require = createRequire(import.meta.url);

/** Returns in about 0.1 s with a pack, in about 2 s without. A pack that cannot be saved is used all the same. */
export function loadTokenizer({ path = packPath(), log = () => {} }: TokenizerOptions = {}): Tokenize {
  const version = kuromojiVersion();
  const ready = existsSync(path) ? openDictionary(mapFile(path), version) : undefined;
  if (ready !== undefined) return createTokenizer(ready);
  log(`辞書 ${path} がないか、kuromoji ${version} のものではないため、作り直します（数秒）。`);
  const bytes = packStockDictionary();
  try {
    savePack(path, bytes);
  } catch (error) {
    log(`辞書 ${path} を保存できませんでした（${(error as Error).message}）。次の起動でも作り直します。`);
  }
  const made = openDictionary(bytes, version);
  if (made === undefined)
    throw new Error(`kuromoji ${version} の辞書を読めませんでした。npm ci をやり直してください。`);
  return createTokenizer(made);
}

/** Reads the dictionary in node_modules/kuromoji/dict and packs it. */
export function packStockDictionary(): Uint8Array {
  const folder = join(dirname(require.resolve('kuromoji/package.json')), 'dict');
  const files = Object.fromEntries(
    stockFileNames.map((name) => [name, gunzipSync(readFileSync(join(folder, `${name}.dat.gz`)))]),
  ) as unknown as Record<StockFileName, Uint8Array>;
  return packDictionary(files, kuromojiVersion());
}

/** Written beside and renamed, so that a process starting meanwhile never reads half a file. */
export function savePack(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${randomUUID()}`;
  writeFileSync(unfinished, bytes);
  renameSync(unfinished, path);
}

/** `.build/dictionary.bin` of this project. */
export function packPath(): string {
  return join(projectRoot(), '.build', 'dictionary.bin');
}

export function kuromojiVersion(): string {
  return (require('kuromoji/package.json') as { version: string }).version;
}
