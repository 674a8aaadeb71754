// One message: who, when, what, and what can be done with it.
import { blocks } from './blocks.js';
import { h, icon } from './dom.js';
import { openMenu } from './menu.js';
import { mrkdwn } from './mrkdwn.js';
import { avatar, channelOf, clock, current, personOf } from './names.js';
import { ask, go, place } from './server.js';

/** Changes when the message must be drawn again; choices made inside it do not count. */
export function versionOf({ held: _held, ...message }) {
  return JSON.stringify(message);
}

export function messageNode(message, { inThread, compact }) {
  const author = personOf(message.user);
  const isGone = message.subtype === 'tombstone';
  const node = h(
    'article',
    {
      class: `message${message.ephemeral ? ' ephemeral' : ''}${compact ? ' compact' : ''}`,
      'aria-label': `${author.name} ${clock(message.ts)}`,
      'data-channel': message.channel,
      'data-ts': message.ts,
      'data-thread-ts': message.thread_ts,
      'data-author': author.name,
      'data-ephemeral': message.ephemeral ? 'true' : undefined,
      'data-edited': message.edited ? 'true' : undefined,
      'data-replies': message.reply_count ?? 0,
    },
    h('div', { class: 'message-side' }, compact ? h('time', {}, clock(message.ts)) : avatar(author)),
    h(
      'div',
      { class: 'message-main' },
      message.ephemeral ? h('p', { class: 'only-you' }, icon('eye'), 'あなただけに表示されています') : null,
      compact
        ? null
        : h(
            'header',
            { class: 'message-head' },
            h('strong', {}, author.name),
            author.isApp ? h('span', { class: 'badge' }, 'アプリ') : null,
            h('time', { datetime: new Date(Number(message.ts) * 1000).toISOString() }, clock(message.ts)),
          ),
      isGone ? h('div', { class: 'message-body gone' }, 'このメッセージは削除されました。') : body(message),
      isShownEdited(message) ? h('span', { class: 'edited' }, '（編集済み）') : null,
      (message.files ?? []).map(fileNode),
      message.reactions ? h('div', { class: 'reactions' }, message.reactions.map(reaction)) : null,
      !inThread && message.reply_count ? repliesButton(message) : null,
    ),
    isGone ? null : toolbar(message, inThread),
  );
  return node;
}

function body(message) {
  const surface = { on: { channel: message.channel, ts: message.ts }, held: message.held };
  const content = message.blocks?.length
    ? blocks(message.blocks, surface)
    : [h('p', { class: 'block' }, mrkdwn(message.text))];
  return h('div', { class: 'message-body' }, content);
}

/** What the app changes in its own messages is not marked: its cards change with every step. */
function isShownEdited(message) {
  return message.edited && message.edited.user !== current().app.botUserId;
}

function fileNode(file) {
  return h(
    'a',
    {
      class: 'file',
      href: `/files/${encodeURIComponent(file.id)}?as=${encodeURIComponent(place.as)}`,
      download: file.name,
    },
    icon('file'),
    h(
      'span',
      {},
      h('strong', {}, file.title),
      h('small', {}, `${file.pretty_type} · ${sizeText(file.size)}`),
    ),
  );
}

function sizeText(bytes) {
  return bytes < 1024 ? `${bytes} バイト` : `${Math.round(bytes / 102.4) / 10} KB`;
}

function reaction(one) {
  return h('span', { class: 'reaction' }, ...mrkdwn(`:${one.name}:`), ` ${one.count}`);
}

function repliesButton(message) {
  const faces = (message.reply_users ?? []).slice(0, 4).map((id) => avatar(personOf(id), 'tiny'));
  return h(
    'button',
    {
      type: 'button',
      class: `replies${message.unreadReplies ? ' unread' : ''}`,
      onclick: () => go({ thread: message.ts }),
    },
    h('span', { class: 'faces' }, faces),
    h('strong', {}, `${message.reply_count}件の返信`),
    message.unreadReplies ? h('span', { class: 'new-replies' }, `未読 ${message.unreadReplies}`) : null,
    h('small', {}, `最終返信 ${clock(message.latest_reply)}`),
  );
}

function toolbar(message, inThread) {
  const menuButton = h(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': 'その他のアクション', 'aria-haspopup': 'menu' },
    icon('more'),
  );
  menuButton.addEventListener('click', () => openMenu(menuButton, menuItems(message)));
  const isReplyable = !message.ephemeral && !inThread;
  return h(
    'div',
    { class: 'toolbar', role: 'group', 'aria-label': 'メッセージの操作' },
    isReplyable
      ? h(
          'button',
          {
            type: 'button',
            class: 'icon-button',
            'aria-label': 'スレッドで返信する',
            title: 'スレッドで返信する',
            onclick: () => go({ thread: message.ts }),
          },
          icon('chat'),
        )
      : null,
    menuButton,
  );
}

function menuItems(message) {
  const on = { channel: message.channel, ts: message.ts };
  if (message.ephemeral)
    return [{ label: 'このメッセージを消す', run: () => void ask({ do: 'remove', ...on }) }];
  const shortcuts = current()
    .shortcuts.filter((one) => one.type === 'message')
    .map((one) => ({
      label: one.name,
      detail: one.description,
      value: one.callback_id,
      run: () => void ask({ do: 'shortcut', callbackId: one.callback_id, on }),
    }));
  const own = message.user === current().me;
  return [
    ...(shortcuts.length > 0 ? [{ heading: `${current().app.name} のショートカット` }, ...shortcuts] : []),
    ...(own
      ? [
          { heading: '自分のメッセージ' },
          { label: 'メッセージを編集する', value: 'edit', run: () => startEditing(message) },
          {
            label: 'メッセージを削除する',
            value: 'remove',
            danger: true,
            run: () => void ask({ do: 'remove', ...on }),
          },
        ]
      : []),
  ];
}

function startEditing(message) {
  const selector = `.message[data-ts="${CSS.escape(message.ts)}"] .message-body`;
  const bodies = document.querySelectorAll(selector);
  const target = bodies[bodies.length - 1];
  if (!target) return;
  const field = h('textarea', { class: 'field', rows: '2', 'aria-label': 'メッセージを編集' });
  field.value = typedText(message);
  const before = [...target.childNodes];
  const stop = () => target.replaceChildren(...before);
  const save = () => {
    if (field.value.trim() !== '')
      void ask({ do: 'edit', channel: message.channel, ts: message.ts, text: field.value });
    stop();
  };
  field.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') stop();
    else if (event.key === 'Enter' && !event.shiftKey) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  target.replaceChildren(
    field,
    h(
      'div',
      { class: 'edit-foot' },
      h('button', { type: 'button', class: 'button', onclick: stop }, 'キャンセル'),
      h('button', { type: 'button', class: 'button primary', onclick: save }, '保存する'),
    ),
  );
  field.focus();
}

/** A message as it was typed: mentions by name again. */
function typedText(message) {
  return message.text
    .replace(/<@([A-Z0-9]+)>/g, (_all, id) => `@${personOf(id).name}`)
    .replace(/<#([A-Z0-9]+)>/g, (_all, id) => `#${channelOf(id)?.name ?? id}`)
    .replace(/<([^<>|]+)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
