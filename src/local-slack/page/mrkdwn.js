// Slack's mrkdwn to nodes. As in Slack, a mark beside a Japanese letter is only a character: *太字*です stays as typed.
import { h } from './dom.js';
import { emoji } from './emoji.js';
import { channelOf, personOf, usergroupOf } from './names.js';

const edge = '[\\s!-/:-@\\[-`{-~]';
const marks = [
  ['`', 'code'],
  ['*', 'strong'],
  ['_', 'em'],
  ['~', 's'],
];

/** `{type: 'mrkdwn' | 'plain_text', text}` → nodes */
export function textObject(object) {
  if (!object) return [];
  return object.type === 'mrkdwn' ? mrkdwn(object.text) : plain(object.text);
}

/** Plain text with line breaks and emoji names. */
export function plain(text) {
  return text.split('\n').flatMap((line, index) => [...(index > 0 ? [h('br')] : []), ...withEmoji(line)]);
}

export function mrkdwn(text) {
  return text
    .split(/```\n?([\s\S]*?)\n?```/)
    .flatMap((part, index) => (index % 2 === 1 ? [h('pre', {}, decode(part))] : lines(part)));
}

function lines(text) {
  const nodes = [];
  let quote = null;
  text.split('\n').forEach((line, index, all) => {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quoted) {
      if (quote === null) {
        quote = h('blockquote');
        nodes.push(quote);
      } else quote.append(h('br'));
      quote.append(...inline(quoted[1]));
      return;
    }
    quote = null;
    nodes.push(...inline(line));
    if (index < all.length - 1 && !/^(?:&gt;|>)/.test(all[index + 1])) nodes.push(h('br'));
  });
  return nodes;
}

function inline(text) {
  for (const [mark, tag] of marks) {
    const m = `\\${mark}`;
    const pattern =
      tag === 'code' ? '()`([^`\\n]+)`' : `(^|${edge})${m}(\\S|\\S[^\\n]*?\\S)${m}(?=$|${edge})`;
    const found = new RegExp(pattern).exec(text);
    // A mark inside <…> belongs to an address.
    if (found === null || insideReference(text, found.index + found[1].length)) continue;
    const start = found.index + found[1].length;
    const end = found.index + found[0].length;
    const inner = tag === 'code' ? [decode(found[2])] : inline(found[2]);
    return [...inline(text.slice(0, start)), h(tag, {}, inner), ...inline(text.slice(end))];
  }
  return text
    .split(/(<[^<>\n]*>)/)
    .flatMap((part) => (/^<.*>$/.test(part) ? [reference(part.slice(1, -1))] : withEmoji(decode(part))));
}

function insideReference(text, at) {
  return text.lastIndexOf('<', at) > text.lastIndexOf('>', at);
}

function withEmoji(text) {
  return text
    .split(/:([a-z0-9_+-]+):/)
    .map((part, index) => (index % 2 === 1 ? (emoji(part) ?? `:${part}:`) : part))
    .filter((part) => part !== '');
}

/** The inside of `<…>` */
function reference(inner) {
  const [target, label] = inner.split('|');
  if (target.startsWith('@')) return mention(`@${personOf(target.slice(1)).name}`, target.slice(1));
  if (target.startsWith('#')) return mention(`#${channelOf(target.slice(1))?.name ?? target.slice(1)}`);
  if (target.startsWith('!subteam^')) return groupMention(target.slice('!subteam^'.length));
  if (target.startsWith('!date^')) return label ?? '';
  if (target.startsWith('!')) return mention(`@${target.slice(1)}`);
  return link(decode(target), decode(label ?? target.replace(/^mailto:/, '')));
}

export function mention(text, userId) {
  const mine = userId !== undefined && userId === new URLSearchParams(location.search).get('as');
  return h('span', { class: `mention${mine ? ' mine' : ''}` }, text);
}

export function groupMention(id) {
  return mention(`@${usergroupOf(id)?.handle ?? id}`);
}

/** Only web, mail and telephone addresses become links. */
export function link(url, label) {
  if (!/^(https?|mailto|tel):/.test(url)) return label;
  return h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, label);
}

function decode(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
