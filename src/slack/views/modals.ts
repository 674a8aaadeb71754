import type { KnownBlock, ModalView } from '@slack/types';
import type { Answer, Bearing } from '../../answers/answer.ts';
import { ACTIONS, VIEWS } from './action-ids.ts';
import { answerCard, type CardContent } from './answer-card.ts';
import { articleButton, button } from './buttons.ts';
import { headingOf, quoteElements } from './quote.ts';
import { bold, line, plain, rich, words } from './text.ts';
import { type ShownVersion, versionLine } from './version-line.ts';

/** The answer to a message somebody pointed at; only the person who asked sees it. */
export function answerModal(content: CardContent): ModalView {
  return modal(VIEWS.answer, '回答', answerCard(content).blocks, content.id);
}

const MOST_RELATED = 20;

/** Every provision that bears on an answer, in full, with the reason. */
export function relatedModal(answers: readonly Answer[], version: ShownVersion): ModalView {
  const related = answers.flatMap((answer) => (answer.kind === 'answer' ? answer.bearing : []));
  return modal(VIEWS.related, '関係する規定', [
    ...related.slice(0, MOST_RELATED).flatMap(relatedBlocks),
    versionLine(version),
  ]);
}

/** A short message in a modal, where there is no channel to write in. */
export function noticeModal(text: string): ModalView {
  return modal(VIEWS.notice, '規約ガイド', [{ type: 'section', text: plain(text) }]);
}

/** The same answer once its reader has judged it, with thanks above it instead of the buttons. */
export function feedbackModal(content: CardContent, thanks: string): ModalView {
  const preface = content.preface === null ? thanks : `${content.preface}\n${thanks}`;
  return answerModal({ ...content, feedback: false, preface });
}

function relatedBlocks({ quote, why }: Bearing, index: number): KnownBlock[] {
  return [
    rich(
      line(bold(headingOf(quote))),
      line(words(why)),
      ...quoteElements(quote.text),
      ...quote.items.flatMap((item) => [line(bold(item.label)), ...quoteElements(item.text)]),
    ),
    { type: 'actions', elements: [articleButton(index, quote.citation, '条文を開く')] },
  ];
}

function modal(callback: string, title: string, blocks: KnownBlock[], metadata = ''): ModalView {
  return {
    type: 'modal',
    callback_id: callback,
    title: plain(title, 24),
    close: plain('閉じる', 24),
    private_metadata: metadata,
    blocks,
  };
}

/** Offered on the Home tab and in help: the way to the first page of the reader. */
export function readTermsButton(): KnownBlock {
  return {
    type: 'actions',
    elements: [button(`${ACTIONS.openArticle}:0`, '利用規約を第1条から読む', '第1条')],
  };
}
