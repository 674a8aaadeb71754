import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFlatFile, writeFlatFile } from '../../src/search/flat-file.ts';

const column = fc.oneof(
  fc.int16Array(),
  fc.int32Array(),
  fc.uint8Array(),
  fc.uint16Array(),
  fc.float32Array({ noNaN: true }),
);
const name = fc.stringMatching(/^[a-z]{1,8}$/).filter((key) => key !== 'column');
const value = fc.dictionary(
  name,
  fc.oneof(column, fc.dictionary(name, fc.oneof(column, fc.integer())), fc.jsonValue()),
  { noNullPrototype: true },
);
/** JSON has no -0. */
const plain = value.filter((one) => !JSON.stringify(one).includes('__proto__')).map(withoutMinusZero);

test('What is written is read again, at any place of a larger buffer', () => {
  fc.assert(
    fc.property(plain, fc.nat(9), (written, shift) => {
      const file = writeFlatFile('TEST', written);
      const buffer = new Uint8Array(file.length + shift);
      buffer.set(file, shift);
      expect(readFlatFile('TEST', buffer.subarray(shift))).toEqual(written);
    }),
  );
});

test('Columns are views, not copies', () => {
  const file = writeFlatFile('TEST', { a: { b: Int32Array.of(1, 2, 3) } });
  const read = readFlatFile('TEST', file) as { a: { b: Int32Array } };
  expect(read.a.b.buffer).toBe(file.buffer);
});

describe('What is no whole file of the mark is not read', () => {
  const file = writeFlatFile('TEST', { list: Int32Array.of(1, 2, 3), text: '規約' });
  test('of another mark', () => expect(readFlatFile('REST', file)).toBeUndefined());
  test('cut short anywhere', () => {
    for (let length = 0; length < file.length; length++)
      expect(readFlatFile('TEST', file.slice(0, length))).toBeUndefined();
  });
  test('a header that is no JSON', () => {
    const broken = file.slice();
    broken[12] = 0;
    expect(readFlatFile('TEST', broken)).toBeUndefined();
  });
});

test.each([new Float64Array(1), new Map([[1, 2]]), new Set([1])])(
  'What no reader could restore is refused',
  (part) => {
    expect(() => writeFlatFile('TEST', { list: [{ part }] })).toThrow(part.constructor.name);
  },
);

function withoutMinusZero<T>(one: T): T {
  return (
    ArrayBuffer.isView(one)
      ? one
      : typeof one === 'object' && one !== null
        ? Array.isArray(one)
          ? one.map(withoutMinusZero)
          : Object.fromEntries(Object.entries(one).map(([key, part]) => [key, withoutMinusZero(part)]))
        : Object.is(one, -0)
          ? 0
          : one
  ) as T;
}
