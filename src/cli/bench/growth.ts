/** The search engine on more and more passages, beside MiniSearch and SQLite FTS5 on the same words. */
import Database from 'better-sqlite3';
import MiniSearch from 'minisearch';
import { loadTokenizer } from '../../boot/load-tokenizer.ts';
import { contentWord } from '../../search/content-words.ts';
import { createSearchIndex } from '../../search/search-index.ts';
import { median } from '../figures.ts';
import { madeUpTexts } from './made-up-texts.ts';
import type { BenchOptions, BenchRow, BenchSection } from './section.ts';

const QUERIES = 60;

export async function benchGrowth({ quick }: BenchOptions): Promise<BenchSection> {
  const tokenize = loadTokenizer();
  const words = (text: string) =>
    tokenize(text)
      .map(contentWord)
      .filter((word) => word !== undefined)
      .join(' ');
  const rows: BenchRow[] = [];
  for (const size of quick ? [500] : [1_000, 10_000, 100_000]) {
    const texts = madeUpTexts(size);
    const queries = madeUpTexts(QUERIES, 7).map((text) => text.slice(0, 24));
    const cut = texts.map((text, id) => ({ id, text: words(text) }));
    const built = {
      own: timed(() =>
        createSearchIndex(
          texts.map((text, id) => ({ id: String(id), fields: [{ name: 'text', text }] })),
          { tokenize },
        ),
      ),
      mini: timed(() => {
        const index = new MiniSearch<{ id: number; text: string }>({
          fields: ['text'],
          tokenize: (text) => text.split(' '),
        });
        index.addAll(texts.map((text, id) => ({ id, text: words(text) })));
        return index;
      }),
      fts: timed(() => fts5(cut)),
    };
    const match = built.fts.value.prepare('select id from p where p match ? order by bm25(p) limit 10');
    const asked = queries.map((query) => {
      const own = timed(() => built.own.value.search(query, { limit: 10 })).millis;
      const mini = timed(() => built.mini.value.search(words(query)).slice(0, 10)).millis;
      const ored = words(query)
        .split(' ')
        .map((word) => `"${word.replaceAll('"', '')}"`)
        .join(' OR ');
      const fts = timed(() => match.all(ored)).millis;
      return { own, mini, fts };
    });
    const p50 = (name: 'own' | 'mini' | 'fts') => median(asked.map((one) => one[name]));
    const label = `${size.toLocaleString('en')} passages`;
    rows.push(
      row(`build, ${label}`, built.own.millis, 'MiniSearch', built.mini.millis),
      row(`query, ${label}`, p50('own'), 'MiniSearch', p50('mini')),
      row(`query, ${label}`, p50('own'), 'SQLite FTS5', p50('fts')),
    );
    built.fts.value.close();
  }
  return {
    name: 'search growth',
    rows,
    notes: [
      'passages are made up from sentences of the terms; each engine tokenizes the passages and the query itself, but FTS5 builds from words ready made',
      'ours keeps words, base forms, readings, character pairs; the others words alone',
    ],
  };
}

function fts5(rows: readonly { id: number; text: string }[]): Database.Database {
  const db = new Database(':memory:');
  db.exec("create virtual table p using fts5(id unindexed, text, tokenize = 'unicode61')");
  const insert = db.prepare('insert into p (id, text) values (?, ?)');
  db.transaction(() => {
    for (const { id, text } of rows) insert.run(id, text);
  })();
  return db;
}

function timed<T>(run: () => T): { value: T; millis: number } {
  const begun = performance.now();
  const value = run();
  return { value, millis: performance.now() - begun };
}

function row(what: string, ours: number, name: string, value: number): BenchRow {
  return { what, ours, unit: 'ms', baseline: { name, value }, target: null };
}
