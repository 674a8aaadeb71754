import type { KnownBlock } from '@slack/types';
import { ACTIONS } from './action-ids.ts';
import { button } from './buttons.ts';
import { bold, code, line, rich, words } from './text.ts';

/** What can be typed, by what it is for: the words, and what they do. */
const HELP: readonly { readonly title: string; readonly lines: readonly (readonly [string, string])[] }[] = [
  {
    title: '見る',
    lines: [
      [
        '一覧',
        '進行中の案件。自分、担当室待ち、提供者待ち、期限切れ、申出、動きなし、担当なし、終了も同じように書けます',
      ],
      ['項番4', 'そのAPIの案件。「事前打合せ」なら手順、「会社 ○○株式会社」なら会社の案件'],
      ['K-00012', 'その案件。「経過 K-00012」でその記録'],
      ['検索 言葉', '番号、会社、サービス、APIの名前から探します'],
      ['通知', 'これから送る通知と、これまでの記録'],
      ['質問', '答えの足りない質問と、返事を待つ問い合わせ'],
      ['CSV', 'すべての案件の表を、自分だけに送ります'],
    ],
  },
  {
    title: '進める',
    lines: [
      ['新規', '案件を登録します'],
      ['進める K-00012 事前打合せ 完了', '差し戻すときは「差し戻す K-00012 事前打合せ 理由」'],
      ['担当 K-00012 @担当者', '自分、なし も書けます'],
      [
        '期限 K-00012 利用申込 来週の金曜',
        '根拠を続けられます（窓口の指示 だれ、公表資料 URL、規約 第9条）。なければ社内目標です',
      ],
      ['メモ K-00012 文', '担当室だけが見ます。提供者にも見せるときは「共有メモ」'],
      ['受け付ける・受け付けない・回答・承認・待ち・対象外', '番号を続けて書きます'],
    ],
  },
  {
    title: '利用の状態、そのほか',
    lines: [
      ['停止 K-00012', '根拠（第11条）を選びます。再開、終了、届出、解除も同じです'],
      ['提供 K-00012', '第10条による他部局への提供。協議、現地調査も同じです'],
      ['チャンネル K-00012 ここ', '案件のチャンネルを決めます。「なし」で外します'],
      ['閉じる K-00012 完了', '「開き直す K-00012 理由」で開き直します'],
      ['個人', '一人の情報を書き出す、または消去します'],
    ],
  },
];

/** For staff who type /anken alone. */
export function caseHelp(): { text: string; blocks: KnownBlock[] } {
  return {
    text: '案件の使い方',
    blocks: [
      rich(
        line(
          bold('案件の使い方'),
          words('　/anken のあとに続けて書きます。番号だけなら入力画面が開きます。'),
        ),
      ),
      ...HELP.map(({ title, lines }) =>
        rich(line(bold(title)), {
          type: 'rich_text_list',
          style: 'bullet',
          elements: lines.map(([typed, does]) => line(code(typed), words(`　${does}`))),
        }),
      ),
      {
        type: 'actions',
        elements: [
          button(`${ACTIONS.listCases}:0`, '一覧を開く', 'すべて'),
          button(`${ACTIONS.listCases}:1`, '自分の案件', '自分'),
          button(`${ACTIONS.caseForm}:0`, '新しい案件', ':0:new'),
        ],
      },
    ],
  };
}
