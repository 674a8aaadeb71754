/** The way from an answer into the conversation that goes on from it. */
import type { Button } from '@slack/types';
import { type Answer, citedProvisions } from '../../answers/answer.ts';
import { startButton } from './flow-menu.ts';

/** Which conversation goes on from an article of the terms. */
const BY_ARTICLE: Readonly<Record<number, { readonly flow: string; readonly text: string }>> = {
  3: { flow: 'which-steps', text: '必要な手続を調べる' },
  4: { flow: 'which-steps', text: '必要な手続を調べる' },
  5: { flow: 'which-steps', text: '必要な手続を調べる' },
  6: { flow: 'which-steps', text: '必要な手続を調べる' },
  7: { flow: 'which-steps', text: '必要な手続を調べる' },
  8: { flow: 'change-or-stop', text: '変更・停止の手続' },
  9: { flow: 'change-or-stop', text: '変更・停止の手続' },
  16: { flow: 'which-steps', text: '必要な手続を調べる' },
};

/** With the APIs of a verdict already chosen. None for an answer that touches no step. */
export function conversationButtons(answer: Answer): Button[] {
  if (answer.kind === 'answer' && answer.verdict !== null)
    return [startButton(0, 'この選び方で必要な手続をすべて見る', 'which-steps', answer.verdict.apis)];
  if (answer.kind !== 'answer' && answer.kind !== 'not_settled') return [];
  const [first] = citedProvisions(answer);
  if (first?.citation.kind === 'row')
    return [startButton(0, 'このAPIに必要な手続', 'which-steps', [first.citation.row])];
  const asked = first === undefined ? undefined : BY_ARTICLE[first.citation.article];
  return asked === undefined ? [] : [startButton(0, asked.text, asked.flow)];
}
