/** The ways of asking for each thing, as phrases of one list. */
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Phrase } from '../search/phrase-index.ts';

/** Grouped by what they ask for (`provision:第9条`); those of the 別表 come first, so that they can be searched alone. */
export function phrasesOf(knowledge: Knowledge): Phrase[] {
  const entries: { group: string; texts: readonly string[]; about?: string | null }[] = [
    ...knowledge.provisions.map(({ cite, asks, summary }) => ({
      group: `provision:${cite}`,
      texts: [...asks.ja, ...asks.en, summary.ja, summary.en],
    })),
    ...knowledge.topics.map(({ id, asks, title }) => ({
      group: `topic:${id}`,
      texts: [title, ...asks.ja, ...asks.en],
    })),
    ...knowledge.gaps.map(({ id, asks, topic, topicEn, about }) => ({
      group: `gap:${id}`,
      texts: [topic, topicEn, ...asks.ja, ...asks.en],
      about,
    })),
    ...knowledge.neighbours.map(({ id, asks, names }) => ({
      group: `neighbour:${id}`,
      texts: [...names, ...asks.ja, ...asks.en],
    })),
    { group: 'offtopic:smalltalk', texts: [...knowledge.offtopic.ja, ...knowledge.offtopic.en] },
  ];
  const rowsFirst = entries.toSorted((a, b) => Number(isOfRow(b.group)) - Number(isOfRow(a.group)));
  return rowsFirst.flatMap(({ group, texts, about }) => {
    const phrases = texts.map((text, i) => ({ id: `${group}#${i}`, group, text }));
    return about ? [...phrases, ...phrases.flatMap((one) => spelledOut(one, about))] : phrases;
  });
}

export function isOfRow(group: string): boolean {
  return group.startsWith('provision:別表');
}

/** 「身分証を見せてもらえる？」 of a 現地調査 is asked with and without that word. */
function spelledOut({ id, group, text }: Phrase, about: string): Phrase[] {
  const isSaid = text.includes(about) || !/[ぁ-ゖァ-ヺ]/u.test(text);
  return isSaid ? [] : [{ id: `${id}${SPELLED_OUT}`, group, text: `${about}、${text}` }];
}

/** Ends the id of a phrase that says what another one leaves out; without it, it is the id of that one. */
const SPELLED_OUT = '+';
/** The word said before it makes it like any question about that: so much of the likeness counts. */
const SPELLED_OUT_WORTH = 0.9;

/** By phrase the number of the way of asking it is: one that is spelled out is the same as the one it comes from. */
export function waysOf(phrases: readonly Phrase[]): Int32Array {
  const numbers = new Map(phrases.map(({ id }, phrase) => [id, phrase]));
  return Int32Array.from(phrases, ({ id }, phrase) => numbers.get(id.split(SPELLED_OUT)[0] ?? id) ?? phrase);
}

export function isSpelledOut({ id }: Phrase): boolean {
  return id.endsWith(SPELLED_OUT);
}

/** What likeness to a phrase is worth, 0..1. */
export function worthOf(phrase: Phrase): number {
  return isSpelledOut(phrase) ? SPELLED_OUT_WORTH : 1;
}
