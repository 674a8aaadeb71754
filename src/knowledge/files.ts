import type { z } from 'zod';
import type { Knowledge } from './knowledge.ts';
import {
  apiFile,
  gapFile,
  neighbourFile,
  offtopicFile,
  phrasingFile,
  provisionFile,
  topicFile,
  vocabularyFile,
} from './schema.ts';
import { type StepGuidance, stepGuidanceFile } from './step-guidance.ts';
import { type FileProblem, readYaml, type YamlFile } from './yaml-file.ts';

/** A file of the version folder as read from disk: path relative to that folder, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The files behind the knowledge, kept so that a check can name the line of what it finds. */
export interface KnowledgeFiles {
  readonly provisions: readonly YamlFile<z.infer<typeof provisionFile>>[];
  readonly apis: YamlFile<z.infer<typeof apiFile>>;
  readonly gaps: YamlFile<z.infer<typeof gapFile>>;
  readonly neighbours: YamlFile<z.infer<typeof neighbourFile>>;
  readonly topics: YamlFile<z.infer<typeof topicFile>>;
  readonly vocabulary: YamlFile<z.infer<typeof vocabularyFile>>;
  readonly offtopic: YamlFile<z.infer<typeof offtopicFile>>;
  readonly phrasing: YamlFile<z.infer<typeof phrasingFile>>;
  readonly steps: YamlFile<StepGuidance>;
}

/** Reads all knowledge files of a version through their schemas; `files` is null when any problem was found. */
export function readKnowledgeFiles(sources: readonly SourceFile[]): {
  files: KnowledgeFiles | null;
  problems: FileProblem[];
} {
  const problems: FileProblem[] = [];
  const read = <S extends z.ZodType>(path: string, schema: S): YamlFile<z.infer<S>> | null => {
    const source = sources.find((candidate) => candidate.path === path);
    if (!source) {
      problems.push({ file: path, line: 1, message: 'ファイルがありません' });
      return null;
    }
    const reading = readYaml(path, source.text, schema);
    if (reading.ok) return reading.file;
    problems.push(...reading.problems);
    return null;
  };
  const provisions = sources
    .filter((source) => source.path.startsWith('provisions/'))
    .map((source) => read(source.path, provisionFile));
  const files = {
    provisions: provisions.filter((file) => file !== null),
    apis: read('apis.yaml', apiFile),
    gaps: read('gaps.yaml', gapFile),
    neighbours: read('neighbours.yaml', neighbourFile),
    topics: read('topics.yaml', topicFile),
    vocabulary: read('vocabulary.yaml', vocabularyFile),
    offtopic: read('offtopic.yaml', offtopicFile),
    phrasing: read('phrasing.yaml', phrasingFile),
    steps: read('steps.yaml', stepGuidanceFile),
  };
  return problems.length > 0 ? { files: null, problems } : { files: files as KnowledgeFiles, problems };
}

/** The values alone, as the answers use them. */
export function knowledgeOf(files: KnowledgeFiles): Knowledge {
  return {
    provisions: files.provisions.flatMap((file) => file.value.provisions),
    apis: files.apis.value.apis,
    apiSets: files.apis.value.sets,
    gaps: files.gaps.value.gaps,
    neighbours: files.neighbours.value.neighbours,
    topics: files.topics.value.topics,
    vocabulary: files.vocabulary.value,
    offtopic: files.offtopic.value.offtopic,
    phrasing: files.phrasing.value,
    guidance: files.steps.value,
  };
}
