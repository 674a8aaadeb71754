import type { PlainTextElement, RichTextBlock, RichTextElement, RichTextSection } from '@slack/types';

/**
 * Text as it may stand in Slack: half surrogates, control characters and direction overrides are gone,
 * because they could hide or reorder what is quoted. Line breaks, tabs and all white space stay.
 */
export function clean(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
      .replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g, '')
  );
}

/** At most `length` UTF-16 units, with 「…」 in the place of what is left out; never half a character. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${beginning(text, length - 1)}…`;
}

/** The first `length` UTF-16 units, less one where a character would be halved. */
export function beginning(text: string, length: number): string {
  const start = text.slice(0, length);
  return start.isWellFormed() ? start : start.slice(0, -1);
}

/** For mrkdwn and the `text` of a message, once: no mention, link or channel call survives. */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Slack escapes the text of messages, not that of commands (`should_escape: false`). */
export function unescapeMrkdwn(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** A question as people read it: whom it was addressed to (the bot, a colleague) is no part of it. */
export function withoutMentions(text: string): string {
  return text
    .replace(/<@[UW][A-Z0-9]{1,30}(?:\|[^<>]{0,200})?>/g, ' ')
    .replace(/[ \t]{2,}/g, ' ')
    .trim();
}

/** Slack refuses empty text elements. */
export function plain(text: string, length = 3_000): PlainTextElement {
  return { type: 'plain_text', text: cut(orDash(clean(text)), length), emoji: false };
}

export function words(text: string, length = 3_000): RichTextElement {
  return { type: 'text', text: cut(orDash(clean(text)), length) };
}

export function bold(text: string, length = 300): RichTextElement {
  return { type: 'text', text: cut(orDash(clean(text)), length), style: { bold: true } };
}

/** What is typed as it stands: a command. */
export function code(text: string): RichTextElement {
  return { type: 'text', text, style: { code: true } };
}

export function line(...elements: RichTextElement[]): RichTextSection {
  return { type: 'rich_text_section', elements };
}

/** Slack refuses a block without elements too. */
export function rich(...elements: RichTextBlock['elements']): RichTextBlock {
  return { type: 'rich_text', elements: elements.length === 0 ? [line(words(''))] : elements };
}

/** How many characters of these blocks a reader sees: keys, ids and values left out. */
export function textLength(blocks: unknown): number {
  if (Array.isArray(blocks)) return blocks.reduce((sum: number, one) => sum + textLength(one), 0);
  if (typeof blocks !== 'object' || blocks === null) return 0;
  return Object.entries(blocks).reduce(
    (sum, [key, inner]) =>
      sum + (typeof inner === 'string' ? (key === 'text' ? inner.length : 0) : textLength(inner)),
    0,
  );
}

function orDash(text: string): string {
  return text.trim() === '' ? '―' : text;
}
