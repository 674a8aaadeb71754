import type { Knowledge } from '../knowledge/knowledge.ts';
import {
  type Analyse,
  analyserOf,
  type Features,
  joinFeatures,
  type Listen,
  remembering,
} from '../search/analysis.ts';
import { type Concept, type ConceptWords, createConceptMatcher, readConcepts } from '../search/concepts.ts';
import {
  buildPhrasePostings,
  type NearestPhrases,
  openPhraseIndex,
  type Phrase,
} from '../search/phrase-index.ts';
import { createQuestionReader, type Postings, type Reason } from '../search/postings.ts';
import {
  buildSearchData,
  type ChannelWeights,
  openSearchIndex,
  type Passage,
  type ReadPassage,
  readPassage,
  type SearchData,
} from '../search/search-index.ts';
import { createStringTable, type StringTableData } from '../search/string-table.ts';
import type { Terms } from '../terms/model.ts';
import { provisions } from '../terms/provisions.ts';
import { isRow } from './leaning.ts';
import { isOfRow, isSpelledOut, phrasesOf, waysOf, worthOf } from './ways-of-asking.ts';

/** What a question can be about. */
export type ClassKind = 'provision' | 'topic' | 'gap' | 'neighbour' | 'offtopic';

/** One thing the question may be about, with the evidence for it. */
export interface RankedClass {
  readonly kind: ClassKind;
  /** Canonical citation, or the id of the topic, gap or neighbour. */
  readonly key: string;
  /** Comparable within one question. */
  readonly score: number;
  /** The way of asking that came nearest; null when only the wording fits. */
  readonly ask: {
    readonly text: string;
    readonly similarity: number;
    readonly shared: readonly string[];
  } | null;
  /** How much of the question the provision's own words cover, 0..1. */
  readonly wording: number;
}

/** `rows`: only the 項番 of the 別表, at a part of the cost. */
export type Rank = (text: string, among?: 'all' | 'rows') => readonly RankedClass[];

/** How each kind of evidence counts, and how much each further ask counts after the nearest; found on the tuning half. */
export const WEIGHTS = { decay: 0.7, asks: 0.6, wording: 0.5, together: 0.45 };
const ASKS_READ = 80;
/** By place among the asks of one class. */
const DECAYS = Array.from({ length: ASKS_READ }, (_, place) => WEIGHTS.decay ** place);
const CLASSES_READ = 40;
/** Of a provision's own words: what sounds alike counts more, and the numbers it cites less, than in other texts. */
export const WORDING_WEIGHTS: Partial<ChannelWeights> = { readings: 0.5, references: 0.5 };

/** Everything the ranking has read beforehand: plain data, the same for the same terms and knowledge. */
export interface RankingData {
  readonly concepts: ConceptWords;
  /** The features of all three indexes. */
  readonly vocabulary: StringTableData;
  readonly asks: Postings;
  /** All ways of asking for one thing as one passage: what is typical of it as a whole. */
  readonly classes: SearchData;
  readonly wordings: SearchData;
}

/** Reads every way of asking and every provision once. `readAloud`: a word → its reading in hiragana. */
export function prepareRanking(
  terms: Terms,
  knowledge: Knowledge,
  listen: Listen,
  readAloud: (word: string) => string,
): RankingData {
  const concepts = readConcepts(conceptsOf(knowledge), readAloud);
  const analyse = analyserOf(listen, createConceptMatcher(concepts));
  const vocabulary = createStringTable();
  const phrases = phrasesOf(knowledge);
  const features = phrases.map(({ text }) => analyse(text).features);
  const asks = buildPhrasePostings(features, vocabulary);
  const classes = buildSearchData(asksTogether(phrases, features), vocabulary);
  const wordings = buildSearchData(wordingsOf(terms, knowledge, analyse), vocabulary);
  return { concepts, vocabulary: vocabulary.data(), asks, classes, wordings };
}

/**
 * The ranking of everything a question can be about. Three kinds of evidence are added up: the ways of asking
 * nearest to the question, all ways of asking for one thing taken together, and the provision's own words.
 */
export function createRanking(knowledge: Knowledge, listen: Listen, data: RankingData): Rank {
  const analyse = analyserOf(listen, createConceptMatcher(data.concepts));
  // The three indexes are asked the same question, and it is often asked again: alone, in its thread, by its parts.
  const read = remembering(createQuestionReader(analyse, createStringTable(data.vocabulary)));
  const phrases = phrasesOf(knowledge);
  const asks = openPhraseIndex(phrases, data.asks, read);
  const wordings = openSearchIndex(data.wordings, read, WORDING_WEIGHTS);
  const classes = openSearchIndex(data.classes, read);
  const ways = waysOf(phrases);
  const worths = Float64Array.from(phrases, worthOf);
  const groups = groupsOf(phrases, data);
  const rowPhrases = phrases.filter(({ group }) => isOfRow(group)).length;
  const all = remembering((text) => rankUpTo(text, phrases.length));
  const rows = remembering((text) => rankUpTo(text, rowPhrases).filter(({ key }) => isRow(key)));
  return (text, among = 'all') => (among === 'all' ? all(text) : rows(text));

  /** By the ways of asking before this one, and by everything else. */
  function rankUpTo(text: string, upTo: number): readonly RankedClass[] {
    const question = read(text);
    const evidence = createEvidence();
    const nearest = asks.nearest(question, ASKS_READ, upTo);
    const counted = new Set<number>();
    nearest.documents.forEach((phrase, at) => {
      const way = ways[phrase] ?? phrase;
      if (counted.has(way)) return;
      counted.add(way);
      const one = evidence.of(groups.ofPhrase[phrase] ?? 0);
      const likeness = (nearest.scores[at] ?? 0) * (worths[phrase] ?? 1);
      if (one.near < 0) {
        one.near = at;
        one.likeness = likeness;
      }
      one.asks += likeness * (DECAYS[one.count++] ?? 0);
    });
    const worded = wordings.covering(question, CLASSES_READ);
    worded.documents.forEach((passage, at) => {
      evidence.of(groups.ofWording[passage] ?? 0).wording = worded.scores[at] ?? 0;
    });
    const together = classes.best(question, CLASSES_READ);
    // BM25 sums are comparable within one question only: the best passage counts 1.
    const best = together.scores[0] || 1;
    together.documents.forEach((passage, at) => {
      evidence.of(groups.ofClass[passage] ?? 0).together = (together.scores[at] ?? 0) / best;
    });
    return evidence
      .all()
      .map(([group, one]) => rankedClass(groups.all[group] ?? NO_GROUP, one, phrases, nearest))
      .sort((a, b) => b.score - a.score);
  }
}

