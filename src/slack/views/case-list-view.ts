/** Lists of cases, for staff. */
import type { InputBlock, KnownBlock, ModalView, Option, SectionBlock } from '@slack/types';
import { type Day, formatDay } from '../../calendar.ts';
import type { CaseFilter } from '../../cases/listing.ts';
import { daysOverdue, inHand, openDates, progressOf, waitedFor } from '../../cases/standing.ts';
import type { CaseRecord } from '../../store/case-reads.ts';
import { STEP_NAMES } from '../../terms/steps.ts';
import { ACTIONS, VIEWS } from './action-ids.ts';
import { button } from './buttons.ts';
import { bold, line, plain, rich, words } from './text.ts';

/** A list that can be asked for: by the word behind /anken, by its key in a menu. */
export interface CaseList {
  readonly key: string;
  readonly title: string;
  readonly filters: (me: string) => readonly CaseFilter[];
  readonly open?: boolean;
  readonly overdue?: boolean;
  readonly quiet?: boolean;
}

export const PAGE = 8;
export const SEARCH_BLOCK = 'words';

const COMMON: readonly CaseList[] = [
  { key: '自分', title: '自分の案件', filters: (person) => [{ by: 'owner', person }] },
  { key: '担当室待ち', title: '担当室待ちの案件', filters: () => [{ by: 'waiting', party: '担当室' }] },
  { key: '提供者待ち', title: '提供者待ちの案件', filters: () => [{ by: 'waiting', party: '提供者' }] },
  { key: '期限切れ', title: '期限を過ぎた案件', filters: () => [{ by: 'all' }], overdue: true },
  { key: '申出', title: '受付待ちの申出', filters: () => [{ by: 'intake', intake: 'requested' }] },
  { key: '動きなし', title: '2週間動きのない案件', filters: () => [{ by: 'all' }], quiet: true },
  { key: '担当なし', title: '担当者のいない案件', filters: () => [{ by: 'unowned' }] },
  { key: 'すべて', title: '進行中のすべての案件', filters: () => [{ by: 'all' }] },
  { key: '終了', title: '閉じた案件', filters: () => [{ by: 'all' }], open: false },
];

/** The list of this key; null when there is none. 項番4 and the names of steps are lists too. */
export function listOf(key: string): CaseList | null {
  const common = COMMON.find((list) => list.key === key);
  if (common !== undefined) return common;
  const step = STEP_NAMES.find((name) => name === key);
  if (step !== undefined)
    return { key, title: `「${step}」が進行中の案件`, filters: () => [{ by: 'step', step }] };
  const row = /^項番(\d{1,3})$/.exec(key)?.[1];
  if (row !== undefined)
    return { key, title: `項番${row}の案件`, filters: () => [{ by: 'row', row: Number(row) }] };
  const company = /^会社[ 　](.{1,200})$/u.exec(key)?.[1];
  if (company === undefined) return null;
  return { key, title: `会社「${company}」の案件`, filters: () => [{ by: 'company', company }] };
}

export interface ListScreen {
  readonly list: { readonly key: string; readonly title: string };
  readonly records: readonly CaseRecord[];
  /** How many there are in all; null for a search. */
  readonly count: number | null;
  /** Where this page and the next one begin; null for the first page, and where there is no next one. */
  readonly after: string | null;
  readonly next: string | null;
  readonly today: Day;
  readonly apiNames: ReadonlyMap<number, string>;
}

export function caseListModal(screen: ListScreen): ModalView {
  return {
    type: 'modal',
    callback_id: VIEWS.caseList,
    title: plain('案件の一覧', 24),
    submit: plain('探す', 24),
    close: plain('閉じる', 24),
    blocks: [
      {
        type: 'actions',
        elements: [
          {
            type: 'static_select',
            action_id: ACTIONS.pickList,
            placeholder: plain('一覧を選ぶ', 150),
            option_groups: listGroups(screen.apiNames),
          },
          button(`${ACTIONS.caseForm}:0`, '新しい案件', ':0:new'),
          button(ACTIONS.exportCases, 'CSVで受け取る', 'all'),
        ],
      },
      searchInput(),
      ...listBlocks(screen),
    ],
  };
}

/** The list itself, on the Home tab too. */
export function listBlocks({ list, records, count, after, next, today }: ListScreen): KnownBlock[] {
  const number = count === null ? records.length : count;
  const paging = [
    ...(after === null ? [] : [button(`${ACTIONS.listCases}:0`, '最初のページ', list.key)]),
    ...(next === null ? [] : [button(`${ACTIONS.listCases}:1`, '次のページ', `${list.key}|${next}`)]),
  ];
  return [
    rich(line(bold(`${list.title}（${number}件）`))),
    ...(records.length === 0 ? [rich(line(words('該当する案件はありません。')))] : []),
    ...records.map((record, index) => caseLine(record, today, index)),
    ...(paging.length === 0 ? [] : [{ type: 'actions', elements: paging } as const]),
  ];
}

/** One case in two or three lines, with a button that opens it. */
export function caseLine({ id, state }: CaseRecord, today: Day, index: number): SectionBlock {
  const late = daysOverdue(state, today);
  const { done, of } = progressOf(state);
  const [next] = openDates(state);
  const where =
    state.closed !== null
      ? `閉じた案件（${state.closed}）`
      : state.intake === 'requested'
        ? '受付待ち'
        : state.intake === 'declined'
          ? '受け付けなかった申出'
          : `完了 ${done}/${of}　${waitedFor(state).join('・') || 'なし'}待ち${doing(state)}`;
  const due =
    next === undefined
      ? []
      : [
          `${late > 0 ? `${late}日超過　` : ''}次の日付：${formatDay(next.on)} ${next.subject}（${next.label.kind}）`,
        ];
  const service = state.service === null ? '' : `　${state.service}`;
  return {
    type: 'section',
    text: plain([`${id}　${state.company}${service}`, where, ...due].join('\n'), 600),
    accessory: button(`${ACTIONS.openCase}:${index}`, '開く', id),
  };
}

function doing(state: CaseRecord['state']): string {
  const steps = [...new Set([...inHand(state, '担当室'), ...inHand(state, '提供者')])].filter(
    (step) => step.state !== '未着手',
  );
  return steps.length === 0 ? '' : `　${steps.map(({ name, state: at }) => `${name}（${at}）`).join('、')}`;
}

function listGroups(apiNames: ReadonlyMap<number, string>) {
  const options = (keys: readonly string[], text = (key: string) => key): Option[] =>
    keys.map((key) => ({ text: plain(text(key), 75), value: key }));
  const rows = [...apiNames.keys()];
  return [
    {
      label: plain('一覧', 75),
      options: options(
        COMMON.map(({ key }) => key),
        (key) => listOf(key)?.title ?? key,
      ),
    },
    { label: plain('進行中の手順', 75), options: options(STEP_NAMES) },
    {
      label: plain('API', 75),
      options: options(
        rows.map((row) => `項番${row}`),
        (key) => `${key} ${apiNames.get(Number(key.slice(2))) ?? ''}`,
      ),
    },
  ].map((group) => ({ ...group, options: group.options as never[] }));
}

function searchInput(): InputBlock {
  return {
    type: 'input',
    block_id: SEARCH_BLOCK,
    optional: true,
    label: plain('探す'),
    hint: plain('番号、会社、サービス、APIの名前から探します。'),
    element: {
      type: 'plain_text_input',
      action_id: SEARCH_BLOCK,
      max_length: 200,
    },
  };
}
