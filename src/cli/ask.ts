/**
 * `npm run -s ask -- "質問"` prints the answer, `--why "質問"` how it is decided; without a question it is a prompt; `--json` reads JSON Lines
 * {"id","question"} from standard input and writes one line for each, in order.
 */
import type { Turn } from '../answers/follow-up.ts';
import { answerAsText } from '../answers/plain-text.ts';
import { type Guide, loadGuide } from '../boot/load-guide.ts';
import { runCli } from './run.ts';

await runCli(async (args) => {
  const guide = await loadGuide();
  // What only some uses need is loaded for them alone: a question on the command line is answered sooner.
  if (args[0] === '--json') return (await import('./question-lines.ts')).answerLines(guide);
  if (args[0] === '--why') return (await import('./why.ts')).printWhy(guide, args.slice(1).join(' '));
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

async function prompt(guide: Guide): Promise<void> {
  const { createInterface } = await import('node:readline');
  console.log('マイナポータルAPI利用規約について質問してください。終わるときは Ctrl+D を押します。');
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: '\n質問＞ ' });
  terminal.prompt();
  const earlier: Turn[] = [];
  for await (const line of terminal) {
    if (line.trim() !== '') earlier.push(print(guide, line, earlier));
    terminal.prompt();
  }
}
