import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBest } from '../../src/search/best-documents.ts';

test('the best of any scores are those a full sort puts first, equal ones by document order', () => {
  const bestDocuments = createBest();
  const score = fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: 9 }),
    fc.double({ min: 0, max: 2, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(score, { maxLength: 500 }), fc.integer({ min: 1, max: 60 }), (scores, limit) => {
      const sorted = scores
        .map((score, document) => ({ score, document }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score || a.document - b.document)
        .slice(0, limit);
      const best = bestDocuments(Float64Array.from(scores), scores.length, limit);
      expect([...best.documents]).toEqual(sorted.map(({ document }) => document));
      expect([...best.scores]).toEqual(sorted.map(({ score }) => score));
    }),
  );
});

test('documents from `upTo` on are left out, however high their score', () => {
  expect(createBest()(Float64Array.of(1, 3, 2, 9), 3, 2)).toEqual({ documents: [1, 2], scores: [3, 2] });
});
