import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanJson, cleanText } from '../../src/store/clean-text.ts';

/** Texts with what the engines do not store, and texts that only look like it in JSON. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('あ', '\u0000', '\ud83d', '\ude00', '\\', 'u0000', 'ud800', '"') }),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(text, tie('any'), { maxKeys: 4 }),
  ),
})).any;

function clean(held: unknown): unknown {
  if (typeof held === 'string') return cleanText(held);
  if (Array.isArray(held)) return held.map(clean);
  if (held === null || typeof held !== 'object') return held;
  return Object.fromEntries(Object.entries(held).map(([key, inner]) => [cleanText(key), clean(inner)]));
}

describe('JSON for the database', () => {
  test('is that of the value with every text and key cleaned', () => {
    fc.assert(
      fc.property(value, (held) => {
        expect(cleanJson(held)).toBe(JSON.stringify(clean(held)));
      }),
    );
  });

  test('keeps a whole surrogate pair, and text that only looks like an escape', () => {
    expect(cleanJson({ a: '𠮷野家', b: '\\u0000' })).toBe(JSON.stringify({ a: '𠮷野家', b: '\\u0000' }));
    expect(cleanJson(['あ\u0000い', '\ud83d'])).toBe('["あい","\ufffd"]');
  });
});
