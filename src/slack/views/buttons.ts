import type { Button } from '@slack/types';
import { type Citation, formatCitation } from '../../terms/citation.ts';
import { ACTIONS } from './action-ids.ts';
import { plain } from './text.ts';

/** Longest text of a button that Slack accepts. */
const BUTTON_TEXT = 75;

/** `value` is an id or a canonical citation only: what a client sends back is looked up again, never believed. */
export function button(action: string, text: string, value: string): Button {
  return { type: 'button', action_id: action, text: plain(text, BUTTON_TEXT), value };
}

/** Opens the article of a citation with the provision marked. */
export function articleButton(index: number, citation: Citation, text: string): Button {
  return button(`${ACTIONS.openArticle}:${index}`, text, formatCitation(citation));
}

export function feedbackButtons(answerId: string): Button[] {
  return [button(ACTIONS.helpful, '役に立った', answerId), button(ACTIONS.wrong, '違う', answerId)];
}
