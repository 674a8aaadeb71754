import { type Answerer, createAnswerer } from '../answers/answerer.ts';
import { createQuoter, type Quoter } from '../answers/quote.ts';
import { createApiFinder, type FindApis } from '../conversations/api-names.ts';
import type { Flow } from '../conversations/flow.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Tokenize } from '../search/tokens.ts';
import { type GuideData, readSnapshot, saveSnapshot, snapshotKey, snapshotPath } from './guide-snapshot.ts';
import type { LoadedTerms } from './load-terms.ts';
import { loadTokenizer } from './load-tokenizer.ts';
import { projectRoot } from './project-root.ts';

/** This module imports all code that a snapshot depends on, so it stands for it. */
const program = import.meta.url;

/** Everything that answers questions, loaded and checked. */
export interface Guide extends LoadedTerms {
  readonly knowledge: Knowledge;
  readonly flows: readonly Flow[];
  readonly tokenize: Tokenize;
  readonly answerer: Answerer;
  readonly findApis: FindApis;
  readonly quoter: Quoter;
}

export interface GuideOptions {
  /** The folder that holds knowledge/ and flows/. */
  readonly root?: string;
  /** Where the snapshot lies; null reads the files themselves and keeps nothing. */
  readonly snapshot?: string | null;
  /** Another tokenizer with the same tokens; the packed dictionary's when absent. */
  readonly tokenize?: Tokenize;
  /** Told, in Japanese, when everything has to be read first. */
  readonly log?: (message: string) => void;
}

/**
 * Loads the current version for use: in about 0.1 s from a snapshot of the same files, else in some seconds from the
 * files themselves. Throws `knowledge-invalid` with every problem, each with file and line.
 */
export async function loadGuide(options: GuideOptions = {}): Promise<Guide> {
  const { tokenize = loadTokenizer() } = options;
  const { loadedTerms, knowledge, flows, prepared } = await loadData(tokenize, options);
  return {
    ...loadedTerms,
    knowledge,
    flows,
    tokenize,
    answerer: createAnswerer({ ...loadedTerms, knowledge, tokenize, prepared }),
    findApis: lazily(() => createApiFinder(knowledge)),
    quoter: createQuoter(loadedTerms.terms),
  };
}

/** A function that is prepared when it is first called: a start for one question should not wait for it. */
function lazily<Input, Output>(prepare: () => (input: Input) => Output): (input: Input) => Output {
  let prepared: ((input: Input) => Output) | undefined;
  return (input) => {
    prepared ??= prepare();
    return prepared(input);
  };
}

async function loadData(
  tokenize: Tokenize,
  { root = projectRoot(), snapshot = snapshotPath(program), log = () => {} }: GuideOptions,
): Promise<GuideData> {
  const key = snapshotKey(root, program);
  const kept = snapshot === null ? undefined : readSnapshot(snapshot, key);
  if (kept !== undefined) return kept;
  log('利用規約と知識のファイルを読み直します（数秒）。');
  // Loaded only here: reading YAML through schemas takes longer to load than a snapshot takes to read.
  const { readGuideData } = await import('./read-knowledge.ts');
  const data = readGuideData(root, tokenize);
  // A file that changed meanwhile must not be taken for what was read.
  if (snapshot === null || snapshotKey(root, program) !== key) return data;
  try {
    saveSnapshot(snapshot, key, data);
  } catch (error) {
    log(`${snapshot} を保存できませんでした（${(error as Error).message}）。次の起動でも読み直します。`);
  }
  return data;
}
