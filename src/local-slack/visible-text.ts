/** Blocks as the words a person sees, one line for each line on the screen. The page's rendering, without the looks. */
import type { Block } from './schema/blocks.ts';
import type { Loose } from './schema/interactive.ts';
import type { Workspace } from './workspace.ts';

type Names = Pick<Workspace, 'users' | 'app' | 'findChannel' | 'sample'>;
type Text = { type: string; text: string };

/** A message's blocks, or its text where it has none. */
export function visibleText(names: Names, message: { text?: string; blocks?: Block[] | undefined }): string {
  if (message.blocks === undefined || message.blocks.length === 0)
    return plainMrkdwn(names, message.text ?? '');
  return message.blocks.map((block) => blockText(names, block)).join('\n');
}

/** mrkdwn as read: marks gone, mentions and links by name. */
export function plainMrkdwn(names: Names, text: string): string {
  return text
    .replace(/<([^<>]*)>/g, (_all, inner: string) => reference(names, inner))
    .replace(/```\n?([\s\S]*?)\n?```/g, '$1')
    .replace(/(^|[\s!-/:-@[-`{-~])([*_~])(\S|\S[^\n]*?\S)\2(?=$|[\s!-/:-@[-`{-~])/gm, '$1$3')
    .replace(/`([^`\n]+)`/g, '$1')
    .replace(/^(?:&gt;|>) ?/gm, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

export function objectText(names: Names, object: unknown): string {
  const text = object as Text | undefined;
  if (text === undefined) return '';
  return text.type === 'mrkdwn' ? plainMrkdwn(names, text.text) : text.text;
}

/** What is written on an element: a button's face, a select's placeholder or choices. */
export function elementText(names: Names, element: Loose): string {
  switch (element.type) {
    case 'button':
    case 'icon_button':
      return objectText(names, element.text);
    case 'feedback_buttons':
      return [element.positive_button, element.negative_button]
        .map((side) => objectText(names, (side as { text: unknown }).text))
        .join('\n');
    case 'radio_buttons':
    case 'checkboxes':
      return (element.options as { text: Text; description?: Text }[])
        .flatMap((option) => [objectText(names, option.text), objectText(names, option.description)])
        .filter((line) => line !== '')
        .join('\n');
    default:
      return objectText(names, element.placeholder);
  }
}

function blockText(names: Names, block: Block): string {
  const lines = (parts: unknown[]) => parts.map((part) => objectText(names, part)).join('\n');
  switch (block.type) {
    case 'section': {
      const accessory = block.accessory as Loose | undefined;
      const face = accessory && accessory.type !== 'image' ? elementText(names, accessory) : '';
      return [objectText(names, block.text), lines(block.fields ?? []), face]
        .filter((part) => part !== '')
        .join('\n');
    }
    case 'header':
    case 'alert':
      return objectText(names, block.text);
    case 'context':
      return lines(block.elements.filter((element) => element.type !== 'image'));
    case 'actions':
    case 'context_actions':
      return block.elements.map((element) => elementText(names, element as Loose)).join('\n');
    case 'input':
      return [
        objectText(names, block.label),
        objectText(names, block.hint),
        elementText(names, block.element as Loose),
      ]
        .filter((part) => part !== '')
        .join('\n');
    case 'image':
      return [objectText(names, block.title), block.alt_text].filter((part) => part !== '').join('\n');
    case 'markdown':
      return block.text.replace(/\*\*|^#+ /gm, '');
    case 'rich_text':
      return richTextLines(names, block);
    case 'table':
      return block.rows
        .map((row) =>
          row
            .map((cell) => (cell.type === 'rich_text' ? richTextLines(names, cell) : cellText(cell)))
            .join('\t'),
        )
        .join('\n');
    case 'card':
      return lines([
        block.title,
        block.subtitle,
        block.body,
        ...(block.actions ?? []).map((button) => button.text),
      ]);
    case 'carousel':
      return block.elements.map((card) => blockText(names, card)).join('\n');
    case 'divider':
      return '';
  }
}

function cellText(cell: { type: string; text?: string | undefined; value?: number }): string {
  return cell.text ?? String(cell.value ?? '');
}

function richTextLines(names: Names, block: Extract<Block, { type: 'rich_text' }>): string {
  return block.elements
    .map((part) =>
      part.type === 'rich_text_list'
        ? part.elements.map((item) => item.elements.map((one) => inlineText(names, one)).join('')).join('\n')
        : part.elements.map((one) => inlineText(names, one)).join(''),
    )
    .join('\n');
}

function inlineText(names: Names, element: Record<string, unknown> & { type: string }): string {
  switch (element.type) {
    case 'text':
      return String(element.text);
    case 'link':
      return String(element.text ?? element.url);
    case 'user':
      return reference(names, `@${String(element.user_id)}`);
    case 'channel':
      return reference(names, `#${String(element.channel_id)}`);
    case 'usergroup':
      return reference(names, `!subteam^${String(element.usergroup_id)}`);
    case 'broadcast':
      return `@${String(element.range)}`;
    case 'emoji':
      return `:${String(element.name)}:`;
    case 'date':
      return String(element.fallback ?? '');
    default:
      return String(element.value ?? '');
  }
}

/** The inside of `<…>`: a mention, a broadcast, a date or a link, with its label where it has one. */
function reference(names: Names, inner: string): string {
  const [target = '', label] = inner.split('|');
  if (target.startsWith('@')) {
    const id = target.slice(1);
    const name = id === names.app.botUserId ? names.app.name : names.users.get(id)?.real_name;
    return `@${name ?? id}`;
  }
  if (target.startsWith('#')) return `#${names.findChannel(target.slice(1))?.name ?? target.slice(1)}`;
  if (target.startsWith('!subteam^')) {
    const id = target.slice('!subteam^'.length);
    return `@${names.sample.usergroups.find((group) => group.id === id)?.handle ?? id}`;
  }
  if (target.startsWith('!date^')) return label ?? '';
  if (target.startsWith('!')) return `@${target.slice(1)}`;
  return label ?? target.replace(/^mailto:/, '');
}
