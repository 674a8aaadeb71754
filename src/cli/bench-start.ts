/**
 * `node .build/cli/bench-start.js [RUNS]`: from `node` to the first answer, and the memory it takes, against the same
 * program with stock kuromoji's loading and against reading all files at each start. The kinds take turns in one run.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Token, Tokenize } from '../search/tokens.ts';
import { median, printTable } from './figures.ts';

const question = '企画書は必要？';
const rightCitation = '第16条第2項';
const kinds = {
  'packed dictionary, snapshot': { stock: false, snapshot: true },
  'stock kuromoji, snapshot': { stock: true, snapshot: true },
  'packed dictionary, files': { stock: false, snapshot: false },
  'stock kuromoji, files': { stock: true, snapshot: false },
} as const;
type Kind = keyof typeof kinds;

interface Start {
  readonly millis: number;
  readonly megabytes: number;
}

const child = process.argv.indexOf('--child');
if (child > 0) await answerOnce(process.argv[child + 1] as Kind);
else report(Number(process.argv[2] ?? 7));

function report(runs: number): void {
  const names = Object.keys(kinds) as Kind[];
  const starts = new Map<Kind, Start[]>(names.map((kind) => [kind, []]));
  for (let run = 0; run < runs; run++) for (const kind of names) starts.get(kind)?.push(start(kind));
  const empty = Array.from({ length: runs }, () => timed(['-e', '0']).millis);
  const rows = names.map((kind) => {
    const all = starts.get(kind) ?? [];
    return {
      kind,
      millis: median(all.map((one) => one.millis)),
      mb: median(all.map((one) => one.megabytes)),
    };
  });
  const [ours, stock] = rows;
  console.log(`start to first answer, median of ${runs}; node alone ${median(empty).toFixed(0)} ms`);
  printTable(
    rows.map(({ kind, millis, mb }) => [
      kind,
      `${millis.toFixed(0)} ms`,
      `× ${(millis / (stock?.millis ?? millis)).toFixed(2)}`,
      `${mb.toFixed(0)} MB`,
      `× ${(mb / (stock?.mb ?? mb)).toFixed(2)}`,
    ]),
  );
  console.log(
    JSON.stringify({
      bench: 'start',
      runs,
      rows,
      ratios: {
        start: (ours?.millis ?? 0) / (stock?.millis ?? 1),
        memory: (ours?.mb ?? 0) / (stock?.mb ?? 1),
      },
    }),
  );
}

function start(kind: Kind): Start {
  const { millis, output } = timed([fileURLToPath(import.meta.url), '--child', kind]);
  return { millis, megabytes: (JSON.parse(output) as { megabytes: number }).megabytes };
}

function timed(args: readonly string[]): { millis: number; output: string } {
  const begun = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const millis = performance.now() - begun;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return { millis, output: stdout };
}

async function answerOnce(kind: Kind): Promise<void> {
  const { stock, snapshot } = kinds[kind];
  const { loadGuide } = await import('../boot/load-guide.ts');
  const { answerer } = await loadGuide({
    ...(stock && { tokenize: await stockTokenizer() }),
    ...(!snapshot && { snapshot: null }),
  });
  const [answer] = answerer.answer(question).answers;
  if (!JSON.stringify(answer).includes(rightCitation)) throw new Error('the answer is not the right one');
  console.log(JSON.stringify({ megabytes: process.resourceUsage().maxRSS / 1024 }));
}

async function stockTokenizer(): Promise<Tokenize> {
  const { default: kuromoji } = await import('kuromoji');
  const { createRequire } = await import('node:module');
  const folder = dirname(createRequire(import.meta.url).resolve('kuromoji/package.json'));
  return new Promise((resolve, reject) => {
    kuromoji.builder({ dicPath: join(folder, 'dict') }).build((error, built) => {
      if (error) reject(error);
      else resolve((text) => built.tokenize(text) as unknown as Token[]);
    });
  });
}
