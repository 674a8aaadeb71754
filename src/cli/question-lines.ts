/** JSON Lines {"id","question"} on standard input → one line of JSON with the answer for each, in order. */
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Guide } from '../boot/load-guide.ts';
import { answerLine } from './answer-line.ts';

const questionLine = z.object({ id: z.union([z.string(), z.number()]), question: z.string() });

/** A line of another form is told on standard error, and the process ends with 1. */
export async function answerLines({ answerer }: Guide): Promise<void> {
  let number = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() === '') continue;
    const parsed = readLine(line);
    if (parsed.success) {
      process.stdout.write(
        `${JSON.stringify(answerLine(parsed.data.id, answerer.answer(parsed.data.question)))}\n`,
      );
      continue;
    }
    console.error(`標準入力の${number}行目：{"id","question"}の形のJSONではありません：${line.slice(0, 80)}`);
    process.exitCode = 1;
  }
}

function readLine(line: string) {
  try {
    return questionLine.safeParse(JSON.parse(line));
  } catch {
    return questionLine.safeParse(undefined);
  }
}
