/** Forms that open a case: by staff, or asked for by a provider. */
import { CASE_KINDS } from '../../cases/case.ts';
import {
  apis,
  choice,
  type FormContext,
  type FormSpec,
  form,
  person,
  text,
  typedApis,
  type Values,
} from './case-fields.ts';

export const OPENING_FORMS = {
  new: form(
    '新しい案件',
    '登録する',
    'opening',
    (context) => [...openingFields(context), person('primary', '主たる連絡先', { optional: true })],
    (values) => ({
      kind: 'open',
      ...opening(values),
      primary: values.one('primary') || null,
    }),
  ),
  request: form(
    '相談を申し込む',
    '申し込む',
    'opening',
    (context) => openingFields(context),
    (values) => ({
      kind: 'request',
      ...opening(values),
    }),
  ),
} as const satisfies Record<string, FormSpec>;

function openingFields({ apiNames, prefilled }: FormContext) {
  return [
    text('company', '会社名'),
    text('service', 'サービス名', { optional: true }),
    choice('caseKind', '種別', CASE_KINDS),
    apis(apiNames, prefilled),
    text('typed', '別表にないAPI', {
      optional: true,
      hint: '読点で区切ります。',
      initial: prefilled.typed.join('、'),
    }),
  ];
}

function opening(values: Values) {
  return {
    company: values.one('company'),
    service: values.one('service') || null,
    caseKind: values.one('caseKind'),
    apis: { rows: values.many('rows').map(Number), typed: typedApis(values.one('typed')) },
  };
}
