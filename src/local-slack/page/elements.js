// Elements a person presses or fills. Each carries block and action id; what it sends is decided by the server.
import { confirmed } from './confirm.js';
import { h, icon } from './dom.js';
import { externalSelect } from './external-select.js';
import { channels, choices, options, people, select, several, typed } from './fields.js';
import { openMenu } from './menu.js';
import { plain } from './mrkdwn.js';
import { current } from './names.js';
import { ask } from './server.js';

export function element(block, one, surface) {
  const node = (drawers[one.type] ?? unknown)(block, one, surface);
  node.dataset.blockId = block.block_id;
  node.dataset.actionId = one.action_id;
  node.dataset.type = one.type;
  return node;
}

/** Sends a press; the element is inert until the app has acknowledged, so that one click is one press. */
export async function send(node, block, one, surface, value) {
  if (one.confirm && !(await confirmed(one.confirm))) return undefined;
  const isQuiet = block.type === 'input';
  if (!isQuiet) node.setAttribute('aria-busy', 'true');
  const wish = { do: 'press', on: surface.on, blockId: block.block_id, actionId: one.action_id };
  const answer = await ask(value === undefined ? wish : { ...wish, value });
  node.removeAttribute('aria-busy');
  return answer;
}

export function heldBy(block, one, surface) {
  return surface.held?.[block.block_id]?.[one.action_id] ?? null;
}

const drawers = {
  button: (block, one, surface) => {
    const node = h(
      'button',
      { type: 'button', class: `button ${one.style ?? ''}`, 'aria-label': one.accessibility_label },
      plain(one.text.text),
    );
    node.addEventListener('click', () => {
      if (node.getAttribute('aria-busy') === 'true') return;
      if (one.url) window.open(one.url, '_blank', 'noopener,noreferrer');
      void send(node, block, one, surface);
    });
    return node;
  },

  icon_button: (block, one, surface) => {
    const visible = one.visible_to_user_ids;
    const label = one.accessibility_label ?? one.text.text;
    const node = h(
      'button',
      { type: 'button', class: 'icon-button', title: one.text.text, 'aria-label': label },
      icon('trash'),
    );
    node.hidden = visible !== undefined && !visible.includes(current().me);
    node.addEventListener('click', () => void send(node, block, one, surface));
    return node;
  },

  feedback_buttons: (block, one, surface) => {
    const sides = [
      [one.positive_button, 'up'],
      [one.negative_button, 'thumbDown'],
    ];
    const node = h('span', { class: 'feedback', role: 'group' });
    for (const [side, name] of sides) {
      const press = h(
        'button',
        {
          type: 'button',
          class: 'feedback-button',
          'data-value': side.value,
          'aria-label': side.accessibility_label,
        },
        icon(name),
        h('span', {}, side.text.text),
      );
      press.addEventListener('click', () => {
        for (const other of node.children) other.classList.toggle('chosen', other === press);
        void send(press, block, one, surface, side.value);
      });
      node.append(press);
    }
    return node;
  },

  overflow: (block, one, surface) => {
    const node = h(
      'button',
      { type: 'button', class: 'icon-button', 'aria-label': 'その他の操作', 'aria-haspopup': 'menu' },
      icon('more'),
    );
    node.addEventListener('click', () =>
      openMenu(
        node,
        one.options.map((option) => ({
          label: option.text.text,
          value: option.value,
          run: () => {
            if (option.url) window.open(option.url, '_blank', 'noopener,noreferrer');
            void send(node, block, one, surface, option.value);
          },
        })),
      ),
    );
    return node;
  },

  static_select: (block, one, surface) =>
    select(block, one, surface, choices(one), heldBy(block, one, surface)?.value),
  users_select: (block, one, surface) => select(block, one, surface, people(), heldBy(block, one, surface)),
  channels_select: (block, one, surface) =>
    select(block, one, surface, channels('public'), heldBy(block, one, surface)),
  conversations_select: (block, one, surface) =>
    select(block, one, surface, channels(), heldBy(block, one, surface)),
  multi_static_select: (block, one, surface) =>
    several(
      block,
      one,
      surface,
      choices(one).flatMap((group) => group.options),
      (heldBy(block, one, surface) ?? []).map((option) => option.value),
    ),
  multi_users_select: (block, one, surface) =>
    several(
      block,
      one,
      surface,
      people().flatMap((group) => group.options),
      heldBy(block, one, surface) ?? [],
    ),
  external_select: (block, one, surface) => externalSelect(block, one, surface, false),
  multi_external_select: (block, one, surface) => externalSelect(block, one, surface, true),

  radio_buttons: (block, one, surface) =>
    options(block, one, surface, 'radio', [heldBy(block, one, surface)?.value]),
  checkboxes: (block, one, surface) =>
    options(
      block,
      one,
      surface,
      'checkbox',
      (heldBy(block, one, surface) ?? []).map((option) => option.value),
    ),

  datepicker: (block, one, surface) =>
    typed(block, one, surface, h('input', { type: 'date', class: 'field short' })),
  timepicker: (block, one, surface) =>
    typed(block, one, surface, h('input', { type: 'time', class: 'field short' })),
  number_input: (block, one, surface) =>
    typed(block, one, surface, h('input', { type: 'text', inputmode: 'decimal', class: 'field short' })),
  plain_text_input: (block, one, surface) =>
    typed(
      block,
      one,
      surface,
      one.multiline
        ? h('textarea', { class: 'field', rows: '5' })
        : h('input', { type: 'text', class: 'field' }),
    ),
};

function unknown(_block, one) {
  return h('span', {}, `（表示できない部品: ${one.type}）`);
}
