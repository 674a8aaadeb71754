/** The few best of many documents, without an object for each. */

/** Best first; equal scores by document order. */
export interface Ranked {
  readonly documents: readonly number[];
  readonly scores: readonly number[];
}

/** So many hands for each document wanted: the more, the nearer the bound comes to the last score kept. */
const HANDS = 4;

/** Finds the best of many documents again and again, in the same scratch column. */
export function createBest() {
  let highest = new Float64Array(0);
  return bestDocuments;

  /** `scores`: by document; `found`: those of a score above 0, in any order. */
  function bestDocuments(scores: Float64Array, found: Int32Array, limit: number): Ranked {
    const least = boundOf(scores, found, limit);
    const near: number[] = [];
    for (let at = 0; at < found.length; at++) {
      const document = found[at] ?? 0;
      if ((scores[document] ?? 0) >= least) near.push(document);
    }
    const documents = near.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, limit);
    return { documents, scores: documents.map((document) => scores[document] ?? 0) };
  }

  /**
   * A score that at least `limit` documents reach, and few more: the documents are dealt out like cards, and of the
   * best of each hand the `limit`th is taken. Neighbours, often alike, come to different hands.
   */
  function boundOf(scores: Float64Array, found: Int32Array, limit: number): number {
    const hands = HANDS * limit;
    if (found.length <= hands) return 0;
    if (highest.length === hands) highest.fill(0);
    else highest = new Float64Array(hands);
    for (let first = 0; first < found.length; first += hands) {
      const end = Math.min(hands, found.length - first);
      for (let hand = 0; hand < end; hand++) {
        const score = scores[found[first + hand] ?? 0] ?? 0;
        if (score > (highest[hand] ?? 0)) highest[hand] = score;
      }
    }
    return highest.sort()[hands - limit] ?? 0;
  }
}
