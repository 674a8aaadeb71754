/** One case, for whoever may see it: where it stands first, then what can be done with it. */
import type { ActionsBlock, KnownBlock, ModalView, RichTextElement } from '@slack/types';
import { formatDay, formatMoment } from '../../calendar.ts';
import { type Case, type CaseStep, usageLabel } from '../../cases/case.ts';
import { describeApis, describeEvent, describeGround, describeLabel } from '../../cases/describe.ts';
import type { CaseEvent } from '../../cases/event.ts';
import { openDates, progressOf, waitedFor } from '../../cases/standing.ts';
import type { CaseRecord, SeenCase } from '../../store/case-reads.ts';
import type { NumberedEvent } from '../../store/case-rows.ts';
import { ACTIONS, VIEWS } from './action-ids.ts';
import { button } from './buttons.ts';
import { CASE_FORMS, type FormName, formsFor } from './case-forms.ts';
import { bold, line, plain, rich, words } from './text.ts';

export interface CaseScreen extends SeenCase {
  /** Said above everything else: what was just done. */
  readonly notice: readonly RichTextElement[] | null;
  readonly apiNames: ReadonlyMap<number, string>;
  /** The version of the terms in force. */
  readonly termsVersion: string;
}

/** Forms that stand as buttons of their own; the others are in その他の操作. */
const BUTTONS: readonly FormName[] = [
  'accept',
  'decline',
  'advance',
  'return',
  'assign',
  'due',
  'note',
  'submitted',
  'prepare',
  'ask',
];

export function caseModal(screen: CaseScreen): ModalView {
  const { record, notice } = screen;
  return {
    type: 'modal',
    callback_id: VIEWS.case,
    title: plain(`案件 ${record.id}`, 24),
    close: plain('閉じる', 24),
    private_metadata: record.id,
    blocks: [
      ...(notice === null ? [] : [rich(line(...notice)), { type: 'divider' } as const]),
      ...caseBlocks(screen),
      ...actions(screen),
    ],
  };
}

function caseBlocks({ record: { state }, relation, apiNames }: CaseScreen): KnownBlock[] {
  const { done, of } = progressOf(state);
  const active = state.steps.filter((step) => step.state !== '対象外');
  const required = active.filter(({ need }) => need === 'required');
  const others = active.filter(({ need }) => need !== 'required');
  return [
    { type: 'header', text: plain(state.company, 150) },
    rich(
      fact('サービス', [words(state.service ?? '未記入')]),
      fact('種別', [words(state.kind)]),
      fact('API', [words(apisInWords(state, apiNames), 900)]),
      fact('状態', [words(standing(state))]),
      fact('待っている相手', [words(waitedFor(state).join('と') || 'なし')]),
      ...(relation === 'staff' ? [fact('担当者', [person(state.owner)])] : []),
      ...(state.channel === null
        ? []
        : [fact('チャンネル', [{ type: 'channel', channel_id: state.channel }])]),
      fact('連絡先', [
        person(state.primary),
        ...(state.secondary === null ? [] : [words('、'), person(state.secondary)]),
      ]),
      ...dates(state),
      ...(state.openQuestions.length === 0
        ? []
        : [fact('回答待ちの質問', [words(state.openQuestions.map((one) => `質問${one}`).join('、'))])]),
    ),
    rich(line(bold(`手順（完了 ${done}/${of}）`)), stepList([...required, ...others])),
    ...asideLine(state.steps),
  ];
}

function fact(label: string, elements: readonly RichTextElement[]) {
  return line(bold(`${label}　`), ...elements);
}

/** An erased person is a reference: nothing Slack could name. */
export function person(id: string | null): RichTextElement {
  if (id === null) return words('なし');
  return /^[UW][A-Z0-9]+$/.test(id) ? { type: 'user', user_id: id } : words('（削除された人）');
}

function apisInWords({ apis }: Case, apiNames: ReadonlyMap<number, string>): string {
  const held = apis.rows.map((row) => `${apiNames.get(row) ?? ''}（項番${row}）`);
  const typed = apis.typed.length === 0 ? [] : [describeApis({ rows: [], typed: apis.typed })];
  return [...held, ...typed].join('、');
}

