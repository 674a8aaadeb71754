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
import { buildPhrasePostings, openPhraseIndex, type Phrase, type PhraseHit } from '../search/phrase-index.ts';
import { createQuestionReader, type Postings } from '../search/postings.ts';
import {
  buildSearchData,
  type Hit,
  openSearchIndex,
  type Passage,
  type ReadPassage,
  readPassage,
  type SearchData,
} from '../search/search-index.ts';
import { createStringTable, type StringTableData } from '../search/string-table.ts';
import type { Terms } from '../terms/model.ts';
import { provisions } from '../terms/provisions.ts';

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

export type Rank = (text: string) => readonly RankedClass[];

/** How each kind of evidence counts, and how much each further ask counts after the nearest; found on the tuning half. */
export const WEIGHTS = { decay: 0.7, asks: 0.6, wording: 0.5, together: 0.45 };
const ASKS_READ = 80;
const CLASSES_READ = 40;

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
  const asks = openPhraseIndex(phrasesOf(knowledge), data.asks, read);
  const wordings = openSearchIndex(data.wordings, read);
  const classes = openSearchIndex(data.classes, read);
  return remembering((text) => {
    const byGroup = groupHits(asks.search(text, { limit: ASKS_READ }));
    const wording = new Map(
      wordings.search(text, { limit: CLASSES_READ }).map((hit) => [hit.id, hit.normalised]),
    );
    const together = relativeScores(classes.search(text, { limit: CLASSES_READ }));
    const groups = new Set([...byGroup.keys(), ...wording.keys(), ...together.keys()]);
    return [...groups]
      .map((group) =>
        rankedClass(group, byGroup.get(group) ?? [], wording.get(group) ?? 0, together.get(group) ?? 0),
      )
      .sort((a, b) => b.score - a.score);
  });
}

function rankedClass(
  group: string,
  hits: readonly PhraseHit[],
  wording: number,
  together: number,
): RankedClass {
  const [kind, key] = splitGroup(group);
  const [nearest] = hits;
  const asks = hits.reduce((sum, hit, i) => sum + hit.score * WEIGHTS.decay ** i, 0);
  return {
    kind,
    key,
    score: WEIGHTS.asks * asks + WEIGHTS.wording * wording + WEIGHTS.together * together,
    ask: nearest
      ? {
          text: nearest.text,
          similarity: nearest.score,
          get shared() {
            return [...new Set(nearest.why.map(({ token }) => token))].slice(0, 5);
          },
        }
      : null,
    wording,
  };
}

/** The features of a passage of asks are those of its asks, one after the other. */
function asksTogether(phrases: readonly Phrase[], all: readonly Features[]): ReadPassage[] {
  const byGroup = new Map<string, Features[]>();
  phrases.forEach(({ group }, i) => {
    const features = all[i];
    if (features === undefined) return;
    const before = byGroup.get(group);
    if (before) before.push(features);
    else byGroup.set(group, [features]);
  });
  return [...byGroup].map(([id, some]) => ({
    id,
    fields: [{ name: 'asks', weight: 1, features: joinFeatures(some) }],
  }));
}

/** BM25 sums are comparable within one question only: the best passage counts 1. */
function relativeScores(hits: readonly Hit[]): Map<string, number> {
  const best = hits[0]?.score || 1;
  return new Map(hits.map(({ id, score }) => [id, score / best]));
}

function groupHits(hits: readonly PhraseHit[]): Map<string, PhraseHit[]> {
  const groups = new Map<string, PhraseHit[]>();
  for (const hit of hits) {
    const group = groups.get(hit.group);
    if (group) group.push(hit);
    else groups.set(hit.group, [hit]);
  }
  return groups;
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

function phrasesOf(knowledge: Knowledge): Phrase[] {
  const entries: { group: string; texts: readonly string[] }[] = [
    ...knowledge.provisions.map(({ cite, asks, summary }) => ({
      group: `provision:${cite}`,
      texts: [...asks.ja, ...asks.en, summary.ja, summary.en],
    })),
    ...knowledge.topics.map(({ id, asks, title }) => ({
      group: `topic:${id}`,
      texts: [title, ...asks.ja, ...asks.en],
    })),
    ...knowledge.gaps.map(({ id, asks, topic, topicEn }) => ({
      group: `gap:${id}`,
      texts: [topic, topicEn, ...asks.ja, ...asks.en],
    })),
    ...knowledge.neighbours.map(({ id, asks, names }) => ({
      group: `neighbour:${id}`,
      texts: [...names, ...asks.ja, ...asks.en],
    })),
    { group: 'offtopic:smalltalk', texts: [...knowledge.offtopic.ja, ...knowledge.offtopic.en] },
  ];
  return entries.flatMap(({ group, texts }) =>
    texts.map((text, i) => ({ id: `${group}#${i}`, group, text })),
  );
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

function splitGroup(group: string): [ClassKind, string] {
  const colon = group.indexOf(':');
  return [group.slice(0, colon) as ClassKind, group.slice(colon + 1)];
}

/** A few ways of asking for each thing: what questions to this bot usually look like. */
export function usualQuestions(knowledge: Knowledge): string[] {
  const entries = [...knowledge.provisions, ...knowledge.gaps, ...knowledge.topics];
  return entries.flatMap(({ asks }) => asks.ja.slice(0, 2));
}
