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
      const found = Int32Array.from(scores.flatMap((score, document) => (score > 0 ? [document] : [])));
      const best = bestDocuments(Float64Array.from(scores), found.reverse(), limit);
      expect([...best.documents]).toEqual(sorted.map(({ document }) => document));
      expect([...best.scores]).toEqual(sorted.map(({ score }) => score));
    }),
  );
});
