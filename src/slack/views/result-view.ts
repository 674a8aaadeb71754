/** An outcome → Block Kit: the answer first, why-not one click away, then what to do with it. */
import type { ActionsBlock, KnownBlock, RichTextElement, SectionBlock } from '@slack/types';
import type { Plan, PlanStep } from '../../conversations/plan.ts';
import { orderWords } from '../../conversations/plan-text.ts';
import {
  absentWords,
  apiNames,
  clauses,
  exceptionWords,
  momentWords,
  ORDER_CAUTION,
  productionWords,
} from '../../conversations/plan-words.ts';
import type { CheckRecord } from '../../conversations/record.ts';
import type { Result } from '../../conversations/result.ts';
import { formatCitation } from '../../terms/citation.ts';
import { STEP_VALUE_WORDS } from '../../terms/steps.ts';
import { ACTIONS } from './action-ids.ts';
import { articleButton, button } from './buttons.ts';
import { quoteBlock } from './quote.ts';
import { pressValue, type Screen } from './screen.ts';
import { bold, line, plain, rich, words } from './text.ts';

const MARKS = { required: '●', optional: '○', not_required: '－' } as const;
const MOST_QUOTES = 3;
/** In a message, so that quotes never fill it; the buttons open the whole article. */
const QUOTE_ROOM = { characters: 700, items: 8 };

export function resultBlocks(screen: Screen, result: Result): KnownBlock[] {
  switch (result.kind) {
    case 'plan':
      return [...planBlocks(screen, result.plan), ...actions(screen, result)];
    case 'provisions':
      return [...provisionBlocks(screen, result), ...actions(screen, result)];
    case 'record':
      return [...recordBlocks(screen, result, result.record), ...actions(screen, result)];
  }
}

function planBlocks({ guiding, id }: Screen, plan: Plan): KnownBlock[] {
  const absent = plan.absent.flatMap((name) => [
    line(words(absentWords(name), 400)),
    ...guiding.knowledge.neighbours
      .filter((one) => one.kind === 'absent-api' && [one.name, ...one.names].includes(name))
      .map(({ statement }) => line(words(statement.ja, 400))),
  ]);
  if (plan.rows.length === 0) {
    return [rich(...absent, line(words('別表にあるAPIが選ばれていないため、必要な手続は導けません。')))];
  }
  return [
    rich(line(bold(planTitle(plan))), line(words(apiNames(guiding.knowledge, plan.rows), 900))),
    ...plan.steps.map((step, index) => stepLine(step, plan, id, index)),
    rich(line(words(ORDER_CAUTION)), {
      type: 'rich_text_list',
      style: 'bullet',
      elements: plan.order.map((order) => line(words(orderWords(order), 400))),
    }),
    rich(
      line(bold(`一般的な流れ［${plan.usualOrder.label}］`)),
      line(
        words(
          `${plan.usualOrder.stages.join(' → ')}\n${plan.usualOrder.note}出所：${plan.usualOrder.source}`,
          600,
        ),
      ),
    ),
    rich(
      line(words('用意するものと、規約に定めがないことは、各手続の「なぜ？」と、保存した文書にあります。')),
    ),
    ...(absent.length === 0 ? [] : [rich(...absent)]),
  ];
}

/** Of the steps needed, those that only a change, stop or end calls for are counted apart. */
function planTitle({ steps }: Plan): string {
  const needed = steps.filter(({ value }) => value === 'required');
  const later = needed.filter(({ condition }) => condition !== null);
  const aside = later.length === 0 ? '' : `（うち${later.length}つは変更・停止などのとき）`;
  return `必要な手続は9つのうち${needed.length}つです${aside}`;
}

