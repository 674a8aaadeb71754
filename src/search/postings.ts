/** The inverted index both kinds of search share: for each feature the documents that hold it, with an impact. */
import { type Analyse, type Channel, channels } from './analysis.ts';
import { createBest, type Ranked } from './best-documents.ts';
import type { StringTable } from './string-table.ts';

/** Columns only, for keeping in a file as they are. */
export interface Postings {
  /** Feature f owns the postings starts[f] .. starts[f + 1] - 1, by ascending document. */
  readonly starts: Int32Array;
  readonly documents: Int32Array;
  /** What the posting adds to the score of its document for one occurrence in the question. */
  readonly impacts: Float32Array;
  /** The field that contributed most; empty when there is one field only. */
  readonly fields: Uint8Array;
  readonly documentCount: number;
}

/**
 * A question as the indexes of one vocabulary see it: columns, with one entry for each of its features. Plain arrays:
 * so small a typed array costs more to make and to collect than to read.
 */
export interface NumberedQuestion {
  readonly names: readonly string[];
  /** Places among `channels`. */
  readonly channels: readonly number[];
  /** -1 where the vocabulary does not hold the feature. */
  readonly ids: readonly number[];
  /** Occurrences in the question. */
  readonly counts: readonly number[];
  /** See `Analysis`. */
  readonly kana: number;
}

export type NumberQuestion = (text: string) => NumberedQuestion;

/** What a question asks of one index, feature by feature. */
export interface Asked {
  readonly question: NumberedQuestion;
  /** Factors on the impacts: occurrences in the question × what the channel is worth in it. */
  readonly factors: readonly number[];
  /** Inverse document frequencies, softened as the index asks for. */
  readonly rarities: readonly number[];
}

export interface Reason {
  readonly channel: Channel;
  /** The shared feature as people can read it: a word, two characters, a concept id. */
  readonly token: string;
  /** Name of the passage's field where it stands; empty for phrases. */
  readonly field: string;
  /** What it added to the score. */
  readonly weight: number;
}

/** Rarity of a feature in `holding` of `all` documents; more than 0 always. */
export function rarity(holding: number, all: number): number {
  return Math.log(1 + (all - holding + 0.5) / (holding + 0.5));
}

/** `vocabulary`: feature -> its number in the postings, by index of its channel. */
export function createQuestionReader(analyse: Analyse, vocabulary: StringTable): NumberQuestion {
  return (text) => {
    const { features, kana } = analyse(text);
    const counted = channels.map((channel) => countEach(features[channel]));
    const names: string[] = [];
    const channelOf: number[] = [];
    const ids: number[] = [];
    const counts: number[] = [];
    counted.forEach((some, channel) => {
      for (const [name, count] of some) {
        names.push(name);
        channelOf.push(channel);
        ids.push(vocabulary.find(channel, name) ?? -1);
        counts.push(count);
      }
    });
    return { names, channels: channelOf, ids, counts, kana };
  };
}

/** Weighs questions for one index; each rarity, to the power of `exponent`, is worked out once. */
export function createWeigher(postings: Postings, exponent = 1) {
  const known = new Float64Array(postings.starts.length);
  const unknown = rarity(0, postings.documentCount) ** exponent;
  return (question: NumberedQuestion, worth: Readonly<Record<Channel, number>>): Asked => {
    const values = channels.map((channel) => worth[channel]);
    const factors: number[] = [];
    const rarities: number[] = [];
    question.ids.forEach((id, at) => {
      factors.push((question.counts[at] ?? 0) * (values[question.channels[at] ?? 0] ?? 0));
      rarities.push(rarityOf(id));
    });
    return { question, factors, rarities };
  };

  function rarityOf(id: number): number {
    if (id < 0 || id + 1 >= known.length) return unknown;
    if (known[id] === 0) known[id] = rarity(holders(postings, id), postings.documentCount) ** exponent;
    return known[id] ?? unknown;
  }
}

/** Finds the documents with the highest sums of impacts; a question allocates nothing that grows with the index. */
export function createScorer(postings: Postings) {
  const { add, sums, clear } = createAdder(postings);
  const bestDocuments = createBest();
  /** `upTo`: only documents before this one. */
  return function rank({ question, factors }: Asked, limit: number, upTo = postings.documentCount): Ranked {
    const found = add(question, factors, postings.impacts, upTo);
    const best = bestDocuments(sums, found, limit);
    clear(found);
    return best;
  };
}

