/** Forms about the use of the APIs: its start, the notices of 第9条, what the office does under 第10条 and 第11条. */
import { NOTICE_ACTS } from '../../cases/case.ts';
import {
  choice,
  date,
  day,
  departmentKinds,
  type FormSpec,
  form,
  paragraph,
  stopGrounds,
  text,
} from './case-fields.ts';

export const USAGE_FORMS = {
  startUse: form(
    '利用開始を記録する',
    '記録する',
    'staff',
    () => [
      day('利用を開始した日'),
      choice('despite', '完了していない手順があるとき', ['no', 'yes'], {
        words: { no: '記録しない', yes: '未完了のまま記録する' },
      }),
    ],
    (values) => ({
      kind: 'startUse',
      on: values.one('on'),
      despiteUnfinished: values.one('despite') === 'yes',
    }),
  ),
  notice: form(
    '届出を記録する（第9条）',
    '記録する',
    'staff',
    () => [
      choice('act', '届出の内容', NOTICE_ACTS),
      date('filedOn', '届出を受けた日', '例：今日、4/1'),
      date('plannedOn', '予定日', '分からなければ空のままにします。', true),
    ],
    (values) => ({
      kind: 'fileNotice',
      act: values.one('act'),
      filedOn: values.one('filedOn'),
      plannedOn: values.one('plannedOn') || null,
    }),
  ),
  carryOut: form(
    '届出のとおり行われた（第9条）',
    '記録する',
    'staff',
    () => [choice('act', '行われたこと', NOTICE_ACTS), day('行われた日')],
    (values) => ({ kind: 'carryOutNotice', act: values.one('act'), on: values.one('on') }),
  ),
  stop: form(
    '利用を停止させた（第11条）',
    '記録する',
    'staff',
    (context) => [
      choice(
        'ground',
        '根拠',
        stopGrounds(context).map(({ value }) => value),
        {
          words: (value) => stopGrounds(context).find((one) => one.value === value)?.text ?? value,
        },
      ),
      choice('found', '第2項のとき', ['行った', '行うおそれ']),
      day('停止させた日'),
      paragraph('text', '根拠となる事実（担当室だけが見ます）'),
    ],
    (values) => {
      const [paragraphNumber, item] = values.one('ground').split('-').map(Number);
      return {
        kind: 'stopByOffice',
        on: values.one('on'),
        ground:
          paragraphNumber === 2
            ? { paragraph: 2, item, found: values.one('found') }
            : { paragraph: paragraphNumber, item },
        text: values.one('text'),
      };
    },
  ),
  lift: form(
    '停止を解除する',
    '記録する',
    'staff',
    () => [day('解除した日'), paragraph('text', '解除の理由（担当室だけが見ます）')],
    (values) => ({
      kind: 'liftOfficeStop',
      on: values.one('on'),
      text: values.one('text'),
    }),
  ),
  consult: form(
    '協議を記録する（第11条第4項）',
    '記録する',
    'staff',
    () => [day('協議した日'), paragraph('text', '協議の内容（担当室だけが見ます）')],
    (values) => ({
      kind: 'recordConsultation',
      on: values.one('on'),
      text: values.one('text'),
    }),
  ),
  investigate: form(
    '現地調査等を記録する（第11条第4項）',
    '記録する',
    'staff',
    () => [day('行った日'), paragraph('text', '現地調査等の内容（担当室だけが見ます）')],
    (values) => ({
      kind: 'recordInvestigation',
      on: values.one('on'),
      text: values.one('text'),
    }),
  ),
  share: form(
    '他部局への提供を記録する（第10条）',
    '記録する',
    'staff',
    () => [
      choice('item', '提供した情報', ['1', '2', '3', '4', '5'], { words: departmentKinds }),
      text('department', '提供先の部局'),
      paragraph('text', '提供した内容（担当室だけが見ます）'),
    ],
    (values) => ({
      kind: 'shareWithDepartment',
      item: Number(values.one('item')),
      department: values.one('department'),
      text: values.one('text'),
    }),
  ),
} as const satisfies Record<string, FormSpec>;
