import type { HomeView, KnownBlock } from '@slack/types';
import type { Flow } from '../../conversations/flow.ts';
import type { Card } from './answer-card.ts';
import { flowList, type Unfinished, unfinishedList } from './flow-menu.ts';
import { readTermsButton } from './modals.ts';
import { bold, code, line, plain, rich, words } from './text.ts';
import { type ShownVersion, versionLine } from './version-line.ts';

/** At most four: Slack shows no more. The same stand in manifest.yml. */
export const SUGGESTED_PROMPTS = [
  { title: '事前打合せが要るAPI', message: '事前打合せが必要なAPIはどれですか' },
  { title: '必要な手続を調べる', message: '必要な手続を調べる' },
  { title: '変更や停止の届出', message: '利用を停止するときの手続を教えてください' },
  { title: '条文を読む', message: '第3条第2項' },
] as const;

/** How to ask, for whoever asked for help. */
export function helpCard(version: ShownVersion): Card {
  return {
    text: '規約ガイドの使い方：質問の文、または「第11条2項」「別表4」のような条文番号を送ってください。',
    blocks: [
      rich(line(bold('規約ガイドの使い方')), line(words(INTRODUCTION))),
      ways(),
      examples(),
      versionLine(version),
    ],
  };
}

/** The Home tab. */
export function homeView(
  version: ShownVersion,
  flows: readonly Flow[],
  unfinished: readonly Unfinished[],
  cases: readonly KnownBlock[] = [],
): HomeView {
  return {
    type: 'home',
    blocks: [
      { type: 'header', text: plain('規約ガイド', 150) },
      rich(line(words(INTRODUCTION))),
      ...cases,
      rich(line(bold('手続の案内'))),
      ...flowList(flows),
      ...unfinishedList(unfinished),
      { type: 'divider' },
      ways(),
      examples(),
      readTermsButton(),
      versionLine(version),
    ],
  };
}

const INTRODUCTION =
  'マイナポータルAPI利用規約について、答えになる規定を原文のまま、条番号とともにお示しします。規約に定めがないことは「定めがありません」とお答えします。個別の判断は担当者が行います。';

function ways(): KnownBlock {
  return rich(line(bold('聞き方')), {
    type: 'rich_text_list',
    style: 'bullet',
    elements: [
      line(
        words(
          'チャンネルで @規約ガイド に続けて質問する（答えたスレッドでは、続きはメンションなしで聞けます）',
        ),
      ),
      line(words('このアプリへのダイレクトメッセージで質問する')),
      line(
        code('/kiyaku 質問'),
        words(' で、自分にだけ見える答えを受け取る（「この回答を共有」でチャンネルに出せます）'),
      ),
      line(code('/kiyaku 第11条2項'), words(' や '), code('/kiyaku 別表4'), words(' で、その条文を読む')),
      line(
        code('/tetsuzuki'),
        words(' で手続の案内をはじめる（'),
        code('/tetsuzuki 4 10'),
        words(' なら、項番4と10に必要な手続をすぐに示します）'),
      ),
      line(words('メッセージの「その他」メニューから「規約で調べる」を選ぶ')),
    ],
  });
}

function examples(): KnownBlock {
  return rich(line(bold('質問の例')), {
    type: 'rich_text_list',
    style: 'bullet',
    elements: SUGGESTED_PROMPTS.map(({ message }) => line(words(message))),
  });
}
