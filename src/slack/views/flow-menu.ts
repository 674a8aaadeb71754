/** The way into the conversations: as a modal, as a card, on the Home tab. */
import type { Button, KnownBlock, ModalView, SectionBlock } from '@slack/types';
import type { Flow } from '../../conversations/flow.ts';
import { ACTIONS, VIEWS } from './action-ids.ts';
import type { Card } from './answer-card.ts';
import { button } from './buttons.ts';
import { bold, line, plain, rich, words } from './text.ts';

/** A conversation that was begun and can go on. */
export interface Unfinished {
  readonly id: string;
  readonly title: string;
  /** Where it stands, in words. */
  readonly standing: string;
}

export function flowMenuModal(flows: readonly Flow[], unfinished: readonly Unfinished[]): ModalView {
  return {
    type: 'modal',
    callback_id: VIEWS.flowMenu,
    title: plain('手続の案内', 24),
    close: plain('閉じる', 24),
    blocks: [...flowList(flows), ...unfinishedList(unfinished)],
  };
}

/** In a thread: a press here goes on in the thread. */
export function flowMenuCard(flows: readonly Flow[]): Card {
  return {
    text: '手続の案内を選んでください。',
    blocks: [rich(line(bold('手続の案内'))), ...flows.map((flow, index) => flowLine(flow, index, true))],
  };
}

/** The conversations, each with a button that opens it. */
export function flowList(flows: readonly Flow[]): KnownBlock[] {
  return flows.map((flow, index) => flowLine(flow, index, false));
}

export function unfinishedList(unfinished: readonly Unfinished[]): KnownBlock[] {
  if (unfinished.length === 0) return [];
  return [
    { type: 'divider' },
    rich(line(bold('続きから'))),
    ...unfinished.map(
      ({ id, title, standing }, index): SectionBlock => ({
        type: 'section',
        text: plain(`${title}\n${standing}`, 600),
        accessory: button(`${ACTIONS.openFlow}:${index}`, '続ける', id),
      }),
    ),
  ];
}

/** `rows`: APIs already known, answered for the person at the start. */
export function startButton(index: number, text: string, flow: string, rows: readonly number[] = []): Button {
  return button(
    `${ACTIONS.startFlow}:${index}`,
    text,
    rows.length === 0 ? flow : `${flow}:${rows.join(',')}`,
  );
}

function flowLine({ id, title, summary }: Flow, index: number, here: boolean): SectionBlock {
  return {
    type: 'section',
    text: plain(`${title}\n${summary}`, 600),
    accessory: here
      ? button(`${ACTIONS.startFlowHere}:${index}`, 'はじめる', id)
      : startButton(index, 'はじめる', id),
  };
}

/** 使い方 of the command, for whoever asked for help. */
export function flowHelpCard(): Card {
  const text =
    '/tetsuzuki　手続の案内を選びます。/tetsuzuki 4 10　項番4と10を使うときに必要な手続を示します。/tetsuzuki 薬の記録を見せたい　近いAPIを探します。';
  return { text, blocks: [rich(line(bold('手続の案内の使い方')), line(words(text)))] };
}
