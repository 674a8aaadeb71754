import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import kuromoji from 'kuromoji';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadTokenizer } from '../../src/boot/load-tokenizer.ts';
import type { Token, Tokenize } from '../../src/search/tokens.ts';
import { termsText } from './support/terms-text.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const tokenize = loadTokenizer();
let stock: Tokenize;

beforeAll(async () => {
  stock = await stockTokenizer();
}, 60_000);

describe('The packed dictionary gives kuromoji’s own tokens, field by field', () => {
  test('over every line of the terms', () => {
    expectSameTokens(termsText().split('\n'));
  });

  test('over the terms whole, and cut at every place that could split a word', () => {
    const text = termsText();
    expectSameTokens([text, ...Array.from({ length: 400 }, (_, i) => text.slice(i * 17, i * 17 + 40))]);
  });

  test('over generated strings: kana of both widths, emoji, characters beyond the BMP, low surrogates, controls', () => {
    expectSameTokens(generatedStrings(12_000));
  });

  const sets = process.env.RETRIEVAL_SETS ?? join(root, '../shared/retrieval');
  test.skipIf(!existsSync(sets))(
    'over the public retrieval sets, where they are at hand',
    () => {
      for (const set of ['jsquad-valid', 'lawqa']) {
        for (const file of ['passages', 'queries'])
          expectSameTokens(readTexts(join(sets, set, `${file}.jsonl`)));
      }
    },
    120_000,
  );
});

test.each([
  ['a lone high surrogate', '利用\ud83dを停止'],
  ['a zero', '停止\u0000の停止'],
])('Where the original throws, at %s, the words around it are found', (_, text) => {
  expect(() => stock(text)).toThrow();
  expect(tokenize(text).map((token) => token.surface_form)).toContain('停止');
});

function expectSameTokens(texts: readonly string[]): void {
  const different = texts.filter((text) => columns(tokenize(text)) !== columns(stock(text)));
  expect(different.map((text) => [text, columns(tokenize(text)), columns(stock(text))])).toEqual([]);
}

function columns(tokens: readonly Token[]): string {
  return JSON.stringify(
    tokens.map((token) => [
      token.surface_form,
      token.pos,
      token.pos_detail_1,
      token.basic_form,
      token.reading ?? null,
      token.word_position,
    ]),
  );
}

function stockTokenizer(): Promise<Tokenize> {
  return new Promise((resolve, reject) => {
    kuromoji.builder({ dicPath: join(root, 'node_modules/kuromoji/dict') }).build((error, built) => {
      if (error) reject(error);
      else resolve((text) => built.tokenize(text) as unknown as Token[]);
    });
  });
}

function readTexts(path: string): string[] {
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { text: string }).text);
}

/** The same strings in every run. A high surrogate stands only in its pair: alone it makes the original throw. */
function generatedStrings(count: number): string[] {
  const pools = [
    'あいうアイウーっッ',
    '漢字登録利用者一二三',
    'abcXYZ012',
    'ｱｲｳﾊﾟﾞ',
    '😀😃🎌',
    '𠮷𩸽𠀋',
    '、。,"!?　 \t\n',
  ]
    .concat('\u0001\uffff', '\udc00\udfff', 'éßΩЖ', '…―①㈱〒々〆')
    .map((pool) => (/[\udc00-\udfff]/.test(pool.charAt(0)) ? pool.split('') : [...pool]));
  let seed = 20260401;
  const below = (limit: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return (seed >> 8) % limit;
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + below(14) }, () => {
      const pool = pools[below(pools.length)] ?? [];
      return pool[below(pool.length)] ?? '';
    }).join(''),
  );
}
