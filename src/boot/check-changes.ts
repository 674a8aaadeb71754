/** Drafts of changes of the knowledge: would everything still load with them, and would the question be answered? */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from '../answers/answer.ts';
import { createAnswerer } from '../answers/answerer.ts';
import { applyChange, type Change, type ChangeFile, changeFile, expectedOf } from '../knowledge/change.ts';
import { checkKnowledge } from '../knowledge/check.ts';
import { type KnowledgeFiles, knowledgeOf } from '../knowledge/files.ts';
import { describeProblem, readYaml } from '../knowledge/yaml-file.ts';
import type { Tokenize } from '../search/tokens.ts';
import type { LoadedTerms } from './load-terms.ts';
import type { KnowledgeReport } from './read-knowledge.ts';

export interface ChangeVerdict {
  /** The name of the file; for all together, what is said in its place. */
  readonly name: string;
  readonly change: ChangeFile | null;
  /** Japanese, one line each; empty when nothing stands against it. */
  readonly problems: readonly string[];
}

type Loaded = NonNullable<KnowledgeReport['loaded']>;

/** Every draft of a folder by itself, then all that are sound together. `folder` must exist. */
export function checkChanges(
  folder: string,
  loaded: Loaded,
  version: string,
  tokenize: Tokenize,
): ChangeVerdict[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  const verdicts = names.map((name) =>
    checkOne(name, readFileSync(join(folder, name), 'utf8'), loaded, version, tokenize),
  );
  const sound = verdicts.flatMap(({ change, problems }) =>
    change !== null && problems.length === 0 ? [change] : [],
  );
  if (sound.length < 2) return verdicts;
  const problems = problemsWith(sound, loaded, tokenize);
  return [...verdicts, { name: `問題のない${sound.length}件をあわせて`, change: null, problems }];
}

function checkOne(
  name: string,
  text: string,
  loaded: Loaded,
  version: string,
  tokenize: Tokenize,
): ChangeVerdict {
  const reading = readYaml(name, text, changeFile);
  if (!reading.ok) return { name, change: null, problems: reading.problems.map(describeProblem) };
  const change = reading.file.value;
  const other =
    change.version === version ? [] : [`版「${change.version}」のための案です。いまの版は「${version}」です`];
  return { name, change, problems: [...other, ...problemsWith([change], loaded, tokenize)] };
}

function problemsWith(
  changes: readonly ChangeFile[],
  { files, terms }: Loaded,
  tokenize: Tokenize,
): string[] {
  let after: KnowledgeFiles = files;
  for (const { change } of changes) {
    const next = applyChange(after, change);
    if (next === null) return [`「${expectedOf(change)}」は知識にありません`];
    after = next;
  }
  const before = new Set(checkKnowledge(files, terms.terms).map(({ message }) => message));
  const broken = checkKnowledge(after, terms.terms).filter(({ message }) => !before.has(message));
  if (broken.length > 0) return broken.map(({ file, message }) => `${file}：${message}`);
  const answerer = answererOf(after, terms, tokenize);
  return changes.flatMap(({ question, change }) => {
    const { answers } = answerer.answer(question);
    if (answers.some((answer) => leadsTo(answer, change))) return [];
    return [
      `「${question}」は、まだ「${expectedOf(change)}」になりません（いまの答え：${inBrief(answers[0])}）`,
    ];
  });
}

function answererOf(files: KnowledgeFiles, terms: LoadedTerms, tokenize: Tokenize) {
  return createAnswerer({ ...terms, knowledge: knowledgeOf(files), tokenize });
}

/** Whether an answer is the one that the change is about. */
function leadsTo(answer: Answer, change: Change): boolean {
  const [of, key] = change.kind === 'paraphrase' ? [change.of, change.key] : [change.kind, change.entry.id];
  switch (of) {
    case 'provision':
      return answer.kind === 'answer' && answer.quotes.some(({ label }) => label === key);
    case 'gap':
      return answer.kind === 'not_settled' && answer.gapId === key;
    case 'topic':
      return decidedBy(answer, `topic:${key} `);
    case 'neighbour':
      return decidedBy(answer, `neighbour:${key} `);
  }
}

function decidedBy({ reasons }: Answer, id: string): boolean {
  return reasons.some(({ detail }) => detail.startsWith(id));
}

function inBrief(answer: Answer): string {
  return answer.kind === 'answer' ? answer.quotes.map(({ label }) => label).join('、') : answer.lead;
}
