import { parseCanonical } from '../terms/citation.ts';
import type { RankedClass } from './ranking.ts';
import type { Reading } from './reading.ts';

/**
 * How much the turns of a question speak for or against a class; found on the tuning half. A definition is wanted
 * by 「とは」, an API by 「どのAPI」; a provider's own stop is 第9条, the office's is 第11条第2項 and 第3項.
 */
export const LEANINGS = {
  definitionAsked: 1.3,
  definitionNotAsked: 0.85,
  apiAsked: 1.15,
  apiNotAsked: 0.85,
  termNamed: 1.5,
  otherVoice: 0.8,
  thisVoice: 1.15,
  gap: 0.95,
  gapAmount: 1.3,
  item: 1,
  topic: 0.9,
};

/** The same classes, their scores weighed by how the question is put; best first. */
export function leanTo(
  ranked: readonly RankedClass[],
  reading: Reading,
  definitions: ReadonlySet<string>,
): RankedClass[] {
  return ranked
    .map((one) => ({ ...one, score: one.score * factor(one, reading, definitions) }))
    .sort((a, b) => b.score - a.score);
}

function factor({ kind, key }: RankedClass, reading: Reading, definitions: ReadonlySet<string>): number {
  const { turns } = reading;
  if (kind === 'gap') return turns.amount === null ? LEANINGS.gap : LEANINGS.gapAmount;
  if (kind === 'topic') return LEANINGS.topic;
  if (kind !== 'provision') return 1;
  if (key.endsWith('号') && !definitions.has(key)) return LEANINGS.item * voice(key, turns);
  if (turns.definition !== null && reading.defined.has(key)) return LEANINGS.termNamed;
  if (isRow(key)) return turns.whichApi === null ? LEANINGS.apiNotAsked : LEANINGS.apiAsked;
  if (definitions.has(key))
    return turns.definition === null ? LEANINGS.definitionNotAsked : LEANINGS.definitionAsked;
  return voice(key, turns);
}

function voice(key: string, { officeStops, providerStops }: Reading['turns']): number {
  if (officeStops !== null) {
    if (key === '第9条') return LEANINGS.otherVoice;
    return OFFICE_STOPS.test(key) ? LEANINGS.thisVoice : 1;
  }
  // 「提供者を止める根拠の号は？」 asks the office; 「止めたい」 is a provider's.
  const isOther =
    providerStops !== null && OFFICE_STOPS.test(key) && (key.endsWith('項') || WISHES.test(providerStops));
  return isOther ? LEANINGS.otherVoice : 1;
}

/** The office's stops, with their grounds. */
const OFFICE_STOPS = /^第11条第[23]項/u;
const WISHES = /た[いく]/u;

/** Whether the key of a class is that of an API; the ids of gaps, topics and schemes never are. */
export function isRow(key: string): boolean {
  return parseCanonical(key)?.kind === 'row';
}
