/** The office's reply as its asker reads it: whose word it is, of which day, and that it is no part of the terms. */
import { dayInTokyo, formatDay } from '../../calendar.ts';
import type { InquiryEvent } from '../../inquiries/inquiry.ts';
import type { InquiryRecord } from '../../store/inquiry-rows.ts';
import { ACTIONS } from './action-ids.ts';
import type { Card } from './answer-card.ts';
import { button } from './buttons.ts';
import { person } from './case-view.ts';
import { inquiryValue } from './inquiry-card.ts';
import { bold, clean, cut, escapeMrkdwn, line, plain, rich, withoutMentions, words } from './text.ts';

const MOST_OF_QUESTION = 200;

/** Of the supplement nothing is shown: it was written for the office alone. The person who replied is not named. */
export function replyCard(record: InquiryRecord, event: InquiryEvent, question: string): Card {
  const day = formatDay(dayInTokyo(event.at));
  const correction = event.kind === 'replied' && event.correction;
  const heading = correction ? '担当室の回答（前の回答の訂正）' : '担当室の回答';
  const text = record.words.get(event.seq) ?? '（この回答は消されました）';
  return {
    text: escapeMrkdwn(cut(clean(`${heading}（${day}）：${text}`), 1_500)),
    blocks: [
      rich(line(bold(heading), words(`　回答日：${day}　`), person(record.inquiry.asker), words(' さんへ'))),
      ...(withoutMentions(question) === ''
        ? []
        : [
            {
              type: 'context' as const,
              elements: [plain(`ご質問：${cut(clean(withoutMentions(question)), MOST_OF_QUESTION)}`)],
            },
          ]),
      rich(line(words(text))),
      {
        type: 'context',
        elements: [
          plain(
            `［窓口の指示］担当室が${day}に答えたものです。利用規約の一部ではありません。問い合わせ番号：${record.id}`,
          ),
        ],
      },
      {
        type: 'actions',
        elements: [button(ACTIONS.supplementInquiry, 'さらに聞く', inquiryValue(record))],
      },
    ],
  };
}
