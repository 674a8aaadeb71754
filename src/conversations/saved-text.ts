/** The longer text of a result, as Markdown to keep. */
import type { Knowledge } from '../knowledge/knowledge.ts';
import { formatCitation } from '../terms/citation.ts';
import { planAsMarkdown } from './plan-text.ts';
import { absentWords, apiNames, momentWords } from './plan-words.ts';
import type { Result } from './result.ts';

/** A cited provision as it is printed. */
export interface PrintedProvision {
  readonly label: string;
  readonly caption: string;
  readonly text: string;
  readonly items: readonly { readonly label: string; readonly text: string }[];
}

/**
 * `source`: one line that names the version of the terms. `print` gives a provision word for word by its canonical
 * citation.
 */
export function resultAsMarkdown(
  result: Result,
  knowledge: Knowledge,
  source: string,
  print: (label: string) => PrintedProvision,
): string {
  if (result.kind === 'plan') {
    const cited = result.plan.steps.flatMap(({ clausesFor, clausesAgainst }) => [
      ...clausesFor,
      ...clausesAgainst,
    ]);
    const labels = [...new Set(cited.map(formatCitation))];
    return planAsMarkdown(
      result.plan,
      knowledge,
      source,
      labels.map((label) => whole(print(label))),
    );
  }
  const { outcome, open, handOver } = result;
  return `${[
    `# ${outcome.title}`,
    outcome.text,
    ...(result.kind === 'record' ? recordLines(result, knowledge) : []),
    ...(handOver ? ['**担当者による判断が必要です。**'] : []),
    ...(open.length === 0
      ? []
      : [
          '## 規約に定めがないこと',
          open.map(({ topic, statement }) => `- ${topic}：${statement.ja}`).join('\n'),
        ]),
    '## 条文',
    ...outcome.cites.map((cite) => {
      const { label, caption, text } = whole(print(formatCitation(cite)));
      return `### ${label}（${caption}）\n\n> ${text}`;
    }),
    '---',
    source,
  ].join('\n\n')}\n`;
}

/** A file name people recognise. */
export function savedFileName(result: Result): string {
  const rows = result.kind === 'plan' && result.plan.rows.length > 0 ? `-${result.plan.rows.join('-')}` : '';
  return `${{ plan: '手続の計画', provisions: '手続の案内', record: '自己点検の記録' }[result.kind]}${rows}.md`;
}

function recordLines({ record }: Extract<Result, { kind: 'record' }>, knowledge: Knowledge): string[] {
  return [
    ...(record.rows.length === 0 ? [] : [`対象のAPI：${apiNames(knowledge, record.rows)}`]),
    ...record.absent.map((name) => `> ${absentWords(name)}`),
    ...(record.moments.length === 0 ? [] : [`明らかにする時：${record.moments.map(momentWords).join('、')}`]),
    record.entries
      .map(
        ({ answered, said, handOver }) =>
          `- ${answered.step.cites.map(formatCitation).join('・')}：${said.label}${handOver ? '（担当者による確認が必要）' : ''}`,
      )
      .join('\n'),
  ];
}

function whole({ label, caption, text, items }: PrintedProvision) {
  const printed = [
    text,
    ...items.map((item) => `${/第\d+号$/.exec(item.label)?.[0] ?? item.label}　${item.text}`),
  ];
  return { label, caption, text: printed.join('\n>\n> ') };
}
