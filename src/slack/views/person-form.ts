/** Taking out or erasing what the app holds about one person. */
import type { ModalView } from '@slack/types';
import { VIEWS } from './action-ids.ts';
import { plain } from './text.ts';

export const PERSON_ACTS = ['export', 'erase'] as const;
export type PersonActName = (typeof PERSON_ACTS)[number];
/** Typed by hand before anything is erased: there is no way back. */
export const ERASE_WORD = '消去する';

export function personForm(): ModalView {
  const options = [
    { text: plain('書き出す（ファイルで受け取る）', 75), value: 'export' },
    { text: plain('消去する（元に戻せません）', 75), value: 'erase' },
  ];
  return {
    type: 'modal',
    callback_id: VIEWS.person,
    title: plain('個人の情報', 24),
    submit: plain('実行する', 24),
    close: plain('やめる', 24),
    blocks: [
      {
        type: 'section',
        text: plain(
          'このアプリが一人について持っている情報を扱います。消去すると、その人が書いた文と、その人を示す情報がなくなります。案件に何が起きたかの記録は、だれのものか分からない形で残ります。',
        ),
      },
      {
        type: 'input',
        block_id: 'person',
        label: plain('だれの情報か'),
        element: { type: 'users_select', action_id: 'person' },
      },
      {
        type: 'input',
        block_id: 'act',
        label: plain('すること'),
        element: { type: 'static_select', action_id: 'act', options, initial_option: options[0] },
      },
      {
        type: 'input',
        block_id: 'confirm',
        optional: true,
        label: plain('消去の確認'),
        hint: plain(`消去するときだけ、「${ERASE_WORD}」と入力します。`),
        element: { type: 'plain_text_input', action_id: 'confirm', max_length: 20 },
      },
    ] as ModalView['blocks'],
  };
}
