/** The message that shows where a case stands, kept current in the channel it belongs to. */
import type { RichTextElement } from '@slack/types';
import { formatDay, formatMoment } from '../../calendar.ts';
import { type Case, usageLabel } from '../../cases/case.ts';
import { describeApis, describeEvent, describeLabel } from '../../cases/describe.ts';
import type { CaseEvent, EventKind } from '../../cases/event.ts';
import type { Relation } from '../../cases/rights.ts';
import { openDates, progressOf, waitedFor } from '../../cases/standing.ts';
import type { CaseRecord } from '../../store/case-reads.ts';
import { ACTIONS } from './action-ids.ts';
import type { Card } from './answer-card.ts';
import { button } from './buttons.ts';
import { CASE_FORMS, type FormName, formsFor } from './case-forms.ts';
import { eventElements, person } from './case-view.ts';
import { bold, clean, cut, escapeMrkdwn, line, plain, rich, words } from './text.ts';

export interface CardScreen {
  /** As the place may show it. */
  readonly record: CaseRecord;
  /** As whom the place reads: staff in the office's channel, a member in the case's own. */
  readonly relation: Exclude<Relation, 'outsider'>;
}

const MOST_DATES = 3;
const MOST_STEPS = 5;
const MOST_NOTED = 10;
/** What stands as buttons on the card, for each side; everything else is behind 開く. */
const BUTTONS: Readonly<Record<'staff' | 'provider', readonly FormName[]>> = {
  staff: ['accept', 'decline', 'answer', 'advance', 'return', 'due', 'note'],
  provider: ['submitted', 'ask'],
};
/** What a card that was only just posted says by itself. */
const BEGINNINGS: ReadonlySet<EventKind> = new Set<EventKind>(['opened', 'requested']);

export function caseCard({ record, relation }: CardScreen): Card {
  const { id, state } = record;
  const heading = headingOf(record);
  const waiting = waitedFor(state).join('と');
  return {
    text: escapeMrkdwn(
      cut(clean(`${heading}：${stage(state)}${waiting === '' ? '' : `、${waiting}待ち`}`), 900),
    ),
    blocks: [
      rich(
        line(bold(heading)),
        line(words(`${describeApis(state.apis)}　${state.kind}`, 300)),
        fact('状態', words(stage(state), 200)),
        ...(waiting === '' ? [] : [fact('待っている相手', words(waiting))]),
        ...inProgress(state),
        ...dates(state),
        ...(state.openQuestions.length === 0
          ? []
          : [fact('回答待ち', words(state.openQuestions.map((one) => `質問${one}`).join('、'), 200))]),
        ...(relation === 'staff' ? [fact('担当者', person(state.owner))] : []),
      ),
      { type: 'context', elements: [plain(footer(state), 200)] },
      {
        type: 'actions',
        elements: [button(`${ACTIONS.openCase}:0`, '開く', id), ...forms(record, relation)],
      },
    ],
  };
}

/** What changed, in the thread of the card: who did what. Null where there is nothing to say there. */
export function caseNote(record: CaseRecord, events: readonly CaseEvent[]): Card | null {
  const told = events.filter(({ kind }) => !BEGINNINGS.has(kind));
  const [first] = told;
  if (first === undefined) return null;
  const shown = told.slice(-MOST_NOTED);
  const left = told.length - shown.length;
  const said = shown.map((event) => describeEvent(event, () => '')).join('');
  return {
    text: escapeMrkdwn(cut(clean(`${headingOf(record)}：${said}`), 900)),
    blocks: [
      rich(
        line(bold(`${headingOf(record)}　`), person(first.by.person)),
        ...(left === 0
          ? []
          : [line(words(`ほかに${left}件の変更があります。「開く」の「経過」で確かめられます。`))]),
        ...shown.map((event) => line(...eventElements(event))),
      ),
    ],
  };
}

/** In the place of a card that is not kept any more: nothing about the case. */
export function retiredCard(): Card {
  const text = 'このチャンネルでは、案件のカードの表示を終えました。';
  return { text, blocks: [{ type: 'section', text: plain(text) }] };
}

function headingOf({ id, state }: CaseRecord): string {
  return `${id}　${state.company}${state.service === null ? '' : `　${state.service}`}`;
}

function fact(label: string, element: RichTextElement) {
  return line(bold(`${label}　`), element);
}

function stage(state: Case): string {
  if (state.closed !== null) return `閉じた案件（${state.closed}）`;
  if (state.intake === 'requested') return '受付待ち';
  if (state.intake === 'declined') return '受け付けなかった申出';
  return usageLabel(state.usage);
}

function inProgress(state: Case) {
  if (state.closed !== null || state.intake !== 'accepted') return [];
  const steps = state.steps.filter(({ state: at }) => ['準備中', '提出済', '確認中', '差戻し'].includes(at));
  if (steps.length === 0) return [];
  const said = steps.slice(0, MOST_STEPS).map(({ name, state: at }) => `${name}（${at}）`);
  const rest = steps.length > MOST_STEPS ? ` ほか${steps.length - MOST_STEPS}件` : '';
  return [fact('進行中', words(`${said.join('、')}${rest}`, 400))];
}

function dates(state: Case) {
  return openDates(state)
    .slice(0, MOST_DATES)
    .map(({ subject, on, label }) =>
      fact('日付', words(`${formatDay(on)}　${subject}（${describeLabel(label)}）`, 400)),
    );
}

function footer(state: Case): string {
  const { done, of } = progressOf(state);
  const progress = state.intake === 'accepted' ? `手順の完了 ${done}/${of}　` : '';
  return `${progress}最後の変更 ${formatMoment(state.changedAt)}`;
}

function forms(record: CaseRecord, relation: CardScreen['relation']) {
  const names = BUTTONS[relation === 'staff' ? 'staff' : 'provider'];
  const fitting = formsFor(record, relation);
  return names
    .filter((name) => fitting.includes(name))
    .map((name, index) =>
      button(
        `${ACTIONS.caseForm}:${index}`,
        CASE_FORMS[name].title,
        `${record.id}:${record.version}:${name}`,
      ),
    );
}
