// Every block as Slack draws it. `surface` says where it stands: {on, held, keep, errors}.
import { h } from './dom.js';
import { element } from './elements.js';
import { markdown } from './markdown.js';
import { textObject } from './mrkdwn.js';
import { richText } from './rich-text.js';
import { place } from './server.js';

export function blocks(list, surface) {
  return list.map((block) => {
    const node = draw(block, surface);
    node.classList.add('block', `block-${block.type}`);
    return node;
  });
}

function draw(block, surface) {
  switch (block.type) {
    case 'section':
      return section(block, surface);
    case 'header':
      return h('h3', {}, textObject(block.text));
    case 'divider':
      return h('hr');
    case 'context':
      return h('div', {}, block.elements.map(contextPart));
    case 'actions':
    case 'context_actions':
      return h(
        'div',
        { role: 'group' },
        block.elements.map((one) => element(block, one, surface)),
      );
    case 'image':
      return figure(block);
    case 'input':
      return input(block, surface);
    case 'rich_text':
      return richText(block);
    case 'markdown':
      return markdown(block.text);
    case 'table':
      return table(block);
    case 'alert':
      return h('div', { class: `alert-${block.level ?? 'default'}`, role: 'note' }, textObject(block.text));
    case 'card':
      return card(block, surface);
    case 'carousel':
      return h(
        'div',
        { role: 'list' },
        block.elements.map((one) =>
          h('div', { class: 'block-card', role: 'listitem' }, ...card(one, surface, block).childNodes),
        ),
      );
    default:
      return h('div', {}, `（表示できないブロック: ${block.type}）`);
  }
}

function section(block, surface) {
  const { accessory } = block;
  return h(
    'div',
    { class: accessory ? 'with-accessory' : undefined },
    h(
      'div',
      { class: 'section-body' },
      block.text ? h('div', { class: 'section-text' }, textObject(block.text)) : null,
      block.fields
        ? h(
            'div',
            { class: 'fields' },
            block.fields.map((field) => h('div', {}, textObject(field))),
          )
        : null,
    ),
    accessory
      ? h(
          'div',
          { class: 'accessory' },
          accessory.type === 'image' ? picture(accessory) : element(block, accessory, surface),
        )
      : null,
  );
}

function contextPart(part) {
  return part.type === 'image' ? picture(part) : h('span', {}, textObject(part));
}

/** Uploaded pictures are shown; those from elsewhere are not loaded here: their description stands in. */
function picture(image) {
  const file = image.slack_file?.id;
  if (file !== undefined) {
    const src = `/files/${encodeURIComponent(file)}?as=${encodeURIComponent(place.as)}`;
    return h('img', { class: 'uploaded', src, alt: image.alt_text });
  }
  return h('span', { class: 'picture', role: 'img', 'aria-label': image.alt_text }, image.alt_text);
}

function figure(block) {
  return h('figure', {}, block.title ? h('figcaption', {}, textObject(block.title)) : null, picture(block));
}

let serial = 0;

function input(block, surface) {
  serial += 1;
  const ids = { label: `label-${serial}`, hint: `hint-${serial}`, error: `error-${serial}` };
  const error = surface.errors?.[block.block_id];
  const node = element(block, block.element, { ...surface, labelledBy: ids.label });
  const described = [block.hint ? ids.hint : '', error ? ids.error : ''].filter((id) => id !== '').join(' ');
  const field = node.matches('input, select, textarea')
    ? node
    : node.querySelector('input, select, textarea');
  if (field) {
    if (described) field.setAttribute('aria-describedby', described);
    if (error) field.setAttribute('aria-invalid', 'true');
    if (!block.optional) field.setAttribute('aria-required', 'true');
  }
  return h(
    'div',
    { class: error ? 'has-error' : undefined, 'data-input': block.block_id },
    h(
      'div',
      { class: 'label', id: ids.label },
      textObject(block.label),
      block.optional ? h('span', { class: 'optional' }, '（任意）') : null,
    ),
    node,
    block.hint ? h('p', { class: 'hint', id: ids.hint }, textObject(block.hint)) : null,
    h('p', { class: 'field-error', id: ids.error, role: error ? 'alert' : undefined }, error ?? ''),
  );
}

function table(block) {
  const [head = [], ...rows] = block.rows;
  const settings = block.column_settings ?? [];
  const cell = (tag) => (one, index) =>
    h(
      tag,
      {
        class: `align-${settings[index]?.align ?? 'left'}${settings[index]?.is_wrapped ? ' wrapped' : ''}`,
        scope: tag === 'th' ? 'col' : undefined,
      },
      one.type === 'rich_text' ? richText(one) : (one.text ?? String(one.value)),
    );
  return h(
    'div',
    { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': '表' },
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, head.map(cell('th')))),
      h(
        'tbody',
        {},
        rows.map((row) => h('tr', {}, row.map(cell('td')))),
      ),
    ),
  );
}

function card(block, surface, owner = block) {
  return h(
    'div',
    {},
    block.hero_image ? picture(block.hero_image) : null,
    block.title ? h('div', { class: 'card-title' }, textObject(block.title)) : null,
    block.subtitle ? h('div', { class: 'card-subtitle' }, textObject(block.subtitle)) : null,
    block.body ? h('div', { class: 'card-body' }, textObject(block.body)) : null,
    block.actions
      ? h(
          'div',
          { class: 'card-actions' },
          block.actions.map((one) => element(owner, one, surface)),
        )
      : null,
  );
}
