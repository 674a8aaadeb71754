/** The few best of many documents, without an object for each. */

/** Best first; equal scores by document order. */
export interface Ranked {
  readonly documents: readonly number[];
  readonly scores: readonly number[];
}

const STEPS = 512;

/** Finds the best of many documents again and again, over the same scratch column. */
export function createBest() {
  const counts = new Int32Array(STEPS);
  return bestDocuments;

  /** `scores`: by document, none below 0; those of 0 are never among the best, nor any from `upTo` on. */
  function bestDocuments(scores: Float64Array, upTo: number, limit: number): Ranked {
    let highest = 0;
    for (let document = 0; document < upTo; document++) {
      const score = scores[document] ?? 0;
      if (score > highest) highest = score;
    }
    const perStep = (STEPS - 1) / (highest || 1);
    const least = leastStep(scores, upTo, perStep, limit);
    const near: number[] = [];
    for (let document = 0; document < upTo; document++) {
      const score = scores[document] ?? 0;
      if (score > 0 && score * perStep >= least) near.push(document);
    }
    const documents = near.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
    if (documents.length > limit) documents.length = limit;
    return { documents, scores: documents.map((document) => scores[document] ?? 0) };
  }

  /** The highest step that at least `limit` documents reach: the scores are counted by steps of equal height. */
  function leastStep(scores: Float64Array, upTo: number, perStep: number, limit: number): number {
    counts.fill(0);
    for (let document = 0; document < upTo; document++) {
      const step = Math.trunc((scores[document] ?? 0) * perStep);
      counts[step] = (counts[step] ?? 0) + 1;
    }
    let step = STEPS - 1;
    for (let reached = counts[step] ?? 0; reached < limit && step > 0; reached += counts[step] ?? 0) step--;
    return step;
  }
}
