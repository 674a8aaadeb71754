/** Forms that draft a change of the knowledge. What they hold is a proposal: nothing is applied. */
import type { Button, InputBlock, KnownBlock, ModalView, Option } from '@slack/types';
import type { Candidate } from '../../answers/reasons.ts';
import { ACTIONS, VIEWS } from './action-ids.ts';
import { button } from './buttons.ts';
import { bold, clean, cut, line, plain, rich, words } from './text.ts';

export const CHANGE_KINDS = ['paraphrase', 'gap', 'topic'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

const TITLES: Readonly<Record<ChangeKind, string>> = {
  paraphrase: '尋ね方を加える案',
  gap: '定めのない事柄の案',
  topic: 'まとめ（FAQ）の案',
};

/** What a draft is made from. */
export interface ChangeSource {
  /** Of the inquiry, or of the answer to the first question of a group. */
  readonly id: string;
  readonly question: string;
  /** Other wordings of the same. */
  readonly others: readonly string[];
  /** The office's reply with the day it was given; null where there is none. */
  readonly reply: string | null;
  /** What it may be about, best first. */
  readonly candidates: readonly Candidate[];
  /** Canonical citations, nearest first. */
  readonly nearest: readonly string[];
}

/** `id`: of the inquiry, or of the first question of a group. */
export function changeButtons(id: string): Button[] {
  return CHANGE_KINDS.map((kind, index) =>
    button(`${ACTIONS.draftChange}:${index}`, TITLES[kind], `${id}:${kind}`),
  );
}

/** Which kind of change, where there is no room for three buttons. */
export function changeMenu(id: string): ModalView {
  return {
    type: 'modal',
    callback_id: VIEWS.notice,
    title: plain('知識に加える案', 24),
    close: plain('閉じる', 24),
    blocks: [
      rich(
        line(
          words(
            'この回答から、知識の変更案をファイルに書き出します。知識はそのままで、反映は別に人が行います。',
          ),
        ),
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: [
            line(bold('尋ね方'), words('　答えはすでにあるのに、この言い方では届かなかった')),
            line(bold('定めのない事柄'), words('　利用規約に定めがなく、担当室が答えた')),
            line(bold('まとめ'), words('　いくつかの規定をあわせて答える質問')),
          ],
        },
      ),
      { type: 'actions', elements: changeButtons(id) },
    ],
  };
}

export function changeForm(kind: ChangeKind, source: ChangeSource): ModalView {
  return {
    type: 'modal',
    callback_id: VIEWS.changeDraft,
    title: plain(TITLES[kind], 24),
    submit: plain('書き出す', 24),
    close: plain('やめる', 24),
    private_metadata: `${source.id}:${kind}`,
    blocks: FIELDS[kind](source),
  };
}

/** What was written, for whoever reviews it. `yaml`: the file's text. */
export function draftedModal(file: string, yaml: string): ModalView {
  return {
    type: 'modal',
    callback_id: VIEWS.notice,
    title: plain('書き出しました', 24),
    close: plain('閉じる', 24),
    blocks: [
      rich(
        line(bold(file)),
        line(
          words(
            '知識はまだ変わっていません。案はデータの置き場所（DATA_DIR）の knowledge-changes にあります。確かめるには次のように入力します。',
          ),
        ),
        {
          type: 'rich_text_preformatted',
          elements: [{ type: 'text', text: 'npm run -s knowledge -- --changes .data/knowledge-changes' }],
        },
        {
          type: 'rich_text_preformatted',
          elements: [{ type: 'text', text: cut(clean(yaml), 2_500) || '―' }],
        },
      ),
    ],
  };
}

const FIELDS: Readonly<Record<ChangeKind, (source: ChangeSource) => KnownBlock[]>> = {
  paraphrase: (source) => [targets(source), ...asks(source, { enOptional: true })],
  gap: (source) => [
    input('topic', '事柄の名前', { hint: '例：利用料・手数料' }),
    input('topicEn', '事柄の名前（英語）'),
    input('ja', '言えること（1、2文）', { multiline: true, hint: '推測は書かないでください。' }),
    input('en', '言えること（英語）', { multiline: true }),
    ...provisions(source, '近い規定', true),
    input('outside', '利用規約の外で分かっていること', {
      multiline: true,
      optional: true,
      initial: clean(source.reply ?? '').slice(0, 3_000),
      hint: '「窓口の指示」として、この問い合わせの番号と回答日を出所に付けます。',
    }),
    ...asks(source, { enOptional: false }),
  ],
  topic: (source) => [
    input('title', '見出し'),
    input('ja', '答え（1、2文）', {
      multiline: true,
      hint: '引用する規定から言えることだけを書いてください。',
    }),
    input('en', '答え（英語）', { multiline: true }),
    ...provisions(source, '引用する規定（2つ以上）', false),
    ...asks(source, { enOptional: false }),
  ],
};

const CLASS_WORDS = {
  provision: '',
  gap: '定めなし：',
  topic: 'まとめ：',
  neighbour: '隣の制度：',
  offtopic: '',
} as const;

function targets({ candidates }: ChangeSource): KnownBlock {
  const options = candidates
    .filter(({ kind }) => kind !== 'offtopic')
    .map(({ kind, key }) => option(`${CLASS_WORDS[kind]}${key}`, `${kind} ${key}`));
  if (options.length === 0)
    return rich(line(words('近い規定が見つからないため、この形の案はつくれません。')));
  return {
    type: 'input',
    block_id: 'target',
    label: plain('どれについての質問ですか', 200),
    element: { type: 'static_select', action_id: 'target', options },
  };
}

/** Nearest first. Slack refuses a select without options. */
function provisions({ nearest }: ChangeSource, label: string, optional: boolean): KnownBlock[] {
  const options = nearest.map((key) => option(key, key));
  if (options.length === 0) return [];
  return [
    {
      type: 'input',
      block_id: 'cites',
      label: plain(label, 200),
      optional,
      element: { type: 'multi_static_select', action_id: 'cites', options },
    },
  ];
}

function asks({ question, others }: ChangeSource, { enOptional }: { enOptional: boolean }): InputBlock[] {
  const all = [question, ...others].map((text) => clean(text).replace(/\s+/gu, ' ').trim());
  return [
    input('asksJa', '尋ね方（1行に1つ）', {
      multiline: true,
      initial: cut([...new Set(all)].join('\n'), 2_900),
      hint: '人や会社の名前は消してください。',
    }),
    input('asksEn', '尋ね方（英語、1行に1つ）', { multiline: true, optional: enOptional }),
  ];
}

function input(
  name: string,
  label: string,
  more: {
    readonly multiline?: boolean;
    readonly optional?: boolean;
    readonly initial?: string;
    readonly hint?: string;
  } = {},
): InputBlock {
  const { multiline = false, optional = false, initial = '', hint } = more;
  return {
    type: 'input',
    block_id: name,
    label: plain(label, 200),
    optional,
    ...(hint === undefined ? {} : { hint: plain(hint, 200) }),
    element: {
      type: 'plain_text_input',
      action_id: name,
      multiline,
      max_length: multiline ? 3_000 : 200,
      ...(initial === '' ? {} : { initial_value: initial }),
    },
  };
}

function option(text: string, value: string): Option & { text: ReturnType<typeof plain> } {
  return { text: plain(text, 75), value };
}
