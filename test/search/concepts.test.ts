import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createConceptMatcher, readConcepts } from '../../src/search/concepts.ts';

const unit = fc.constantFrom(...'あいかav19 申込');
const word = fc.string({ unit, minLength: 1, maxLength: 4 });
const concepts = fc
  .array(fc.array(word, { maxLength: 5 }), { maxLength: 8 })
  .map((lists) => lists.map((words, i) => ({ id: `c${i}`, words })));

/** Nobody reads anything aloud: only what is written counts. */
const mute = () => ' ';
const spoken = (text: string) => ({ text, reading: '', boundaries: new Set<number>() });

test('At every place the longest word that cuts no latin word and no number wins', () => {
  fc.assert(
    fc.property(concepts, fc.string({ unit, maxLength: 20 }), (list, text) => {
      const match = createConceptMatcher(readConcepts(list, mute));
      expect(match(spoken(text))).toEqual(plainly(list, text));
    }),
    { numRuns: 500 },
  );
});

describe('A word is heard', () => {
  const match = createConceptMatcher(readConcepts([{ id: '申込', words: ['申込み'] }], () => 'もうしこみ'));
  const heard = (boundaries: number[]) =>
    match({ text: '', reading: 'おもうしこみを', boundaries: new Set(boundaries) });

  test('where words begin and end', () => expect(heard([1, 6])).toEqual(['申込']));
  test('but not inside of words', () => expect(heard([0, 6])).toEqual([]));
});

/** The definition itself, slowly. */
function plainly(list: readonly { id: string; words: string[] }[], text: string): string[] {
  const found = new Set<string>();
  for (let from = 0; from < text.length; ) {
    const fitting = list
      .flatMap(({ id, words }) => words.map((one) => ({ id, word: one.trim() })))
      .filter(({ word }) => word !== '' && text.startsWith(word, from))
      .filter(({ word }) => !cut(text, from) && !cut(text, from + word.length));
    const length = Math.max(0, ...fitting.map(({ word }) => word.length));
    for (const { id, word } of fitting) if (word.length === length) found.add(id);
    from += Math.max(1, length);
  }
  return [...found];
}

function cut(text: string, at: number): boolean {
  const around = text.slice(Math.max(0, at - 1), at + 1);
  return at > 0 && /^([a-z]{2}|[0-9]{2})$/.test(around);
}
