/** The three files of a retrieval set, each line checked. */
import { z } from 'zod';

const passageLine = z.object({ id: z.string().min(1), title: z.string(), text: z.string() });
const queryLine = z.object({ id: z.string().min(1), text: z.string().min(1) });
const judgementLine = z.object({
  qid: z.string().min(1),
  pid: z.string().min(1),
  rel: z.number().nonnegative(),
});

export interface BenchmarkSet {
  readonly passages: readonly z.infer<typeof passageLine>[];
  readonly queries: readonly z.infer<typeof queryLine>[];
  /** Query id -> passage id -> relevance, above 0 only. */
  readonly judgements: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** What is wrong with a set, as file:line and what was expected there. */
export class BenchmarkError extends Error {
  override readonly name = 'BenchmarkError';
}

/** `read`: a file's name -> its text; throws a BenchmarkError for a line that does not fit or points nowhere. */
export function readBenchmark(read: (file: string) => string): BenchmarkSet {
  const passages = lines(read, 'passages.jsonl', passageLine);
  const queries = lines(read, 'queries.jsonl', queryLine);
  const qrels = lines(read, 'qrels.jsonl', judgementLine);
  const passageIds = unique('passages.jsonl', passages);
  const queryIds = unique('queries.jsonl', queries);
  const judgements = new Map<string, Map<string, number>>();
  qrels.forEach(({ value: { qid, pid, rel }, place }) => {
    if (!queryIds.has(qid)) throw new BenchmarkError(`${place}: qid「${qid}」は queries.jsonl にありません`);
    if (!passageIds.has(pid))
      throw new BenchmarkError(`${place}: pid「${pid}」は passages.jsonl にありません`);
    if (rel === 0) return;
    const right = judgements.get(qid) ?? new Map<string, number>();
    judgements.set(qid, right.set(pid, rel));
  });
  return {
    passages: passages.map(({ value }) => value),
    queries: queries.map(({ value }) => value),
    judgements,
  };
}

interface Line<Value> {
  readonly value: Value;
  /** passages.jsonl:12 */
  readonly place: string;
}

function lines<Value>(read: (file: string) => string, file: string, schema: z.ZodType<Value>): Line<Value>[] {
  const found = read(file)
    .split('\n')
    .flatMap((line, i) => (line.trim() === '' ? [] : [parseLine(line, `${file}:${i + 1}`, schema)]));
  if (found.length === 0) throw new BenchmarkError(`${file}: 1 行もありません`);
  return found;
}

function parseLine<Value>(line: string, place: string, schema: z.ZodType<Value>): Line<Value> {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    throw new BenchmarkError(`${place}: JSON ではありません（${(error as Error).message}）`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { value: parsed.data, place };
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || '行'}: ${issue.message}`);
  throw new BenchmarkError(`${place}: ${problems.join('、')}`);
}

function unique(file: string, found: readonly Line<{ id: string }>[]): Set<string> {
  const ids = new Set<string>();
  for (const { value, place } of found) {
    if (ids.has(value.id)) throw new BenchmarkError(`${place}: id「${value.id}」が ${file} に 2 度あります`);
    ids.add(value.id);
  }
  return ids;
}
