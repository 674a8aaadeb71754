/** The inverted index both kinds of search share: for each feature the documents that hold it, with an impact. */
import { type Analyse, type Channel, channels } from './analysis.ts';
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

/** One feature of a question. */
export interface Asked {
  readonly channel: Channel;
  readonly name: string;
  /** Undefined when no document holds it. */
  readonly id: number | undefined;
  /** Factor on the impact: occurrences in the question × what the channel is worth in this question. */
  readonly factor: number;
  /** Inverse document frequency. */
  readonly rarity: number;
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

export interface Ranked {
  readonly document: number;
  readonly score: number;
}

/** Rarity of a feature in `holding` of `all` documents; more than 0 always. */
export function rarity(holding: number, all: number): number {
  return Math.log(1 + (all - holding + 0.5) / (holding + 0.5));
}

/** A question as the indexes of one vocabulary see it. */
export interface NumberedQuestion {
  readonly features: readonly {
    readonly channel: Channel;
    readonly name: string;
    /** Undefined when the vocabulary does not hold it. */
    readonly id: number | undefined;
    /** Occurrences in the question. */
    readonly count: number;
  }[];
  /** See `Analysis`. */
  readonly kana: number;
}

export type NumberQuestion = (text: string) => NumberedQuestion;

/** `vocabulary`: feature -> its number in the postings, by index of its channel. */
export function createQuestionReader(analyse: Analyse, vocabulary: StringTable): NumberQuestion {
  return (text) => {
    const { features, kana } = analyse(text);
    return {
      kana,
      features: channels.flatMap((channel, number) =>
        Array.from(countEach(features[channel]), ([name, count]) => ({
          channel,
          name,
          count,
          id: vocabulary.find(number, name),
        })),
      ),
    };
  };
}

export function weighQuestion(
  { features }: NumberedQuestion,
  postings: Postings,
  worth: Readonly<Record<Channel, number>>,
): Asked[] {
  const asked: Asked[] = [];
  for (const { channel, name, id, count } of features) {
    if (worth[channel] === 0) continue;
    const holding = id === undefined ? 0 : holders(postings, id);
    const rare = rarity(holding, postings.documentCount);
    asked.push({ channel, name, id, factor: count * worth[channel], rarity: rare });
  }
  return asked;
}

/** Adds up impacts over one scratch array; a question allocates nothing that grows with the index. */
export function createScorer(postings: Postings) {
  const scores = new Float64Array(postings.documentCount);
  const touched = new Int32Array(postings.documentCount);
  /** The best `limit` documents, best first; equal scores by document order. */
  return function rank(question: readonly Asked[], limit: number): Ranked[] {
    let count = 0;
    for (const { id, factor } of question) {
      if (id === undefined) continue;
      const end = postings.starts[id + 1] ?? 0;
      for (let at = postings.starts[id] ?? 0; at < end; at++) {
        const document = postings.documents[at] ?? 0;
        const before = scores[document] ?? 0;
        if (before === 0) touched[count++] = document;
        scores[document] = before + factor * (postings.impacts[at] ?? 0);
      }
    }
    const best: Ranked[] = [];
    for (let i = 0; i < count; i++) {
      const document = touched[i] ?? 0;
      const score = scores[document] ?? 0;
      // Most documents are far from the best: nothing is made for them.
      if (best.length < limit || score >= (best[limit - 1]?.score ?? 0))
        insert(best, { document, score }, limit);
      scores[document] = 0;
    }
    return best;
  };
}

/** Why a document was found, what counted most first. */
export function reasons(
  postings: Postings,
  question: readonly Asked[],
  document: number,
  fieldNames: readonly string[],
): Reason[] {
  const found: Reason[] = [];
  for (const { channel, name, id, factor } of question) {
    const at = id === undefined ? -1 : find(postings, id, document);
    if (at < 0) continue;
    const field = fieldNames[postings.fields[at] ?? 0] ?? '';
    found.push({ channel, token: name, field, weight: factor * (postings.impacts[at] ?? 0) });
  }
  return found.sort((a, b) => b.weight - a.weight);
}

/** Share, 0..1, of what the question asks (by rarity) that the document holds. */
export function coverage(postings: Postings, question: readonly Asked[], document: number): number {
  let held = 0;
  let all = 0;
  for (const { id, factor, rarity } of question) {
    all += factor * rarity;
    if (id !== undefined && find(postings, id, document) >= 0) held += factor * rarity;
  }
  return all === 0 ? 0 : held / all;
}

/** None for a feature that came into a shared vocabulary later. */
export function holders({ starts }: Postings, id: number): number {
  return id + 1 < starts.length ? (starts[id + 1] ?? 0) - (starts[id] ?? 0) : 0;
}

/** The place of a document among the postings of a feature, or -1. */
function find({ starts, documents }: Postings, id: number, document: number): number {
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

function insert(best: Ranked[], ranked: Ranked, limit: number): void {
  if (best.length >= limit && !better(ranked, best.at(-1))) return;
  let at = best.length;
  while (at > 0 && better(ranked, best[at - 1])) at--;
  best.splice(at, 0, ranked);
  if (best.length > limit) best.pop();
}

function better(a: Ranked, b: Ranked | undefined): boolean {
  if (b === undefined) return true;
  return a.score > b.score || (a.score === b.score && a.document < b.document);
}

export function countEach(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
