/** The screens of an inquiry: asking, where it stands, replying. */
import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { LONGEST_WORDS } from '../../inquiries/decide.ts';
import { describeInquiryEvent } from '../../inquiries/describe.ts';
import { isOpen } from '../../inquiries/inquiry.ts';
import type { GivenAnswer } from '../../store/answer-store.ts';
import type { InquiryRecord } from '../../store/inquiry-rows.ts';
import { ACTIONS, VIEWS } from './action-ids.ts';
import { answerInBrief } from './answer-brief.ts';
import { button } from './buttons.ts';
import { person } from './case-view.ts';
import { inquiryBlocks, inquiryValue, placeWords, staffButtons, supplementsOf } from './inquiry-card.ts';
import { bold, line, plain, rich, withoutMentions, words } from './text.ts';

export const WORDS_BLOCK = 'words';
export const PLACE_BLOCK = 'place';
const MOST_EVENTS = 20;

/** 担当に聞く: what goes to the office, what may be added, and where the reply is wanted. */
export function askModal(given: GivenAnswer, mayAnswerInThread: boolean): ModalView {
  return {
    type: 'modal',
    callback_id: VIEWS.askOffice,
    title: plain('担当に聞く', 24),
    submit: plain('送る', 24),
    close: plain('やめる', 24),
    private_metadata: given.id,
    blocks: [
      rich(
        line(bold('担当室に送る質問')),
        { type: 'rich_text_quote', elements: [words(withoutMentions(given.question), 1_200)] },
        line(bold('ボットの回答')),
        line(words(answerInBrief(given.answers), 500)),
      ),
      textInput('補足（担当室だけが読みます）', '事情や、知りたい点があれば書いてください。', true),
      ...(mayAnswerInThread ? [placeInput()] : []),
      context(
        mayAnswerInThread
          ? '質問とボットの回答、補足、あなたの名前が担当室に届きます。'
          : '質問とボットの回答、補足、あなたの名前が担当室に届きます。返事は、あなただけに届きます。',
      ),
    ],
  };
}

/** Where it stands, for its asker. `notice`: what was just done. */
export function statusModal(record: InquiryRecord, notice: string | null): ModalView {
  const { id, inquiry, events } = record;
  const value = inquiryValue(record);
  const replied = inquiry.replies > 0 ? lastReplyWords(record) : null;
  return {
    type: 'modal',
    callback_id: VIEWS.inquiry,
    title: plain('担当室への問い合わせ', 24),
    close: plain('閉じる', 24),
    blocks: [
      ...(notice === null ? [] : [rich(line(words(notice)))]),
      rich(line(bold(`${id}　${inquiry.state}`)), line(words(`返事の届け先：${placeWords(record)}`))),
      ...(replied === null
        ? []
        : [rich(line(bold('担当室の回答')), { type: 'rich_text_quote', elements: [words(replied)] })]),
      // The asker sees what happened, not who of the office did it.
      context(
        events
          .filter(({ kind }) => kind !== 'drafted')
          .slice(-MOST_EVENTS)
          .map(describeInquiryEvent)
          .join('\n'),
      ),
      ...(inquiry.state === '取下げ'
        ? []
        : [
            {
              type: 'actions' as const,
              elements: [
                button(ACTIONS.supplementInquiry, inquiry.replies > 0 ? 'さらに聞く' : '補足する', value),
                ...(isOpen(inquiry) ? [button(ACTIONS.withdrawInquiry, '取り下げる', value)] : []),
              ],
            },
          ]),
    ],
  };
}

/** Everything about it, for the office. */
export function inquiryModal(
  record: InquiryRecord,
  given: GivenAnswer | null,
  notice: string | null,
): ModalView {
  const why = given === null ? [] : [button(ACTIONS.whyAnswer, 'なぜこの回答？', given.id)];
  const buttons = [
    ...staffButtons(record).filter(({ action_id }) => action_id !== ACTIONS.openInquiry),
    ...why,
  ];
  return {
    type: 'modal',
    callback_id: VIEWS.inquiry,
    title: plain(`問い合わせ ${record.id}`, 24),
    close: plain('閉じる', 24),
    blocks: [
      ...(notice === null ? [] : [rich(line(words(notice)))]),
      ...inquiryBlocks(record, given),
      ...(buttons.length === 0 ? [] : [{ type: 'actions' as const, elements: buttons }]),
      rich(
        line(bold('経過')),
        ...record.events
          .slice(-MOST_EVENTS)
          .map((event) => line(person(event.actor), words(`　${describeInquiryEvent(event)}`, 300))),
      ),
    ],
  };
}

/** 回答する, 回答を訂正する. Who will read it stands above the input. */
export function replyModal(
  record: InquiryRecord,
  given: GivenAnswer | null,
  before: { readonly notice: string; readonly text: string } | null = null,
): ModalView {
  const correcting = record.inquiry.state === '回答済';
  return {
    type: 'modal',
    callback_id: VIEWS.inquiryReply,
    title: plain(correcting ? '回答を訂正する' : '回答する', 24),
    submit: plain('送る', 24),
    close: plain('やめる', 24),
    private_metadata: inquiryValue(record),
    blocks: [
      ...(before === null ? [] : [rich(line(words(before.notice)))]),
      rich(
        line(bold('質問')),
        { type: 'rich_text_quote', elements: [words(withoutMentions(given?.question ?? ''), 1_200)] },
        line(
          words(
            `返事は「${placeWords(record)}」に、担当室の回答として日付とともに出ます。あなたの名前は出ません。`,
          ),
        ),
      ),
      ...supplementsOf(record).map((text) => rich(line(bold('補足')), line(words(text ?? '', 1_500)))),
      textInput(
        '回答',
        '期限や金額を書くときは、何にもとづくかも書いてください。',
        false,
        before?.text ?? '',
      ),
    ],
  };
}

/** 補足する, さらに聞く. */
export function supplementModal(record: InquiryRecord): ModalView {
  const again = record.inquiry.replies > 0;
  return {
    type: 'modal',
    callback_id: VIEWS.inquirySupplement,
    title: plain(again ? 'さらに聞く' : '補足する', 24),
    submit: plain('送る', 24),
    close: plain('やめる', 24),
    private_metadata: inquiryValue(record),
    blocks: [textInput('担当室に伝えること', '担当室だけが読みます。', false)],
  };
}

function textInput(label: string, hint: string, optional: boolean, initial = ''): InputBlock {
  return {
    type: 'input',
    block_id: WORDS_BLOCK,
    label: plain(label, 200),
    hint: plain(hint, 200),
    optional,
    element: {
      type: 'plain_text_input',
      action_id: WORDS_BLOCK,
      multiline: true,
      max_length: LONGEST_WORDS,
      ...(initial === '' ? {} : { initial_value: initial }),
    },
  };
}

function placeInput(): InputBlock {
  const options = [
    { value: 'thread', text: plain('このスレッド（読める人全員に見えます）', 75) },
    { value: 'person', text: plain('ダイレクトメッセージ（自分だけに見えます）', 75) },
  ] as const;
  return {
    type: 'input',
    block_id: PLACE_BLOCK,
    label: plain('返事の届け先', 200),
    element: {
      type: 'radio_buttons',
      action_id: PLACE_BLOCK,
      options: [...options],
      initial_option: options[0],
    },
  };
}

function lastReplyWords({ events, words: written }: InquiryRecord): string | null {
  const last = events.findLast(({ kind }) => kind === 'replied');
  return last === undefined ? null : (written.get(last.seq) ?? null);
}

function context(text: string): KnownBlock {
  return { type: 'context', elements: [plain(text, 2_000)] };
}
