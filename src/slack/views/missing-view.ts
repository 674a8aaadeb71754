/** What is missing, as staff see it: an honest count, what waits for a reply, the questions without a good answer. */
import type { KnownBlock, ModalView } from '@slack/types';
import type { QuotedProvision } from '../../answers/answer.ts';
import { dayInTokyo, formatDay } from '../../calendar.ts';
import type { InquiryRecord } from '../../store/inquiry-rows.ts';
import { SIGNS, type Sign } from '../../unanswered/asked.ts';
import type { Counts, MissingGroup, MissingReport } from '../../unanswered/report.ts';
import { ACTIONS, VIEWS } from './action-ids.ts';
import { articleButton, button } from './buttons.ts';
import { changeButtons } from './change-forms.ts';
import { quoteBlock } from './quote.ts';
import { bold, line, plain, rich, words } from './text.ts';
import { type ShownVersion, versionLine } from './version-line.ts';

export const MISSING_PAGE = 6;
const MOST_EXAMPLES = 6;

export const SIGN_WORDS: Readonly<Record<Sign, string>> = {
  wrong: '違う',
  again: '聞き直し',
  unsettled: '定めなし',
  outside: '範囲外',
  helpful: '役に立った',
  unknown: '不明',
};

export interface MissingScreen {
  readonly report: MissingReport;
  readonly since: number;
  readonly cut: boolean;
  /** Where this page begins. */
  readonly start: number;
  readonly page: readonly MissingGroup[];
  /** Inquiries that wait for the office, the oldest first. */
  readonly open: readonly InquiryRecord[];
  readonly openCount: number;
}

export function missingModal(screen: MissingScreen): ModalView {
  const { report, start, page } = screen;
  const more = start + page.length;
  const paging = [
    ...(start === 0
      ? []
      : [button(`${ACTIONS.listMissing}:0`, '前へ', String(Math.max(0, start - MISSING_PAGE)))]),
    ...(more >= report.groups.length ? [] : [button(`${ACTIONS.listMissing}:1`, '次へ', String(more))]),
    ...(report.groups.length === 0 ? [] : [button(ACTIONS.exportMissing, 'CSVで受け取る', 'all')]),
  ];
  return {
    type: 'modal',
    callback_id: VIEWS.missing,
    title: plain('質問のふりかえり', 24),
    close: plain('閉じる', 24),
    blocks: [
      summary(screen),
      ...openBlocks(screen),
      rich(line(bold(`答えの足りない質問（${report.groups.length}件のまとまり）`))),
      ...(page.length === 0 ? [rich(line(words('いまはありません。')))] : []),
      ...page.map(groupLine),
      ...(paging.length === 0 ? [] : [{ type: 'actions', elements: paging } as const]),
    ],
  };
}

export interface GroupScreen {
  readonly group: MissingGroup;
  readonly nearest: readonly QuotedProvision[];
  /** Why the bot answers as it does. */
  readonly reason: string;
  readonly version: ShownVersion;
}

export function missingGroupModal({ group, nearest, reason, version }: GroupScreen): ModalView {
  const texts = [...new Set(group.questions.map(({ text }) => text))];
  const shown = texts.slice(0, MOST_EXAMPLES);
  return {
    type: 'modal',
    callback_id: VIEWS.missing,
    title: plain('答えの足りない質問', 24),
    close: plain('閉じる', 24),
    blocks: [
      rich(
        line(bold(`${group.questions.length}件　${countWords(group.counts)}${officeWords(group.toOffice)}`)),
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: shown.map((text) => line(words(text, 300))),
        },
        ...(texts.length > shown.length ? [line(words(`ほか${texts.length - shown.length}通り`))] : []),
        line(words(`いまの答え方：${reason}`, 600)),
      ),
      { type: 'actions', elements: [button(ACTIONS.whyAnswer, 'なぜこの回答？', group.id)] },
      ...(nearest.length === 0 ? [] : [rich(line(bold('近い規定')))]),
      ...nearest.map((quote) => quoteBlock(quote, { characters: 200, items: 3 })),
      ...(nearest.length === 0
        ? []
        : [
            {
              type: 'actions' as const,
              elements: nearest.map((quote, index) =>
                articleButton(index, quote.citation, `${quote.label}を開く`),
              ),
            },
          ]),
      rich(line(bold('知識の変更案をつくる')), line(words('ファイルに書き出すだけで、知識はそのままです。'))),
      { type: 'actions', elements: changeButtons(group.id) },
      versionLine(version),
    ],
  };
}

/** Every question is counted once; silence is nobody's success. */
function summary({ report, since, cut }: MissingScreen): KnownBlock {
  const all = SIGNS.reduce((sum, sign) => sum + report.counts[sign], 0);
  const parts = SIGNS.map((sign) => `${SIGN_WORDS[sign]} ${report.counts[sign]}`).join('　');
  return rich(
    line(
      bold(`${formatDay(dayInTokyo(since))}からの質問 ${all}件`),
      ...(cut ? [words('（新しいものから）')] : []),
    ),
    line(words(`${parts}${officeWords(report.toOffice)}`)),
    line(words('「不明」は、何も知らされていない質問です。答えが合っていたとは数えません。')),
  );
}

function openBlocks({ open, openCount }: MissingScreen): KnownBlock[] {
  if (openCount === 0) return [];
  return [
    rich(line(bold(`担当室の返事を待つ問い合わせ（${openCount}件）`))),
    ...open.map(({ id, inquiry }, index) => ({
      type: 'section' as const,
      text: plain(`${id}　${inquiry.state}　${formatDay(dayInTokyo(inquiry.openedAt))}から`, 200),
      accessory: button(`${ACTIONS.openInquiry}:${index}`, '開く', id),
    })),
    { type: 'divider' },
  ];
}

function groupLine(group: MissingGroup, index: number): KnownBlock {
  const [first] = group.questions;
  const text = (first?.text ?? '').replace(/\s+/gu, ' ');
  return {
    type: 'section',
    text: plain(
      `${text.length > 90 ? `${text.slice(0, 89)}…` : text}\n${group.questions.length}件　${countWords(group.counts)}${officeWords(group.toOffice)}`,
      300,
    ),
    accessory: button(`${ACTIONS.openMissing}:${index}`, '開く', group.id),
  };
}

/** Only what there is: 「違う 2　定めなし 1」. */
function countWords(counts: Counts): string {
  return SIGNS.filter((sign) => counts[sign] > 0)
    .map((sign) => `${SIGN_WORDS[sign]} ${counts[sign]}`)
    .join('　');
}

function officeWords(count: number): string {
  return count === 0 ? '' : `　うち担当に聞いた ${count}`;
}
