/** Reads one version of the terms from knowledge/: source.yaml, terms.txt, applicability.yaml. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { GuideError } from '../errors.ts';
import { describeProblem, readYaml } from '../knowledge/yaml-file.ts';
import type { Terms, TextProblem } from '../terms/model.ts';
import { parseTerms } from '../terms/parse.ts';
import { findTextProblems } from '../terms/problems.ts';
import { currentFile, sourceFile, type TermsSource } from '../terms/source.ts';
import { type StepRules, stepsAgainstText } from '../terms/steps.ts';
import { applicabilityFile } from '../terms/steps-file.ts';

export interface LoadedTerms {
  readonly version: string;
  readonly source: TermsSource;
  readonly text: string;
  readonly terms: Terms;
  readonly rules: StepRules;
  /** Oddities of the wording (`findTextProblems`); faults of the layout stop the start instead. */
  readonly problems: readonly TextProblem[];
}

/** The version knowledge/current.yaml names. */
export function readCurrentVersion(knowledgeDir: string): string {
  return readFile(join(knowledgeDir, 'current.yaml'), currentFile).version;
}

/**
 * Loads a version (by default the current one). `officialNames`: the names of the 別表 in order of 項番.
 * Throws a GuideError whose message lists value, place and what was expected for every fault: a file that cannot be
 * read, a key that is unknown, a text whose SHA-256 differs or that does not read cleanly (a 別表 name that is not
 * the official one, a number out of order), rules that contradict 第16条.
 */
export function loadTerms(
  knowledgeDir: string,
  officialNames: readonly string[],
  version: string = readCurrentVersion(knowledgeDir),
): LoadedTerms {
  const folder = join(knowledgeDir, 'versions', version);
  const source = readFile(join(folder, 'source.yaml'), sourceFile);
  const rulesPlace = join(folder, 'applicability.yaml');
  const rules = readFile(rulesPlace, applicabilityFile);
  const textPlace = join(folder, 'terms.txt');
  const text = readText(textPlace, source);
  if (source.id !== version) {
    throw new GuideError('knowledge-invalid', [
      `${join(folder, 'source.yaml')}: id「${source.id}」ですが、フォルダー名「${version}」と同じはずです`,
    ]);
  }
  const { terms, problems: faults } = parseTerms(text, officialNames);
  const contradictions = stepsAgainstText(rules, terms).map((one) => `${rulesPlace}: ${one}`);
  const all = [...faults.map((fault) => describeFault(textPlace, fault)), ...contradictions];
  if (all.length > 0) throw new GuideError('knowledge-invalid', all);
  return { version, source, text, terms, rules, problems: findTextProblems(terms) };
}

function describeFault(place: string, { lines, quote, note }: TextProblem): string {
  return `${place}:${lines.first} 「${quote}」: ${note}`;
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

function readFile<Schema extends z.ZodType>(place: string, schema: Schema): z.infer<Schema> {
  const reading = readYaml(place, readBytes(place).toString('utf8'), schema);
  if (reading.ok) return reading.file.value;
  throw new GuideError('knowledge-invalid', reading.problems.map(describeProblem));
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
