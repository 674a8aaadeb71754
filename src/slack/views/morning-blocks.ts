/** The cases of an owner below the reminders of the morning: one line each. */
import type { KnownBlock, RichTextSection } from '@slack/types';
import type { OfficeCalendar } from '../../business-days.ts';
import { type Day, formatDay } from '../../calendar.ts';
import { inHand, openDates } from '../../cases/standing.ts';
import { distanceWords } from '../../reminders/wording.ts';
import type { CaseRecord } from '../../store/case-reads.ts';
import { ACTIONS } from './action-ids.ts';
import { button } from './buttons.ts';
import { bold, cut, line, rich, words } from './text.ts';

interface ShortList {
  readonly records: readonly CaseRecord[];
  /** How many more there are. */
  readonly more: number;
}

export interface MorningList {
  readonly today: Day;
  readonly calendar: OfficeCalendar;
  /** Overdue or due soon, the most overdue first. */
  readonly due: ShortList;
  readonly waiting: ShortList;
  /** How many open cases the person owns. */
  readonly mine: number;
}

/** What heads the whole message. */
export function morningHeading({ today }: MorningList): string {
  return `${formatDay(today)}の朝の一覧`;
}

/** `other`: reminders stand above, so that these are the other cases. */
export function morningBlocks(list: MorningList, other: boolean): KnownBlock[] {
  const { due, waiting, mine, today, calendar } = list;
  const rest = other ? 'ほかの' : '';
  return [
    ...listBlock(`${rest}期限が過ぎた・近い案件`, due, ({ id, state }) => {
      const [next] = openDates(state);
      const when =
        next === undefined
          ? ''
          : `${next.subject}　${distanceWords(next.on, today, calendar)}（${next.label.kind}）`;
      return `${id}　${state.company}：${when}`;
    }),
    ...listBlock(
      `${rest}担当室の番の案件`,
      waiting,
      ({ id, state }) => `${id}　${state.company}：${what(state)}`,
    ),
    {
      type: 'actions',
      elements: [button(`${ACTIONS.listCases}:0`, `担当している案件の一覧（${mine}件）`, '自分')],
    },
  ];
}

function listBlock(
  title: string,
  { records, more }: ShortList,
  say: (record: CaseRecord) => string,
): KnownBlock[] {
  if (records.length === 0) return [];
  const lines: RichTextSection[] = records.map((record) => line(words(cut(say(record), 200))));
  return [
    rich(line(bold(`${title}（${records.length + more}件）`)), {
      type: 'rich_text_list',
      style: 'bullet',
      elements: more === 0 ? lines : [...lines, line(words(`さらに${more}件`))],
    }),
  ];
}

function what(state: CaseRecord['state']): string {
  if (state.intake === 'requested') return '受付を待っています';
  const steps = inHand(state, '担当室').map(({ name, state: at }) => `${name}（${at}）`);
  const questions = state.openQuestions.length === 0 ? [] : [`質問${state.openQuestions.length}件`];
  return [...questions, ...steps].join('、') || '担当室待ち';
}
