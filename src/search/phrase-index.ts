/** Many short phrases (ways of asking), each of a group; a question -> the phrases most like it. */
import { type Analyse, type Channel, channels, createAnalyser, type Features } from './analysis.ts';
import { type Cells, createCollector } from './cells.ts';
import type { Concept } from './concepts.ts';
import { createScorer, type Postings, type Reason, rarity, readQuestion, reasons } from './postings.ts';
import { type ChannelWeights, worth } from './search-index.ts';
import type { Tokenize } from './tokens.ts';

export interface Phrase {
  readonly id: string;
  /** What the phrase asks for; several phrases share it. */
  readonly group: string;
  readonly text: string;
}

export interface PhraseOptions {
  readonly tokenize: Tokenize;
  readonly concepts?: readonly Concept[];
  readonly weights?: Partial<ChannelWeights>;
}

export interface PhraseHit {
  readonly id: string;
  readonly group: string;
  readonly text: string;
  /** Likeness, 0..1 (cosine): 1 for the same features, comparable between questions. */
  readonly score: number;
  /** Never empty; shared features, what counted most first. Their weights add up to the score. */
  readonly why: readonly Reason[];
}

export interface PhraseIndex {
  readonly size: number;
  /** Best first; at most `limit` (10). */
  search(question: string, options?: { readonly limit?: number }): PhraseHit[];
  /** Plain JSON from which `phraseIndexFromSnapshot` restores the index without tokenizing the phrases. */
  toSnapshot(): PhraseSnapshot;
}

/** Opaque: only good for `phraseIndexFromSnapshot` with the same concepts. */
export interface PhraseSnapshot {
  readonly phrases: readonly Phrase[];
  /** Names of the features, by channel. */
  readonly names: Readonly<Record<Channel, readonly string[]>>;
  /** For each phrase and channel, the numbers of its features, repeated as often as they occur. */
  readonly features: readonly (readonly (readonly number[])[])[];
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
export function createPhraseIndex(phrases: readonly Phrase[], options: PhraseOptions): PhraseIndex {
  const analyse = createAnalyser(options);
  return build(
    phrases,
    phrases.map((phrase) => analyse(phrase.text).features),
    analyse,
    options,
  );
}

/** Starts in a fraction of the time; `options` must be those the snapshot was made with. */
export function phraseIndexFromSnapshot(snapshot: PhraseSnapshot, options: PhraseOptions): PhraseIndex {
  const features = snapshot.features.map(
    (lists) =>
      Object.fromEntries(
        channels.map((channel, i) => [
          channel,
          (lists[i] ?? []).map((id) => snapshot.names[channel][id] ?? ''),
        ]),
      ) as unknown as Features,
  );
  return build(snapshot.phrases, features, createAnalyser(options), options);
}

function build(
  phrases: readonly Phrase[],
  all: readonly Features[],
  analyse: Analyse,
  options: PhraseOptions,
): PhraseIndex {
  const weights = { ...phraseWeights, ...options.weights };
  const collector = createCollector();
  all.forEach((features, document) => {
    collector.add(document, 0, features);
  });
  const postings = weigh(collector.finish(), phrases.length, weights);
  const rank = createScorer(postings);

  return { size: phrases.length, search, toSnapshot: () => snapshot(phrases, all) };

  function search(text: string, { limit = 10 }: { readonly limit?: number } = {}): PhraseHit[] {
    const analysis = analyse(text);
    const asked = readQuestion(analysis, postings, worth(weights, analysis.kana));
    const parts = asked.map(({ factor, rarity }) => factor * rarity ** rarityExponent);
    const length = Math.sqrt(parts.reduce((sum, part) => sum + part * part, 0)) || 1;
    const question = asked.map((one, i) => ({ ...one, factor: (parts[i] ?? 0) / length }));
    return rank(question, limit).map(({ document, score }) => {
      const { id = '', group = '', text = '' } = phrases[document] ?? {};
      return { id, group, text, score: Math.min(1, score), why: reasons(postings, question, document, ['']) };
    });
  }
}

/** Impact = weight of the feature in the phrase ÷ length of the phrase's vector. */
function weigh(cells: Cells, documentCount: number, weights: ChannelWeights): Postings {
  const impacts = new Float32Array(cells.documents.length);
  const squares = new Float64Array(documentCount);
  for (let feature = 0; feature + 1 < cells.starts.length; feature++) {
    const start = cells.starts[feature] ?? 0;
    const end = cells.starts[feature + 1] ?? 0;
    const channel = channels[cells.vocabulary.channelOf[feature] ?? 0] ?? 'words';
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
  const { vocabulary, starts, documents, fields } = cells;
  return { vocabulary, starts, documents, fields, impacts, documentCount };
}

function snapshot(phrases: readonly Phrase[], all: readonly Features[]): PhraseSnapshot {
  const numbers = channels.map(() => new Map<string, number>());
  const features = all.map((one) =>
    channels.map((channel, i) => one[channel].map((name) => numberOf(numbers[i] ?? new Map(), name))),
  );
  const names = Object.fromEntries(channels.map((channel, i) => [channel, [...(numbers[i]?.keys() ?? [])]]));
  return { phrases, names: names as unknown as Record<Channel, string[]>, features };
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, numbers.size);
  return numbers.size - 1;
}
