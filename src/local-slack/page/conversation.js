// The middle: a channel's messages and composer, or the app's Home and Messages tabs.
import { blocks } from './blocks.js';
import { composer } from './composer.js';
import { h, icon, reconcile, showEnd } from './dom.js';
import { messageNode, versionOf } from './message.js';
import { avatar, current, day } from './names.js';
import { ask, go, place } from './server.js';

const main = document.getElementById('main');
let shown = '';
let newFrom = null;

export function drawMain(screen) {
  const { conversation } = screen;
  if (conversation === null) {
    shown = '';
    main.replaceChildren(h('p', { class: 'empty' }, 'チャンネルを選んでください。'));
    return;
  }
  const { channel } = conversation;
  const isApp = channel.kind === 'im';
  const tab = isApp ? (place.tab ?? 'messages') : 'messages';
  const key = `${screen.me} ${channel.id} ${tab}`;
  if (key !== shown) build(screen, channel, isApp, tab);
  const isNew = key !== shown;
  shown = key;
  if (tab === 'home') drawHome(screen);
  else drawMessages(conversation, isNew);
}

function build(screen, channel, isApp, tab) {
  const unread = screen.channels.find((one) => one.id === channel.id)?.unread ?? 0;
  const others = screen.conversation.messages.filter((message) => message.user !== screen.me);
  newFrom = unread > 0 && unread < others.length ? others[others.length - unread].ts : null;
  main.dataset.channel = channel.id;
  main.dataset.tab = tab;
  const head = isApp ? appHead(screen, tab) : channelHead(channel);
  if (tab === 'home') {
    main.replaceChildren(head, h('div', { class: 'scroll home', id: 'home' }));
    void ask({ do: 'open', tab: 'home' });
    return;
  }
  if (isApp && screen.app.messagesTab) void ask({ do: 'open', tab: 'messages' });
  const label = isApp ? `${screen.app.name} へのメッセージ` : `#${channel.name} へのメッセージ`;
  main.replaceChildren(
    head,
    h(
      'div',
      { class: 'scroll', id: 'scroll', tabindex: '-1' },
      intro(screen, channel, isApp),
      h('div', { class: 'messages', id: 'messages', role: 'log', 'aria-label': 'メッセージ' }),
    ),
    h('div', { id: 'prompts' }),
    composer({ channel: channel.id, label }),
  );
}

function menuToggle() {
  return h(
    'button',
    {
      type: 'button',
      class: 'icon-button narrow-only',
      'aria-label': 'チャンネルの一覧を開く',
      onclick: () => document.body.classList.add('show-sidebar'),
    },
    icon('menu'),
  );
}

function channelHead(channel) {
  return h(
    'header',
    { class: 'main-head' },
    menuToggle(),
    h('h1', {}, icon(channel.kind === 'private' ? 'lock' : 'hash'), channel.name),
    h('p', { class: 'topic' }, channel.topic),
    h(
      'span',
      { class: 'members', title: `メンバー ${channel.members.length} 人` },
      icon('people'),
      String(channel.members.length),
    ),
  );
}

function appHead(screen, tab) {
  const tabs = [
    ...(screen.app.homeTab ? [['home', 'ホーム']] : []),
    ...(screen.app.messagesTab ? [['messages', 'メッセージ']] : []),
  ];
  return h(
    'header',
    { class: 'main-head app-head' },
    menuToggle(),
    h('h1', {}, avatar({ name: screen.app.name, isApp: true }, 'small'), screen.app.name),
    h(
      'div',
      { class: 'tabs', role: 'tablist' },
      tabs.map(([name, label]) =>
        h(
          'button',
          {
            type: 'button',
            role: 'tab',
            'aria-selected': String(name === tab),
            onclick: () => go({ tab: name, thread: null }),
          },
          label,
        ),
      ),
    ),
  );
}