/** The share, 0..1, of what a question asks (by rarity) that documents hold. */
export interface Coverage {
  /** By place in the list. */
  of(asked: Asked, documents: readonly number[]): number[];
  best(asked: Asked, limit: number): Ranked;
}

export function createCoverage(postings: Postings): Coverage {
  const { add, sums, clear } = createAdder(postings);
  const bestDocuments = createBest();
  return {
    of: (asked, documents) =>
      summing(asked, (all) => documents.map((document) => (sums[document] ?? 0) / all)),
    best: (asked, limit) =>
      summing(asked, (all, found) => {
        const { documents, scores } = bestDocuments(sums, found, limit);
        return { documents, scores: scores.map((score) => score / all) };
      }),
  };

  /** Reads the sums while they stand; `all` is what a document that holds everything comes to. */
  function summing<Result>(
    { question, factors, rarities }: Asked,
    read: (all: number, found: Int32Array) => Result,
  ): Result {
    const parts = factors.map((factor, at) => factor * (rarities[at] ?? 0));
    const all = parts.reduce((sum, part) => sum + part, 0);
    const found = add(question, parts, null, postings.documentCount);
    const result = read(all || 1, found);
    clear(found);
    return result;
  }
}

/** Sums by document in one scratch column, which stand until they are cleared. */
function createAdder({ starts, documents, documentCount }: Postings) {
  const sums = new Float64Array(documentCount);
  const touched = new Int32Array(documentCount);
  return { sums, add, clear };

  /** Adds factor × impact (1 where null), feature by feature, and returns the documents that have any. */
  function add(
    { ids }: NumberedQuestion,
    factors: readonly number[],
    impacts: Float32Array | null,
    upTo: number,
  ): Int32Array {
    let count = 0;
    for (let feature = 0; feature < ids.length; feature++) {
      const id = ids[feature] ?? -1;
      const factor = factors[feature] ?? 0;
      if (id < 0 || id + 1 >= starts.length || factor === 0) continue;
      const start = starts[id] ?? 0;
      const end = endBefore(documents, start, starts[id + 1] ?? 0, upTo);
      for (let at = start; at < end; at++) {
        const document = documents[at] ?? 0;
        const sum = sums[document] ?? 0;
        if (sum === 0) touched[count++] = document;
        sums[document] = sum + (impacts === null ? factor : factor * (impacts[at] ?? 0));
      }
    }
    return touched.subarray(0, count);
  }

  function clear(found: Int32Array): void {
    for (let at = 0; at < found.length; at++) sums[found[at] ?? 0] = 0;
  }
}

/** Where the postings of documents before `upTo` end. */
function endBefore(documents: Int32Array, start: number, end: number, upTo: number): number {
  if (end === start || (documents[end - 1] ?? 0) < upTo) return end;
  let low = start;
  let high = end - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((documents[middle] ?? 0) < upTo) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Why a document was found, what counted most first. */
export function reasons(
  postings: Postings,
  { question, factors }: Asked,
  document: number,
  fieldNames: readonly string[],
): Reason[] {
  const found: Reason[] = [];
  question.names.forEach((token, feature) => {
    const factor = factors[feature] ?? 0;
    const at = factor === 0 ? -1 : find(postings, question.ids[feature] ?? -1, document);
    if (at < 0) return;
    const channel = channels[question.channels[feature] ?? 0] ?? 'words';
    const field = fieldNames[postings.fields[at] ?? 0] ?? '';
    found.push({ channel, token, field, weight: factor * (postings.impacts[at] ?? 0) });
  });
  return found.sort((a, b) => b.weight - a.weight);
}

/** None for a feature that is unknown, or came into a shared vocabulary later. */
function holders({ starts }: Postings, id: number): number {
  return id >= 0 && id + 1 < starts.length ? (starts[id + 1] ?? 0) - (starts[id] ?? 0) : 0;
}

/** The place of a document among the postings of a feature, or -1. */
function find({ starts, documents }: Postings, id: number, document: number): number {
  if (id < 0 || id + 1 >= starts.length) return -1;
  let low = starts[id] ?? 0;
  let high = (starts[id + 1] ?? 0) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const there = documents[middle] ?? 0;
    if (there === document) return middle;
    if (there < document) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function countEach(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
