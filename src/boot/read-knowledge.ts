/** The slow way from knowledge/ and flows/ to what answers questions: every file is parsed and checked. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepare } from '../answers/prepare.ts';
import type { Flow } from '../conversations/flow.ts';
import { GuideError } from '../errors.ts';
import { checkKnowledge } from '../knowledge/check.ts';
import { type KnowledgeFiles, knowledgeOf, readKnowledgeFiles, type SourceFile } from '../knowledge/files.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { describeProblem, type FileProblem } from '../knowledge/yaml-file.ts';
import type { Tokenize } from '../search/tokens.ts';
import type { GuideData } from './guide-snapshot.ts';
import { readFlows } from './load-flows.ts';
import { readReminders } from './load-reminders.ts';
import { type LoadedTerms, loadTerms, readCurrentVersion } from './load-terms.ts';
import { projectRoot } from './project-root.ts';

/** What was found in knowledge/, with every problem; `loaded` is null when a file could not be read at all. */
export interface KnowledgeReport {
  readonly version: string;
  readonly problems: readonly FileProblem[];
  readonly loaded: {
    readonly terms: LoadedTerms;
    readonly knowledge: Knowledge;
    readonly files: KnowledgeFiles;
    readonly flows: readonly Flow[];
  } | null;
}

/**
 * Reads and checks the current version's knowledge and the flows, always from the files themselves; never stops at
 * the first problem. `root`: the folder that holds knowledge/ and flows/.
 */
export function readKnowledge(root = projectRoot()): KnowledgeReport {
  const knowledgeDir = join(root, 'knowledge');
  const version = readCurrentVersion(knowledgeDir);
  const folder = join('knowledge', 'versions', version);
  const { files, problems } = readKnowledgeFiles(sourceFiles(join(knowledgeDir, 'versions', version)));
  const placed = (found: readonly FileProblem[]) =>
    found.map((problem) => ({ ...problem, file: join(folder, problem.file) }));
  const reminders = readReminders(root);
  if (files === null)
    return { version, problems: [...placed(problems), ...reminders.problems], loaded: null };
  const terms = loadTerms(
    knowledgeDir,
    files.apis.value.apis.map(({ name }) => name),
    version,
  );
  const knowledge = knowledgeOf(files);
  const { flows, problems: flowProblems } = readFlows(
    terms.terms,
    new Set(knowledge.gaps.map(({ id }) => id)),
    join(root, 'flows'),
  );
  return {
    version,
    problems: [...placed(checkKnowledge(files, terms.terms)), ...flowProblems, ...reminders.problems],
    loaded: { terms, knowledge, files, flows },
  };
}

/**
 * Reads, checks and prepares the current version. Throws `knowledge-invalid` with every problem, each with file and
 * line.
 */
export function readGuideData(root: string, tokenize: Tokenize): GuideData {
  const { loaded, problems } = readKnowledge(root);
  if (loaded === null || problems.length > 0) {
    throw new GuideError('knowledge-invalid', problems.map(describeProblem));
  }
  const { terms, knowledge, flows } = loaded;
  return { loadedTerms: terms, knowledge, flows, prepared: prepare(terms.terms, knowledge, tokenize) };
}

function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .sort()
    .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(folder, path), 'utf8') }));
}
