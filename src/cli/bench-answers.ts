/**
 * `node .build/cli/bench-answers.js [ROUNDS]`: how long a whole answer takes over the graded questions, beyond
 * tokenizing them, against a mere search with MiniSearch and with fuse.js over the same passages and words.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { type Guide, loadGuide } from '../boot/load-guide.ts';
import { projectRoot } from '../boot/project-root.ts';
import { contentWord } from '../search/content-words.ts';
import { createSearchIndex } from '../search/search-index.ts';
import { provisions } from '../terms/provisions.ts';
import { median, percentile, printTable } from './figures.ts';
import { runCli } from './run.ts';

await runCli(async ([rounds = '3']) => {
  const guide = await loadGuide();
  const questions = gradedQuestions();
  const words = wordsOf(guide);
  const asked = new Map(questions.map((question) => [question, words(question).join(' ')]));
  const provided = provisions(guide.terms).map(({ key, text }) => ({ id: key, text }));
  const own = createSearchIndex(
    provided.map(({ id, text }) => ({ id, fields: [{ name: 'text', text }] })),
    guide,
  );
  const engines: [string, (question: string) => unknown][] = [
    ['whole answer', (question) => guide.answerer.answer(question)],
    ['tokenizing alone', (question) => guide.tokenize(question)],
    [`own search with analysis, ${provided.length} provisions`, (question) => own.search(question)],
    ...others(`${provided.length} provisions`, provided, words, asked, true),
    ...others('all asks', asksOf(guide), words, asked, false),
  ];
  const times = new Map(engines.map(([name]) => [name, [] as number[]]));
  // Question by question, so that whatever else the machine does meets all engines alike.
  for (let round = 0; round <= Number(rounds); round++) {
    for (const question of questions) {
      for (const [name, run] of engines) {
        const begun = performance.now();
        run(question);
        // The first round warms up.
        if (round > 0) times.get(name)?.push(performance.now() - begun);
      }
    }
  }
  console.log(`${questions.length} graded questions, ${rounds} rounds after one to warm up; ms`);
  const rows = engines.map(([name]) => ({
    name,
    p50: median(times.get(name) ?? []),
    p99: percentile(times.get(name) ?? [], 0.99),
  }));
  printTable([
    ['', 'p50', 'p99'],
    ...rows.map(({ name, p50, p99 }) => [name, p50.toFixed(3), p99.toFixed(3)]),
  ]);
  console.log(JSON.stringify({ bench: 'answers', questions: questions.length, rows }));
});

/** Their tokenizers are given the words ready made: only the search is timed. */
function others(
  over: string,
  passages: readonly { id: string; text: string }[],
  words: (text: string) => string[],
  asked: ReadonlyMap<string, string>,
  withFuse: boolean,
): [string, (question: string) => unknown][] {
  const cut = passages.map(({ id, text }) => ({ id, text: words(text).join(' ') }));
  const tokenize = (text: string) => text.split(' ');
  const mini = new MiniSearch({ fields: ['text'], tokenize });
  mini.addAll(cut);
  const wordsIn = (question: string) => asked.get(question) ?? '';
  const found: [string, (question: string) => unknown][] = [
    [`MiniSearch, ${over}`, (question) => mini.search(wordsIn(question))],
  ];
  if (!withFuse) return found;
  const fuse = new Fuse(cut, { keys: ['text'], useTokenSearch: true, tokenize });
  return [...found, [`fuse.js token search, ${over}`, (question) => fuse.search(wordsIn(question))]];
}

function wordsOf({ tokenize }: Guide): (text: string) => string[] {
  return (text) =>
    tokenize(text.normalize('NFKC').toLowerCase())
      .map(contentWord)
      .filter((word) => word !== undefined);
}

function asksOf({ knowledge }: Guide): { id: string; text: string }[] {
  return [...knowledge.provisions, ...knowledge.topics, ...knowledge.gaps, ...knowledge.neighbours].flatMap(
    ({ asks }, entry) => [...asks.ja, ...asks.en].map((text, i) => ({ id: `${entry}#${i}`, text })),
  );
}

function gradedQuestions(): string[] {
  const folder = join(projectRoot(), 'test', 'eval');
  const found = readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => (JSON.parse(line) as { question: string }).question),
  );
  return [...new Set(found)];
}
