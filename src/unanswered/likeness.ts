import { type Analysis, createAnalyser } from '../search/analysis.ts';
import type { Concept } from '../search/concepts.ts';
import { buildPhrasePostings, openPhraseIndex } from '../search/phrase-index.ts';
import { createQuestionReader } from '../search/postings.ts';
import { createStringTable } from '../search/string-table.ts';
import type { Tokenize } from '../search/tokens.ts';

export interface Alike {
  /** The position of the other text. */
  readonly other: number;
  /** 0..1; 1 for the same words. */
  readonly score: number;
}

/** Many texts → for each, those most like it, best first. Each is read once. */
export type Likeness = (texts: readonly string[]) => (at: number) => readonly Alike[];

const MOST_ALIKE = 300;

/**
 * Likeness as the answers see it: words, readings and the concepts of the terms. `usual`: ways of asking that say how
 * rare a word is, so that few texts are compared as many are. Nothing is read before it is first used.
 */
export function createLikeness({
  tokenize,
  concepts,
  usual,
}: {
  readonly tokenize: Tokenize;
  readonly concepts: readonly Concept[];
  readonly usual: readonly string[];
}): Likeness {
  let prepared: { readonly analyse: (text: string) => Analysis; readonly usual: readonly Analysis[] } | null =
    null;
  return (texts) => {
    prepared ??= prepare();
    const { analyse } = prepared;
    const read = new Map(texts.map((text) => [text, analyse(text)]));
    const again = (text: string) => read.get(text) ?? analyse(text);
    const vocabulary = createStringTable();
    const features = [...texts.map(again), ...prepared.usual].map((one) => one.features);
    const postings = buildPhrasePostings(features, vocabulary);
    const phrases = texts.map((text, at) => ({ id: String(at), group: '', text }));
    const index = openPhraseIndex(phrases, postings, createQuestionReader(again, vocabulary));
    return (at) =>
      index
        .search(texts[at] ?? '', { limit: MOST_ALIKE })
        .flatMap(({ id, score }) => (id === '' || Number(id) === at ? [] : [{ other: Number(id), score }]));
  };

  function prepare() {
    const analyse = createAnalyser({ tokenize, concepts });
    return { analyse, usual: usual.map(analyse) };
  }
}
