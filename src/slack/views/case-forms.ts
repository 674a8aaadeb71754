/** Everything people do with a case, each as a form: its fields, and the command that comes of them. */
import { OUTCOMES } from '../../cases/case.ts';
import type { Relation } from '../../cases/rights.ts';
import type { CaseRecord } from '../../store/case-reads.ts';
import {
  aside,
  choice,
  date,
  day,
  type FormSpec,
  form,
  isStepForm,
  paragraph,
  person,
  stepsFor,
  subjects,
  text,
} from './case-fields.ts';
import { OPENING_FORMS } from './case-forms-opening.ts';
import { RECORD_FORMS } from './case-forms-record.ts';
import { USAGE_FORMS } from './case-forms-usage.ts';

export type FormName = keyof typeof CASE_FORMS;

const ADVANCED = ['準備中', '提出済', '確認中', '完了'];

export const CASE_FORMS = {
  ...OPENING_FORMS,
  accept: form(
    '受け付ける',
    '受け付ける',
    'staff',
    ({ me }) => [person('owner', '担当者', { initial: me })],
    (values) => ({
      kind: 'acceptRequest',
      owner: values.one('owner') || null,
    }),
  ),
  decline: form(
    '受け付けない',
    '送る',
    'staff',
    () => [reason()],
    (values) => ({
      kind: 'declineRequest',
      reason: values.one('reason'),
    }),
  ),
  advance: form(
    '進める',
    '記録する',
    'staff',
    ({ record }) => [
      choice('step', '手順', stepsFor('advance', record)),
      choice('to', '次の状態', ADVANCED),
      paragraph('reason', '理由（前の状態に戻すときは必要です）', { optional: true, most: 1_000 }),
    ],
    (values) => ({
      kind: 'moveStep',
      step: values.one('step'),
      to: values.one('to'),
      reason: values.one('reason'),
    }),
  ),
  return: form(
    '差し戻す',
    '差し戻す',
    'staff',
    ({ record }) => [choice('step', '手順', stepsFor('return', record)), reason('提供者に伝わる理由')],
    (values) => ({ kind: 'moveStep', step: values.one('step'), to: '差戻し', reason: values.one('reason') }),
  ),
  assign: form(
    '担当者',
    '決める',
    'staff',
    ({ me, record }) => [
      person('owner', '担当者', {
        initial: record?.state.owner ?? me,
        optional: true,
        hint: '空にすると、担当者なしになります。',
      }),
    ],
    (values) => ({ kind: 'assign', owner: values.one('owner') || null }),
  ),
  due: form(
    '期限',
    '記録する',
    'staff',
    () => [
      choice('subject', '何の日付か', subjects),
      date('on', '日付', '例：2027-04-01、4/1、R9.4.1、来週の金曜'),
      choice('label', '何に基づくか', ['社内目標', '窓口の指示', '公表資料', '規約']),
      text('source', '出所', {
        optional: true,
        hint: '窓口の指示なら指示した人、公表資料ならURL、規約なら条（第9条）。',
      }),
      date('seen', '指示を受けた日・確認した日', '空なら今日です。', true),
    ],
    (values, { today }) => ({
      kind: 'setDate',
      subject: values.one('subject'),
      on: values.one('on'),
      label: dateLabel(values.one('label'), values.one('source'), values.one('seen') || today),
    }),
  ),
  note: form(
    'メモ',
    '書く',
    'staff',
    () => [
      choice('audience', '誰に見せるか', ['staff', 'shared'], {
        words: { staff: '担当室だけ', shared: '提供者にも見せる' },
      }),
      paragraph('text', 'メモ'),
    ],
    (values) => ({ kind: 'addNote', audience: values.one('audience'), text: values.one('text') }),
  ),
  answer: form(
    '質問に回答する',
    '回答する',
    'staff',
    ({ record }) => [
      choice('question', '質問', (record?.state.openQuestions ?? []).map(String), {
        words: (number) => `質問${number}`,
      }),
      paragraph('text', '回答（提供者に伝わります）'),
    ],
    (values) => ({ kind: 'answer', question: Number(values.one('question')), text: values.one('text') }),
  ),
  approve: form(
    '企画書の承認を記録する',
    '記録する',
    'staff',
    () => [day('承認した日')],
    (values) => ({
      kind: 'approvePlan',
      on: values.one('on'),
    }),
  ),
  aside: form(
    '手順を対象外にする',
    '記録する',
    'staff',
    ({ record }) => [choice('step', '手順', stepsFor('aside', record))],
    (values) => ({ kind: 'setStepAside', step: values.one('step') }),
  ),
  takeUp: form(
    '手順を対象に戻す',
    '記録する',
    'staff',
    ({ record }) => [choice('step', '手順', aside(record))],
    (values) => ({ kind: 'takeUpStep', step: values.one('step') }),
  ),
  member: form(
    'メンバーを加える',
    '加える',
    'staff',
    () => [person('member', 'この案件を見られるようにする人')],
    (values) => ({ kind: 'addMember', member: values.one('member') }),
  ),
  close: form(
    '案件を閉じる',
    '閉じる',
    'staff',
    () => [choice('outcome', '結果', OUTCOMES), paragraph('reason', '理由', { optional: true, most: 1_000 })],
    (values) => ({ kind: 'close', outcome: values.one('outcome'), reason: values.one('reason') }),
  ),
  reopen: form(
    '案件を開き直す',
    '開き直す',
    'staff',
    () => [reason()],
    (values) => ({
      kind: 'reopen',
      reason: values.one('reason'),
    }),
  ),
  submitted: form(
    '提出した',
    '伝える',
    'provider',
    ({ record }) => [choice('step', '提出した手順', stepsFor('submitted', record))],
    (values) => ({ kind: 'moveStep', step: values.one('step'), to: '提出済' }),
  ),
  prepare: form(
    '準備を始めた',
    '伝える',
    'provider',
    ({ record }) => [choice('step', '準備を始めた手順', stepsFor('prepare', record))],
    (values) => ({ kind: 'moveStep', step: values.one('step'), to: '準備中' }),
  ),
  ask: form(
    '質問する',
    '送る',
    'provider',
    () => [paragraph('text', '担当室への質問')],
    (values) => ({
      kind: 'ask',
      text: values.one('text'),
    }),
  ),
  ...USAGE_FORMS,
  ...RECORD_FORMS,
} as const satisfies Record<string, FormSpec>;

