/** An inquiry as the office sees it in its channel: one message, kept current. */
import type { Button, KnownBlock, RichTextElement } from '@slack/types';
import { formatMoment } from '../../calendar.ts';
import { type InquiryEvent, isOpen } from '../../inquiries/inquiry.ts';
import type { GivenAnswer } from '../../store/answer-store.ts';
import type { InquiryRecord } from '../../store/inquiry-rows.ts';
import { ACTIONS } from './action-ids.ts';
import { answerInBrief } from './answer-brief.ts';
import type { Card } from './answer-card.ts';
import { button } from './buttons.ts';
import { person } from './case-view.ts';
import { bold, clean, cut, escapeMrkdwn, line, rich, withoutMentions, words } from './text.ts';

const ROOM = { question: 1_200, words: 1_500, answer: 500 };
const ERASED = '（保存期間を過ぎたか、本人の求めにより消しました）';

/** `given`: the bot's answer; null where it is no longer kept. */
export function inquiryCard(record: InquiryRecord, given: GivenAnswer | null): Card {
  const { id, inquiry } = record;
  const heading = `${id}　${inquiry.state}`;
  const buttons = staffButtons(record);
  return {
    text: escapeMrkdwn(cut(clean(`問い合わせ ${heading}：${withoutMentions(given?.question ?? '')}`), 300)),
    blocks: [
      ...inquiryBlocks(record, given),
      ...(buttons.length === 0 ? [] : [{ type: 'actions', elements: buttons } as const]),
    ],
  };
}

/** What was asked, what the bot answered, what the office replied. */
export function inquiryBlocks(record: InquiryRecord, given: GivenAnswer | null): KnownBlock[] {
  const { id, inquiry } = record;
  return [
    rich(
      line(bold(`問い合わせ ${id}　${inquiry.state}`)),
      line(
        words('質問者：'),
        person(inquiry.asker),
        words(`　${formatMoment(inquiry.openedAt)}　返事の届け先：${placeWords(record)}`),
      ),
      ...(inquiry.owner === null ? [] : [line(words('担当：'), person(inquiry.owner))]),
    ),
    rich(quoted(withoutMentions(given?.question ?? '') || ERASED, ROOM.question)),
    ...supplementsOf(record).map((text) => rich(line(bold('補足')), quoted(text ?? ERASED, ROOM.words))),
    rich(
      line(bold('ボットの回答')),
      line(words((given !== null && answerInBrief(given.answers)) || ERASED, ROOM.answer)),
    ),
    ...lastReply(record),
  ];
}

/** Under the card: what its asker did. */
export function inquiryNote({ id, inquiry, words: written }: InquiryRecord, event: InquiryEvent): Card {
  const said = event.kind === 'withdrawn' ? '取り下げられました。' : '補足がありました。';
  const text = written.get(event.seq) ?? null;
  const owner: RichTextElement[] = inquiry.owner === null ? [] : [words('　'), person(inquiry.owner)];
  return {
    text: escapeMrkdwn(`${id}：${said}`),
    blocks: [
      rich(line(words(`${id}：${said}`), ...owner), ...(text === null ? [] : [quoted(text, ROOM.words)])),
    ],
  };
}

/** `value` of a button: the inquiry and the version it was drawn at. Looked up again when pressed. */
export function inquiryValue({ id, inquiry }: Pick<InquiryRecord, 'id' | 'inquiry'>): string {
  return `${id}:${inquiry.version}`;
}

/** What the office can do with it now. Who may is decided when a button is pressed. */
export function staffButtons(record: InquiryRecord): Button[] {
  const value = inquiryValue(record);
  const { inquiry } = record;
  const open = button(ACTIONS.openInquiry, '詳しく', record.id);
  switch (inquiry.state) {
    case '受付':
      return [
        { ...button(ACTIONS.takeInquiry, '担当する', value), style: 'primary' },
        button(ACTIONS.replyToInquiry, '回答する', value),
        open,
      ];
    case '対応中':
      return [
        { ...button(ACTIONS.replyToInquiry, '回答する', value), style: 'primary' },
        button(ACTIONS.takeInquiry, '引き継ぐ', value),
        button(ACTIONS.handBackInquiry, '戻す', value),
        open,
      ];
    case '回答済':
      return [
        button(ACTIONS.draftChange, '知識に加える案', `${record.id}:menu`),
        button(ACTIONS.replyToInquiry, '回答を訂正する', value),
        open,
      ];
    case '取下げ':
      return [open];
  }
}

/** 「スレッド（読める人全員）」: the name of the place is nobody else's business. */
export function placeWords({ place, inquiry }: Pick<InquiryRecord, 'place' | 'inquiry'>): string {
  if (inquiry.replyTo === 'person' || place === null) return '本人だけ';
  return place.channel.startsWith('D')
    ? '本人とのダイレクトメッセージ'
    : '質問のあったスレッド（読める人全員）';
}

/** What the asker wrote, in the order written; null where it was erased. Without words there is nothing to show. */
export function supplementsOf({ events, words: written }: InquiryRecord): (string | null)[] {
  return events
    .filter(({ kind, seq }) => (kind === 'opened' || kind === 'supplemented') && written.has(seq))
    .map(({ seq }) => written.get(seq) ?? null)
    .slice(-3);
}

/** The reply that counts: the newest. */
function lastReply({ events, words: written, inquiry }: InquiryRecord): KnownBlock[] {
  const event = events.findLast(({ kind }) => kind === 'replied');
  if (event === undefined) return [];
  const again = isOpen(inquiry) ? '（このあとに補足がありました）' : '';
  return [
    rich(
      line(bold(`担当室の回答${again}`), words(`　${formatMoment(event.at)}　`), person(event.actor)),
      quoted(written.get(event.seq) ?? ERASED, ROOM.words),
    ),
  ];
}

function quoted(text: string, room: number) {
  return { type: 'rich_text_quote' as const, elements: [words(text, room)] };
}
