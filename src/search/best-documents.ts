/** The few best of many documents, without an object for each. */

/** Best first; equal scores by document order. */
export interface Ranked {
  readonly documents: Int32Array;
  readonly scores: Float64Array;
}

/** So many hands for each document wanted: the more, the nearer the bound comes to the last score kept. */
const HANDS = 4;

/** `scores`: by document; 0 for those that share nothing. */
export function bestDocuments(scores: Float64Array, limit: number): Ranked {
  const least = boundOf(scores, limit);
  const found: number[] = [];
  for (let document = 0; document < scores.length; document++) {
    const score = scores[document] ?? 0;
    if (score >= least && score > 0) found.push(document);
  }
  const best = found.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, limit);
  return {
    documents: Int32Array.from(best),
    scores: Float64Array.from(best, (document) => scores[document] ?? 0),
  };
}

/**
 * A score that at least `limit` documents reach, and few more: the documents are dealt out like cards, and of the best
 * of each hand the `limit`th is taken. Neighbours, often alike, come to different hands.
 */
function boundOf(scores: Float64Array, limit: number): number {
  const hands = Math.min(scores.length, HANDS * limit);
  const highest = new Float64Array(hands);
  for (let first = 0; first < scores.length; first += hands) {
    const end = Math.min(hands, scores.length - first);
    for (let hand = 0; hand < end; hand++) {
      const score = scores[first + hand] ?? 0;
      if (score > (highest[hand] ?? 0)) highest[hand] = score;
    }
  }
  return highest.sort()[hands - limit] ?? 0;
}
