// Modals: the topmost of the stack in a <dialog>, which traps focus and answers Esc.
import { blocks } from './blocks.js';
import { h, icon, swap } from './dom.js';
import { textObject } from './mrkdwn.js';
import { current } from './names.js';
import { ask } from './server.js';

const dialog = document.getElementById('modal');
let shown = '';
let top = null;

export function drawModal(screen) {
  top = screen.modals.at(-1) ?? null;
  if (top === null) {
    shown = '';
    if (dialog.open) dialog.close();
    dialog.querySelector('form')?.remove();
    return;
  }
  const key = `${top.id} ${top.hash} ${screen.modals.length}`;
  if (key === shown) return;
  const isSame = shown.startsWith(`${top.id} `);
  shown = key;
  const fresh = form(top, screen.modals.length, {});
  const old = dialog.querySelector('form');
  if (isSame && old) {
    carry(old, fresh);
    swap(old, fresh);
    if (!fresh.contains(document.activeElement)) fresh.querySelector('.modal-body').focus();
  } else {
    old?.remove();
    dialog.prepend(fresh);
  }
  if (!dialog.open) dialog.showModal();
  if (!isSame) focusFirst(fresh);
}

function form(view, depth, errors) {
  const { source } = view;
  const surface = { on: { viewId: view.id }, held: view.held, errors };
  const node = h(
    'form',
    { class: 'modal-form', 'data-view-id': view.id, 'data-depth': depth, novalidate: true },
    h(
      'header',
      { class: 'modal-head' },
      depth > 1
        ? h(
            'button',
            { type: 'button', class: 'icon-button', 'aria-label': '前の画面に戻る', onclick: close },
            icon('back'),
          )
        : null,
      h('span', { class: 'avatar app-face small', 'aria-hidden': 'true' }, current().app.name.slice(0, 1)),
      h('h2', { id: 'modal-title' }, textObject(source.title)),
      h(
        'button',
        { type: 'button', class: 'icon-button', 'aria-label': '閉じる', onclick: close },
        icon('close'),
      ),
    ),
    h('div', { class: 'modal-body', tabindex: '-1' }, blocks(source.blocks, surface)),
    h(
      'footer',
      { class: 'modal-foot' },
      h(
        'button',
        { type: 'button', class: 'button', 'data-close': '', onclick: close },
        source.close?.text ?? '閉じる',
      ),
      source.submit
        ? h('button', { type: 'submit', class: 'button primary', 'data-submit': '' }, source.submit.text)
        : null,
    ),
  );
  node.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit(node, view);
  });
  return node;
}

async function submit(node, view) {
  const button = node.querySelector('[data-submit]');
  if (!button || button.getAttribute('aria-busy') === 'true') return;
  // Clicking has blurred the last field; Enter in it has not, so its words are handed over here.
  document.activeElement?.dispatchEvent(new Event('change'));
  button.setAttribute('aria-busy', 'true');
  const answer = await ask({ do: 'submit', viewId: view.id });
  button.removeAttribute('aria-busy');
  if (answer) showErrors(node, answer.errors);
  node.dataset.submitted = String(Number(node.dataset.submitted ?? 0) + 1);
}

function showErrors(node, errors) {
  for (const input of node.querySelectorAll('[data-input]')) {
    const text = errors[input.dataset.input] ?? '';
    const line = input.querySelector('.field-error');
    line.textContent = text;
    input.classList.toggle('has-error', text !== '');
    const field = input.querySelector('input, select, textarea');
    if (text === '') {
      line.removeAttribute('role');
      field?.removeAttribute('aria-invalid');
    } else {
      line.setAttribute('role', 'alert');
      field?.setAttribute('aria-invalid', 'true');
      field?.setAttribute('aria-describedby', line.id);
    }
  }
  node.querySelector('.has-error')?.querySelector('input, select, textarea')?.focus();
}

function close() {
  if (top !== null) void ask({ do: 'close', viewId: top.id });
}

dialog.addEventListener('cancel', (event) => {
  event.preventDefault();
  close();
});

// A second Esc without anything between closes a dialog without asking (the browser's close watcher).
dialog.addEventListener('close', () => {
  shown = '';
  if (top !== null) close();
});

/** Words typed but not yet handed over stay when the app updates the view and the field is still there. */
function carry(old, fresh) {
  for (const field of old.querySelectorAll('input[data-action-id], textarea[data-action-id]')) {
    const again = fresh.querySelector(
      `[data-block-id="${CSS.escape(field.dataset.blockId)}"][data-action-id="${CSS.escape(field.dataset.actionId)}"]`,
    );
    if (again?.tagName === field.tagName && field === document.activeElement) again.value = field.value;
  }
}

/** A form is begun at its first field, anything else read from its top: never scrolled to a field further down. */
function focusFirst(node) {
  const field = node.querySelector('[data-submit]')
    ? node.querySelector('.modal-body :is(input, select, textarea)')
    : null;
  const wanted = node.querySelector('[data-autofocus]') ?? field ?? node.querySelector('.modal-body');
  wanted.focus({ preventScroll: true });
}
