import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Answerer, createAnswerer } from '../answers/answerer.ts';
import { createQuoter, type Quoter } from '../answers/quote.ts';
import { createApiFinder, type FindApis } from '../conversations/api-names.ts';
import type { Flow } from '../conversations/flow.ts';
import { GuideError } from '../errors.ts';
import { checkKnowledge } from '../knowledge/check.ts';
import { knowledgeOf, readKnowledgeFiles, type SourceFile } from '../knowledge/files.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { describeProblem, type FileProblem } from '../knowledge/yaml-file.ts';
import type { Tokenize } from '../search/tokens.ts';
import { readFlows } from './load-flows.ts';
import { type LoadedTerms, loadTerms, readCurrentVersion } from './load-terms.ts';
import { loadTokenizer } from './load-tokenizer.ts';
import { projectRoot } from './project-root.ts';

/** Everything that answers questions, loaded and checked. */
export interface Guide extends LoadedTerms {
  readonly knowledge: Knowledge;
  readonly flows: readonly Flow[];
  readonly tokenize: Tokenize;
  readonly answerer: Answerer;
  readonly findApis: FindApis;
  readonly quoter: Quoter;
}

/** What was found in knowledge/, with every problem; `loaded` is null when a file could not be read at all. */
export interface KnowledgeReport {
  readonly version: string;
  readonly problems: readonly FileProblem[];
  readonly loaded: {
    readonly terms: LoadedTerms;
    readonly knowledge: Knowledge;
    readonly flows: readonly Flow[];
  } | null;
}

/** Reads and checks the current version's knowledge and the flows; never stops at the first problem. */
export function readKnowledge(knowledgeDir = join(projectRoot(), 'knowledge')): KnowledgeReport {
  const version = readCurrentVersion(knowledgeDir);
  const folder = join('knowledge', 'versions', version);
  const { files, problems } = readKnowledgeFiles(sourceFiles(join(knowledgeDir, 'versions', version)));
  const placed = (found: readonly FileProblem[]) =>
    found.map((problem) => ({ ...problem, file: join(folder, problem.file) }));
  if (files === null) return { version, problems: placed(problems), loaded: null };
  const terms = loadTerms(
    knowledgeDir,
    files.apis.value.apis.map(({ name }) => name),
    version,
  );
  const knowledge = knowledgeOf(files);
  const { flows, problems: flowProblems } = readFlows(
    terms.terms,
    new Set(knowledge.gaps.map(({ id }) => id)),
  );
  return {
    version,
    problems: [...placed(checkKnowledge(files, terms.terms)), ...flowProblems],
    loaded: { terms, knowledge, flows },
  };
}

/** Loads the current version for use. Throws `knowledge-invalid` with every problem, each with file and line. */
export function loadGuide(): Guide {
  const { loaded, problems } = readKnowledge();
  if (loaded === null || problems.length > 0) {
    throw new GuideError('knowledge-invalid', problems.map(describeProblem));
  }
  const { terms, knowledge, flows } = loaded;
  const tokenize = loadTokenizer();
  return {
    ...terms,
    knowledge,
    flows,
    tokenize,
    answerer: createAnswerer({ ...terms, knowledge, tokenize }),
    findApis: createApiFinder(knowledge),
    quoter: createQuoter(terms.terms),
  };
}

function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .sort()
    .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(folder, path), 'utf8') }));
}
