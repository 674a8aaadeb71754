// Short notices in the corner, read out by screen readers. An open modal hides what is outside it, so they go inside.
import { h } from './dom.js';

export function toast(text) {
  const node = h('p', { class: 'toast' }, text);
  const host = document.getElementById('toasts');
  const dialog = document.querySelector('dialog[open]');
  if (dialog) dialog.append(host);
  else document.body.append(host);
  host.append(node);
  setTimeout(() => node.remove(), 6000);
}
