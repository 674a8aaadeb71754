/**
 * `npm run -s eval` answers graded questions, scores them and says what was taken for what; `-- FILE…` other files,
 * `-- --wrong` lists the questions that went wrong, `-- --bar 0.75` fails when less of a file is right,
 * `-- --explain "質問"` shows how one question is decided, step by step. Without files:
 * ../shared/eval/questions.jsonl when present, and the sets in test/eval.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Answerer } from '../answers/answerer.ts';
import { loadGuide } from '../boot/load-guide.ts';
import { projectRoot } from '../boot/project-root.ts';
import {
  confusions,
  type GradedQuestion,
  gradedQuestion,
  scoreAnswer,
  summarise,
} from '../evaluation/score.ts';
import { answerLine } from './answer-line.ts';
import { runCli } from './run.ts';
import { printWhy } from './why.ts';

await runCli(async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      wrong: { type: 'boolean', default: false },
      bar: { type: 'string', default: '0' },
      explain: { type: 'string' },
    },
  });
  const { answerer } = await loadGuide();
  if (values.explain !== undefined) return printWhy({ answerer }, values.explain);
  const below = (positionals.length > 0 ? positionals : defaultFiles()).filter(
    (file) => report(file, answerer, values.wrong) < Number(values.bar),
  );
  if (below.length > 0)
    throw new Error(`less than ${values.bar} right: ${below.map((file) => basename(file)).join(', ')}`);
});

/** Prints the scores of one file and returns the share that is right. */
function report(file: string, answerer: Answerer, listWrong: boolean): number {
  const results = readQuestions(file).map((question) => {
    const reply = answerer.answer(question.question);
    const line = answerLine(question.id, reply);
    return { question, line, score: scoreAnswer(question, line), reply };
  });
  const summary = summarise(results);
  const percent = (share: number) => share.toFixed(3);
  console.log(`\n${basename(file)}: ${summary.questions} questions`);
  console.log(
    `  right ${percent(summary.right)} | article@3 ${percent(summary.article3)} | verdicts ${percent(summary.verdicts)} | open recognised ${percent(summary.openRecognised)} | answerable refused ${percent(summary.answerableRefused)}`,
  );
  for (const [kind, { questions, right }] of summary.byKind)
    console.log(`  ${kind.padEnd(14)} ${percent(right)} of ${questions}`);
  // A held half is counted, never looked into.
  if (listWrong || !file.endsWith('.held.jsonl')) {
    for (const { expected, got, ids } of confusions(results))
      console.log(`  ${expected} taken for ${got} (${ids.join(', ')})`);
  }
  for (const { question, line, score, reply } of listWrong
    ? results.filter(({ score }) => score.right < 1)
    : []) {
    console.log(
      `\n  ${question.id} ${question.kind}/${question.style} (${score.right}): ${question.question.slice(0, 120)}`,
    );
    console.log(
      `    expected ${question.gold.join(' ') || 'abstention'} ${question.verdict ? JSON.stringify(question.verdict) : ''}`,
    );
    console.log(
      `    got ${line.kind} ${line.citations.slice(0, 3).join(' ')} ${line.verdict ? JSON.stringify(line.verdict) : ''}`,
    );
    for (const { detail } of reply.answers[0].reasons) console.log(`    why ${detail}`);
  }
  return summary.right;
}

function readQuestions(file: string): GradedQuestion[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const parsed = gradedQuestion.safeParse(JSON.parse(line));
      if (parsed.success) return parsed.data;
      throw new Error(
        `${file}:${index + 1} ${parsed.error.issues.map(({ message, path }) => `${path.join('.')}: ${message}`).join('; ')}`,
      );
    });
}

function defaultFiles(): string[] {
  const shared = join(projectRoot(), '..', 'shared', 'eval', 'questions.jsonl');
  const own = join(projectRoot(), 'test', 'eval');
  return [
    ...(existsSync(shared) ? [shared] : []),
    ...(existsSync(own)
      ? readdirSync(own)
          .filter((name) => name.endsWith('.jsonl'))
          .sort()
          .map((name) => join(own, name))
      : []),
  ];
}
