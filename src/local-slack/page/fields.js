// Fields and choices: texts, dates, selects, lists of boxes. elements.js decides which element is which.
import { h } from './dom.js';
import { heldBy, send } from './elements.js';
import { textObject } from './mrkdwn.js';
import { current } from './names.js';

export function typed(block, one, surface, node) {
  node.value = heldBy(block, one, surface) ?? '';
  if (one.placeholder) node.setAttribute('placeholder', one.placeholder.text);
  if (surface.labelledBy) node.setAttribute('aria-labelledby', surface.labelledBy);
  if (one.focus_on_load) node.dataset.autofocus = '';
  node.addEventListener('change', () => void send(node, block, one, surface, node.value));
  return node;
}

export function select(block, one, surface, groups, chosen) {
  const draw = (option) =>
    h('option', { value: option.value, selected: option.value === chosen }, option.label);
  const node = h(
    'select',
    {
      class: 'field select',
      'aria-labelledby': surface.labelledBy,
      'aria-label': surface.labelledBy ? undefined : (one.placeholder?.text ?? '選択'),
    },
    h('option', { value: '', selected: !chosen }, one.placeholder?.text ?? '選択してください'),
    groups.flatMap((group) =>
      group.label
        ? [h('optgroup', { label: group.label }, group.options.map(draw))]
        : group.options.map(draw),
    ),
  );
  if (one.focus_on_load) node.dataset.autofocus = '';
  node.addEventListener('change', () => void send(node, block, one, surface, node.value));
  return node;
}

/** Several of many: a list of check boxes that folds away, with what is chosen on its face. */
export function several(block, one, surface, all, chosen) {
  const face = h('summary', { class: 'field select' });
  const list = h('div', { class: 'several-list', role: 'group', 'aria-labelledby': surface.labelledBy });
  const node = h('details', { class: 'several' }, face, list);
  const show = () => {
    const names = all
      .filter((option) => list.querySelector(`input[value="${CSS.escape(option.value)}"]`)?.checked)
      .map((option) => option.label);
    face.replaceChildren(names.length > 0 ? names.join('、') : (one.placeholder?.text ?? '選択してください'));
  };
  for (const option of all) {
    const box = h('input', { type: 'checkbox', value: option.value, checked: chosen.includes(option.value) });
    box.addEventListener('change', () => {
      show();
      void send(
        node,
        block,
        one,
        surface,
        [...list.querySelectorAll('input:checked')].map((checked) => checked.value),
      );
    });
    list.append(h('label', { class: 'choice' }, box, h('span', {}, option.label)));
  }
  show();
  return node;
}

let group = 0;

export function options(block, one, surface, type, chosen) {
  group += 1;
  const name = `choice-${group}`;
  const node = h('div', {
    class: 'choices',
    role: type === 'radio' ? 'radiogroup' : 'group',
    'aria-labelledby': surface.labelledBy,
  });
  for (const option of one.options) {
    const box = h('input', { type, name, value: option.value, checked: chosen.includes(option.value) });
    box.addEventListener('change', () => {
      const picked = [...node.querySelectorAll('input:checked')].map((checked) => checked.value);
      void send(node, block, one, surface, type === 'radio' ? picked[0] : picked);
    });
    const description = option.description ? h('small', {}, textObject(option.description)) : null;
    node.append(h('label', { class: 'choice' }, box, h('span', {}, textObject(option.text), description)));
  }
  return node;
}

export function choices(one) {
  const plainOptions = (list) => list.map((option) => ({ value: option.value, label: option.text.text }));
  return one.option_groups
    ? one.option_groups.map((part) => ({ label: part.label.text, options: plainOptions(part.options) }))
    : [{ options: plainOptions(one.options ?? []) }];
}

export function people() {
  const { groups, people: all } = current();
  return groups.map((part) => ({
    label: part.name,
    options: all
      .filter((user) => user.group === part.id)
      .map((user) => ({ value: user.id, label: user.real_name })),
  }));
}

export function channels(kind) {
  const fitting = current().channels.filter((channel) =>
    kind ? channel.kind === kind : channel.kind === 'public' || channel.kind === 'private',
  );
  return [{ options: fitting.map((channel) => ({ value: channel.id, label: `# ${channel.name}` })) }];
}
