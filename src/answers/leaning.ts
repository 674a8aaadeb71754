import { parseCanonical } from '../terms/citation.ts';
import type { RankedClass } from './ranking.ts';
import type { Turns } from './reading.ts';

/**
 * How much the turns of a question speak for or against a class; found on the tuning half. A definition is wanted
 * by 「とは」, an API by 「どのAPI」; a provider's own stop is 第9条, the office's is 第11条第2項 and 第3項.
 */
export const LEANINGS = {
  definitionAsked: 1.15,
  definitionNotAsked: 0.85,
  apiAsked: 1.15,
  apiNotAsked: 0.85,
  voice: 0.8,
  gap: 1,
};

/** The same classes, their scores weighed by how the question is put; best first. */
export function leanTo(ranked: readonly RankedClass[], turns: Turns, definitions: ReadonlySet<string>): RankedClass[] {
  return ranked
    .map((one) => ({ ...one, score: one.score * factor(one, turns, definitions) }))
    .sort((a, b) => b.score - a.score);
}

function factor({ kind, key }: RankedClass, turns: Turns, definitions: ReadonlySet<string>): number {
  if (kind === 'gap') return LEANINGS.gap;
  if (kind !== 'provision') return 1;
  if (isRow(key)) {
    if (turns.definition !== null && definitions.has(key)) return 1;
    return turns.whichApi === null ? LEANINGS.apiNotAsked : LEANINGS.apiAsked;
  }
  if (definitions.has(key)) return turns.definition === null ? LEANINGS.definitionNotAsked : LEANINGS.definitionAsked;
  if (turns.officeStops !== null && key === '第9条') return LEANINGS.voice;
  if (turns.officeStops === null && turns.providerStops !== null && /^第11条第[23]項$/.test(key)) return LEANINGS.voice;
  return 1;
}

export function isRow(key: string): boolean {
  return parseCanonical(key)?.kind === 'row';
}
