/** Reads one version of the terms from knowledge/: source.yaml, terms.txt, applicability.yaml. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { GuideError } from '../errors.ts';
import type { Terms, TextProblem } from '../terms/model.ts';
import { parseTerms } from '../terms/parse.ts';
import { currentFile, sourceFile, type TermsSource } from '../terms/source.ts';
import { applicabilityFile, type StepRules, stepsAgainstText } from '../terms/steps.ts';

export interface LoadedTerms {
  readonly version: string;
  readonly source: TermsSource;
  readonly text: string;
  readonly terms: Terms;
  readonly rules: StepRules;
  /** Layout faults found while parsing; empty for a text that reads cleanly. */
  readonly problems: readonly TextProblem[];
}

/** The version knowledge/current.yaml names. */
export function readCurrentVersion(knowledgeDir: string): string {
  return readYaml(join(knowledgeDir, 'current.yaml'), currentFile).version;
}

/**
 * Loads a version (by default the current one). `officialNames`: the names of the 別表 in order of 項番.
 * Throws a GuideError whose message lists value, place and what was expected for every fault: a file that cannot be
 * read, a key that is unknown, a text whose SHA-256 differs, rules that contradict 第16条.
 */
export function loadTerms(
  knowledgeDir: string,
  officialNames: readonly string[],
  version: string = readCurrentVersion(knowledgeDir),
): LoadedTerms {
  const folder = join(knowledgeDir, 'versions', version);
  const source = readYaml(join(folder, 'source.yaml'), sourceFile);
  const rulesPlace = join(folder, 'applicability.yaml');
  const rules = readYaml(rulesPlace, applicabilityFile);
  const text = readText(join(folder, 'terms.txt'), source);
  if (source.id !== version) {
    throw new GuideError('knowledge-invalid', [
      `${join(folder, 'source.yaml')}: id「${source.id}」ですが、フォルダー名「${version}」と同じはずです`,
    ]);
  }
  const { terms, problems } = parseTerms(text, officialNames);
  const mismatches = stepsAgainstText(rules, terms);
  if (mismatches.length > 0)
    throw new GuideError(
      'knowledge-invalid',
      mismatches.map((one) => `${rulesPlace}: ${one}`),
    );
  return { version, source, text, terms, rules, problems };
}

function readText(place: string, { sha256 }: TermsSource): string {
  const bytes = readBytes(place);
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) {
    throw new GuideError('terms-altered', [
      `${place}: SHA-256 は ${found} ですが、source.yaml では ${sha256} です。原本に戻してください`,
    ]);
  }
  return bytes.toString('utf8');
}

function readYaml<Schema extends z.ZodType>(place: string, schema: Schema): z.output<Schema> {
  const value: unknown = parseYaml(place);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => {
    const found = JSON.stringify(path.reduce<unknown>(member, value)) ?? 'なし';
    return `${place}: ${path.join('.') || '全体'} の値 ${found}: ${message}`;
  });
  throw new GuideError('knowledge-invalid', faults);
}

function parseYaml(place: string): unknown {
  const written = readBytes(place).toString('utf8');
  try {
    return parse(written);
  } catch (error) {
    throw new GuideError('knowledge-invalid', [`${place}: YAML として読めません`], { cause: error });
  }
}

function readBytes(place: string): Buffer {
  try {
    return readFileSync(place);
  } catch (error) {
    throw new GuideError('knowledge-invalid', [`${place}: ファイルを読めません。この場所に必要です`], {
      cause: error,
    });
  }
}

function member(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
