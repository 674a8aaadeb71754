/** なぜ必要・不要・任意か: the clause for and the clause against a step, word for word, and what goes with it. */
import type { KnownBlock, ModalView } from '@slack/types';
import { gapsOf, type Plan, type PlanStep } from '../../conversations/plan.ts';
import { apiNames, momentWords, productionWords, splitWords } from '../../conversations/plan-words.ts';
import { readOver } from '../../terms/applicability.ts';
import { type Citation, formatCitation } from '../../terms/citation.ts';
import type { Terms } from '../../terms/model.ts';
import { STEP_VALUE_WORDS } from '../../terms/steps.ts';
import type { Guiding } from '../guiding.ts';
import { VIEWS } from './action-ids.ts';
import { articleButton } from './buttons.ts';
import { quoteBlock } from './quote.ts';
import { openBlocks } from './result-view.ts';
import { bold, line, plain, rich, words } from './text.ts';
import { type ShownVersion, versionLine } from './version-line.ts';

const WHOLE = { characters: 6_000, items: 20 };

export function whyModal(
  step: PlanStep,
  plan: Plan,
  guiding: Guiding,
  terms: Terms,
  version: ShownVersion,
): ModalView {
  const split = splitWords(step);
  const said = [
    `対象：${apiNames(guiding.knowledge, plan.rows)}`,
    ...(split === null ? [] : [`APIごと：${split}`]),
    ...step.moments.map((moment) => `明らかにする時：${momentWords(moment)}`),
    ...(productionWords(step, plan) === null ? [] : [`${productionWords(step, plan)}`]),
  ];
  return {
    type: 'modal',
    callback_id: VIEWS.why,
    title: plain('理由', 24),
    close: plain('閉じる', 24),
    blocks: [
      rich(line(bold(`${STEP_VALUE_WORDS[step.value]}：${step.label}`)), line(words(said.join('\n'), 2_000))),
      ...clauseBlocks('この手続を求める規定', step.clausesFor, guiding, 0),
      ...readOverBlocks(step, plan, terms),
      ...clauseBlocks('この手続を外す規定', step.clausesAgainst, guiding, 10),
      ...(step.prepare.length === 0
        ? []
        : [
            rich(line(bold('用意するもの')), {
              type: 'rich_text_list',
              style: 'bullet',
              elements: step.prepare.map(({ text }) => line(words(text, 300))),
            }),
          ]),
      ...openBlocks(gapsOf(guiding.knowledge, step.open)),
      versionLine(version),
    ],
  };
}

function clauseBlocks(
  title: string,
  citations: readonly Citation[],
  { quoter }: Guiding,
  from: number,
): KnownBlock[] {
  if (citations.length === 0) return [];
  return [
    rich(line(bold(title))),
    ...citations.map((citation) => quoteBlock(quoter.quote(citation), WHOLE)),
    {
      type: 'actions',
      elements: citations.map((citation, index) =>
        articleButton(from + index, citation, `${formatCitation(citation)}を開く`),
      ),
    },
  ];
}

/** The clause as it reads after 読替え, with the words that were put in marked. */
function readOverBlocks({ clausesFor }: PlanStep, { rows }: Plan, terms: Terms): KnownBlock[] {
  return clausesFor.flatMap((citation) => {
    const read = readOver(terms, citation, rows);
    if (read === null) return [];
    return [
      rich(line(bold(`読み替えた後の文言（項番${read.rows.join('・')}）`)), {
        type: 'rich_text_quote',
        elements: read.segments.map(({ text, replaced }) => (replaced ? bold(text, 300) : words(text))),
      }),
    ];
  });
}