interface Group {
  readonly kind: ClassKind;
  readonly key: string;
}

const NO_GROUP: Group = { kind: 'offtopic', key: '' };

/** Every class has a number; each index has its passages in an order of its own. */
function groupsOf(phrases: readonly Phrase[], { wordings, classes }: RankingData) {
  const numbers = new Map<string, number>();
  const numbersOf = (names: readonly string[]) =>
    Int32Array.from(names, (name) => {
      const known = numbers.get(name) ?? numbers.size;
      numbers.set(name, known);
      return known;
    });
  const [ofPhrase, ofWording, ofClass] = [
    numbersOf(phrases.map(({ group }) => group)),
    numbersOf(wordings.ids),
    numbersOf(classes.ids),
  ];
  return { ofPhrase, ofWording, ofClass, all: [...numbers.keys()].map(splitGroup) };
}

interface Evidence {
  /** Place of the nearest way of asking among those found; -1 without any. */
  near: number;
  /** What that one counts, 0..1. */
  likeness: number;
  asks: number;
  count: number;
  wording: number;
  together: number;
}

/** What was found for each class, in the order in which it was found first. */
function createEvidence() {
  const found = new Map<number, Evidence>();
  return {
    of(group: number): Evidence {
      const known = found.get(group);
      if (known !== undefined) return known;
      const fresh = { near: -1, likeness: 0, asks: 0, count: 0, wording: 0, together: 0 };
      found.set(group, fresh);
      return fresh;
    },
    all: () => [...found],
  };
}

function rankedClass(
  { kind, key }: Group,
  { near, likeness, asks, wording, together }: Evidence,
  phrases: readonly Phrase[],
  nearest: NearestPhrases,
): RankedClass {
  const text = phrases[nearest.documents[near] ?? 0]?.text ?? '';
  return {
    kind,
    key,
    score: WEIGHTS.asks * asks + WEIGHTS.wording * wording + WEIGHTS.together * together,
    ask: near < 0 ? null : new NearestAsk(text, likeness, () => nearest.why(near)),
    wording,
  };
}

/** What was shared is worked out when it is read. */
class NearestAsk {
  readonly text: string;
  readonly similarity: number;
  readonly #why: () => readonly Reason[];

  constructor(text: string, similarity: number, why: () => readonly Reason[]) {
    this.text = text;
    this.similarity = similarity;
    this.#why = why;
  }

  get shared(): readonly string[] {
    return [...new Set(this.#why().map(({ token }) => token))].slice(0, 5);
  }
}

/** The features of a passage of asks are those of its asks, one after the other. */
function asksTogether(phrases: readonly Phrase[], all: readonly Features[]): ReadPassage[] {
  const byGroup = new Map<string, Features[]>();
  phrases.forEach((phrase, i) => {
    const features = all[i];
    if (features === undefined || isSpelledOut(phrase)) return;
    const { group } = phrase;
    const before = byGroup.get(group);
    if (before) before.push(features);
    else byGroup.set(group, [features]);
  });
  return [...byGroup].map(([id, some]) => ({
    id,
    fields: [{ name: 'asks', weight: 1, features: joinFeatures(some) }],
  }));
}

/** What counts as the same, however it is said: the terms' own words and the names of the APIs. */
export function conceptsOf(knowledge: Knowledge): Concept[] {
  return [
    ...knowledge.vocabulary.concepts.map(({ concept, words }) => ({
      id: concept,
      words: [concept, ...words],
    })),
    ...knowledge.apis.map(({ row, name, aliases }) => ({ id: `項番${row}`, words: [name, ...aliases] })),
  ];
}

function wordingsOf(terms: Terms, knowledge: Knowledge, analyse: Analyse): ReadPassage[] {
  const summaries = new Map(knowledge.provisions.map(({ cite, summary }) => [cite, summary]));
  return provisions(terms)
    .map(({ key, caption, text }): Passage => {
      const summary = summaries.get(key);
      return {
        id: `provision:${key}`,
        fields: [
          { name: 'caption', text: caption, weight: 2 },
          { name: 'text', text },
          { name: 'summary', text: summary ? `${summary.ja} ${summary.en}` : '' },
        ],
      };
    })
    .map((passage) => readPassage(passage, analyse));
}

function splitGroup(name: string): Group {
  const colon = name.indexOf(':');
  return { kind: name.slice(0, colon) as ClassKind, key: name.slice(colon + 1) };
}

/** A few ways of asking for each thing: what questions to this bot usually look like. */
export function usualQuestions(knowledge: Knowledge): string[] {
  const entries = [...knowledge.provisions, ...knowledge.gaps, ...knowledge.topics];
  return entries.flatMap(({ asks }) => asks.ja.slice(0, 2));
}
