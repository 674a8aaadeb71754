// "Are you sure?" as the element's confirm object words it. Resolves with the answer.
import { h } from './dom.js';
import { textObject } from './mrkdwn.js';

export function confirmed({ title, text, confirm, deny, style }) {
  const dialog = document.getElementById('confirm');
  return new Promise((resolve) => {
    let answer = false;
    const choose = (value) => () => {
      answer = value;
      dialog.close();
    };
    dialog.replaceChildren(
      h('h2', { id: 'confirm-title' }, textObject(title)),
      h('p', {}, textObject(text)),
      h(
        'div',
        { class: 'modal-foot' },
        h('button', { type: 'button', class: 'button', onclick: choose(false) }, deny.text),
        h(
          'button',
          { type: 'button', class: `button ${style ?? 'primary'}`, onclick: choose(true) },
          confirm.text,
        ),
      ),
    );
    dialog.addEventListener('close', () => resolve(answer), { once: true });
    dialog.showModal();
  });
}
