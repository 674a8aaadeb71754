/** The few best of many documents, without an object for each. */

/** Best first; equal scores by document order. */
export interface Ranked {
  readonly documents: readonly number[];
  readonly scores: readonly number[];
}

const STEPS = 512;

/** Finds the best of many documents again and again, counting in the same scratch column. */
export function createBest() {
  const counts = new Int32Array(STEPS);
  return bestDocuments;

  /** `scores`: by document; `found`: those of a score above 0, in any order. */
  function bestDocuments(scores: Float64Array, found: Int32Array, limit: number): Ranked {
    let highest = 0;
    for (let at = 0; at < found.length; at++) {
      const score = scores[found[at] ?? 0] ?? 0;
      if (score > highest) highest = score;
    }
    const perStep = (STEPS - 1) / (highest || 1);
    const least = leastStep(scores, found, perStep, limit);
    const near: number[] = [];
    for (let at = 0; at < found.length; at++) {
      const document = found[at] ?? 0;
      if ((scores[document] ?? 0) * perStep >= least) near.push(document);
    }
    const documents = near.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, limit);
    return { documents, scores: documents.map((document) => scores[document] ?? 0) };
  }

  /** The highest step that at least `limit` documents reach: the scores are counted by steps of equal height. */
  function leastStep(scores: Float64Array, found: Int32Array, perStep: number, limit: number): number {
    counts.fill(0);
    for (let at = 0; at < found.length; at++) {
      const step = Math.trunc((scores[found[at] ?? 0] ?? 0) * perStep);
      counts[step] = (counts[step] ?? 0) + 1;
    }
    let step = STEPS - 1;
    for (let reached = counts[step] ?? 0; reached < limit && step > 0; reached += counts[step] ?? 0) step--;
    return step;
  }
}
