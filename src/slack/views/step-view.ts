/** Position → Block Kit: one screen of a conversation, in a modal or as the card of a thread. */
import type { ActionsBlock, Button, KnownBlock, ModalView, RichTextBlock, SectionBlock } from '@slack/types';
import { type ChoiceStep, LONGEST_TEXT, type Step } from '../../conversations/flow.ts';
import { type Answered, type Position, previousStep } from '../../conversations/replay.ts';
import { formatCitation, sameCitation } from '../../terms/citation.ts';
import { ACTIONS, VIEWS } from './action-ids.ts';
import type { Card } from './answer-card.ts';
import { apiInputs, apiSelect, candidateWords } from './api-choice.ts';
import { articleButton, button } from './buttons.ts';
import { headingOf } from './quote.ts';
import { resultBlocks } from './result-view.ts';
import { pressValue, responseWords, type Screen } from './screen.ts';
import { bold, escapeMrkdwn, line, plain, rich, words } from './text.ts';
import { versionLine } from './version-line.ts';

type Question = Extract<Position, { kind: 'question' }>;
export const ANSWER_BLOCK = 'answer';
const MOST_CLAUSES = 3;

/** The conversation in a modal. A question is submitted; a result is only read. */
export function flowModal(screen: Screen): ModalView {
  const { position } = screen;
  const asks = position.kind === 'question';
  return {
    type: 'modal',
    callback_id: asks ? VIEWS.flowStep : VIEWS.flowResult,
    title: plain(screen.flow.title, 24),
    close: plain('閉じる', 24),
    ...(asks ? { submit: plain('次へ', 24) } : {}),
    private_metadata: pressValue(screen, asks ? position.step.id : ''),
    blocks: screenBlocks(screen),
  };
}

/** The conversation as a message. */
export function flowCard(screen: Screen): Card {
  const { flow, position } = screen;
  const said = position.kind === 'question' ? position.step.question : outcomeTitle(position);
  return { text: escapeMrkdwn(`${flow.title}：${said}`), blocks: screenBlocks(screen) };
}

function screenBlocks(screen: Screen): KnownBlock[] {
  const { position, result } = screen;
  return [
    ...(screen.surface === 'thread' ? [titleLine(screen)] : []),
    ...notices(screen),
    ...(position.kind === 'outcome' && result !== null ? resultBlocks(screen, result) : []),
    ...(position.kind === 'question' ? questionBlocks(screen, position) : []),
    ...(position.kind === 'cancelled' ? [rich(line(words('この案内は取りやめました。')))] : []),
    ...answered(screen),
    controls(screen),
    ...(position.kind === 'cancelled' ? [] : [versionLine(screen.terms)]),
  ];
}

/** Small above the question, as a modal has its title. */
function titleLine({ flow }: Screen): KnownBlock {
  return { type: 'context', elements: [plain(`案内：${flow.title}`, 100)] };
}

function outcomeTitle(position: Position): string {
  return position.kind === 'outcome' ? position.outcome.title : '取りやめました';
}

/** What the reader must not miss: a refusal, what was dropped, what was changed. */
function notices({ notice, position, guiding }: Screen): KnownBlock[] {
  const said = (one: Answered) => `「${one.step.question}」の答え（${responseWords(one, guiding)}）`;
  const lines = [
    ...(notice === null ? [] : [notice]),
    ...(position.changed === null
      ? []
      : [
          `答えを変えました：${responseWords(position.changed.from, guiding)} → ${responseWords(position.changed.to, guiding)}`,
        ]),
    ...position.dropped.map((one) => `${said(one)}は、いまの選び方では尋ねないため外しました。`),
  ];
  return lines.length === 0
    ? []
    : [
        rich(line(bold('お知らせ')), {
          type: 'rich_text_list',
          style: 'bullet',
          elements: lines.map((text) => line(words(text, 600))),
        }),
      ];
}

function questionBlocks(screen: Screen, { step, current }: Question): KnownBlock[] {
  return [
    rich(line(bold(step.question)), ...(step.help === null ? [] : [line(words(step.help))])),
    ...wording(screen, step),
    ...(screen.surface === 'modal' ? modalInputs(screen, step, current) : messageInputs(screen, step)),
  ];
}

/** The wording of the 号 that is asked about, word for word, its nested alternatives kept; else buttons to read. */
function wording({ guiding, surface }: Screen, { cites }: Step): KnownBlock[] {
  const outline = guiding.knowledge.guidance.outlines.find(({ cite }) =>
    cites.some((one) => sameCitation(one, cite)),
  );
  const buttons: ActionsBlock = {
    type: 'actions',
    elements: cites
      .slice(0, MOST_CLAUSES)
      .map((cite, index) => articleButton(index, cite, `${formatCitation(cite)}を読む`)),
  };
  if (outline === undefined) return surface === 'modal' ? [buttons] : [];
  const quote = guiding.quoter.quote(outline.cite);
  return [rich(line(bold(headingOf(quote))), ...outline.parts.map(outlinePart)), buttons];
}

