/**
 * Everything a person can press, by the id Slack sends back. Several buttons of one kind in a message
 * carry a number behind a colon, because ids are unique within a block.
 */
export const ACTIONS = {
  openArticle: 'article_open',
  turnPage: 'article_turn',
  jumpToPage: 'article_jump',
  openRelated: 'related_open',
  helpful: 'feedback_helpful',
  wrong: 'feedback_wrong',
  choose: 'choose',
  share: 'share',
} as const;

export const VIEWS = { article: 'article', related: 'related', answer: 'answer', notice: 'notice' } as const;
export const COMMAND = '/kiyaku';
export const SHORTCUT = 'ask_about_message';

/** Matches an action id with or without its number. */
export function actionPattern(action: string): RegExp {
  return new RegExp(`^${action}(?::\\d+)?$`);
}
