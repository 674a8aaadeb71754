/** The few best of many documents, without an object for each. */

/** Best first; equal scores by document order. */
export interface Ranked {
  readonly documents: Int32Array;
  readonly scores: Float64Array;
}

/** So many stretches for each document wanted: the more, the fewer documents are looked at a second time. */
const STRETCHES = 4;

/**
 * `scores`: by document; 0 for those that share nothing. The best of each stretch of documents tell what a score must
 * reach, so that only stretches with one of the best are read again.
 */
export function bestDocuments(scores: Float64Array, limit: number): Ranked {
  const width = Math.max(1, Math.floor(scores.length / (STRETCHES * limit)));
  const highest = highestOfEach(scores, width);
  const least = highest.toSorted()[highest.length - limit] ?? 0;
  const found: number[] = [];
  highest.forEach((most, stretch) => {
    if (most === 0 || most < least) return;
    const end = Math.min(scores.length, (stretch + 1) * width);
    for (let document = stretch * width; document < end; document++) {
      const score = scores[document] ?? 0;
      if (score > 0 && score >= least) found.push(document);
    }
  });
  const best = found.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, limit);
  return {
    documents: Int32Array.from(best),
    scores: Float64Array.from(best, (document) => scores[document] ?? 0),
  };
}

function highestOfEach(scores: Float64Array, width: number): Float64Array {
  const highest = new Float64Array(Math.ceil(scores.length / width));
  for (let stretch = 0, document = 0; stretch < highest.length; stretch++) {
    const end = Math.min(scores.length, document + width);
    let most = 0;
    for (; document < end; document++) {
      const score = scores[document] ?? 0;
      if (score > most) most = score;
    }
    highest[stretch] = most;
  }
  return highest;
}
