/** Reminders as a message: what is due first, where the date comes from under it, what to do as buttons. */
import type { ActionsBlock, ContextBlock, KnownBlock, RichTextElement } from '@slack/types';
import { formatMoment } from '../../calendar.ts';
import type { CaseDate } from '../../cases/case.ts';
import { describeLabel } from '../../cases/describe.ts';
import type { RecordedAct } from '../../store/reminder-store.ts';
import { STEP_NAMES } from '../../terms/steps.ts';
import { ACTIONS } from './action-ids.ts';
import type { Card } from './answer-card.ts';
import { button } from './buttons.ts';
import { person } from './case-view.ts';
import { type MorningList, morningBlocks, morningHeading } from './morning-blocks.ts';
import { bold, clean, cut, escapeMrkdwn, line, plain, rich, textLength, words } from './text.ts';

/** One reminder, everything looked up and allowed for its reader. */
export interface ShownReminder {
  /** Key of the row of the outbox: the value of its buttons, looked up again when pressed. */
  readonly key: string;
  /** Which of the reminders of its message it is, from 0: that of its buttons. It stays when others are gone. */
  readonly number: number;
  readonly caseId: string;
  readonly company: string;
  readonly date: CaseDate;
  /** How far away it is. */
  readonly distance: string;
  /** How the day of the reminder was counted. */
  readonly arithmetic: string;
  readonly note: string | null;
  readonly escalated: boolean;
  /** What was done with it, oldest first. */
  readonly acts: readonly (Omit<RecordedAct, 'person'> & { readonly by: string })[];
}

export interface ReminderCardContent {
  readonly reminders: readonly ShownReminder[];
  /** The reader is of the office: a provider can only say that a step was handed in. */
  readonly office: boolean;
  /** The list of an owner's morning; null in any other message. */
  readonly morning: MorningList | null;
  readonly late: boolean;
  /** Epoch milliseconds the message was due. */
  readonly dueAt: number;
}

export const SNOOZES = [
  { value: 'hour', text: '1時間後' },
  { value: 'morning', text: '明日の朝' },
  { value: 'business-day', text: '次の営業日' },
] as const;
export type Snooze = (typeof SNOOZES)[number]['value'];

/** How many reminders have buttons of their own, and how many of the others a line; the first that Slack takes. */
const ROOM = [
  { full: 8, lines: 40 },
  { full: 6, lines: 20 },
  { full: 4, lines: 15 },
  { full: 2, lines: 10 },
  { full: 1, lines: 5 },
] as const;
type Room = (typeof ROOM)[number];
/** Somewhat below what Slack was seen to take in one message. */
const MOST_CHARACTERS = 12_000;

export function reminderCard(content: ReminderCardContent): Card {
  const { reminders, morning } = content;
  const heading = [
    ...(morning === null ? [] : [morningHeading(morning)]),
    ...(reminders.length === 0 ? [] : [headingOf(reminders)]),
  ].join('：');
  return {
    text: escapeMrkdwn(cut(clean([heading, ...reminders.map(sentence)].join('\n')), 2_000)),
    blocks: fitted((room) => cardBlocks(content, heading, room)),
  };
}

function fitted(draw: (room: Room) => KnownBlock[]): KnownBlock[] {
  let blocks: KnownBlock[] = [];
  for (const room of ROOM) {
    blocks = draw(room);
    if (textLength(blocks) <= MOST_CHARACTERS) break;
  }
  return blocks;
}

function cardBlocks(
  { reminders, office, morning, late, dueAt }: ReminderCardContent,
  heading: string,
  room: Room,
): KnownBlock[] {
  const more = reminders.slice(room.full);
  return [
    rich(line(bold(heading))),
    ...(late ? [context(`遅れて届いたお知らせです（予定：${formatMoment(dueAt)}）。`)] : []),
    ...reminders.slice(0, room.full).flatMap((one) => reminderBlocks(one, office)),
    ...(more.length === 0 ? [] : [moreBlock(more, room.lines)]),
    ...(morning === null ? [] : morningBlocks(morning, reminders.length > 0)),
  ];
}

function headingOf(reminders: readonly ShownReminder[]): string {
  const escalated = reminders.some((one) => one.escalated);
  const what = escalated ? '確認されていない期限があります' : '期限のお知らせ';
  return reminders.length === 1 ? what : `${what}（${reminders.length}件）`;
}

function sentence({ caseId, company, date, distance }: ShownReminder): string {
  return `${caseId}　${company}：${date.subject}　${distance}`;
}

function reminderBlocks(reminder: ShownReminder, office: boolean): KnownBlock[] {
  const { caseId, company, date, distance, arithmetic, note } = reminder;
  const proof = `日付の根拠：${describeLabel(date.label)}\nお知らせの日：${arithmetic}。`;
  return [
    rich(line(bold(`${caseId}　${company}`)), line(words(`${date.subject}：${distance}。`, 400))),
    context(`${proof}${note === null ? '' : `\n${note}`}`),
    ...(doneWith(reminder) ? [] : [buttons(reminder, office)]),
    ...actLines(reminder),
  ];
}

function context(text: string): ContextBlock {
  return { type: 'context', elements: [plain(text, 1_200)] };
}

function buttons({ key, number, caseId, date }: ShownReminder, office: boolean): ActionsBlock {
  const isStep = STEP_NAMES.some((name) => name === date.subject);
  return {
    type: 'actions',
    elements: [
      ...(isStep
        ? [button(`${ACTIONS.reminderDone}:${number}`, office ? '完了にする' : '完了にする（提出した）', key)]
        : []),
      button(`${ACTIONS.reminderSeen}:${number}`, '確認した', key),
      {
        type: 'static_select',
        action_id: `${ACTIONS.reminderLater}:${number}`,
        placeholder: plain('あとで', 150),
        options: SNOOZES.map(({ value, text }) => ({ text: plain(text, 75), value: `${value}:${number}` })),
      },
      button(`${ACTIONS.openCase}:${number}`, '案件を開く', caseId),
    ],
  };
}

/** Nothing is left to press once it was done or confirmed; what was put off can still be done. */
function doneWith({ acts }: ShownReminder): boolean {
  return acts.some(({ act }) => act !== 'snoozed');
}

function actLines({ acts }: ShownReminder): KnownBlock[] {
  if (acts.length === 0) return [];
  return [rich(...acts.slice(-5).map((act) => line(...actElements(act))))];
}

function actElements({ act, by, at, until }: ShownReminder['acts'][number]): RichTextElement[] {
  return [person(by), words(`が、${actWords(act, at, until)}`)];
}

function actWords(act: RecordedAct['act'], at: number, until: number | null): string {
  switch (act) {
    case 'snoozed':
      return `${until === null ? 'あと' : formatMoment(until)}に改めて知らせるようにしました。`;
    case 'done':
      return `${formatMoment(at)}に手続の状態を進めました。`;
    case 'acknowledged':
      return `${formatMoment(at)}に確認しました。`;
  }
}

function moreBlock(more: readonly ShownReminder[], most: number): KnownBlock {
  const shown = more.slice(0, most).map((one) => line(words(cut(sentence(one), 150))));
  const rest = more.length - shown.length;
  return rich(line(bold(`ほか${more.length}件`)), {
    type: 'rich_text_list',
    style: 'bullet',
    elements: [
      ...shown,
      ...(rest > 0 ? [line(words(`さらに${rest}件。/anken 期限切れ で一覧できます。`))] : []),
    ],
  });
}
