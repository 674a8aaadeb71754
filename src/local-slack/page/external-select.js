// A select whose options the app supplies while the person types: an input with a list below it.
import { h } from './dom.js';
import { heldBy, send } from './elements.js';
import { ask } from './server.js';

let serial = 0;

export function externalSelect(block, one, surface, multiple) {
  serial += 1;
  const listId = `options-${serial}`;
  let chosen = [heldBy(block, one, surface) ?? []].flat();
  let offered = [];
  let active = -1;
  let timer;

  const input = h('input', {
    type: 'text',
    class: 'field',
    role: 'combobox',
    autocomplete: 'off',
    placeholder: one.placeholder?.text ?? '入力して探す',
    'aria-expanded': 'false',
    'aria-controls': listId,
    'aria-labelledby': surface.labelledBy,
  });
  const list = h('ul', { id: listId, class: 'options', role: 'listbox' });
  list.hidden = true;
  const chips = h('span', { class: 'chips' });
  const node = h('div', { class: 'external' }, chips, input, list);

  async function look() {
    const wish = {
      do: 'suggest',
      on: surface.on,
      blockId: block.block_id,
      actionId: one.action_id,
      query: input.value,
    };
    const answer = await ask(wish);
    offered = answer?.options ?? [];
    active = offered.length > 0 ? 0 : -1;
    show(true);
  }

  function show(open) {
    list.hidden = !open;
    input.setAttribute('aria-expanded', String(open));
    list.replaceChildren(
      ...(offered.length === 0 ? [h('li', { class: 'none' }, '候補がありません')] : offered.map(optionNode)),
    );
  }

  function optionNode(option, index) {
    const description = option.description ? h('small', {}, option.description.text) : null;
    return h(
      'li',
      {
        role: 'option',
        'data-value': option.value,
        'aria-selected': String(index === active),
        onmousedown: (event) => {
          event.preventDefault();
          pick(option);
        },
      },
      option.text.text,
      description,
    );
  }

  function pick(option) {
    chosen = multiple ? [...chosen.filter((other) => other.value !== option.value), option] : [option];
    show(false);
    drawChosen();
    tell();
  }

  function tell() {
    const values = chosen.map((option) => option.value);
    void send(node, block, one, surface, multiple ? values : (values[0] ?? null));
  }

  function drawChosen() {
    input.value = multiple ? '' : (chosen[0]?.text.text ?? '');
    chips.replaceChildren(...(multiple ? chosen.map(chip) : []));
  }

  function chip(option) {
    const drop = () => {
      chosen = chosen.filter((other) => other !== option);
      drawChosen();
      tell();
    };
    return h(
      'button',
      { type: 'button', class: 'chip', 'aria-label': `${option.text.text} を外す`, onclick: drop },
      option.text.text,
      ' ×',
    );
  }

  input.addEventListener('focus', () => {
    if ((one.min_query_length ?? 3) === 0) void look();
  });
  input.addEventListener('input', () => {
    clearTimeout(timer);
    if (input.value.length >= (one.min_query_length ?? 3)) timer = setTimeout(look, 200);
    else show(false);
  });
  input.addEventListener('keydown', (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      active = (active + (event.key === 'ArrowDown' ? 1 : -1) + offered.length) % Math.max(offered.length, 1);
      show(true);
    } else if (event.key === 'Enter' && offered[active]) pick(offered[active]);
    else if (event.key === 'Escape') show(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener('blur', () => {
    show(false);
    drawChosen();
  });
  drawChosen();
  return node;
}
