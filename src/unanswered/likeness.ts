import type { Concept } from '../search/concepts.ts';
import { createPhraseIndex } from '../search/phrase-index.ts';
import type { Tokenize } from '../search/tokens.ts';

export interface Alike {
  /** The position of the other text. */
  readonly other: number;
  /** 0..1; 1 for the same words. */
  readonly score: number;
}

/** Many texts → for each, those most like it, best first. Each is read once. */
export type Likeness = (texts: readonly string[]) => (at: number) => readonly Alike[];

const MOST_ALIKE = 200;

/** Likeness as the answers see it: words, readings and the concepts of the terms. */
export function createLikeness(options: {
  readonly tokenize: Tokenize;
  readonly concepts: readonly Concept[];
}): Likeness {
  return (texts) => {
    const index = createPhraseIndex(
      texts.map((text, at) => ({ id: String(at), group: '', text })),
      options,
    );
    return (at) =>
      index
        .search(texts[at] ?? '', { limit: MOST_ALIKE })
        .map(({ id, score }) => ({ other: Number(id), score }))
        .filter(({ other }) => other !== at);
  };
}
