/** 案件に記録: which case a message is taken into. */
import type { KnownBlock, ModalView } from '@slack/types';
import type { CaseRecord } from '../../store/case-reads.ts';
import { VIEWS } from './action-ids.ts';
import { plain } from './text.ts';

export interface RecordMessageScreen {
  /** Cases of the channel that this person may see. */
  readonly records: readonly CaseRecord[];
  /** Staff may name another case by its number. */
  readonly canType: boolean;
  /** The message stands in a thread with others before it. */
  readonly hasEarlier: boolean;
  readonly metadata: string;
}

const MOST_OFFERED = 20;

export function recordMessageForm(screen: RecordMessageScreen): ModalView {
  const { records, canType, hasEarlier, metadata } = screen;
  const blocks: KnownBlock[] = [
    {
      type: 'section',
      text: plain(
        'このメッセージを、案件の記録に写します。案件の連絡先とメンバーにも見えます。あとで編集や削除があれば、そのことも記録します。',
      ),
    },
    ...(records.length === 0 ? [] : [caseChoice(records)]),
    ...(canType ? [numberInput(records.length > 0)] : []),
    ...(hasEarlier ? [earlierInput()] : []),
  ];
  return {
    type: 'modal',
    callback_id: VIEWS.recordMessage,
    title: plain('案件に記録', 24),
    submit: plain('記録する', 24),
    close: plain('やめる', 24),
    private_metadata: metadata,
    blocks,
  };
}

function caseChoice(records: readonly CaseRecord[]): KnownBlock {
  const options = records.slice(0, MOST_OFFERED).map(({ id, state }) => ({
    text: plain(`${id}　${state.company}${state.service === null ? '' : `　${state.service}`}`, 75),
    value: id,
  }));
  const [first] = options;
  return {
    type: 'input',
    block_id: 'case',
    label: plain('案件'),
    element: {
      type: 'static_select',
      action_id: 'case',
      options,
      ...(first === undefined ? {} : { initial_option: first }),
    },
  };
}

function numberInput(optional: boolean): KnownBlock {
  return {
    type: 'input',
    block_id: 'number',
    optional,
    label: plain(optional ? 'ほかの案件の番号' : '案件の番号'),
    hint: plain('例：K-00012'),
    element: { type: 'plain_text_input', action_id: 'number', max_length: 20 },
  };
}

function earlierInput(): KnownBlock {
  const options = [{ text: plain('このスレッドの、これより前の発言も記録する', 75), value: 'earlier' }];
  return {
    type: 'input',
    block_id: 'earlier',
    optional: true,
    label: plain('スレッド'),
    element: { type: 'checkboxes', action_id: 'earlier', options, initial_options: options },
  };
}