function intro(screen, channel, isApp) {
  const title = isApp ? screen.app.name : `#${channel.name}`;
  const words = isApp ? screen.app.description : (channel.welcome ?? channel.topic);
  const away = channel.hasApp
    ? null
    : h('p', { class: 'note' }, `${screen.app.name} はこのチャンネルに招待されていません。`);
  return h('section', { class: 'intro' }, h('h2', {}, title), h('p', {}, words), away);
}

function drawMessages(conversation, isNew) {
  const scroll = document.getElementById('scroll');
  const isAtEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  const items = withBreaks(conversation.messages);
  reconcile(document.getElementById('messages'), items, {
    key: (item) => item.key,
    version: (item) => (item.message ? `${item.compact}${versionOf(item.message)}` : item.label),
    render: (item) =>
      item.message ? messageNode(item.message, { inThread: false, compact: item.compact }) : breakNode(item),
  });
  drawPrompts(
    document.getElementById('prompts'),
    conversation.prompts,
    conversation.channel.id,
    undefined,
    conversation.messages.length,
  );
  const last = conversation.messages.at(-1);
  const isMineAndNew = last?.user === current().me && last.ts !== newest;
  newest = last?.ts;
  if (isNew || isAtEnd || isMineAndNew) showEnd(scroll);
  if (last && document.visibilityState === 'visible') markRead(conversation.channel.id, last.ts);
}

let newest;
let lastRead = '';

function markRead(channel, ts) {
  const key = `${current().me} ${channel} ${ts}`;
  if (key === lastRead) return;
  lastRead = key;
  void ask({ do: 'read', channel, ts });
}

/** Days and the line where the unread begins; a run of messages by one person is drawn closer together. */
export function withBreaks(messages) {
  const items = [];
  let before = null;
  for (const message of messages) {
    const label = day(message.ts);
    const isNewDay = before === null || day(before.ts) !== label;
    if (isNewDay) items.push({ key: `day ${label}`, label, kind: 'day' });
    if (message.ts === newFrom) items.push({ key: 'new', label: '新着', kind: 'new' });
    const close =
      !isNewDay &&
      message.ts !== newFrom &&
      before.user === message.user &&
      before.ephemeral === message.ephemeral &&
      !before.reply_count &&
      Number(message.ts) - Number(before.ts) < 300;
    items.push({ key: message.ts, message, compact: close && !message.ephemeral });
    before = message;
  }
  return items;
}

function breakNode(item) {
  return h(
    'div',
    { class: `break ${item.kind}`, role: 'separator', 'aria-label': item.label },
    h('span', {}, item.label),
  );
}

/** Suggested prompts: large while a conversation is empty, a quiet row after that. */
export function drawPrompts(host, prompts, channel, thread, messageCount) {
  const version = JSON.stringify([prompts, channel, thread, messageCount === 0]);
  if (host.dataset.version === version) return;
  host.dataset.version = version;
  host.classList.add('prompts');
  host.classList.toggle('large', messageCount === 0);
  host.replaceChildren(
    ...(prompts === null
      ? []
      : [
          prompts.title || messageCount === 0
            ? h('p', { class: 'prompts-title' }, prompts.title ?? 'たとえば、こう聞けます')
            : null,
          ...prompts.prompts.map((prompt) =>
            h(
              'button',
              {
                type: 'button',
                class: 'prompt',
                onclick: () =>
                  void ask({ do: 'say', channel, text: prompt.message, ...(thread ? { thread } : {}) }),
              },
              prompt.title,
            ),
          ),
        ].filter((node) => node !== null)),
  );
}

function drawHome(screen) {
  const host = document.getElementById('home');
  const { home } = screen;
  const version = home === null ? 'none' : `${home.id} ${home.hash}`;
  if (host.dataset.version === version) return;
  host.dataset.version = version;
  host.replaceChildren(
    home === null
      ? h('p', { class: 'empty' }, 'ホームを準備しています…')
      : h(
          'div',
          { class: 'home-view', 'data-view-id': home.id },
          blocks(home.source.blocks, { on: { viewId: home.id }, held: home.held }),
        ),
  );
}
