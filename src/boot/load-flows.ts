/** Reads flows/*.yaml with flows/wording/*.yaml, checks them, and joins them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { checkFlows } from '../conversations/check-flows.ts';
import type { Flow } from '../conversations/flow.ts';
import { flowFile, wordingFile } from '../conversations/flow-file.ts';
import { type FlowSource, linkFlows } from '../conversations/link-flows.ts';
import { type FileProblem, readYaml, type YamlFile } from '../knowledge/yaml-file.ts';
import type { Terms } from '../terms/model.ts';
import { projectRoot } from './project-root.ts';

export interface FlowReport {
  /** Empty when there is any problem: half a conversation is not offered. */
  readonly flows: readonly Flow[];
  readonly problems: readonly FileProblem[];
}

/** Never stops at the first problem. `gapIds`: the ids of gaps.yaml, which outcomes refer to. */
export function readFlows(
  terms: Terms,
  gapIds: ReadonlySet<string>,
  flowsDir = join(projectRoot(), 'flows'),
): FlowReport {
  const problems: FileProblem[] = [];
  const read = <S extends z.ZodType>(path: string, schema: S): YamlFile<z.infer<S>> | null => {
    const place = join('flows', path);
    if (!existsSync(join(flowsDir, path))) {
      problems.push({ file: place, line: 1, message: 'ファイルがありません' });
      return null;
    }
    const reading = readYaml(place, readFileSync(join(flowsDir, path), 'utf8'), schema);
    if (reading.ok) return reading.file;
    problems.push(...reading.problems);
    return null;
  };
  const sources = readdirSync(flowsDir)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name): FlowSource | null => {
      const file = read(name, flowFile);
      const wording = read(join('wording', name), wordingFile);
      if (file === null || wording === null) return null;
      expectName(file, name, problems);
      expectName(wording, name, problems);
      return { file, wording };
    })
    .filter((source) => source !== null);
  // Targets in a file that could not be read would all look wrong.
  if (problems.length === 0) problems.push(...checkFlows(sources, terms, gapIds));
  return problems.length > 0 ? { flows: [], problems } : { flows: linkFlows(sources), problems };
}

function expectName(file: YamlFile<{ flow: string }>, name: string, problems: FileProblem[]): void {
  if (`${file.value.flow}.yaml` === name) return;
  problems.push({
    file: file.file,
    line: file.lineOf(['flow']),
    message: `flow「${file.value.flow}」は、ファイル名「${name}」と同じにしてください`,
  });
}
