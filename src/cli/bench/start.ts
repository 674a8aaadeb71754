/** From `node` to the first right answer, and the memory it takes, against the same program with stock kuromoji. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Token, Tokenize } from '../../search/tokens.ts';
import { median } from '../figures.ts';
import { runChild, startChild } from './child.ts';
import type { BenchOptions, BenchSection } from './section.ts';

const QUESTION = '企画書は必要？';
const RIGHT = '第16条第2項';
const SMAPS = '/proc/self/smaps_rollup';
export const START_KINDS = ['packed', 'stock'] as const;
export type StartKind = (typeof START_KINDS)[number];

export async function benchStart({ quick }: BenchOptions): Promise<BenchSection> {
  const runs = quick ? 2 : 9;
  const millis: Record<StartKind, number[]> = { packed: [], stock: [] };
  const megabytes: Record<StartKind, number[]> = { packed: [], stock: [] };
  const own: Record<StartKind, number[]> = { packed: [], stock: [] };
  // In turns, so that whatever else the machine does meets both alike.
  for (let run = 0; run < runs; run += 1) {
    for (const kind of START_KINDS) {
      const child = runChild('start', kind);
      millis[kind].push(child.millis);
      megabytes[kind].push(memoryIn(child.output).highest);
    }
  }
  for (const kind of START_KINDS) {
    const beside = await startChild('start', kind, 'stay');
    for (let run = 0; run < runs; run += 1) own[kind].push(memoryIn(runChild('start', kind).output).own ?? 0);
    await beside.stop();
  }
  return {
    name: 'start',
    rows: [
      {
        what: 'node to the first right answer',
        ours: median(millis.packed),
        unit: 'ms',
        baseline: { name: 'stock kuromoji', value: median(millis.stock) },
        target: { atMost: 0.4 },
      },
      {
        what: 'memory at its highest',
        ours: median(megabytes.packed),
        unit: 'MB',
        baseline: { name: 'stock kuromoji', value: median(megabytes.stock) },
        target: { atMost: 0.45 },
      },
      ...(median(own.packed) === 0
        ? []
        : [
            {
              what: 'memory of its own, of a second process',
              ours: median(own.packed),
              unit: 'MB',
              baseline: { name: 'stock kuromoji', value: median(own.stock) },
              target: null,
            },
          ]),
    ],
    notes: [`median of ${runs} processes each; both read the same snapshot of the knowledge`],
  };
}

/** In megabytes; `own`: what no other process shares, null where the system does not tell. */
interface Memory {
  readonly highest: number;
  readonly own: number | null;
}

function memoryIn(output: string): Memory {
  return JSON.parse(output) as Memory;
}

/** The child: answers one question and says how much memory it took; `stays` until it is stopped. */
export async function answerOnce(kind: StartKind, stays: boolean): Promise<void> {
  const { loadGuide } = await import('../../boot/load-guide.ts');
  const { answerer } = await loadGuide(kind === 'stock' ? { tokenize: await stockTokenizer() } : {});
  const [answer] = answerer.answer(QUESTION).answers;
  if (!JSON.stringify(answer).includes(RIGHT)) throw new Error('the answer is not the right one');
  const memory: Memory = { highest: process.resourceUsage().maxRSS / 1024, own: ownMemory() };
  console.log(JSON.stringify(memory));
  if (stays) process.stdin.resume();
}

function ownMemory(): number | null {
  if (!existsSync(SMAPS)) return null;
  const kilobytes = [...readFileSync(SMAPS, 'utf8').matchAll(/^Private_(?:Clean|Dirty): +(\d+) kB$/gm)];
  return kilobytes.reduce((sum, [, one]) => sum + Number(one), 0) / 1024;
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
