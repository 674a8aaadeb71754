import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import { type Answer, citedProvisions } from '../../answers/answer.ts';
import { articleKey } from '../../terms/citation.ts';
import { ACTIONS } from './action-ids.ts';
import { answerInBrief } from './answer-brief.ts';
import { answerSections, type CardRoom, MOST_CHOICES } from './answer-sections.ts';
import { articleButton, button, feedbackButtons } from './buttons.ts';
import { conversationButtons } from './conversation-buttons.ts';
import { headingOf } from './quote.ts';
import { clean, cut, escapeMrkdwn, line, rich, words } from './text.ts';
import type { ShownVersion } from './version-line.ts';

/** What a card shows: the answers to one message, under the id they are kept by. */
export interface CardContent {
  readonly id: string;
  readonly answers: readonly Answer[];
  readonly version: ShownVersion;
  /** The question was longer than what is read. */
  readonly truncated: boolean;
  /** With a button that posts it in the channel. */
  readonly shareable: boolean;
  /** A line above the answer: what was asked or chosen. */
  readonly preface: string | null;
  /** User id of the person who shared it. */
  readonly sharedBy: string | null;
  /** Feedback may be given here, and the reason asked for. */
  readonly feedback: boolean;
  /** There is an office to ask. */
  readonly office: boolean;
}

export interface Card {
  /** Escaped: what notifications and screen readers say. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** Slack refuses more: 50 blocks; about 13,200 characters together were observed, so we stay below 12,000 of JSON. */
export const MOST_BLOCKS = 50;
export const MOST_CHARACTERS = 12_000;

/** From generous to frugal. The last one fits whatever an answer holds; the whole wording stands in the modal. */
const ROOMS: readonly CardRoom[] = [
  { answers: 4, quotes: 8, characters: 2_800, items: 20, bearing: 6, notes: 8, prose: 2_000 },
  { answers: 4, quotes: 5, characters: 1_000, items: 12, bearing: 4, notes: 5, prose: 800 },
  { answers: 4, quotes: 4, characters: 500, items: 8, bearing: 3, notes: 4, prose: 400 },
  { answers: 4, quotes: 3, characters: 250, items: 6, bearing: 2, notes: 3, prose: 200 },
  { answers: 4, quotes: 2, characters: 120, items: 4, bearing: 1, notes: 2, prose: 120 },
  { answers: 3, quotes: 1, characters: 60, items: 2, bearing: 1, notes: 1, prose: 60 },
];
const FRUGAL = ROOMS[ROOMS.length - 1] as CardRoom;
const MOST_ARTICLE_BUTTONS = 3;

/** The message that carries the answers, within Slack's limits. */
export function answerCard(content: CardContent): Card {
  for (const room of ROOMS) {
    const blocks = cardBlocks(content, room);
    if (blocks.length <= MOST_BLOCKS && JSON.stringify(blocks).length < MOST_CHARACTERS) {
      return { text: fallbackText(content), blocks };
    }
  }
  return { text: fallbackText(content), blocks: cardBlocks(content, FRUGAL) };
}

/** True when an answer says no more than that the question is none: in a thread the bot then stays silent. */
export function isSmallTalk(answers: readonly Answer[]): boolean {
  return answers.every(
    (answer) => answer.kind === 'out_of_scope' && answer.scheme === null && answer.nearest.length === 0,
  );
}

function cardBlocks(content: CardContent, room: CardRoom): KnownBlock[] {
  const shown = content.answers.slice(0, room.answers);
  const left = content.answers.length - shown.length;
  return [
    ...(content.sharedBy === null ? [] : [sharedLine(content.sharedBy)]),
    ...(content.preface === null ? [] : [rich(line(words(content.preface, room.prose)))]),
    ...(content.truncated
      ? [rich(line(words('質問が長いため、はじめの4,000字だけを読んで答えました。')))]
      : []),
    ...shown.flatMap((answer, index): KnownBlock[] => [
      ...(index > 0 ? [{ type: 'divider' } as const] : []),
      ...answerSections(answer, content.version, room),
      ...answerButtons(content.id, answer, index),
    ]),
    ...(left > 0 ? [rich(line(words(`ほかに${left}件の答えがあります。質問を分けてお尋ねください。`)))] : []),
    ...closingButtons(content),
  ];
}

function sharedLine(userId: string): KnownBlock {
  return rich(line({ type: 'user', user_id: userId }, words(' さんが共有しました。')));
}

function answerButtons(id: string, answer: Answer, index: number): ActionsBlock[] {
  const elements: Button[] =
    answer.kind === 'choose'
      ? answer.choices
          .slice(0, MOST_CHOICES)
          .map(({ quote }, choice) =>
            button(`${ACTIONS.choose}:${choice}`, headingOf(quote), `${id}:${index}:${choice}`),
          )
      : [
          ...articleButtons(answer),
          ...(answer.kind === 'answer' && answer.bearing.length > 0
            ? [button(ACTIONS.openRelated, '関係する規定', id)]
            : []),
          ...conversationButtons(answer),
        ];
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

/** One button for each article or 項番 quoted, best first. */
function articleButtons(answer: Answer): Button[] {
  const quoted = answer.kind === 'answer' ? answer.quotes : citedProvisions(answer);
  const first = new Map(quoted.toReversed().map(({ citation }) => [articleKey(citation), citation]));
  return [...first]
    .reverse()
    .slice(0, MOST_ARTICLE_BUTTONS)
    .map(([key, citation], index) => articleButton(index, citation, `${key}を開く`));
}

/** One row, whatever there is: a card stays calm. */
function closingButtons({ id, shareable, feedback, office }: CardContent): ActionsBlock[] {
  const elements = [
    ...(shareable ? [button(ACTIONS.share, 'この回答を共有', id)] : []),
    ...(feedback ? [...feedbackButtons(id), button(ACTIONS.whyAnswer, 'なぜこの条文？', id)] : []),
    ...(office ? [button(ACTIONS.askOffice, '担当に聞く', id)] : []),
  ];
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

const FALLBACK = 1_500;

function fallbackText({ answers, preface }: CardContent): string {
  return escapeMrkdwn(
    cut(clean([preface, answerInBrief(answers)].filter((text) => text !== null).join('\n')), FALLBACK),
  );
}
