/** `npm run -s bench:search -- DIR`: how well and how fast the search index does on a public retrieval set. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { loadTokenizer } from '../boot/load-tokenizer.ts';
import { BenchmarkError, type BenchmarkSet, readBenchmark } from '../search/benchmark-set.ts';
import { createSearchIndex } from '../search/search-index.ts';

z.config(z.locales.ja());

try {
  const folder = process.argv[2];
  if (folder === undefined) {
    throw new BenchmarkError(
      'フォルダーを指定してください: npm run -s bench:search -- DIR（passages.jsonl, queries.jsonl, qrels.jsonl）',
    );
  }
  report(
    folder,
    readBenchmark((file) => readText(join(folder, file))),
  );
} catch (error) {
  if (!(error instanceof BenchmarkError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new BenchmarkError(`${path} を読めません: ${(error as Error).message}`);
  }
}

function report(folder: string, { passages, queries, judgements }: BenchmarkSet): void {
  const tokenize = loadTokenizer({ log: console.error });
  const started = performance.now();
  const index = createSearchIndex(passages, { tokenize });
  const built = performance.now() - started;
  const judged = queries.filter((query) => judgements.has(query.id));
  for (const query of judged.slice(0, 200)) index.search(query.text);
  const outcomes = judged.map((query) => {
    const begun = performance.now();
    const found = index.search(query.text, { limit: 10 }).map((hit) => hit.id);
    const taken = performance.now() - begun;
    const right = judgements.get(query.id) ?? new Map<string, number>();
    return { taken, first: (right.get(found[0] ?? '') ?? 0) > 0 ? 1 : 0, gain: ndcg(found, right) };
  });
  const times = outcomes.map((outcome) => outcome.taken).sort((a, b) => a - b);
  console.log(`${folder}: ${passages.length} passages, ${judged.length} judged queries`);
  console.log(`Hit@1     ${mean(outcomes.map((outcome) => outcome.first)).toFixed(4)}`);
  console.log(`nDCG@10   ${mean(outcomes.map((outcome) => outcome.gain)).toFixed(4)}`);
  console.log(`index     ${built.toFixed(0)} ms`);
  console.log(
    `per query p50 ${percentile(times, 0.5)} µs, p99 ${percentile(times, 0.99)} µs (tokenizing included)`,
  );
}

/** Linear gain, discounted by log2 of the rank + 1, over the best possible order. */
function ndcg(found: readonly string[], right: ReadonlyMap<string, number>): number {
  const ideal = [...right.values()].sort((a, b) => b - a).slice(0, 10);
  const best = discounted(ideal);
  return best === 0 ? 0 : discounted(found.slice(0, 10).map((id) => right.get(id) ?? 0)) / best;
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function percentile(sorted: readonly number[], share: number): string {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return (value * 1000).toFixed(0);
}
