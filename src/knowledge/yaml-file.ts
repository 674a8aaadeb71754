import { isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';

z.config(z.locales.ja());

/** Something wrong in a data file: where, and what was expected there. */
export interface FileProblem {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

export interface YamlFile<T> {
  readonly file: string;
  readonly value: T;
  /** The 1-based line on which the value at `path` stands (the nearest parent's, where the path ends early). */
  lineOf(path: readonly PropertyKey[]): number;
}

export type YamlReading<T> = { ok: true; file: YamlFile<T> } | { ok: false; problems: FileProblem[] };

/** Reads one YAML text through a strict schema. Duplicate and unknown keys are problems, each with its line. */
export function readYaml<S extends z.ZodType>(
  file: string,
  text: string,
  schema: S,
): YamlReading<z.infer<S>> {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true });
  if (document.errors.length > 0) {
    return {
      ok: false,
      problems: document.errors.map((error) => ({
        file,
        line: counter.linePos(error.pos[0]).line,
        message: `YAMLとして読めません：${error.message.split('\n')[0]}`,
      })),
    };
  }
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length >= 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return counter.linePos(node.range[0]).line;
    }
    return 1;
  };
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { ok: true, file: { file, value: parsed.data, lineOf } };
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => ({
      file,
      line: lineOf(issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path),
      message: `${placeName(issue.path)}：${issue.message}`,
    })),
  };
}

/** `src/x.yaml:12 message`, the form editors and terminals make clickable. */
export function describeProblem(problem: FileProblem): string {
  return `${problem.file}:${problem.line} ${problem.message}`;
}

function placeName(path: readonly PropertyKey[]): string {
  return path.length === 0
    ? '全体'
    : path
        .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
        .join('')
        .replace(/^\./, '');
}
