// A menu below a button: arrow keys, Enter, Esc; closes on a click elsewhere and gives the focus back.
import { h } from './dom.js';

let close = () => {};

/** items: {label, detail?, value?, danger?, run} or {heading} */
export function openMenu(button, items) {
  close();
  const menu = h('div', { class: 'menu', role: 'menu' }, items.map(itemNode));
  const host = button.closest('dialog') ?? document.body;
  host.append(menu);
  position(menu, button);
  button.setAttribute('aria-expanded', 'true');
  const entries = [...menu.querySelectorAll('[role=menuitem]')];
  entries[0]?.focus();

  function itemNode(item) {
    if (item.heading) return h('p', { class: 'menu-heading' }, item.heading);
    return h(
      'button',
      {
        type: 'button',
        role: 'menuitem',
        class: item.danger ? 'danger' : undefined,
        'data-value': item.value,
        onclick: () => {
          close();
          item.run();
        },
      },
      h('span', {}, item.label),
      item.detail ? h('small', {}, item.detail) : null,
    );
  }

  function onKey(event) {
    const at = entries.indexOf(document.activeElement);
    if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (event.key === 'ArrowDown') entries[(at + 1) % entries.length]?.focus();
    else if (event.key === 'ArrowUp') entries[(at - 1 + entries.length) % entries.length]?.focus();
    else return;
    if (event.key !== 'Tab') event.preventDefault();
    event.stopPropagation();
  }

  function onPointer(event) {
    if (!menu.contains(event.target)) close();
  }

  menu.addEventListener('keydown', onKey);
  setTimeout(() => addEventListener('pointerdown', onPointer));
  close = () => {
    close = () => {};
    removeEventListener('pointerdown', onPointer);
    menu.remove();
    button.removeAttribute('aria-expanded');
    button.focus();
  };
}

/** Below the button, or above it where there is no room; never outside the window. */
function position(menu, button) {
  const at = button.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const below = at.bottom + 4 + size.height <= innerHeight;
  menu.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - size.height - 4)}px`;
  menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`;
}
