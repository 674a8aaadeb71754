// rich_text blocks to nodes.
import { h } from './dom.js';
import { emoji } from './emoji.js';
import { groupMention, link, mention, plain } from './mrkdwn.js';
import { channelOf, personOf } from './names.js';

export function richText(block) {
  return h('div', { class: 'rich-text' }, block.elements.map(part));
}

function part(element) {
  switch (element.type) {
    case 'rich_text_list':
      return h(
        element.style === 'ordered' ? 'ol' : 'ul',
        { class: `indent-${element.indent ?? 0}`, start: element.offset ? element.offset + 1 : undefined },
        element.elements.map((item) => h('li', {}, item.elements.map(inline))),
      );
    case 'rich_text_quote':
      return h('blockquote', {}, element.elements.map(inline));
    case 'rich_text_preformatted':
      return h(
        'pre',
        {},
        element.elements.map((one) => one.text ?? one.url),
      );
    default:
      return h('p', { class: 'rich-line' }, element.elements.map(inline));
  }
}

function inline(element) {
  return styled(content(element), element.style ?? {});
}

function content(element) {
  switch (element.type) {
    case 'text':
      return plain(element.text);
    case 'link':
      return [link(element.url, element.text ?? element.url)];
    case 'user':
      return [mention(`@${personOf(element.user_id).name}`, element.user_id)];
    case 'channel':
      return [mention(`#${channelOf(element.channel_id)?.name ?? element.channel_id}`)];
    case 'usergroup':
      return [groupMention(element.usergroup_id)];
    case 'broadcast':
      return [mention(`@${element.range}`)];
    case 'emoji':
      return [emoji(element.name) ?? `:${element.name}:`];
    case 'date':
      return [element.fallback ?? ''];
    default:
      return [element.value ?? ''];
  }
}

function styled(nodes, style) {
  let inner = nodes;
  if (style.code) inner = [h('code', {}, inner)];
  if (style.strike) inner = [h('s', {}, inner)];
  if (style.underline) inner = [h('u', {}, inner)];
  if (style.italic) inner = [h('em', {}, inner)];
  if (style.bold) inner = [h('strong', {}, inner)];
  return inner;
}
