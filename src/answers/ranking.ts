import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Concept } from '../search/concepts.ts';
import { createPhraseIndex, type Phrase, type PhraseHit } from '../search/phrase-index.ts';
import { createSearchIndex, type Passage } from '../search/search-index.ts';
import type { Tokenize } from '../search/tokens.ts';
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

export type Rank = (text: string) => RankedClass[];

/** How the second-nearest ask and the provision's own words count beside the nearest ask; found on the tuning half. */
const WEIGHTS = { furtherAsks: 0.25, wording: 0.25 };
const ASKS_READ = 80;
const PASSAGES_READ = 30;

/** Prepares the ranking of everything a question can be about: ways of asking first, wording beside them. */
export function createRanking(terms: Terms, knowledge: Knowledge, tokenize: Tokenize): Rank {
  const concepts = conceptsOf(knowledge);
  const asks = createPhraseIndex(phrasesOf(knowledge), { tokenize, concepts });
  const wordings = createSearchIndex(passagesOf(terms, knowledge), { tokenize, concepts });
  return (text) => {
    const byGroup = groupHits(asks.search(text, { limit: ASKS_READ }));
    const wording = new Map(
      wordings.search(text, { limit: PASSAGES_READ }).map((hit) => [hit.id, hit.normalised] as const),
    );
    const groups = new Set([...byGroup.keys(), ...wording.keys()]);
    return [...groups]
      .map((group) => rankedClass(group, byGroup.get(group) ?? [], wording.get(group) ?? 0))
      .sort((a, b) => b.score - a.score);
  };
}

function rankedClass(group: string, hits: readonly PhraseHit[], wording: number): RankedClass {
  const [kind, key] = splitGroup(group);
  const [nearest, ...further] = hits;
  const support = further.slice(0, 3).reduce((sum, hit, i) => sum + hit.score / 2 ** i, 0);
  return {
    kind,
    key,
    score: (nearest?.score ?? 0) + WEIGHTS.furtherAsks * support + WEIGHTS.wording * wording,
    ask: nearest
      ? {
          text: nearest.text,
          similarity: nearest.score,
          shared: [...new Set(nearest.why.map(({ token }) => token))].slice(0, 5),
        }
      : null,
    wording,
  };
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

function conceptsOf(knowledge: Knowledge): Concept[] {
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

function passagesOf(terms: Terms, knowledge: Knowledge): Passage[] {
  const summaries = new Map(knowledge.provisions.map(({ cite, summary }) => [cite, summary]));
  return provisions(terms).map(({ key, caption, text }) => {
    const summary = summaries.get(key);
    return {
      id: `provision:${key}`,
      fields: [
        { name: 'caption', text: caption, weight: 2 },
        { name: 'text', text },
        { name: 'summary', text: summary ? `${summary.ja} ${summary.en}` : '' },
      ],
    };
  });
}

function splitGroup(group: string): [ClassKind, string] {
  const colon = group.indexOf(':');
  return [group.slice(0, colon) as ClassKind, group.slice(colon + 1)];
}
