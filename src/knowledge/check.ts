import { parseCanonical } from '../terms/citation.ts';
import type { Terms } from '../terms/model.ts';
import { locate, provisions } from '../terms/provisions.ts';
import type { KnowledgeFiles } from './files.ts';
import { checkStepGuidance } from './step-guidance.ts';
import type { FileProblem, YamlFile } from './yaml-file.ts';

type Report = (file: YamlFile<unknown>, path: readonly PropertyKey[], message: string) => void;

/**
 * What the schemas cannot see: every citation resolves in this version, every provision and every API has exactly
 * one entry, no name or way of asking stands for two things. Empty when all is well.
 */
export function checkKnowledge(files: KnowledgeFiles, terms: Terms): FileProblem[] {
  const problems: FileProblem[] = [];
  const report: Report = (file, path, message) =>
    problems.push({ file: file.file, line: file.lineOf(path), message });
  checkCitations(files, terms, report);
  checkCoverage(files, terms, report);
  checkApis(files, terms, report);
  checkIds(files, report);
  checkAsks(files, report);
  problems.push(...checkStepGuidance(files.steps, terms, new Set(files.gaps.value.gaps.map(({ id }) => id))));
  return problems.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

/** Walks every value under a citation key, so that a new kind of file is checked without being named here. */
function checkCitations(files: KnowledgeFiles, terms: Terms, report: Report): void {
  for (const file of allFiles(files)) {
    walk(file.value, [], (value, path) => {
      const key = path.findLast((step) => typeof step === 'string');
      if (typeof value !== 'string' || !['cite', 'cites', 'nearest'].includes(String(key))) return;
      const citation = parseCanonical(value);
      if (citation !== null && locate(terms, citation) !== null) return;
      report(
        file,
        path,
        `引用条項「${value}」は、この版の利用規約にありません（第1条〜第${terms.articles.length}条、別表項番1〜${terms.table.rows.length}）`,
      );
    });
  }
}

function checkCoverage(files: KnowledgeFiles, terms: Terms, report: Report): void {
  const seen = new Map<string, string>();
  for (const file of files.provisions) {
    file.value.provisions.forEach(({ cite }, index) => {
      const before = seen.get(cite);
      if (before) report(file, ['provisions', index], `「${cite}」の項目が2つあります（もう1つは${before}）`);
      seen.set(cite, `${file.file}:${file.lineOf(['provisions', index])}`);
    });
  }
  const [first] = files.provisions;
  for (const { key } of provisions(terms)) {
    if (!seen.has(key) && first) report(first, [], `「${key}」の要約と尋ね方が、どのファイルにもありません`);
  }
}

function checkApis({ apis }: KnowledgeFiles, terms: Terms, report: Report): void {
  const rows = terms.table.rows.map(({ number }) => number);
  const entries = apis.value.apis;
  entries.forEach(({ row }, index) => {
    if (row !== rows[index])
      report(
        apis,
        ['apis', index, 'row'],
        `項番は別表の順に1〜${rows.length}を1つずつ書いてください（${row}）`,
      );
  });
  if (entries.length !== rows.length)
    report(apis, ['apis'], `別表は${rows.length}項番ですが、${entries.length}件あります`);
  apis.value.sets.forEach(({ rows: members }, index) => {
    const unknown = members.filter((row) => !rows.includes(row));
    if (unknown.length > 0)
      report(apis, ['sets', index, 'rows'], `項番${unknown.join('、')}は別表にありません`);
  });
  const owners = new Map<string, number>();
  entries.forEach(({ row, name, aliases }, index) => {
    for (const alias of new Set([name, ...aliases].map(fold))) {
      const owner = owners.get(alias);
      if (owner !== undefined)
        report(apis, ['apis', index, 'aliases'], `別名「${alias}」は項番${owner}にもあります`);
      owners.set(alias, row);
    }
  });
}

function checkIds(files: KnowledgeFiles, report: Report): void {
  const lists = [
    { file: files.gaps, key: 'gaps', ids: files.gaps.value.gaps.map(({ id }) => id) },
    { file: files.topics, key: 'topics', ids: files.topics.value.topics.map(({ id }) => id) },
    { file: files.neighbours, key: 'neighbours', ids: files.neighbours.value.neighbours.map(({ id }) => id) },
  ];
  for (const { file, key, ids } of lists) {
    ids.forEach((id, index) => {
      if (ids.indexOf(id) !== index) report(file, [key, index, 'id'], `id「${id}」が2つあります`);
    });
  }
}

/** The same question cannot have two best answers. */
function checkAsks(files: KnowledgeFiles, report: Report): void {
  const owners = new Map<string, { entry: string; place: string }>();
  for (const file of allFiles(files)) {
    walk(file.value, [], (value, path) => {
      const at = path.lastIndexOf('asks');
      if (typeof value !== 'string' || at < 0) return;
      const entry = `${file.file}/${path.slice(0, at).join('/')}`;
      const place = `${file.file}:${file.lineOf(path)}`;
      const owner = owners.get(fold(value));
      if (owner && owner.entry !== entry)
        report(file, path, `尋ね方「${value}」は${owner.place}にもあります`);
      owners.set(fold(value), { entry, place });
    });
  }
}

function allFiles(files: KnowledgeFiles): YamlFile<unknown>[] {
  return Object.values(files).flat();
}

function walk(
  value: unknown,
  path: readonly PropertyKey[],
  visit: (value: unknown, path: readonly PropertyKey[]) => void,
): void {
  visit(value, path);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    walk(child, [...path, Array.isArray(value) ? Number(key) : key], visit);
  }
}

/** How two spellings are compared: width, case, spaces and closing marks do not count. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s?。、!]/gu, '');
}
