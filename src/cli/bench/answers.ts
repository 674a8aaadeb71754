/** A whole answer over the graded questions, and the mere search against other engines on the same passages and words. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { WORDING_WEIGHTS } from '../../answers/ranking.ts';
import { loadGuide } from '../../boot/load-guide.ts';
import { projectRoot } from '../../boot/project-root.ts';
import { createAnalyser } from '../../search/analysis.ts';
import { contentWord } from '../../search/content-words.ts';
import { createSearchIndex } from '../../search/search-index.ts';
import { provisions } from '../../terms/provisions.ts';
import { median, percentile } from '../figures.ts';
import type { BenchOptions, BenchSection } from './section.ts';

interface Graded {
  readonly question: string;
  readonly gold: readonly string[];
}

export async function benchAnswers({ quick }: BenchOptions): Promise<BenchSection> {
  const guide = await loadGuide();
  const graded = gradedQuestions().filter((_, index) => !quick || index % 20 === 0);
  const rounds = quick ? 1 : 3;
  const words = (text: string) =>
    guide
      .tokenize(text.normalize('NFKC').toLowerCase())
      .map(contentWord)
      .filter((word) => word !== undefined);
  const passages = provisions(guide.terms).map(({ key, text }) => ({ id: key, text }));
  const analyse = createAnalyser(guide);
  const features = (text: string) =>
    Object.entries(analyse(text).features).flatMap(([channel, names]) =>
      names.map((name) => `${channel}:${name}`),
    );
  const own = createSearchIndex(
    passages.map(({ id, text }) => ({ id, fields: [{ name: 'text', text }] })),
    { tokenize: guide.tokenize, weights: WORDING_WEIGHTS },
  );
  const tokenize = (text: string) => text.split(' ');
  const cut = passages.map(({ id, text }) => ({ id, text: words(text).join(' ') }));
  const mini = new MiniSearch<{ id: string; text: string }>({ fields: ['text'], tokenize });
  mini.addAll(cut);
  const fully = new MiniSearch<{ id: string; text: string }>({
    fields: ['text'],
    tokenize: (text) => text.split('\n'),
    processTerm: (term) => term,
  });
  fully.addAll(passages.map(({ id, text }) => ({ id, text: features(text).join('\n') })));
  const fuse = new Fuse(cut, { keys: ['text'], useTokenSearch: true, tokenize });
  // Each engine analyses the question itself: tokenizing is part of a search.
  const engines: Record<string, (question: string) => readonly string[]> = {
    tokenizing: (question) => guide.tokenize(question).map(({ surface_form }) => surface_form),
    answer: (question) => {
      guide.answerer.answer(question);
      return [];
    },
    // As the ranking of an answer reads the wording.
    own: (question) => own.search(question, { by: 'share' }).map(({ id }) => id),
    minisearch: (question) => mini.search(words(question).join(' ')).map(({ id }) => String(id)),
    fully: (question) => fully.search(features(question).join('\n')).map(({ id }) => String(id)),
    fuse: (question) => fuse.search(words(question).join(' ')).map(({ item }) => item.id),
  };
  const times = new Map(Object.keys(engines).map((name) => [name, [] as number[]]));
  const right = new Map(Object.keys(engines).map((name) => [name, 0]));
  // A whole round each, so that none pays for the garbage of another.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, search] of Object.entries(engines)) {
      for (const { question, gold } of graded) {
        const begun = performance.now();
        const found = search(question);
        if (round > 0) times.get(name)?.push(performance.now() - begun);
        else if (gold.includes(found[0] ?? '')) right.set(name, (right.get(name) ?? 0) + 1);
      }
    }
  }
  const of = (name: string, share = 0.5) => percentile(times.get(name) ?? [], share);
  const answerable = graded.filter(({ gold }) => gold.length > 0).length;
  const hit = (name: string) => (right.get(name) ?? 0) / Math.max(answerable, 1);
  const beyond = median(times.get('answer') ?? []) - of('tokenizing');
  return {
    name: 'answers',
    rows: [
      { what: 'whole answer, median', ours: of('answer'), unit: 'ms', baseline: null, target: { atMost: 1 } },
      {
        what: 'whole answer beyond tokenizing, median',
        ours: beyond,
        unit: 'ms',
        baseline: null,
        target: null,
      },
      {
        what: 'whole answer, p99',
        ours: of('answer', 0.99),
        unit: 'ms',
        baseline: null,
        target: { atMost: 5 },
      },
      against('search of the provisions', of('own'), 'fuse.js token search', of('fuse'), { atMost: 0.2 }),
      against('search of the provisions', of('own'), 'MiniSearch, same features', of('fully'), { atMost: 1 }),
      against('search of the provisions', of('own'), 'MiniSearch, content words', of('minisearch'), null),
      {
        ...against('right first', hit('own'), 'fuse.js token search', hit('fuse'), { atLeast: 1 }),
        unit: 'share',
      },
      {
        ...against('right first', hit('own'), 'MiniSearch, same features', hit('fully'), { atLeast: 1 }),
        unit: 'share',
      },
      {
        ...against('right first', hit('own'), 'MiniSearch, content words', hit('minisearch'), { atLeast: 1 }),
        unit: 'share',
      },
    ],
    notes: [
      `${graded.length} graded questions, ${rounds} rounds after one to warm up; engines take turns round by round`,
      'all search the same 71 provisions by their wording alone; MiniSearch gets the same six kinds of features once and the content words once, fuse.js the content words',
    ],
  };
}

function against(
  what: string,
  ours: number,
  name: string,
  value: number,
  target: { atMost: number } | { atLeast: number } | null,
) {
  return { what, ours, unit: 'ms', baseline: { name, value }, target };
}

function gradedQuestions(): Graded[] {
  const folder = join(projectRoot(), 'test', 'eval');
  const found = readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Graded),
    );
  return [...new Map(found.map((one) => [one.question, one])).values()];
}
