/** kuromoji's double array, keyed by UTF-8 bytes and walked one UTF-16 unit at a time. */
export interface Trie {
  /** The node behind `unit`, or -1. 0 is the root. */
  next(node: number, unit: number): number;
  /** Number of the word that ends at this node, or -1. */
  word(node: number): number;
}

const none = -1;
const terminator = 0;

export function createTrie(base: Int32Array, check: Int32Array): Trie {
  return { next, word };

  function next(node: number, unit: number): number {
    // The dictionary holds no character outside the BMP; zero would be taken for the end of a word.
    if (isHighSurrogate(unit) || unit === terminator) return none;
    if (unit < 0x80) return step(node, unit);
    if (unit < 0x800) {
      const lead = step(node, (unit >>> 6) | 0xc0);
      return lead === none ? none : step(lead, (unit & 0x3f) | 0x80);
    }
    const lead = step(node, (unit >>> 12) | 0xe0);
    if (lead === none) return none;
    const middle = step(lead, ((unit >> 6) & 0x3f) | 0x80);
    return middle === none ? none : step(middle, (unit & 0x3f) | 0x80);
  }

  function word(node: number): number {
    const leaf = step(node, terminator);
    return leaf === none ? none : -(base[leaf] ?? 0) - 1;
  }

  function step(node: number, byte: number): number {
    const child = (base[node] ?? none) + byte;
    return check[child] === node ? child : none;
  }
}

export function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
