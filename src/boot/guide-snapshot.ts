/**
 * Everything that was read, checked and prepared, kept in one file beside the build, so that a start need not read
 * it all again. The file is good for exactly the files, the code and the dictionary it was made from.
 */
import { createHash, type Hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Prepared } from '../answers/prepare.ts';
import type { Flow } from '../conversations/flow.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { readFlatFile, writeFlatFile } from '../search/flat-file.ts';
import type { LoadedTerms } from './load-terms.ts';
import { kuromojiVersion, savePack } from './load-tokenizer.ts';
import { mapFile } from './map-file.ts';
import { projectRoot } from './project-root.ts';

/** What an answerer is made of, apart from the dictionary: JSON and number columns. */
export interface GuideData {
  readonly loadedTerms: LoadedTerms;
  readonly knowledge: Knowledge;
  readonly flows: readonly Flow[];
  readonly prepared: Prepared;
}

const mark = 'KGG1';
/** The code that a snapshot depends on, when the sources themselves run: in the tests. */
const codeFolders = ['answers', 'boot', 'conversations', 'knowledge', 'search', 'terms'];

/** `program`: see `snapshotKey`. The built program and the sources each keep their own. */
export function snapshotPath(program: string): string {
  return join(projectRoot(), '.build', isSource(program) ? 'guide-from-source.bin' : 'guide.bin');
}

/**
 * SHA-256 over every file of knowledge/ and flows/ in `root`, the code that reads them, its packages and Node (whose
 * Unicode tables decide what NFKC does). Any other byte gives another key. `program`: the URL of the module that
 * imports all of that code.
 */
export function snapshotKey(root: string, program: string): string {
  const hash = createHash('sha256');
  hash.update(`${process.version} ${process.arch} kuromoji ${kuromojiVersion()}\n`);
  for (const folder of ['knowledge', 'flows']) addFolder(hash, root, folder);
  const project = projectRoot();
  if (existsSync(join(project, 'package-lock.json'))) addFile(hash, project, 'package-lock.json');
  if (isSource(program)) for (const folder of codeFolders) addFolder(hash, join(project, 'src'), folder);
  // A built file names the chunks it imports by a hash of their contents, so its own bytes stand for them all.
  else hash.update(readFileSync(fileURLToPath(program)));
  return hash.digest('hex');
}

function isSource(program: string): boolean {
  return program.endsWith('.ts');
}

/** Undefined when there is no snapshot, when it has another key, or when it was cut short. */
export function readSnapshot(path: string, key: string): GuideData | undefined {
  if (!existsSync(path)) return undefined;
  const read = readFlatFile(mark, mapFile(path)) as { key: string; data: KeptData } | undefined;
  return read?.key === key ? { ...read.data, flows: read.data.flows.map(openFlow) } : undefined;
}

export function saveSnapshot(path: string, key: string, data: GuideData): void {
  const kept: KeptData = { ...data, flows: data.flows.map(keepFlow) };
  savePack(path, writeFlatFile(mark, { key, data: kept }));
}

type KeptData = Omit<GuideData, 'flows'> & { readonly flows: readonly ReturnType<typeof keepFlow>[] };

/** JSON has no maps. */
function keepFlow(flow: Flow) {
  return { ...flow, steps: [...flow.steps], outcomes: [...flow.outcomes] };
}

function openFlow(kept: ReturnType<typeof keepFlow>): Flow {
  return { ...kept, steps: new Map(kept.steps), outcomes: new Map(kept.outcomes) };
}

function addFolder(hash: Hash, root: string, folder: string): void {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) addFolder(hash, root, path);
    else addFile(hash, root, path);
  }
}

/** Name and length go in as well, so that no two lists of files run together alike. */
function addFile(hash: Hash, root: string, path: string): void {
  const bytes = readFileSync(join(root, path));
  hash.update(`${path} ${bytes.length}\n`).update(bytes);
}
