// The pane on the right: one thread and its own composer.
import { composer } from './composer.js';
import { drawPrompts } from './conversation.js';
import { h, icon, reconcile, showEnd } from './dom.js';
import { messageNode, versionOf } from './message.js';
import { channelOf, current } from './names.js';
import { ask, go } from './server.js';

const pane = document.getElementById('thread');
let shown = '';
let lastRead = '';

export function drawThread(screen) {
  const { thread } = screen;
  pane.hidden = thread === null;
  document.body.classList.toggle('has-thread', thread !== null);
  if (thread === null) {
    shown = '';
    pane.dataset.ts = '';
    pane.replaceChildren();
    return;
  }
  const key = `${screen.me} ${thread.channel} ${thread.ts}`;
  const isNew = key !== shown;
  if (isNew) build(thread);
  shown = key;
  const scroll = pane.querySelector('.scroll');
  const isAtEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  reconcile(pane.querySelector('.messages'), thread.messages, {
    key: (message) => message.ts,
    version: versionOf,
    render: (message) => messageNode(message, { inThread: true, compact: false }),
  });
  const status = pane.querySelector('.status');
  status.textContent = thread.status === null ? '' : `${screen.app.name} ${thread.status}`;
  drawPrompts(
    pane.querySelector('.thread-prompts'),
    thread.prompts,
    thread.channel,
    thread.ts,
    thread.messages.length,
  );
  if (isNew || isAtEnd) showEnd(scroll);
  markRead(thread);
}

function build(thread) {
  pane.dataset.ts = thread.ts;
  const channel = channelOf(thread.channel);
  const where = channel.kind === 'im' ? current().app.name : `#${channel.name}`;
  pane.replaceChildren(
    h(
      'header',
      { class: 'main-head' },
      h('h2', {}, 'スレッド'),
      h('p', { class: 'topic' }, where),
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': 'スレッドを閉じる',
          onclick: () => go({ thread: null }),
        },
        icon('close'),
      ),
    ),
    h(
      'div',
      { class: 'scroll', tabindex: '-1' },
      h('div', { class: 'messages', role: 'log', 'aria-label': 'スレッドのメッセージ' }),
      h('p', { class: 'status', role: 'status' }),
    ),
    h('div', { class: 'thread-prompts' }),
    composer({ channel: thread.channel, thread: thread.ts, label: '返信する…' }),
  );
}

function markRead(thread) {
  const last = thread.messages.at(-1);
  const key = `${current().me} ${thread.ts} ${last?.ts}`;
  if (!last || key === lastRead || document.visibilityState !== 'visible') return;
  lastRead = key;
  void ask({ do: 'read', channel: thread.channel, ts: last.ts, thread: thread.ts });
}