function standing(state: Case): string {
  if (state.intake === 'requested') return '受付待ち';
  if (state.intake === 'declined') return '受け付けられませんでした';
  const { usage } = state;
  const since = 'since' in usage && usage.since !== null ? `、${formatDay(usage.since)}から` : '';
  const ground =
    usage.state === 'stopped-by-office' && usage.ground !== null ? `、${describeGround(usage.ground)}` : '';
  const closed = state.closed === null ? '' : `（案件は「${state.closed}」で閉じています）`;
  return `${usageLabel(usage)}${since}${ground}${closed}`;
}

function dates(state: Case) {
  return openDates(state)
    .slice(0, 3)
    .map(({ subject, on, label }) =>
      fact('日付', [words(`${formatDay(on)}　${subject}（${describeLabel(label)}）`, 400)]),
    );
}

/** Slack takes no empty list. */
function stepList(steps: readonly CaseStep[]) {
  return steps.length === 0
    ? line(words('対象の手順はありません。'))
    : { type: 'rich_text_list' as const, style: 'bullet' as const, elements: steps.map(stepLine) };
}

function stepLine({ name, state, basis, need, waiting }: CaseStep) {
  const wait = waiting === null || state === '未着手' ? '' : `　${waiting}待ち`;
  return line(bold(state), words(`　${name}（${basis}）${need === 'optional' ? '　任意' : ''}${wait}`));
}

/** 対象外, folded to one line with the clauses. */
function asideLine(steps: readonly CaseStep[]): KnownBlock[] {
  const aside = steps.filter(({ state }) => state === '対象外');
  if (aside.length === 0) return [];
  const text = aside.map(({ name, basis }) => `${name}（${basis}）`).join('、');
  return [{ type: 'context', elements: [plain(`対象外：${text}`, 900)] }];
}

function actions({ record, relation, termsVersion }: CaseScreen): ActionsBlock[] {
  const forms = formsFor(record, relation, termsVersion);
  const shown = BUTTONS.filter((name) => forms.includes(name));
  const rest = forms.filter((name) => !BUTTONS.includes(name));
  return [
    {
      type: 'actions',
      elements: [
        ...shown.map((name, index) =>
          button(`${ACTIONS.caseForm}:${index}`, CASE_FORMS[name].title, formValue(record, name)),
        ),
        button(ACTIONS.caseHistory, '経過', record.id),
      ],
    },
    ...(rest.length === 0
      ? []
      : [
          {
            type: 'actions' as const,
            elements: [
              {
                type: 'static_select' as const,
                action_id: ACTIONS.moreForms,
                placeholder: plain('その他の操作', 150),
                options: rest.map((name) => ({
                  text: plain(CASE_FORMS[name].title, 75),
                  value: formValue(record, name),
                })),
              },
            ],
          },
        ]),
  ];
}

function formValue({ id, version }: CaseRecord, name: FormName): string {
  return `${id}:${version}:${name}`;
}

export interface HistoryScreen {
  readonly id: string;
  readonly events: readonly NumberedEvent[];
  /** Where the next page begins; null on the last. */
  readonly next: number | null;
}

/** The record, newest first. */
export function caseHistoryModal({ id, events, next }: HistoryScreen): ModalView {
  return {
    type: 'modal',
    callback_id: VIEWS.caseHistory,
    title: plain(`経過 ${id}`, 24),
    close: plain('戻る', 24),
    private_metadata: id,
    blocks: [
      ...(events.length === 0 ? [rich(line(words('記録はありません。')))] : []),
      ...events.map((event) => historyBlock(event)),
      ...(next === null
        ? []
        : [
            {
              type: 'actions' as const,
              elements: [button(ACTIONS.caseHistory, '前の記録', `${id}:${next}`)],
            },
          ]),
    ],
  };
}

function historyBlock(event: NumberedEvent): KnownBlock {
  const text = 'text' in event ? event.text : null;
  return rich(
    line(bold(`${event.seq}　${formatMoment(event.at)}　`), person(event.by.person)),
    line(...eventElements(event)),
    ...(text === null ? [] : [{ type: 'rich_text_quote' as const, elements: [words(text, 2_500)] }]),
  );
}

/** The sentence of an event, people as mentions. */
export function eventElements(event: CaseEvent): RichTextElement[] {
  return describeEvent(event, (id) => `${MARK}${id}${MARK}`)
    .split(MARK)
    .flatMap((part, index) => (index % 2 === 1 ? [person(part)] : part === '' ? [] : [words(part, 1_500)]));
}

/** Stands around people in a sentence; nothing typed can hold it, because names are kept without control characters. */
const MARK = '\u0001';
