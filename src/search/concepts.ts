/** Words that mean the same, given from outside: the engine itself knows no vocabulary. */
import { isKana, normalise, shortenVowels, singular, toHiragana } from './characters.ts';
import { buildWordTrie, type WordTrie, walkWords } from './word-trie.ts';

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

/** The words of some concepts, as written and as heard, ready to be looked for; plain data. */
export interface ConceptWords {
  readonly ids: readonly string[];
  readonly written: WordTrie;
  readonly heard: WordTrie;
}

/** The ids of the concepts that a text names, each once: the longest word wins at every place. */
export type MatchConcepts = (spoken: Spoken) => string[];

/** Shorter readings stand in too many other words. */
const shortestReading = 4;
const shortestShortened = 6;

/** `read`: a word -> its reading in hiragana (blanks where it has none). */
export function readConcepts(concepts: readonly Concept[], read: (word: string) => string): ConceptWords {
  const ids = [...new Set(concepts.map(({ id }) => id))];
  const numberOf = new Map(ids.map((id, number) => [id, number]));
  const written = new Map<string, Set<number>>();
  const heard = new Map<string, Set<number>>();
  for (const { id, words } of concepts) {
    const number = numberOf.get(id) ?? 0;
    for (const word of words) {
      const text = singular(normalise(word).trim());
      if (text === '') continue;
      add(written, text, number);
      const reading = isKana(text) ? toHiragana(text) : read(text);
      if (reading.length < shortestReading || reading.includes(' ')) continue;
      add(heard, reading, number);
      // Romaji often leaves long vowels short: 「joho」 for 「じょうほう」.
      const short = shortenVowels(reading);
      if (short.length >= shortestShortened) add(heard, short, number);
      // 「tetsuzuki」 for 「てつづき」: both sound alike.
      const alike = reading.replaceAll('づ', 'ず').replaceAll('ぢ', 'じ');
      if (alike !== reading) add(heard, alike, number);
    }
  }
  return { ids, written: trieOf(written), heard: trieOf(heard) };
}

export function createConceptMatcher(words: ConceptWords): MatchConcepts {
  return function matchConcepts(spoken) {
    const found = new Set<number>();
    collectWritten(words, spoken.text, found);
    collectHeard(words, spoken, found);
    return namesOf(words, found);
  };
}

/** The ids of the concepts written in a text (normalised), not of those that are only heard in it. */
export function createWrittenMatcher(words: ConceptWords): (text: string) => string[] {
  return (text) => {
    const found = new Set<number>();
    collectWritten(words, text, found);
    return namesOf(words, found);
  };
}

function collectWritten({ written }: ConceptWords, text: string, found: Set<number>): void {
  const typed = singular(text);
  collect(written, typed, (from, to) => !cutsWord(typed, from, to), found);
}

function collectHeard({ heard }: ConceptWords, { reading, boundaries }: Spoken, found: Set<number>): void {
  collect(heard, reading, (from, to) => boundaries.has(from) && boundaries.has(to), found);
}

function namesOf({ ids }: ConceptWords, found: ReadonlySet<number>): string[] {
  return Array.from(found, (number) => ids[number] ?? '');
}

/** Left to right; behind a word the search goes on where it ends. */
function collect(
  trie: WordTrie,
  text: string,
  allowed: (from: number, to: number) => boolean,
  found: Set<number>,
): void {
  let longest = 0;
  let node = -1;
  for (let from = 0; from < text.length; from = Math.max(longest, from + 1)) {
    longest = 0;
    walkWords(trie, text, from, (to, at) => {
      if (!allowed(from, to)) return;
      longest = to;
      node = at;
    });
    if (longest === 0) continue;
    const end = trie.valueStarts[node + 1] ?? 0;
    for (let at = trie.valueStarts[node] ?? 0; at < end; at++) found.add(trie.values[at] ?? 0);
  }
}

/** 「api」 is not in 「apis」 nor 「12」 in 「123」; Japanese needs no such care. */
function cutsWord(text: string, from: number, to: number): boolean {
  return joined(text, from) || joined(text, to);
}

/** True when a latin word or a number goes on across the place. */
function joined(text: string, at: number): boolean {
  const left = text.charCodeAt(at - 1);
  const right = text.charCodeAt(at);
  return (isLatin(left) && isLatin(right)) || (isDigit(left) && isDigit(right));
}

function isLatin(unit: number): boolean {
  return unit >= 0x61 && unit <= 0x7a;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function add(words: Map<string, Set<number>>, word: string, id: number): void {
  const known = words.get(word);
  if (known) known.add(id);
  else words.set(word, new Set([id]));
}

function trieOf(words: ReadonlyMap<string, ReadonlySet<number>>): WordTrie {
  return buildWordTrie(new Map([...words].map(([word, ids]) => [word, [...ids]])));
}