/** The form of this name; null for a name that was made up. */
export function formNamed(name: string): FormName | null {
  return Object.hasOwn(CASE_FORMS, name) ? (name as FormName) : null;
}

/**
 * What can be done with a case as it stands. The domain decides again: this only keeps the screen short.
 * `termsVersion`: the version in force, where the case may stand under an older one.
 */
export function formsFor(
  { state }: CaseRecord,
  relation: Relation,
  termsVersion: string = state.termsVersion,
): FormName[] {
  const names = Object.keys(CASE_FORMS) as FormName[];
  const standing = relation === 'staff' ? 'staff' : 'provider';
  return names
    .filter((name) => name !== 'adoptTerms' || termsVersion !== state.termsVersion)
    .filter((name) => CASE_FORMS[name].standing === standing && fits(name, state));
}

function fits(name: FormName, state: CaseRecord['state']): boolean {
  if (name === 'answer') return state.openQuestions.length > 0 && state.closed === null;
  if (state.intake === 'requested')
    return ['accept', 'decline', 'assign', 'amend', 'place', 'ask'].includes(name);
  if (state.intake === 'declined') return false;
  if (state.closed !== null) return ['reopen', 'note', 'correct'].includes(name);
  if (isStepForm(name)) return stepsFor(name, { state }).length > 0;
  switch (name) {
    case 'accept':
    case 'decline':
    case 'reopen':
      return false;
    case 'takeUp':
      return aside({ state }).length > 0;
    case 'approve':
      return (
        state.planApprovedOn === null &&
        state.steps.some((one) => one.name === '企画書添付' && one.state !== '対象外')
      );
    case 'withdrawApproval':
      return state.planApprovedOn !== null;
    case 'clearDate':
      return state.dates.length > 0;
    case 'removeMember':
      return state.members.length > 0;
    case 'startUse':
      return state.usage.state === 'not-in-use';
    case 'notice':
      return state.usage.state !== 'not-in-use' && state.usage.state !== 'ended';
    case 'carryOut':
    case 'withdrawNotice':
      return state.notices.some(({ carriedOutOn }) => carriedOutOn === null);
    case 'stop':
      return state.usage.state === 'in-use' || state.usage.state === 'suspended-by-notice';
    case 'lift':
      return state.usage.state === 'stopped-by-office';
    default:
      return true;
  }
}

function reason(label = '理由') {
  return paragraph('reason', label, { most: 1_000 });
}

function dateLabel(kind: string, source: string, seen: string) {
  switch (kind) {
    case '規約':
      return { kind, clause: source };
    case '公表資料':
      return { kind, address: source, checkedOn: seen };
    case '窓口の指示':
      return { kind, by: source, toldOn: seen };
    default:
      return { kind };
  }
}
