/** The cases on the Home tab: a board for staff, their own cases for providers. */
import type { KnownBlock } from '@slack/types';
import type { Day } from '../../calendar.ts';
import { inHand } from '../../cases/standing.ts';
import type { CaseRecord } from '../../store/case-reads.ts';
import type { StepName } from '../../terms/steps.ts';
import { ACTIONS } from './action-ids.ts';
import { button } from './buttons.ts';
import { CASE_FORMS, type FormName, formsFor } from './case-forms.ts';
import { caseLine, type ListScreen, listBlocks } from './case-list-view.ts';
import { plain } from './text.ts';

export interface Board {
  /** How many cases stand in each of these lists, by its key. */
  readonly counts: readonly { readonly key: string; readonly count: number }[];
  readonly steps: readonly { readonly step: StepName; readonly count: number }[];
  readonly list: ListScreen;
}

export function boardBlocks({ counts, steps, list }: Board): KnownBlock[] {
  const underWay = steps.filter(({ count }) => count > 0).map(({ step, count }) => `${step} ${count}件`);
  return [
    { type: 'header', text: plain('案件', 150) },
    {
      type: 'actions',
      elements: [
        ...counts.map(({ key, count }, index) =>
          button(`${ACTIONS.listCases}:${index + 2}`, `${key} ${count}件`, key),
        ),
        button(`${ACTIONS.caseForm}:0`, '新しい案件', ':0:new'),
        button(`${ACTIONS.listMissing}:2`, '質問のふりかえり', '0'),
        button(`${ACTIONS.reminderLedger}:0`, '通知の予定', 'planned'),
      ],
    },
    {
      type: 'context',
      elements: [plain(`進行中の手順：${underWay.join('　') || 'ありません'}`, 900)],
    },
    ...listBlocks(list),
    { type: 'divider' },
  ];
}

/** Each with its progress and the next thing this provider has to do. Nothing where there is no case. */
export function ownCaseBlocks(records: readonly CaseRecord[], today: Day): KnownBlock[] {
  if (records.length === 0) return [];
  return [
    { type: 'header', text: plain('あなたの案件', 150) },
    ...records.flatMap((record, index): KnownBlock[] => [
      caseLine(record, today, index),
      { type: 'context', elements: [plain(nextThing(record), 300)] },
      ...quickButtons(record, index),
    ]),
    { type: 'divider' },
  ];
}

/** What providers tell the office most, without opening the case first. */
const QUICK: readonly FormName[] = ['submitted', 'ask'];

function quickButtons(record: CaseRecord, at: number): KnownBlock[] {
  const forms = formsFor(record, 'contact').filter((name) => QUICK.includes(name));
  if (forms.length === 0) return [];
  const elements = forms.map((name, index) =>
    button(
      `${ACTIONS.caseForm}:${at * QUICK.length + index}`,
      CASE_FORMS[name].title,
      `${record.id}:${record.version}:${name}`,
    ),
  );
  return [{ type: 'actions', elements }];
}

function nextThing({ state }: CaseRecord): string {
  if (state.intake === 'requested') return '担当室が受け付けるのを待っています。';
  if (state.intake === 'declined') return '理由は「経過」にあります。';
  if (state.closed !== null) return 'この案件は閉じています。';
  const [next] = inHand(state, '提供者').filter(({ need }) => need !== 'optional');
  if (next === undefined) return '担当室の確認を待っています。';
  const sentBack = next.state === '差戻し' ? '差し戻されています。理由は「経過」にあります。' : '';
  return `次にすること：${next.name}（${next.basis}）${sentBack}`;
}
