/** 選び方を変えて比べる: another choice of APIs, and what it changes. */
import type { KnownBlock, ModalView } from '@slack/types';
import { comparisonTitle, type PlanComparison } from '../../conversations/compare-plans.ts';
import type { Plan } from '../../conversations/plan.ts';
import { apiNames } from '../../conversations/plan-words.ts';
import type { Guiding } from '../guiding.ts';
import { VIEWS } from './action-ids.ts';
import { API_BLOCK } from './api-choice.ts';
import { bold, line, plain, rich, words } from './text.ts';
import { type ShownVersion, versionLine } from './version-line.ts';

/** `comparison`: null before anything else was chosen. */
export function compareModal(
  id: string,
  plan: Plan,
  other: readonly number[],
  comparison: PlanComparison | null,
  guiding: Guiding,
  version: ShownVersion,
): ModalView {
  const options = guiding.knowledge.apis.map(({ row, name }) => ({
    text: plain(`項番${row}　${name}`, 75),
    value: String(row),
  }));
  const chosen = options.filter(({ value }) => other.includes(Number(value)));
  return {
    type: 'modal',
    callback_id: VIEWS.compare,
    title: plain('選び方を比べる', 24),
    submit: plain('比べる', 24),
    close: plain('閉じる', 24),
    private_metadata: id,
    blocks: [
      rich(line(bold('いまの選び方')), line(words(apiNames(guiding.knowledge, plan.rows), 900))),
      {
        type: 'input',
        block_id: API_BLOCK,
        label: plain('比べる選び方（外すもの・加えるものを変えてください）'),
        element: {
          type: 'multi_static_select',
          action_id: API_BLOCK,
          options,
          ...(chosen.length === 0 ? {} : { initial_options: chosen }),
        },
      },
      ...(comparison === null ? [] : comparisonBlocks(comparison)),
      versionLine(version),
    ],
  };
}

/** What changes, step by step, with the clauses; also as a message in a thread. */
export function comparisonBlocks(comparison: PlanComparison): KnownBlock[] {
  const { changes, same } = comparison;
  const title = comparisonTitle(comparison);
  const summary =
    changes.length === 0 ? '9つの手続の要否は変わりません。' : `次の${changes.length}つが変わります。`;
  return [
    rich(line(bold(`${title}、${summary}`))),
    ...(changes.length === 0
      ? []
      : [
          rich({
            type: 'rich_text_list',
            style: 'bullet',
            elements: changes.map(({ step, lines }) => line(bold(step), words(`　${lines.join('\n')}`, 600))),
          }),
        ]),
    ...(changes.length === 0 || same.length === 0
      ? []
      : [rich(line(words(`変わらない手続：${same.join('、')}`, 600)))]),
  ];
}
