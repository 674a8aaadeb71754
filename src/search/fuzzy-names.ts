/** Finds misspelt names in a question: 「シングルサイオン」, 「法人設率」. For short names only; prose belongs in the index. */
import Fuse from 'fuse.js';
import { normalise, pairsOf, toHiragana } from './characters.ts';

export interface Name<Target> {
  readonly name: string;
  /** What the name stands for; handed back untouched. */
  readonly target: Target;
}

export interface NameCandidate<Target> {
  readonly name: string;
  readonly target: Target;
  /** The stretch of the (normalised) question that looks like the name. */
  readonly found: string;
  /** 1 = written exactly so; 0.75 = one letter in four is wrong. */
  readonly score: number;
}

export interface NameFinder<Target> {
  /** Best first, longer names before shorter ones of the same score; none below `least` (0.6). */
  find(text: string, options?: { readonly limit?: number; readonly least?: number }): NameCandidate<Target>[];
}

export function createNameFinder<Target>(names: readonly Name<Target>[]): NameFinder<Target> {
  const folded = names.map((entry) => {
    const pattern = [...fold(entry.name)];
    return { ...entry, pattern, pairs: pairsOf(pattern) };
  });
  return {
    find(text, { limit = 5, least = 0.6 } = {}) {
      const question = [...fold(text)];
      const joined = question.join('');
      const known = new Set(pairsOf(question));
      return folded
        .filter(({ pattern, pairs }) => sharesPairs(pairs, known, (1 - least) * pattern.length))
        .filter(({ pattern }) => pattern.length > 1 && mayContain(pattern.join(''), joined, least))
        .map(({ name, target, pattern }) => ({ name, target, ...nearest(pattern, question) }))
        .filter((candidate) => candidate.score >= least)
        .sort((a, b) => b.score - a.score || b.name.length - a.name.length)
        .slice(0, limit);
    },
  };
}

/** Width, case, kana and the marks people leave out make no difference. */
function fold(text: string): string {
  return toHiragana(normalise(text)).replace(/[\s・‐\-_ー]+/g, '');
}

/** A wrong letter takes away two of a name's pairs at most: a sieve that costs next to nothing. */
function sharesPairs(pairs: readonly string[], known: ReadonlySet<string>, mostWrong: number): boolean {
  let missing = 2 * Math.floor(mostWrong + 1e-9);
  for (const pair of pairs) if (!known.has(pair) && --missing < 0) return false;
  return true;
}

/** fuse.js's bit-parallel search is the sieve; it says where roughly, not how far. */
function mayContain(pattern: string, text: string, least: number): boolean {
  return Fuse.match(pattern, text, { ignoreLocation: true, threshold: Math.min(1, 1 - least + 0.1) }).isMatch;
}

/** The stretch of the text with the fewest changes, by Sellers' algorithm: the name may begin anywhere. */
function nearest(pattern: readonly string[], text: readonly string[]): { found: string; score: number } {
  let costs = Array.from({ length: pattern.length + 1 }, (_, i) => i);
  let begins = costs.map(() => 0);
  let best = { cost: pattern.length, begin: 0, end: 0 };
  text.forEach((character, column) => {
    const next = [0];
    const nextBegins = [column + 1];
    for (let row = 1; row <= pattern.length; row++) {
      const change = (costs[row - 1] ?? 0) + (pattern[row - 1] === character ? 0 : 1);
      const extra = (costs[row] ?? 0) + 1;
      const missing = (next[row - 1] ?? 0) + 1;
      const cost = Math.min(change, extra, missing);
      next.push(cost);
      nextBegins.push(
        (cost === change ? begins[row - 1] : cost === missing ? nextBegins[row - 1] : begins[row]) ?? 0,
      );
    }
    costs = next;
    begins = nextBegins;
    const cost = costs[pattern.length] ?? 0;
    if (cost < best.cost) best = { cost, begin: begins[pattern.length] ?? 0, end: column + 1 };
  });
  return { found: text.slice(best.begin, best.end).join(''), score: 1 - best.cost / pattern.length };
}
