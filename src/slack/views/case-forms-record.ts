/** Forms that put a case right: every correction is a new entry of the record, and blank means unchanged. */
import { NOTICE_ACTS, PARTIES } from '../../cases/case.ts';
import {
  apis,
  channel,
  choice,
  date,
  type FormSpec,
  form,
  paragraph,
  person,
  stepsFor,
  text,
  typedApis,
  type Values,
} from './case-fields.ts';

const UNCHANGED = '空なら変わりません。';

export const RECORD_FORMS = {
  amend: form(
    '会社・連絡先を直す',
    '直す',
    'staff',
    () => [
      text('company', '会社名', { optional: true, hint: UNCHANGED }),
      text('service', 'サービス名', { optional: true, hint: UNCHANGED }),
      person('primary', '主たる連絡先', { optional: true, hint: UNCHANGED }),
      person('secondary', '副たる連絡先', { optional: true, hint: UNCHANGED }),
      choice('clear', '空にするもの', ['none', 'service', 'primary', 'secondary'], {
        words: { none: 'なし', service: 'サービス名', primary: '主たる連絡先', secondary: '副たる連絡先' },
      }),
    ],
    (values) => ({
      kind: 'amend',
      company: values.one('company'),
      service: values.one('service'),
      primary: values.one('primary'),
      secondary: values.one('secondary'),
      clear: values.one('clear') === 'none' ? [] : [values.one('clear')],
    }),
  ),
  place: form(
    'チャンネルを決める',
    '決める',
    'staff',
    ({ record }) => [
      channel('channel', '案件のチャンネル', {
        optional: true,
        hint: 'このチャンネルにいる人は、この案件を見られるようになります。空にすると、チャンネルなしになります。',
        ...(record?.state.channel == null ? {} : { initial: record.state.channel }),
      }),
    ],
    (values) =>
      values.one('channel') === ''
        ? { kind: 'amend', clear: ['channel'] }
        : { kind: 'amend', channel: values.one('channel') },
  ),
  adoptTerms: form(
    '規約の版を移す（第14条第3項）',
    '移す',
    'staff',
    ({ record, termsVersion }) => [
      choice('version', '移す先の版（手順は導き直されます）', [termsVersion], {
        words: (to) => `${record?.state.termsVersion ?? ''} から ${to} へ`,
      }),
    ],
    () => ({ kind: 'adoptTerms' }),
  ),
  usage: form(
    '利用の状態を訂正する',
    '訂正する',
    'staff',
    () => [
      choice('state', '正しい状態', ['not-in-use', 'in-use', 'suspended-by-notice', 'ended'], {
        words: {
          'not-in-use': '利用前',
          'in-use': '利用中',
          'suspended-by-notice': '届出による停止中（第9条）',
          ended: '利用終了',
        },
      }),
      date('since', 'いつから', '利用終了のときは必要です。例：4/1', true),
      paragraph('reason', '理由', { most: 1_000 }),
    ],
    (values) => ({
      kind: 'correctUsage',
      to:
        values.one('state') === 'not-in-use'
          ? { state: 'not-in-use' }
          : { state: values.one('state'), since: sinceOf(values) },
      reason: values.one('reason'),
    }),
  ),
  chooseApis: form(
    'APIを変える',
    '変える',
    'staff',
    ({ apiNames, record }) => [
      apis(apiNames, record?.state.apis ?? { rows: [], typed: [] }),
      text('typed', '別表にないAPI', {
        optional: true,
        hint: '読点で区切ります。手順は導き直されます。',
        initial: (record?.state.apis.typed ?? []).join('、'),
      }),
    ],
    (values) => ({
      kind: 'chooseApis',
      apis: { rows: values.many('rows').map(Number), typed: typedApis(values.one('typed')) },
    }),
  ),
  waitFor: form(
    '待っている相手を変える',
    '変える',
    'staff',
    ({ record }) => [
      choice('step', '手順', stepsFor('waitFor', record)),
      choice('party', '待っている相手', PARTIES),
    ],
    (values) => ({ kind: 'waitFor', step: values.one('step'), party: values.one('party') }),
  ),
  clearDate: form(
    '日付を消す',
    '消す',
    'staff',
    ({ record }) => [
      choice(
        'subject',
        '消す日付',
        (record?.state.dates ?? []).map(({ subject }) => subject),
      ),
    ],
    (values) => ({ kind: 'clearDate', subject: values.one('subject') }),
  ),
  withdrawNotice: form(
    '届出の取下げを記録する',
    '記録する',
    'staff',
    () => [choice('act', '届出の内容', NOTICE_ACTS), paragraph('reason', '理由', { most: 1_000 })],
    (values) => ({ kind: 'withdrawNotice', act: values.one('act'), reason: values.one('reason') }),
  ),
  withdrawApproval: form(
    '企画書の承認の記録を取り消す',
    '取り消す',
    'staff',
    () => [paragraph('reason', '理由', { most: 1_000 })],
    (values) => ({ kind: 'withdrawPlanApproval', reason: values.one('reason') }),
  ),
  removeMember: form(
    'メンバーから外す',
    '外す',
    'staff',
    () => [person('member', 'この案件を見られなくする人')],
    (values) => ({ kind: 'removeMember', member: values.one('member') }),
  ),
  correct: form(
    '記録の訂正を書く',
    '書く',
    'staff',
    () => [
      text('entry', '訂正する記録の番号', { hint: '「経過」の左にある数字です。' }),
      paragraph('text', '訂正の内容（担当室だけが見ます）'),
    ],
    (values) => ({
      kind: 'noteCorrection',
      entry: Number(values.one('entry').normalize('NFKC')),
      text: values.one('text'),
    }),
  ),
} as const satisfies Record<string, FormSpec>;

/** Nobody may have said since when; only an end has to have its day. */
function sinceOf(values: Values): string | null {
  const since = values.one('since');
  return since === '' && values.one('state') !== 'ended' ? null : since;
}
