// Elements from data. Children are nodes or strings, and strings become text nodes: no user text is ever HTML.

/** h('button', { class: 'x', onclick: f, 'aria-label': 'y' }, 'text', node, null) */
export function h(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked' || name === 'selected') node[name] = value;
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(
    ...children.flat(Number.POSITIVE_INFINITY).filter((child) => child !== null && child !== undefined),
  );
  return node;
}

/**
 * Makes `parent` hold one node for each item, in order. A node stays as long as its key and version stay, so
 * that what is being typed, pressed or read there is not disturbed; focus moves along into a replacement.
 */
export function reconcile(parent, items, { key, version, render }) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const id = key(item);
    const wanted = version(item);
    let node = old.get(id);
    old.delete(id);
    if (node === undefined || node.dataset.version !== wanted) {
      const fresh = render(item);
      fresh.dataset.key = id;
      fresh.dataset.version = wanted;
      if (node !== undefined) {
        if (place === node) place = fresh;
        swap(node, fresh);
      }
      node = fresh;
    }
    if (place === node) place = node.nextElementSibling;
    else parent.insertBefore(node, place);
  }
  for (const node of old.values()) node.remove();
}

/** Replaces a node; an element of the same block and action keeps the focus. */
export function swap(node, fresh) {
  const active = document.activeElement;
  const at = node.contains(active) ? active.closest('[data-action-id]') : null;
  node.replaceWith(fresh);
  if (at === null) return;
  const again = fresh.querySelector(
    `[data-block-id="${CSS.escape(at.dataset.blockId)}"][data-action-id="${CSS.escape(at.dataset.actionId)}"]`,
  );
  (again?.matches('button, input, select, textarea')
    ? again
    : again?.querySelector('button, input, select, textarea')
  )?.focus();
}

/** To the end of a conversation; to the beginning of its last message where that is taller than the window. */
export function showEnd(scroll) {
  const last = [...scroll.querySelectorAll('.message')].at(-1);
  if (last && last.offsetHeight > scroll.clientHeight) last.scrollIntoView({ block: 'start' });
  else scroll.scrollTop = scroll.scrollHeight;
}

/** A line icon drawn here, so that no font or image is needed. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', paths[name] ?? '');
  svg.append(path);
  return svg;
}

const paths = {
  hash: 'M7.5 3.5 6 16.5M14 3.5l-1.5 13M3.5 7.5h13.5M3 12.5h13.5',
  lock: 'M5.5 9V6.5a4.5 4.5 0 0 1 9 0V9M4.5 9h11v7.5h-11z',
  home: 'M3 9.5 10 3.5l7 6V17h-4.5v-4.5h-5V17H3z',
  chat: 'M3 4.5h14v9.5H9L5.5 17v-3H3z',
  people:
    'M7 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 16.5c0-3 2-5 5-5s5 2 5 5M13 9a2.5 2.5 0 1 0-1-4.8M14 11.7c2.4.3 4 2.2 4 4.8',
  reply: 'M8 5 3.5 9.5 8 14M4 9.5h8c3 0 4.5 2 4.5 5',
  more: 'M3.8 10a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0M9.3 10a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0M14.8 10a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0',
  close: 'M5 5l10 10M15 5 5 15',
  back: 'M12 4.5 6.5 10l5.5 5.5',
  send: 'M3.5 10 16.5 4l-4 12.5-3-5zM9.5 11.5l7-7.5',
  plus: 'M10 4v12M4 10h12',
  eye: 'M2 10s3-5.5 8-5.5S18 10 18 10s-3 5.5-8 5.5S2 10 2 10zM10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  file: 'M5 2.5h6.5L15.5 6.5v11H5zM11.5 2.5v4h4',
  trash: 'M4 6h12M8 6V3.5h4V6M5.5 6l.8 11h7.4l.8-11',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  down: 'M5.5 8 10 12.5 14.5 8',
  bolt: 'M11 2.5 4.5 11.5H10L9 17.5l6.5-9H10z',
  up: 'M6.5 9 9.5 3c1.5 0 2 1 2 2v3h4.500c.8 0 1.500.8 1.300 1.600l-1.300 5.900c-.1.600-.700 1-1.300 1H6.500zM3 9h3.500v7.500H3z',
  thumbDown:
    'M13.500 11 10.500 17c-1.500 0-2-1-2-2v-3H4c-.8 0-1.500-.8-1.300-1.600L4 4.500c.1-.600.700-1 1.300-1h8.200zM17 11h-3.500V3.500H17z',
};
