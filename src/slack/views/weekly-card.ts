/** The weekly summary for the office: numbers first, then the cases that need somebody. */
import type { KnownBlock } from '@slack/types';
import { type Day, formatDay } from '../../calendar.ts';
import { daysOverdue, openDates } from '../../cases/standing.ts';
import type { CaseRecord } from '../../store/case-reads.ts';
import { ACTIONS } from './action-ids.ts';
import type { Card } from './answer-card.ts';
import { button } from './buttons.ts';
import { person } from './case-view.ts';
import { bold, clean, cut, escapeMrkdwn, line, plain, rich, words } from './text.ts';

export interface WeeklyContent {
  readonly today: Day;
  readonly counts: readonly { readonly key: string; readonly count: number }[];
  /** The most overdue first. */
  readonly overdue: readonly CaseRecord[];
  readonly missed: number;
  readonly dead: number;
  readonly late: boolean;
}

export function weeklyCard({ today, counts, overdue, missed, dead, late }: WeeklyContent): Card {
  const heading = `${formatDay(today)}の案件のまとめ`;
  const numbers = counts.map(({ key, count }) => `${key} ${count}件`).join('　');
  return {
    text: escapeMrkdwn(cut(clean(`${heading}\n${numbers}`), 2_000)),
    blocks: [
      rich(line(bold(heading)), line(words(numbers))),
      ...(overdue.length === 0
        ? [rich(line(words('期限を過ぎた案件はありません。')))]
        : [
            rich(line(bold('期限を過ぎた案件（長く過ぎている順）')), {
              type: 'rich_text_list',
              style: 'bullet',
              elements: overdue.map((record) => overdueLine(record, today)),
            }),
          ]),
      ...troubleBlocks(missed, dead, late),
      {
        type: 'actions',
        elements: [
          button(`${ACTIONS.listCases}:0`, '期限切れの一覧', '期限切れ'),
          button(`${ACTIONS.listCases}:1`, '担当室待ちの一覧', '担当室待ち'),
          button(ACTIONS.reminderLedger, '通知の予定と記録', 'planned'),
        ],
      },
    ],
  };
}

function overdueLine({ id, state }: CaseRecord, today: Day) {
  const [next] = openDates(state);
  const what = next === undefined ? '' : `　${next.subject}（${next.label.kind}）`;
  return line(
    words(cut(`${id}　${state.company}${what}　${daysOverdue(state, today)}日超過　担当：`, 250)),
    person(state.owner),
  );
}

function troubleBlocks(missed: number, dead: number, late: boolean): KnownBlock[] {
  const said = [
    ...(late ? ['このまとめは、予定より遅れて届きました。'] : []),
    ...(missed > 0 ? [`先週、送る前に役目を終えた通知が${missed}件あります。`] : []),
    ...(dead > 0 ? [`先週、Slackが受け取らなかった通知が${dead}件あります。`] : []),
  ];
  return said.length === 0 ? [] : [{ type: 'context', elements: [plain(said.join(''), 500)] }];
}
