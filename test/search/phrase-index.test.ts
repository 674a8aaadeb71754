import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAnalyser } from '../../src/search/analysis.ts';
import { readFlatFile, writeFlatFile } from '../../src/search/flat-file.ts';
import {
  buildPhrasePostings,
  createPhraseIndex,
  openPhraseIndex,
  type Phrase,
} from '../../src/search/phrase-index.ts';
import { createQuestionReader, type Postings } from '../../src/search/postings.ts';
import { createStringTable, type StringTableData } from '../../src/search/string-table.ts';
import { tokenize } from './support/tokenize.ts';

const subjects = ['手数料', '利用停止', '再開', '仕様書', '事前打合せ', '本人同意', '接続確認', '窓口'];
const forms = [
  'はどこに書いてありますか',
  'とは何ですか',
  'っていつまで？',
  'の手順を教えて',
  'は必要ですか',
];
const phrases: Phrase[] = subjects.flatMap((subject) =>
  forms.map((form, i) => ({ id: `${subject}${i}`, group: subject, text: `${subject}${form}` })),
);
const options = { tokenize, concepts: [{ id: 'fee', words: ['手数料', 'お金', '費用'] }] };
const index = createPhraseIndex(phrases, options);

describe('A phrase', () => {
  test('finds itself with a likeness of 1', () => {
    for (const phrase of phrases) {
      const best = index.search(phrase.text)[0];
      expect(best).toMatchObject(phrase);
      expect(best?.score).toBeCloseTo(1, 4);
    }
  });

  test.each([
    ['手数料はいくら', '手数料'],
    ['お金かかる？', '手数料'],
    ['りようていし', '利用停止'],
    ['じぜんうちあわせ', '事前打合せ'],
    ['ﾃｽｳﾘｮｳ', '手数料'],
    ['saikai no tejun', '再開'],
  ])('%s belongs to %s', (question, group) => {
    expect(index.search(question)[0]?.group).toBe(group);
  });
});

test('An index that went through a flat file answers as it did', () => {
  const analyse = createAnalyser(options);
  const vocabulary = createStringTable();
  const postings = buildPhrasePostings(
    phrases.map(({ text }) => analyse(text).features),
    vocabulary,
  );
  const file = writeFlatFile('TEST', { vocabulary: vocabulary.data(), postings });
  const read = readFlatFile('TEST', file) as { vocabulary: StringTableData; postings: Postings };
  const restored = openPhraseIndex(
    phrases,
    read.postings,
    createQuestionReader(analyse, createStringTable(read.vocabulary)),
  );
  fc.assert(
    fc.property(
      fc.oneof(fc.constantFrom(...phrases.map((one) => one.text)), fc.string({ unit: 'grapheme' })),
      (text) => {
        expect(restored.search(text)).toEqual(index.search(text));
      },
    ),
  );
});

test('Likeness stays between 0 and 1, falls along the list, and is the sum of its reasons', () => {
  const pieces = fc.array(fc.constantFrom(...subjects, ...forms, 'お金', 'API', '第3条'), { maxLength: 6 });
  fc.assert(
    fc.property(pieces, (parts) => {
      let last = 1;
      for (const hit of index.search(parts.join(''), { limit: 40 })) {
        expect(hit.score).toBeGreaterThan(0);
        expect(hit.score).toBeLessThanOrEqual(last);
        expect(hit.why.reduce((sum, one) => sum + one.weight, 0)).toBeCloseTo(hit.score, 4);
        last = hit.score;
      }
    }),
  );
});

test('An index without phrases finds nothing', () => {
  expect(createPhraseIndex([], options).search('手数料')).toEqual([]);
});
