/**
 * Text -> features, the same way for passages and for questions. A feature is a string in one of six channels;
 * two texts resemble each other as far as they share features.
 */
import { isKana, letter, normalise, shortenVowels, toHiragana } from './characters.ts';
import {
  type Concept,
  createConceptMatcher,
  type MatchConcepts,
  readConcepts,
  type Spoken,
} from './concepts.ts';
import { contentWord, englishWord } from './content-words.ts';
import { referenceTokens } from './references.ts';
import { fromRomaji } from './romaji.ts';
import type { Token, Tokenize } from './tokens.ts';

export const channels = ['words', 'bigrams', 'readings', 'concepts', 'pairs', 'references'] as const;
export type Channel = (typeof channels)[number];

/**
 * words: content words in dictionary form. bigrams: two characters side by side. readings: three kana side by
 * side in the text read aloud. concepts: ids of concepts. pairs: two content words in a row. references: 3条.
 */
export type Features = Readonly<Record<Channel, readonly string[]>>;

export interface Analysis {
  readonly features: Features;
  /** Share of the letters that are kana, 0..1; 1 for romaji. The reading is then all there is to go by. */
  readonly kana: number;
}

/** A text taken apart, before anybody's concepts are looked for in it. */
export interface Heard {
  readonly spoken: Spoken;
  readonly features: Readonly<Record<Exclude<Channel, 'concepts'>, readonly string[]>>;
  readonly kana: number;
}

export interface AnalysisOptions {
  readonly tokenize: Tokenize;
  readonly concepts?: readonly Concept[];
}

export type Listen = (text: string) => Heard;
export type Analyse = (text: string) => Analysis;

export function createAnalyser({ tokenize, concepts = [] }: AnalysisOptions): Analyse {
  const words = readConcepts(concepts, createReadAloud(tokenize));
  return analyserOf(createListener(tokenize), createConceptMatcher(words));
}

export function analyserOf(listen: Listen, matchConcepts: MatchConcepts): Analyse {
  return (text) => {
    const { spoken, features, kana } = listen(text);
    return { kana, features: { ...features, concepts: matchConcepts(spoken) } };
  };
}

/** Everything about a text that takes a tokenizer, so that several lists of concepts can share it. */
export function createListener(tokenize: Tokenize): Listen {
  return (original) => {
    const typed = normalise(original);
    const kanaText = fromRomaji(typed);
    const text = kanaText ?? typed;
    const tokens = tokenize(separateAstral(text));
    const spoken = speak(text, tokens);
    let features: Heard['features'] | undefined;
    return {
      spoken,
      kana: kanaText === undefined ? kanaShare(text) : 1,
      // Worked out when they are read: who only looks for names in a text needs none of them.
      get features() {
        features ??= featuresOf(text, tokens, spoken, kanaText === undefined ? [] : englishWordsIn(typed));
        return features;
      },
    };
  };
}

function featuresOf(
  text: string,
  tokens: readonly Token[],
  spoken: Spoken,
  more: readonly string[],
): Heard['features'] {
  const words = [...tokens.map(contentWord).filter((word) => word !== undefined), ...more];
  return {
    words,
    bigrams: ngrams(text, 2),
    readings: soundings(spoken.reading),
    pairs: pairs(words),
    references: referenceTokens(text),
  };
}

/** What looks like romaji may be an English word after all: 「api」, 「notice」. */
function englishWordsIn(typed: string): string[] {
  return (typed.match(/[a-z]{3,}/g) ?? []).flatMap((word) => englishWord(word) ?? []);
}

/** The features of several texts as those of one; nothing is read across their borders. */
export function joinFeatures(all: readonly Features[]): Features {
  return Object.fromEntries(
    channels.map((channel) => [channel, all.flatMap((features) => features[channel])]),
  ) as unknown as Features;
}

/** Normalised word -> its reading in hiragana, with a blank where it has none. */
export function createReadAloud(tokenize: Tokenize): (word: string) => string {
  return (word) => speak(word, tokenize(separateAstral(word))).reading;
}

/** Keeps the last few results of a pure function of a text: one question is read by several readers. */
export function remembering<Result>(read: (text: string) => Result, most = 8): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = read(text);
    if (known.size >= most) known.delete(known.keys().next().value ?? '');
    known.set(text, result);
    return result;
  };
}

/** kuromoji loses words behind two characters in a row that lie outside the BMP (emoji, rare kanji). */
function separateAstral(text: string): string {
  return text.replace(/([\u{10000}-\u{10ffff}])(?=[\u{10000}-\u{10ffff}])/gu, '$1 ');
}

/** The text read aloud. Long-vowel marks go: people write サーバ and サーバー. */
function speak(text: string, tokens: readonly Token[]): Spoken {
  let reading = '';
  const boundaries = new Set<number>([0]);
  for (const token of tokens) {
    const kana = readAloud(token);
    // Kana as typed may be cut anywhere; a word in kanji only as a whole.
    if (isKana(token.surface_form)) for (let i = 0; i < kana.length; i++) boundaries.add(reading.length + i);
    boundaries.add(reading.length);
    reading += kana;
    boundaries.add(reading.length);
  }
  return { text, reading: toHiragana(reading), boundaries };
}

function readAloud(token: Token): string {
  const kana = token.reading ?? token.surface_form;
  return isKana(kana) ? kana.replaceAll('ー', '') : ' ';
}

/** Three kana at a time, as written and with short vowels: romaji has 「joho」 for 「じょうほう」. */
function soundings(reading: string): string[] {
  const written = ngrams(reading, 3);
  const short = shortenVowels(reading);
  if (short === reading) return written;
  const known = new Set(written);
  return [...written, ...ngrams(short, 3).filter((gram) => !known.has(gram))];
}

/** Runs of n UTF-16 units, never across a blank or a punctuation mark; a shorter run stands for itself. */
function ngrams(text: string, n: number): string[] {
  const grams: string[] = [];
  for (const run of text.match(letters) ?? []) {
    if (run.length <= n) grams.push(run);
    else for (let i = 0; i + n <= run.length; i++) grams.push(run.slice(i, i + n));
  }
  return grams;
}

const letters = new RegExp(`${letter.source}+`, 'gu');

function pairs(words: readonly string[]): string[] {
  return words.slice(1).map((word, i) => `${words[i]} ${word}`);
}

function kanaShare(text: string): number {
  const all = text.match(/[\p{L}ー]/gu)?.length ?? 0;
  return all === 0 ? 0 : (text.match(/[ぁ-ゖァ-ヺー]/g)?.length ?? 0) / all;
}
