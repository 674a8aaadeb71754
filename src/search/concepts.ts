/** Words that mean the same, given from outside: the engine itself knows no vocabulary. */
import { isKana, normalise, toHiragana } from './characters.ts';

export interface Concept {
  readonly id: string;
  /** Any of these in a text gives the text the token of the concept. */
  readonly words: readonly string[];
}

/** A text as the matcher sees it: normalised, and read aloud. */
export interface Spoken {
  readonly text: string;
  /** Hiragana of the whole text; what cannot be read is a blank. */
  readonly reading: string;
  /** Places in `reading` where a word may begin or end. */
  readonly boundaries: ReadonlySet<number>;
}

export type MatchConcepts = (spoken: Spoken) => string[];

/** Shorter readings stand in too many other words. */
const shortestReading = 4;

/** `read`: a word -> its reading in hiragana (blanks where it has none). */
export function createConceptMatcher(
  concepts: readonly Concept[],
  read: (word: string) => string,
): MatchConcepts {
  const byText = createLongestMatch();
  const byReading = createLongestMatch();
  for (const { id, words } of concepts) {
    for (const word of words) {
      const text = normalise(word).trim();
      if (text === '') continue;
      byText.add(text, id);
      const reading = isKana(text) ? toHiragana(text) : read(text);
      if (reading.length >= shortestReading && !reading.includes(' ')) byReading.add(reading, id);
    }
  }
  return function matchConcepts({ text, reading, boundaries }) {
    const found = byText.matchAll(text, (from, to) => !cutsWord(text, from, to));
    const heard = byReading.matchAll(reading, (from, to) => boundaries.has(from) && boundaries.has(to));
    return [...new Set([...found, ...heard])];
  };
}

/** 「api」 is not in 「apis」 nor 「12」 in 「123」; Japanese needs no such care. */
function cutsWord(text: string, from: number, to: number): boolean {
  return joined(text[from - 1], text[from]) || joined(text[to - 1], text[to]);
}

function joined(left = '', right = ''): boolean {
  return (/[a-z]/.test(left) && /[a-z]/.test(right)) || (/[0-9]/.test(left) && /[0-9]/.test(right));
}

function createLongestMatch() {
  /** First character -> words that start with it, longest first once sorted. */
  const words = new Map<string, Map<string, string[]>>();
  const lengths = new Map<string, number[]>();
  return {
    add(word: string, id: string): void {
      const head = word.charAt(0);
      const group = words.get(head) ?? new Map<string, string[]>();
      words.set(head, group);
      group.set(word, [...new Set([...(group.get(word) ?? []), id])]);
      lengths.set(
        head,
        [...new Set([...(lengths.get(head) ?? []), word.length])].sort((a, b) => b - a),
      );
    },
    matchAll(text: string, allowed: (from: number, to: number) => boolean): string[] {
      const ids: string[] = [];
      for (let from = 0; from < text.length; ) {
        const length = longest(text, from, allowed, ids);
        from += length > 0 ? length : 1;
      }
      return ids;
    },
  };

  function longest(
    text: string,
    from: number,
    allowed: (from: number, to: number) => boolean,
    ids: string[],
  ) {
    const head = text.charAt(from);
    for (const length of lengths.get(head) ?? []) {
      const found = words.get(head)?.get(text.slice(from, from + length));
      if (found === undefined || !allowed(from, from + length)) continue;
      ids.push(...found);
      return length;
    }
    return 0;
  }
}
