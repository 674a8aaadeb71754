// The left: the workspace, who I am, channels, the app, and other people to be.
import { h, icon } from './dom.js';
import { avatar, personOf } from './names.js';
import { address, go, place } from './server.js';

const sidebar = document.getElementById('sidebar');
let drawn = '';

export function drawSidebar(screen) {
  const version = JSON.stringify([
    screen.me,
    screen.channels.map((one) => [one.id, one.unread]),
    place.channel,
    screen.app.online,
  ]);
  if (version === drawn) return;
  drawn = version;
  const direct = screen.channels.filter((one) => one.kind === 'im' || one.kind === 'mpim');
  const isSwitching = sidebar.querySelector('details')?.open;
  sidebar.replaceChildren(
    h('div', { class: 'team' }, h('strong', {}, screen.team.name), h('span', {}, 'ローカル')),
    switcher(screen, isSwitching),
    h(
      'div',
      { class: 'sidebar-scroll' },
      group(
        'チャンネル',
        screen.channels
          .filter((one) => one.kind === 'public' || one.kind === 'private')
          .map((one) => row(one, icon(one.kind === 'private' ? 'lock' : 'hash'), one.name)),
      ),
      group(
        'ダイレクトメッセージとアプリ',
        direct.map((one) =>
          one.kind === 'im'
            ? row(
                one,
                avatar({ name: screen.app.name, isApp: true }, 'tiny'),
                screen.app.name,
                presence(screen.app.online),
              )
            : row(
                one,
                icon('people'),
                one.members
                  .filter((id) => id !== screen.me)
                  .map((id) => personOf(id).name.replace(/（.*$/, ''))
                  .join('、'),
              ),
        ),
      ),
    ),
    h('p', { class: 'sidebar-note' }, '会社・人物は架空の見本です。このパソコンの中だけで動いています。'),
  );
}

function group(title, rows) {
  return h('section', {}, h('h2', {}, title), h('ul', {}, rows));
}

function row(channel, mark, name, extra = null) {
  const isCurrent = channel.id === place.channel;
  const href = address({ channel: channel.id, thread: null, tab: null });
  return h(
    'li',
    {},
    h(
      'a',
      {
        href,
        class: `${channel.unread > 0 && !isCurrent ? 'unread' : ''}`,
        'aria-current': isCurrent ? 'page' : undefined,
        'data-channel': channel.id,
        onclick: (event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          document.body.classList.remove('show-sidebar');
          go({ channel: channel.id, thread: null, tab: null });
        },
      },
      mark,
      h('span', { class: 'row-name' }, name),
      extra,
      channel.unread > 0 && !isCurrent
        ? h('span', { class: 'count', 'aria-label': `未読 ${channel.unread} 件` }, String(channel.unread))
        : null,
    ),
  );
}

function presence(online) {
  return h('span', {
    class: `presence${online ? ' on' : ''}`,
    title: online ? 'アプリは動いています' : 'アプリにつながっていません',
    role: 'img',
    'aria-label': online ? '接続中' : '未接続',
  });
}

/** A link for each person: in this tab, or in another one to be two people at once. */
function switcher(screen, isOpen) {
  const me = personOf(screen.me);
  const as = (id) => `/?as=${encodeURIComponent(id)}`;
  return h(
    'details',
    { class: 'switcher', open: isOpen },
    h(
      'summary',
      { 'aria-label': `${me.name} として参加中。ほかの人に切り替える` },
      avatar(me, 'small'),
      h('span', {}, me.name),
      icon('down'),
    ),
    screen.groups.map((part) =>
      h(
        'section',
        {},
        h('h3', {}, part.name),
        screen.people
          .filter((user) => user.group === part.id)
          .map((user) =>
            h(
              'div',
              { class: 'switch-row' },
              h(
                'a',
                { href: as(user.id), 'aria-current': user.id === me.id ? 'true' : undefined },
                avatar(personOf(user.id), 'tiny'),
                h('span', {}, user.real_name.replace(/（.*$/, '')),
                h('small', {}, user.title ?? ''),
              ),
              h(
                'a',
                {
                  class: 'new-tab',
                  href: as(user.id),
                  target: '_blank',
                  rel: 'noopener',
                  'aria-label': `${user.real_name} を新しいタブで開く`,
                },
                '別タブ',
              ),
            ),
          ),
      ),
    ),
  );
}
