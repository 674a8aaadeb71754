/** `npm run build`: packs kuromoji's dictionary into `.build/dictionary.bin`, unless it is there already. */
import { existsSync, readFileSync } from 'node:fs';
import { kuromojiVersion, packPath, packStockDictionary, savePack } from '../boot/load-tokenizer.ts';
import { openDictionary } from '../search/dictionary/packed-dictionary.ts';

const path = packPath();
const current = existsSync(path) && openDictionary(readFileSync(path), kuromojiVersion()) !== undefined;
if (!current) {
  const bytes = packStockDictionary();
  savePack(path, bytes);
  console.log(`辞書 ${path} を作りました（${(bytes.length / 1e6).toFixed(1)} MB）。`);
}
