/** From `node` to the first right answer, and the memory it takes, against the same program with stock kuromoji. */
import { dirname, join } from 'node:path';
import type { Token, Tokenize } from '../../search/tokens.ts';
import { median } from '../figures.ts';
import { runChild } from './child.ts';
import type { BenchOptions, BenchSection } from './section.ts';

const QUESTION = '企画書は必要？';
const RIGHT = '第16条第2項';
export const START_KINDS = ['packed', 'stock'] as const;
export type StartKind = (typeof START_KINDS)[number];

export async function benchStart({ quick }: BenchOptions): Promise<BenchSection> {
  const runs = quick ? 2 : 9;
  const millis: Record<StartKind, number[]> = { packed: [], stock: [] };
  const megabytes: Record<StartKind, number[]> = { packed: [], stock: [] };
  // In turns, so that whatever else the machine does meets both alike.
  for (let run = 0; run < runs; run += 1) {
    for (const kind of START_KINDS) {
      const child = runChild('start', kind);
      millis[kind].push(child.millis);
      megabytes[kind].push((JSON.parse(child.output) as { megabytes: number }).megabytes);
    }
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
    ],
    notes: [`median of ${runs} processes each; both read the same snapshot of the knowledge`],
  };
}

/** The child: answers one question and says how much memory it took. */
export async function answerOnce(kind: StartKind): Promise<void> {
  const { loadGuide } = await import('../../boot/load-guide.ts');
  const { answerer } = await loadGuide(kind === 'stock' ? { tokenize: await stockTokenizer() } : {});
  const [answer] = answerer.answer(QUESTION).answers;
  if (!JSON.stringify(answer).includes(RIGHT)) throw new Error('the answer is not the right one');
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