/** ● 必要　事前打合せ（第3条第1項）, with a button that says why. */
function stepLine(step: PlanStep, plan: Plan, id: string, index: number): SectionBlock {
  const { value, clausesFor, clausesAgainst, moments } = step;
  const basis = clauses(value === 'not_required' ? clausesAgainst : clausesFor);
  const decided = productionWords(step, plan);
  const more = [
    value === 'not_required' || step.condition === null || decided !== null ? null : `「${step.condition}」`,
    exceptionWords(step),
    ...moments.map(momentWords),
    decided,
  ].filter((text) => text !== null);
  return {
    type: 'section',
    text: plain(
      [
        `${MARKS[value]} ${STEP_VALUE_WORDS[value]}　${step.step}（${basis}）`,
        ...more.map((text) => `　${text}`),
      ].join('\n'),
      600,
    ),
    accessory: {
      ...button(`${ACTIONS.whyStep}:${index}`, 'なぜ？', [id, index].join(':')),
      accessibility_label: `なぜ${STEP_VALUE_WORDS[value]}か：${step.step}`,
    },
  };
}

function provisionBlocks({ guiding }: Screen, { outcome, open, handOver }: Result): KnownBlock[] {
  const quotes = outcome.cites.slice(0, MOST_QUOTES).map(guiding.quoter.quote);
  return [
    rich(line(bold(outcome.title)), line(words(outcome.text))),
    ...quotes.map((quote) => quoteBlock(quote, QUOTE_ROOM)),
    ...openBlocks(open),
    ...(handOver ? [handOverBlock('どの規定に当たるかの判断は、担当者が行います。')] : []),
    {
      type: 'actions',
      elements: outcome.cites
        .slice(0, MOST_QUOTES)
        .map((cite, index) => articleButton(index, cite, `${formatCitation(cite)}を読む`)),
    },
  ];
}

function recordBlocks(screen: Screen, { outcome, open }: Result, record: CheckRecord): KnownBlock[] {
  const { knowledge } = screen.guiding;
  const names = record.rows.length === 0 ? '' : `\n対象のAPI：${apiNames(knowledge, record.rows)}`;
  return [
    rich(line(bold(outcome.title)), line(words(`${outcome.text}${names}`, 1_500))),
    rich({
      type: 'rich_text_list',
      style: 'bullet',
      elements: record.entries.map(({ answered, said, handOver }) =>
        line(
          bold(answered.step.cites.map(formatCitation).join('・')),
          words(`　${said.label}${handOver ? '（担当者による確認が必要です）' : ''}`, 300),
        ),
      ),
    }),
    ...(record.moments.length === 0
      ? []
      : [rich(line(words(`明らかにする時：${record.moments.map(momentWords).join('、')}`, 600)))]),
    ...(record.absent.length === 0
      ? []
      : [rich(...record.absent.map((name) => line(words(`${absentWords(name)}\n`, 400))))]),
    ...openBlocks(open),
    ...(record.handOver
      ? [handOverBlock('判断に迷う事項があります。当たるかどうかの判断は、担当者が行います。')]
      : []),
  ];
}

/** 規約に定めがないこと, each with what can honestly be said. */
export function openBlocks(open: Result['open']): KnownBlock[] {
  if (open.length === 0) return [];
  return [
    rich(line(bold('規約に定めがないこと')), {
      type: 'rich_text_list',
      style: 'bullet',
      elements: open.map(({ topic, statement }) =>
        line(bold(topic), words(`　${statement.ja}`, 400) as RichTextElement),
      ),
    }),
  ];
}

function handOverBlock(why: string): KnownBlock {
  return rich(line(bold('担当者による判断が必要です')), line(words(why)));
}

function actions(screen: Screen, { kind, ...result }: Result): ActionsBlock[] {
  const canCompare = kind === 'plan' && 'plan' in result && result.plan.rows.length > 0;
  return [
    {
      type: 'actions',
      elements: [
        ...(canCompare ? [button(ACTIONS.comparePlans, '選び方を変えて比べる', screen.id)] : []),
        ...(canCompare && screen.canRequest
          ? [button(ACTIONS.requestCase, 'この計画で相談を申し込む', screen.id)]
          : []),
        button(ACTIONS.saveResult, '文書で保存', pressValue(screen)),
        ...(screen.surface === 'modal' && screen.hasChannel
          ? [button(ACTIONS.moveToThread, 'チャンネルに共有', screen.id)]
          : []),
      ],
    },
  ];
}
