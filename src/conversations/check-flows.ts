/** What the schema of a flow file cannot see; each problem with file, line and what was expected. */
import type { FileProblem } from '../knowledge/yaml-file.ts';
import { type Citation, formatCitation } from '../terms/citation.ts';
import type { Terms } from '../terms/model.ts';
import { locate } from '../terms/provisions.ts';
import { checkGraph, type Report } from './check-graph.ts';
import type { FlowSource } from './link-flows.ts';

/**
 * Every target exists, everything is reached, nothing ends in nothing or goes round in a circle, conditions ask
 * about what was answered before, citations and gaps resolve, every step and option has its wording and no wording
 * is left over. Empty when all is well.
 */
export function checkFlows(
  sources: readonly FlowSource[],
  terms: Terms,
  gapIds: ReadonlySet<string>,
): FileProblem[] {
  const problems: FileProblem[] = [];
  const report: Report = (file, path, message) =>
    problems.push({ file: file.file, line: file.lineOf(path), message });
  sources.forEach((source, index) => {
    const { flow } = source.file.value;
    if (sources.findIndex(({ file }) => file.value.flow === flow) !== index)
      report(source.file, ['flow'], `案内「${flow}」が2つあります`);
    checkCitations(source, terms, report);
    checkGaps(source, gapIds, report);
    checkWording(source, report);
    checkGraph(source, sources, report);
  });
  return problems;
}

function checkCitations({ file }: FlowSource, terms: Terms, report: Report): void {
  const expect = (cites: readonly Citation[], path: readonly PropertyKey[]) =>
    cites.forEach((citation, index) => {
      if (locate(terms, citation) === null)
        report(
          file,
          [...path, index],
          `引用条項「${formatCitation(citation)}」は、この版の利用規約にありません`,
        );
    });
  for (const [id, { cites }] of Object.entries(file.value.steps)) expect(cites, ['steps', id, 'cites']);
  for (const [id, { cites }] of Object.entries(file.value.outcomes)) expect(cites, ['outcomes', id, 'cites']);
}

function checkGaps({ file }: FlowSource, gapIds: ReadonlySet<string>, report: Report): void {
  for (const [id, { gaps }] of Object.entries(file.value.outcomes)) {
    gaps.forEach((gap, index) => {
      if (!gapIds.has(gap))
        report(file, ['outcomes', id, 'gaps', index], `gaps.yaml に id「${gap}」がありません`);
    });
  }
}

function checkWording({ file, wording }: FlowSource, report: Report): void {
  for (const kind of ['steps', 'outcomes'] as const) {
    const needed = Object.keys(file.value[kind]);
    const worded = Object.keys(wording.value[kind]);
    for (const id of needed.filter((one) => !worded.includes(one)))
      report(wording, [kind], `「${id}」の文言がありません（${file.file}:${file.lineOf([kind, id])}）`);
    for (const id of worded.filter((one) => !needed.includes(one)))
      report(wording, [kind, id], `「${id}」は ${file.file} にありません`);
  }
  for (const [id, step] of Object.entries(file.value.steps)) {
    const options = step.kind === 'choice' ? step.options : [];
    const worded = Object.keys(wording.value.steps[id]?.options ?? {});
    for (const option of options.filter((one) => !worded.includes(one)))
      report(wording, ['steps', id, 'options'], `選択肢「${option}」の文言がありません`);
    for (const option of worded.filter((one) => !options.includes(one)))
      report(
        wording,
        ['steps', id, 'options', option],
        `選択肢「${option}」は ${file.file} の「${id}」にありません`,
      );
  }
}