/** A list inside the wording stays a list. */
function outlinePart(part: string | string[]): RichTextBlock['elements'][number] {
  if (typeof part === 'string') return { type: 'rich_text_quote', elements: [words(part)] };
  return {
    type: 'rich_text_list',
    style: 'bullet',
    indent: 1,
    border: 1,
    elements: part.map((one) => line(words(one))),
  };
}

function modalInputs(screen: Screen, step: Step, current: Question['current']): KnownBlock[] {
  const block_id = `${ANSWER_BLOCK}:${screen.version}`;
  switch (step.kind) {
    case 'apis':
      return apiInputs(screen);
    case 'choice': {
      const options = step.options.map(({ id, label, note }) => ({
        text: plain(label, 75),
        value: id,
        ...(note === null ? {} : { description: plain(note, 75) }),
      }));
      const chosen = options.find(({ value }) => current?.kind === 'choice' && value === current.option);
      return [
        {
          type: 'input',
          block_id,
          label: plain('答え'),
          element: {
            type: 'radio_buttons',
            action_id: ANSWER_BLOCK,
            options,
            ...(chosen === undefined ? {} : { initial_option: chosen }),
          },
        },
      ];
    }
    case 'text':
      return [
        {
          type: 'input',
          block_id,
          label: plain('やりたいこと'),
          element: {
            type: 'plain_text_input',
            action_id: ANSWER_BLOCK,
            multiline: true,
            max_length: LONGEST_TEXT,
            ...(current?.kind === 'text' ? { initial_value: current.text } : {}),
          },
        },
      ];
  }
}

function messageInputs(screen: Screen, step: Step): KnownBlock[] {
  switch (step.kind) {
    case 'apis': {
      const said = candidateWords(screen);
      return [
        ...(said === null || said === '' ? [] : [rich(line(words(said, 600)))]),
        { type: 'actions', block_id: `${ANSWER_BLOCK}:${screen.version}`, elements: [apiSelect(screen)] },
        {
          type: 'actions',
          elements: [
            {
              ...button(ACTIONS.answerStep, 'この選び方で進む', pressValue(screen, step.id)),
              style: 'primary',
            },
            button(ACTIONS.openFlow, '説明を見て選ぶ・言葉で探す', screen.id),
          ],
        },
      ];
    }
    case 'choice':
      return [{ type: 'actions', elements: choiceButtons(screen, step) }];
    case 'text':
      return [rich(line(words('このスレッドに、言葉で書いてください。')))];
  }
}

function choiceButtons(screen: Screen, step: ChoiceStep): Button[] {
  return step.options.map(({ id, label }, index) =>
    button(`${ACTIONS.answerStep}:${index}`, label, pressValue(screen, step.id, id)),
  );
}

/** これまでの答え, each with a button to change it. */
function answered(screen: Screen): KnownBlock[] {
  const { position, guiding } = screen;
  const asked = position.kind === 'question' ? position.step.id : null;
  const shown = position.kind === 'cancelled' ? [] : position.path.filter(({ step }) => step.id !== asked);
  if (shown.length === 0) return [];
  return [
    { type: 'divider' },
    ...shown.map(
      (one, index): SectionBlock => ({
        type: 'section',
        text: plain(`${one.step.question}\n→ ${responseWords(one, guiding)}`, 800),
        accessory: button(
          `${ACTIONS.moveFlow}:${10 + index}`,
          '変える',
          pressValue(screen, 'revisit', one.step.id),
        ),
      }),
    ),
  ];
}

function controls(screen: Screen): ActionsBlock {
  const { position, surface, hasChannel } = screen;
  const move = (index: number, text: string, ...what: string[]) =>
    button(`${ACTIONS.moveFlow}:${index}`, text, pressValue(screen, ...what));
  const isOpen = position.kind === 'question';
  const choosesApis = position.kind === 'question' && position.step.kind === 'apis';
  return {
    type: 'actions',
    elements: [
      ...(isOpen && previousStep(position) !== null ? [move(0, '戻る', 'back')] : []),
      ...(position.kind === 'question' && position.path.length === 0
        ? []
        : [move(1, 'はじめから', 'restart')]),
      ...(isOpen ? [move(2, '取りやめる', 'cancel')] : []),
      ...(surface === 'thread' && position.kind !== 'cancelled' && !choosesApis
        ? [button(ACTIONS.openFlow, '画面で開く', screen.id)]
        : []),
      ...(surface === 'modal' && hasChannel && isOpen
        ? [button(ACTIONS.moveToThread, 'スレッドで続ける', screen.id)]
        : []),
    ],
  };
}
