/** Many short phrases (ways of asking), each of a group; a question -> the phrases most like it. */
import { channels, createAnalyser, type Features } from './analysis.ts';
import type { Ranked } from './best-documents.ts';
import { type Cells, createCollector } from './cells.ts';
import {
  createQuestionReader,
  createScorer,
  createWeigher,
  type NumberedQuestion,
  type NumberQuestion,
  type Postings,
  type Reason,
  rarity,
  reasons,
} from './postings.ts';
import { type ChannelWeights, type SearchOptions, worth } from './search-index.ts';
import { createStringTable, type StringTable } from './string-table.ts';

export interface Phrase {
  readonly id: string;
  /** What the phrase asks for; several phrases share it. */
  readonly group: string;
  readonly text: string;
}

/** What explains a hit is worked out when it is read. */
export interface PhraseHit {
  readonly id: string;
  readonly group: string;
  readonly text: string;
  /** Likeness, 0..1 (cosine): 1 for the same features, comparable between questions. */
  readonly score: number;
  /** Never empty; shared features, what counted most first. Their weights add up to the score. */
  readonly why: readonly Reason[];
}

/** The nearest phrases as columns, for those who read many: nothing is made for each. */
export interface NearestPhrases extends Ranked {
  /** Of the phrase at this place in the columns. */
  why(at: number): readonly Reason[];
}

export interface PhraseIndex {
  readonly size: number;
  /** Best first; at most `limit` (10). */
  search(question: string, options?: { readonly limit?: number }): PhraseHit[];
  /** The same; documents are places in the list of phrases, here before `upTo` (all). */
  nearest(question: NumberedQuestion, limit: number, upTo?: number): NearestPhrases;
}

export const phraseWeights: ChannelWeights = {
  words: 1,
  bigrams: 0.25,
  readings: 0.15,
  concepts: 1,
  pairs: 0.3,
  references: 1,
};

/** Phrases are short: one rare word in common should not decide alone, so rarity is softened. */
const rarityExponent = 0.7;

/** Reads every phrase once: about 40 µs each. Groups may be spread over the list in any order. */
export function createPhraseIndex(phrases: readonly Phrase[], options: SearchOptions): PhraseIndex {
  const analyse = createAnalyser(options);
  const vocabulary = createStringTable();
  const features = phrases.map((phrase) => analyse(phrase.text).features);
  const postings = buildPhrasePostings(features, vocabulary, options.weights);
  return openPhraseIndex(phrases, postings, createQuestionReader(analyse, vocabulary), options.weights);
}

/** `all`: the features of each phrase; they are added to the vocabulary. */
export function buildPhrasePostings(
  all: readonly Features[],
  vocabulary: StringTable,
  weights: Partial<ChannelWeights> = {},
): Postings {
  const collector = createCollector(vocabulary);
  all.forEach((features, document) => {
    collector.add(document, 0, features);
  });
  return weigh(collector.finish(), vocabulary, all.length, { ...phraseWeights, ...weights });
}

/** `phrases`, and the vocabulary and analysis of `read`, must be those the postings were built with. */
export function openPhraseIndex(
  phrases: readonly Phrase[],
  postings: Postings,
  read: NumberQuestion,
  ownWeights: Partial<ChannelWeights> = {},
): PhraseIndex {
  const weights = { ...phraseWeights, ...ownWeights };
  const rank = createScorer(postings);
  const weighQuestion = createWeigher(postings, rarityExponent);

  return { size: phrases.length, search, nearest };

  function search(text: string, { limit = 10 }: { readonly limit?: number } = {}): PhraseHit[] {
    const found = nearest(read(text), limit);
    return found.documents.map((document, at) => {
      const { id = '', group = '', text = '' } = phrases[document] ?? {};
      return {
        id,
        group,
        text,
        score: found.scores[at] ?? 0,
        get why() {
          return found.why(at);
        },
      };
    });
  }

  function nearest(question: NumberedQuestion, limit: number, upTo = phrases.length): NearestPhrases {
    const { factors, rarities } = weighQuestion(question, worth(weights, question.kana));
    const parts = factors.map((factor, at) => factor * (rarities[at] ?? 0));
    const length = Math.sqrt(parts.reduce((sum, part) => sum + part * part, 0)) || 1;
    const asked = { question, factors: parts.map((part) => part / length), rarities };
    const { documents, scores } = rank(asked, limit, upTo);
    return {
      documents,
      scores: scores.map((score) => Math.min(1, score)),
      why: (at) => reasons(postings, asked, documents[at] ?? 0, ['']),
    };
  }
}

/** Impact = weight of the feature in the phrase ÷ length of the phrase's vector. */
function weigh(
  cells: Cells,
  vocabulary: StringTable,
  documentCount: number,
  weights: ChannelWeights,
): Postings {
  const impacts = new Float32Array(cells.documents.length);
  const squares = new Float64Array(documentCount);
  for (let feature = 0; feature + 1 < cells.starts.length; feature++) {
    const start = cells.starts[feature] ?? 0;
    const end = cells.starts[feature + 1] ?? 0;
    const channel = channels[vocabulary.kindOf(feature)] ?? 'words';
    const rare = rarity(end - start, documentCount) ** rarityExponent * weights[channel];
    for (let at = start; at < end; at++) {
      const impact = rare * (cells.counts[at] ?? 0);
      impacts[at] = impact;
      const document = cells.documents[at] ?? 0;
      squares[document] = (squares[document] ?? 0) + impact * impact;
    }
  }
  for (let at = 0; at < impacts.length; at++) {
    impacts[at] = (impacts[at] ?? 0) / Math.sqrt(squares[cells.documents[at] ?? 0] || 1);
  }
  const { starts, documents } = cells;
  return { starts, documents, fields: new Uint8Array(0), impacts, documentCount };
}
