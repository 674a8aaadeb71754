/** Text that both engines store as it is: PostgreSQL refuses U+0000, and both spoil half surrogates. */
export function cleanText(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}

/** As JSON writes what `cleanText` takes away. */
const UNCLEAN = /\\u(?:0000|d[89a-f])/;

/** JSON of a value whose every text went through `cleanText`, keys included. */
export function cleanJson(value: unknown): string {
  const plain = JSON.stringify(value);
  return UNCLEAN.test(plain) ? JSON.stringify(value, cleanEntry) : plain;
}

function cleanEntry(_key: string, held: unknown): unknown {
  if (typeof held === 'string') return cleanText(held);
  if (held === null || typeof held !== 'object' || Array.isArray(held)) return held;
  return Object.fromEntries(Object.entries(held).map(([key, inner]) => [cleanText(key), inner]));
}
