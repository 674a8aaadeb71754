/** A plan as a person reads it: in the terminal, and as a Markdown file to keep. */
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { UsualOrder } from '../knowledge/step-guidance.ts';
import { formatCitation } from '../terms/citation.ts';
import { STEP_VALUE_WORDS } from '../terms/steps.ts';
import { comparisonTitle, type PlanComparison } from './compare-plans.ts';
import { gapsOf, type Plan, type PlanStep, type TextOrder } from './plan.ts';
import {
  absentWords,
  apiNames,
  clauses,
  headline,
  momentWords,
  ORDER_CAUTION,
  productionWords,
  rowList,
  splitWords,
} from './plan-words.ts';

/** For the terminal: the answer first, then each step with its reasons. */
export function planAsText(plan: Plan, knowledge: Knowledge): string {
  return [
    ...plan.absent.map(absentWords),
    ...(plan.rows.length === 0
      ? []
      : [
          apiNames(knowledge, plan.rows),
          headline(plan).join('\n'),
          ...plan.steps.map((step, index) =>
            [
              `${index + 1}. 【${STEP_VALUE_WORDS[step.value]}】${step.step}`,
              ...detailLines(step, plan, knowledge).map((line) => `   ${line}`),
            ].join('\n'),
          ),
          [ORDER_CAUTION, ...plan.order.map((order) => `・${orderWords(order)}`)].join('\n'),
          usualWords(plan.usualOrder),
        ]),
  ].join('\n\n');
}

/**
 * For keeping. `source`: one line that names the version of the terms; `quotes`: the cited provisions word for
 * word, canonical citation first.
 */
export function planAsMarkdown(
  plan: Plan,
  knowledge: Knowledge,
  source: string,
  quotes: readonly { readonly label: string; readonly caption: string; readonly text: string }[],
): string {
  const { usualOrder } = plan;
  return `${[
    '# マイナポータルAPIの利用に必要な手続',
    plan.rows.length === 0 ? '' : `対象のAPI：${apiNames(knowledge, plan.rows)}`,
    ...plan.absent.map((name) => `> ${absentWords(name)}`),
    headline(plan)
      .map((line) => `- ${line}`)
      .join('\n'),
    ...plan.steps.map((step) => markdownStep(step, plan, knowledge)),
    plan.steps.length === 0
      ? ''
      : ['## 順序', ORDER_CAUTION, plan.order.map((order) => `- ${orderWords(order)}`).join('\n')].join(
          '\n\n',
        ),
    plan.steps.length === 0
      ? ''
      : [
          '## 一般的な流れ（規約の順ではありません）',
          `［${usualOrder.label}］${usualOrder.stages.join(' → ')}`,
          `${usualOrder.note}出所：${usualOrder.source}`,
        ].join('\n\n'),
    quotes.length === 0
      ? ''
      : [
          '## 条文',
          ...quotes.map(({ label, caption, text }) => `### ${label}（${caption}）\n\n> ${text}`),
        ].join('\n\n'),
    '---',
    source,
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

/** 第6条：事前打合せ → …（項番4） */
export function orderWords({ text, cite, words, rows }: TextOrder): string {
  return `${text}（${formatCitation(cite)}「${words}」、${rowList(rows)}）`;
}

export function usualWords({ label, source, note, stages }: UsualOrder): string {
  return `一般的な流れ［${label}］：${stages.join(' → ')}\n${note}出所：${source}`;
}

/** What changes between two choices, as a person reads it. */
export function comparisonAsText(comparison: PlanComparison): string {
  const { changes, same } = comparison;
  return [
    `${comparisonTitle(comparison)}、${changes.length === 0 ? '9つの手続の要否は変わりません。' : `次の${changes.length}つが変わります。`}`,
    ...changes.map(({ step, lines }) => [`・${step}`, ...lines.map((line) => `  ${line}`)].join('\n')),
    same.length === 0 || changes.length === 0 ? '' : `変わらない手続：${same.join('、')}`,
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** Every reason of a step, one line each. */
export function detailLines(step: PlanStep, plan: Plan, knowledge: Knowledge): string[] {
  const { clausesFor, clausesAgainst, condition, value, moments, prepare, open } = step;
  const split = splitWords(step);
  return [
    `求める規定：${clauses(clausesFor)}${condition === null ? '' : `「${condition}」`}`,
    ...(clausesAgainst.length === 0 ? [] : [`外す規定：${clauses(clausesAgainst)}`]),
    ...(split === null ? [] : [`APIごと：${split}`]),
    ...moments.map((moment) => `明らかにする時：${momentWords(moment)}`),
    ...(productionWords(step, plan) === null ? [] : [`${productionWords(step, plan)}`]),
    ...(value === 'not_required'
      ? []
      : [
          `用意するもの：${prepare.map(({ text }) => text).join('、')}`,
          `規約に定めがないこと：${gapsOf(knowledge, open)
            .map(({ topic }) => topic)
            .join('、')}`,
        ]),
  ];
}

function markdownStep(step: PlanStep, plan: Plan, knowledge: Knowledge): string {
  const lines = detailLines(step, plan, knowledge).map((line) => `- ${line}`);
  return `## ${step.step}：${STEP_VALUE_WORDS[step.value]}\n\n${lines.join('\n')}`;
}
