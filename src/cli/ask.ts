/**
 * `npm run -s ask -- "質問"` prints the answer; without a question it is a prompt; `--json` reads JSON Lines
 * {"id","question"} from standard input and writes one line for each, in order.
 */
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Turn } from '../answers/follow-up.ts';
import { answerAsText } from '../answers/plain-text.ts';
import { type Guide, loadGuide } from '../boot/load-guide.ts';
import { answerLine } from './answer-line.ts';
import { runCli } from './run.ts';

const questionLine = z.object({ id: z.union([z.string(), z.number()]), question: z.string() });

await runCli(async (args) => {
  const guide = loadGuide();
  if (args[0] === '--json') return answerLines(guide);
  const question = args.join(' ').trim();
  if (question === '') return prompt(guide);
  print(guide, question);
});

function print({ answerer, source }: Guide, question: string, earlier: readonly Turn[] = []): Turn {
  const { answers, truncated } = answerer.answer(question, earlier);
  for (const answer of answers) console.log(`\n${answerAsText(answer)}`);
  if (truncated) console.log('\n（質問が長いため、はじめの4,000文字だけを読みました。）');
  const confirmed = source.confirmed.on === 'unknown' ? '未確認' : source.confirmed.on;
  console.log(
    `\n― ${source.title.normalize('NFKC')}（版：${source.id}、施行日：${source.effectiveFrom === 'unknown' ? '不明' : source.effectiveFrom}、最終確認：${confirmed}）`,
  );
  return { question, answers };
}

async function answerLines({ answerer }: Guide): Promise<void> {
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

async function prompt(guide: Guide): Promise<void> {
  console.log('マイナポータルAPI利用規約について質問してください。終わるときは Ctrl+D を押します。');
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: '\n質問＞ ' });
  terminal.prompt();
  const earlier: Turn[] = [];
  for await (const line of terminal) {
    if (line.trim() !== '') earlier.push(print(guide, line, earlier));
    terminal.prompt();
  }
}
