/** Any set of passages -> an index; a question -> the passages that answer it, with the reasons. */
import { type Analyse, type Channel, channels, createAnalyser, type Features } from './analysis.ts';
import type { Ranked } from './best-documents.ts';
import { type Cells, createCollector } from './cells.ts';
import type { Concept } from './concepts.ts';
import {
  createCoverage,
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
import { createStringTable, type StringTable } from './string-table.ts';
import type { Tokenize } from './tokens.ts';

export interface Field {
  readonly name: string;
  readonly text: string;
  /** How often the field counts; 1 when absent. */
  readonly weight?: number;
}

export type Passage =
  | { readonly id: string; readonly fields: readonly Field[] }
  | { readonly id: string; readonly title: string; readonly text: string };

export type ChannelWeights = Readonly<Record<Channel, number>>;

export interface SearchOptions {
  readonly tokenize: Tokenize;
  readonly concepts?: readonly Concept[];
  readonly weights?: Partial<ChannelWeights>;
}

/** What explains a hit is worked out when it is read. */
export interface Hit {
  readonly id: string;
  /** What it is ranked by: a BM25 sum, comparable within one question only, or the share. */
  readonly score: number;
  /** 0..1: share of what the question asks, weighed by rarity, that the passage holds. */
  readonly normalised: number;
  /** Never empty; what counted most first. */
  readonly why: readonly Reason[];
}

export interface FindOptions {
  /** 10 when absent. */
  readonly limit?: number;
  /** BM25 when absent; by the share covered where passages are short and each word of the question counts. */
  readonly by?: 'bm25' | 'share';
}

export interface SearchIndex {
  readonly size: number;
  /** Best first. Empty when the question shares nothing with any passage. */
  search(question: string, options?: FindOptions): Hit[];
  /** The same as columns, for those who read many; documents are places in the list of passages. */
  best(question: NumberedQuestion, limit: number): Ranked;
  /** By share. */
  covering(question: NumberedQuestion, limit: number): Ranked;
}

export const defaultWeights: ChannelWeights = {
  words: 1,
  bigrams: 0.3,
  readings: 0.2,
  concepts: 0.75,
  pairs: 0.35,
  references: 1.5,
};

const titleWeight = 2;
/** How soon repetition stops counting, and how much length is held against a passage (BM25's k1 and b). */
const saturation = 0.9;
const lengthPenalty = 0.75;

/** What a search index is made of, as plain data beside the vocabulary it was built on. */
export interface SearchData {
  /** By document. */
  readonly ids: readonly string[];
  readonly fieldNames: readonly string[];
  readonly postings: Postings;
}

/** A passage that was read already. */
export interface ReadPassage {
  readonly id: string;
  readonly fields: readonly ReadField[];
}

export interface ReadField {
  readonly name: string;
  readonly weight: number;
  readonly features: Features;
}

/** Passages are read once here; the index never changes. Ids should differ, or hits cannot be told apart. */
export function createSearchIndex(passages: readonly Passage[], options: SearchOptions): SearchIndex {
  const analyse = createAnalyser(options);
  const vocabulary = createStringTable();
  const data = buildSearchData(
    passages.map((passage) => readPassage(passage, analyse)),
    vocabulary,
  );
  return openSearchIndex(data, createQuestionReader(analyse, vocabulary), options.weights);
}

export function readPassage(passage: Passage, analyse: Analyse): ReadPassage {
  return {
    id: passage.id,
    fields: fieldsOf(passage).map(({ name, text, weight = 1 }) => ({
      name,
      weight,
      features: analyse(text).features,
    })),
  };
}

/** Adds the features to the vocabulary. */
export function buildSearchData(passages: readonly ReadPassage[], vocabulary: StringTable): SearchData {
  const fields = passages.map((passage) => passage.fields);
  const fieldNames = [...new Set(fields.flat().map((field) => field.name))];
  const collector = createCollector(vocabulary);
  const lengths = fields.map((list, document) =>
    list.map((field) => collector.add(document, fieldNames.indexOf(field.name), field.features)),
  );
  const postings = weigh(collector.finish(), vocabulary, fields, fieldNames, lengths);
  return { ids: passages.map(({ id }) => id), fieldNames, postings };
}

/** `read` must be of the vocabulary and the analysis that the data was built with. */
export function openSearchIndex(
  { ids, fieldNames, postings }: SearchData,
  read: NumberQuestion,
  ownWeights: Partial<ChannelWeights> = {},
): SearchIndex {
  const weights = { ...defaultWeights, ...ownWeights };
  const rank = createScorer(postings);
  const weighQuestion = createWeigher(postings);
  const coverage = createCoverage(postings);
  const ask = (question: NumberedQuestion) => weighQuestion(question, worth(weights, question.kana));

  return {
    size: ids.length,
    search,
    best: (question, limit) => rank(ask(question), limit),
    covering: (question, limit) => coverage.best(ask(question), limit),
  };

  function search(text: string, { limit = 10, by = 'bm25' }: FindOptions = {}): Hit[] {
    const asked = ask(read(text));
    const { documents, scores } = by === 'share' ? coverage.best(asked, limit) : rank(asked, limit);
    let shares: readonly number[] | undefined;
    return documents.map((document, at) => ({
      id: ids[document] ?? '',
      score: scores[at] ?? 0,
      get normalised() {
        shares ??= coverage.of(asked, documents);
        return shares[at] ?? 0;
      },
      get why() {
        return reasons(postings, asked, document, fieldNames);
      },
    }));
  }
}

/** A question in kana alone is cut into the wrong words; then its reading counts more than words do. */
export function worth(weights: ChannelWeights, kana: number): ChannelWeights {
  return kana < 0.9 ? weights : { ...weights, readings: 2 * weights.words };
}

function fieldsOf(passage: Passage): readonly Field[] {
  if ('fields' in passage) return passage.fields;
  return [
    { name: 'title', text: passage.title, weight: titleWeight },
    { name: 'text', text: passage.text },
  ];
}

/** BM25F: occurrences are scaled by field weight and field length, added up, then saturated once. */
function weigh(
  cells: Cells,
  vocabulary: StringTable,
  fields: readonly (readonly ReadField[])[],
  fieldNames: readonly string[],
  lengths: readonly (readonly number[][])[],
): Postings {
  const scale = fieldScales(fields, fieldNames, lengths);
  const documentCount = fields.length;
  const total = cells.documents.length;
  const starts = new Int32Array(cells.starts.length);
  const documents = new Int32Array(total);
  const impacts = new Float32Array(total);
  const fieldOf = new Uint8Array(total);
  let end = 0;
  for (let feature = 0; feature + 1 < cells.starts.length; feature++) {
    const channel = vocabulary.kindOf(feature);
    const first = end;
    let most = 0;
    for (let cell = cells.starts[feature] ?? 0; cell < (cells.starts[feature + 1] ?? 0); cell++) {
      const document = cells.documents[cell] ?? 0;
      const field = cells.fields[cell] ?? 0;
      const share =
        (cells.counts[cell] ?? 0) *
        (scale[(document * fieldNames.length + field) * channels.length + channel] ?? 0);
      if (end === first || documents[end - 1] !== document) {
        documents[end++] = document;
        most = 0;
      }
      impacts[end - 1] = (impacts[end - 1] ?? 0) + share;
      if (share > most) {
        most = share;
        fieldOf[end - 1] = field;
      }
    }
    starts[feature + 1] = end;
    const rare = rarity(end - first, documentCount);
    for (let at = first; at < end; at++) {
      const frequency = impacts[at] ?? 0;
      impacts[at] = (rare * frequency * (saturation + 1)) / (frequency + saturation);
    }
  }
  return {
    starts,
    documents: documents.slice(0, end),
    impacts: impacts.slice(0, end),
    fields: fieldNames.length > 1 ? fieldOf.slice(0, end) : new Uint8Array(0),
    documentCount,
  };
}

/** Field weight ÷ length norm, by document, field and channel. */
function fieldScales(
  fields: readonly (readonly ReadField[])[],
  fieldNames: readonly string[],
  lengths: readonly (readonly number[][])[],
): Float32Array {
  const width = channels.length;
  const sums = new Float64Array(fieldNames.length * width);
  const counts = new Float64Array(fieldNames.length);
  each((_, field, __, sizes) => {
    counts[field] = (counts[field] ?? 0) + 1;
    sizes.forEach((size, channel) => {
      sums[field * width + channel] = (sums[field * width + channel] ?? 0) + size;
    });
  });
  const scales = new Float32Array(fields.length * fieldNames.length * width);
  each((document, field, weight, sizes) => {
    sizes.forEach((size, channel) => {
      const average = (sums[field * width + channel] ?? 0) / (counts[field] || 1);
      const norm = 1 - lengthPenalty + (lengthPenalty * size) / (average || 1);
      scales[(document * fieldNames.length + field) * width + channel] = weight / norm;
    });
  });
  return scales;

  function each(
    visit: (document: number, field: number, weight: number, sizes: readonly number[]) => void,
  ): void {
    fields.forEach((list, document) => {
      list.forEach((field, i) => {
        visit(document, fieldNames.indexOf(field.name), field.weight, lengths[document]?.[i] ?? []);
      });
    });
  }
}
