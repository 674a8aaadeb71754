// The `markdown` block: headings, lists, quotes, code, emphasis and links, to nodes.
import { h } from './dom.js';
import { link } from './mrkdwn.js';

export function markdown(text) {
  const root = h('div', { class: 'markdown' });
  const source = text.split('\n');
  for (let at = 0; at < source.length; ) at = block(root, source, at);
  return root;
}

/** Appends the block that starts at line `at`; the line after it comes back. */
function block(root, source, at) {
  const line = source[at];
  if (line.trim() === '') return at + 1;
  if (line.startsWith('```')) return fence(root, source, at);
  const heading = /^(#{1,6}) +(.*)$/.exec(line);
  if (heading) {
    root.append(h(`h${Math.min(heading[1].length + 2, 6)}`, {}, inline(heading[2])));
    return at + 1;
  }
  if (/^(-{3,}|\*{3,})$/.test(line.trim())) {
    root.append(h('hr'));
    return at + 1;
  }
  for (const [pattern, tag, item] of groups) {
    if (!pattern.test(line)) continue;
    const end = endOf(source, at, (one) => pattern.test(one));
    const rows = source.slice(at, end).map((one) => inline(one.replace(pattern, '')));
    root.append(
      h(
        tag,
        {},
        item ? rows.map((row) => h(item, {}, row)) : rows.flatMap((row, n) => (n ? [h('br'), ...row] : row)),
      ),
    );
    return end;
  }
  const end = endOf(source, at, (one) => one.trim() !== '' && !/^(#{1,6} |```|[-*] |\d+\. |> ?)/.test(one));
  const stop = Math.max(end, at + 1);
  root.append(
    h(
      'p',
      {},
      source.slice(at, stop).flatMap((one, n) => (n ? [h('br'), ...inline(one)] : inline(one))),
    ),
  );
  return stop;
}

const groups = [
  [/^\s*[-*] +/, 'ul', 'li'],
  [/^\s*\d+\. +/, 'ol', 'li'],
  [/^> ?/, 'blockquote', null],
];

function fence(root, source, at) {
  const close = source.findIndex((line, index) => index > at && line.startsWith('```'));
  const end = close < 0 ? source.length : close;
  root.append(h('pre', {}, source.slice(at + 1, end).join('\n')));
  return end + 1;
}

function endOf(source, at, belongs) {
  let end = at;
  while (end < source.length && belongs(source[end])) end += 1;
  return end;
}

function inline(text) {
  const found =
    /(`([^`]+)`)|(\*\*(.+?)\*\*)|(\[([^\]]+)\]\(([^)\s]+)\))|(~~(.+?)~~)|(?<![\w*])\*([^*\s][^*]*)\*/.exec(
      text,
    );
  if (found === null) return text === '' ? [] : [text];
  const node = found[1]
    ? h('code', {}, found[2])
    : found[3]
      ? h('strong', {}, inline(found[4]))
      : found[5]
        ? link(found[7], found[6])
        : found[8]
          ? h('s', {}, inline(found[9]))
          : h('em', {}, inline(found[10]));
  return [...inline(text.slice(0, found.index)), node, ...inline(text.slice(found.index + found[0].length))];
}
