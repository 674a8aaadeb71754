/** What is planned to go out, and what became of what was planned: for staff. */
import type { KnownBlock, ModalView, RichTextSection } from '@slack/types';
import { formatMoment } from '../../calendar.ts';
import type { RecordedAct } from '../../store/reminder-store.ts';
import { ACTIONS, VIEWS } from './action-ids.ts';
import { button } from './buttons.ts';
import { asCsv } from './case-csv.ts';
import { person } from './case-view.ts';
import { bold, line, plain, rich, words } from './text.ts';

export const LEDGER_PAGE = 10;

/** `planned`: the next ones first. `past`: what was due lately, the last first. */
export const LEDGERS = ['planned', 'past'] as const;
export type LedgerName = (typeof LEDGERS)[number];

/** One row, everything looked up. */
export interface LedgerLine {
  readonly key: string;
  readonly caseId: string | null;
  /** What it says, in one sentence. */
  readonly what: string;
  /** Slack user id; null where it goes to a channel. */
  readonly to: string | null;
  readonly place: string;
  readonly dueAt: number;
  readonly state: string;
  readonly reason: string | null;
  readonly late: boolean;
  readonly settledAt: number | null;
  readonly why: string;
  readonly acts: readonly (Omit<RecordedAct, 'person'> & { readonly by: string })[];
}

export interface LedgerScreen {
  readonly name: LedgerName;
  readonly lines: readonly LedgerLine[];
  /** Where the next page begins; null on the last one. */
  readonly next: string | null;
}

export const STATE_WORDS: Readonly<Record<string, string>> = {
  pending: '予定',
  sent: '送信済',
  cancelled: '取消し',
  missed: '送らず（役目を終えた）',
  dropped: '送らず（対象外）',
  dead: '送れず',
};
const ACT_WORDS = { acknowledged: '確認', snoozed: '延期', done: '完了' } as const;

export function ledgerModal({ name, lines, next }: LedgerScreen): ModalView {
  const planned = name === 'planned';
  return {
    type: 'modal',
    callback_id: VIEWS.reminders,
    title: plain('通知の予定と記録', 24),
    close: plain('閉じる', 24),
    blocks: [
      {
        type: 'actions',
        elements: [
          button(`${ACTIONS.reminderLedger}:0`, 'これから送るもの', 'planned'),
          button(`${ACTIONS.reminderLedger}:1`, 'これまでの記録', 'past'),
          button(ACTIONS.exportLedger, '記録をCSVで受け取る', 'past'),
        ],
      },
      rich(line(bold(planned ? 'これから送るもの（早い順）' : 'これまでの記録（30日前まで、新しい順）'))),
      ...(lines.length === 0
        ? [rich(line(words(planned ? '予定はありません。' : '記録はありません。')))]
        : []),
      ...lines.map(lineBlock),
      ...(next === null
        ? []
        : [
            {
              type: 'actions' as const,
              elements: [button(`${ACTIONS.reminderLedger}:2`, '次のページ', `${name}|${next}`)],
            },
          ]),
    ],
  };
}

function lineBlock(one: LedgerLine): KnownBlock {
  const late = one.late ? '（遅れて）' : '';
  return rich(
    line(
      bold(`${formatMoment(one.dueAt)}　${STATE_WORDS[one.state] ?? one.state}${late}`, 200),
      ...(one.reason === null ? [] : [words(`：${one.reason}`, 300)]),
    ),
    line(words(one.what, 400)),
    line(words('宛先：'), one.to === null ? words(one.place, 100) : person(one.to)),
    ...(one.why === '' ? [] : [line(words(`理由：${one.why}`, 500))]),
    ...one.acts.slice(-3).map(actLine),
  );
}

function actLine({ act, by, at }: LedgerLine['acts'][number]): RichTextSection {
  return line(words(`${ACT_WORDS[act]}：`), person(by), words(`　${formatMoment(at)}`));
}

/** The ledger as a table. */
export function ledgerAsCsv(lines: readonly LedgerLine[]): string {
  return asCsv(
    [
      '予定の時刻',
      '状態',
      '理由',
      '遅れて送信',
      '決まった時刻',
      '案件',
      '内容',
      '宛先',
      '規則と計算',
      '確認など',
    ],
    lines.map((one) => [
      formatMoment(one.dueAt),
      STATE_WORDS[one.state] ?? one.state,
      one.reason ?? '',
      one.late ? 'はい' : '',
      one.settledAt === null ? '' : formatMoment(one.settledAt),
      one.caseId ?? '',
      one.what,
      one.to ?? one.place,
      one.why,
      one.acts.map(({ act, by, at }) => `${ACT_WORDS[act]} ${by} ${formatMoment(at)}`).join('／'),
    ]),
  );
}
