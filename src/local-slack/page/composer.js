// Where a person writes: Enter sends, Shift+Enter breaks the line, `/` and `@` offer what there is.
import { h, icon } from './dom.js';
import { openMenu } from './menu.js';
import { current } from './names.js';
import { ask } from './server.js';

let serial = 0;

export function composer({ channel, thread, label }) {
  serial += 1;
  const listId = `completion-${serial}`;
  const draftKey = () => `draft ${current().me} ${channel} ${thread ?? ''}`;
  const field = h('textarea', {
    id: thread ? 'thread-composer' : 'composer',
    rows: '1',
    placeholder: label,
    'aria-label': label,
    'aria-controls': listId,
    'aria-autocomplete': 'list',
  });
  const list = h('ul', { id: listId, class: 'options completion', role: 'listbox', 'aria-label': '候補' });
  const sendButton = h(
    'button',
    { type: 'button', class: 'send', 'aria-label': '送信する', onclick: send },
    icon('send'),
  );
  list.hidden = true;
  field.value = sessionStorage.getItem(draftKey()) ?? '';
  let found = null;
  let active = 0;

  async function send() {
    const text = field.value.trim();
    if (text === '') return;
    put('');
    const command = /^(\/[^\s/]+)(?:\s+([\s\S]*))?$/.exec(text);
    const wish = command
      ? { do: 'command', channel, command: command[1], text: command[2] ?? '', ...(thread ? { thread } : {}) }
      : { do: 'say', channel, text, ...(thread ? { thread } : {}) };
    const answer = await ask(wish);
    // What was refused goes back into the field, unless the person already writes something else.
    if (answer === undefined && field.value === '') put(text);
    field.focus();
  }

  function put(text) {
    field.value = text;
    keep();
  }

  function keep() {
    sessionStorage.setItem(draftKey(), field.value);
    sendButton.classList.toggle('ready', field.value.trim() !== '');
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, 240)}px`;
    complete();
  }

  function complete() {
    found = completion(field.value.slice(0, field.selectionStart), Boolean(thread));
    active = 0;
    show();
  }

  function show() {
    list.hidden = found === null || found.items.length === 0;
    field.setAttribute('aria-expanded', String(!list.hidden));
    if (list.hidden) return;
    list.replaceChildren(
      ...found.items.map((item, index) =>
        h(
          'li',
          {
            role: 'option',
            'aria-selected': String(index === active),
            'data-value': item.insert.trim(),
            onmousedown: (event) => {
              event.preventDefault();
              accept(item);
            },
          },
          h('strong', {}, item.name),
          item.hint ? h('code', {}, item.hint) : null,
          h('small', {}, item.detail),
        ),
      ),
    );
  }

  function accept(item) {
    const rest = field.value.slice(field.selectionStart);
    const before = field.value.slice(0, found.start) + item.insert;
    field.value = before + rest;
    field.setSelectionRange(before.length, before.length);
    keep();
    list.hidden = true;
    field.focus();
  }

  field.addEventListener('input', keep);
  field.addEventListener('blur', () => {
    list.hidden = true;
  });
  field.addEventListener('keydown', (event) => {
    // The Enter that ends a kana conversion must not send (keyCode 229: Safari).
    if (event.isComposing || event.keyCode === 229) return;
    const isOpen = !list.hidden;
    const item = isOpen ? found.items[active] : undefined;
    if (isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      active = (active + (event.key === 'ArrowDown' ? 1 : -1) + found.items.length) % found.items.length;
      show();
    } else if (isOpen && (event.key === 'Tab' || event.key === 'Enter') && !isWhole(item)) accept(item);
    else if (isOpen && event.key === 'Escape') list.hidden = true;
    else if (event.key === 'Enter' && !event.shiftKey) void send();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  /** The command is written out already: Enter should send it. */
  function isWhole(item) {
    return field.value.slice(found.start).trim() === item.insert.trim();
  }

  const plus = h(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': 'ショートカット', 'aria-haspopup': 'menu' },
    icon('plus'),
  );
  plus.addEventListener('click', () => openMenu(plus, globalItems()));
  const node = h(
    'div',
    { class: 'composer' },
    list,
    field,
    h('div', { class: 'composer-foot' }, plus, hintText(thread), sendButton),
  );
  setTimeout(() => field.isConnected && keep());
  return node;
}

/** Slash commands do not work in threads, so they are not offered there. */
function hintText(thread) {
  const keys = 'Enter で送信 ・ Shift+Enter で改行';
  return h('span', { class: 'composer-hint' }, thread ? keys : `${keys} ・ / でコマンド ・ @ でメンション`);
}

function globalItems() {
  const { shortcuts, commands, app } = current();
  const global = shortcuts.filter((one) => one.type === 'global');
  return [
    ...(global.length > 0 ? [{ heading: `${app.name} のショートカット` }] : []),
    ...global.map((one) => ({
      label: one.name,
      detail: one.description,
      value: one.callback_id,
      run: () => void ask({ do: 'shortcut', callbackId: one.callback_id }),
    })),
    { heading: 'コマンド' },
    ...commands.map((one) => ({
      label: one.command,
      detail: one.description,
      value: one.command,
      run: () => insertCommand(one.command),
    })),
  ];
}

function insertCommand(command) {
  const field = document.getElementById('composer');
  if (!field) return;
  field.value = `${command} `;
  field.dispatchEvent(new Event('input'));
  field.focus();
}

/** What the words before the caret ask for: a command at the very start, or a name after `@`. */
function completion(before, inThread) {
  const { commands, people, app, usergroups } = current();
  const slash = /^\/\S*$/.exec(before) ?? /^(\/\S+) [^\n]*$/.exec(before);
  if (slash && !inThread) {
    const typed = (slash[1] ?? slash[0]).trim();
    const items = commands
      .filter((one) => (slash[1] ? one.command === typed : one.command.startsWith(typed)))
      .map((one) => ({
        name: one.command,
        hint: one.usage_hint,
        detail: one.description,
        insert: slash[1] ? before : `${one.command} `,
      }));
    // What is written out already comes first, so that Enter sends it and does not complete a longer one.
    items.sort((a, b) => Number(b.name === typed) - Number(a.name === typed));
    return { start: 0, items };
  }
  const at = /(?:^|[\s、。（「])@([^\s@]{0,20})$/.exec(before);
  if (!at) return null;
  const names = [
    { name: app.name, detail: 'アプリ' },
    ...people.map((one) => ({ name: one.real_name, detail: one.title ?? '', also: one.name })),
    ...usergroups.map((one) => ({ name: one.handle, detail: one.name })),
  ];
  const items = names
    .filter((one) => one.name.includes(at[1]) || (one.also ?? '').includes(at[1].toLowerCase()))
    .slice(0, 8)
    .map((one) => ({ name: `@${one.name}`, detail: one.detail, insert: `@${one.name} ` }));
  return { start: before.length - at[1].length - 1, items };
}
