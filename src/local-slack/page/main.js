// The page: fetch the screen, draw it, and look again whenever the server says that something changed.
import { drawMain } from './conversation.js';
import { h } from './dom.js';
import { drawModal } from './modal.js';
import { useNames } from './names.js';
import { fetchScreen, go, listen, place } from './server.js';
import { drawSidebar } from './sidebar.js';
import { drawThread } from './thread.js';

let isLooking = false;
let again = false;

/** One look at a time; a change during a look asks for one more. */
async function look() {
  again = true;
  if (isLooking) return;
  isLooking = true;
  while (again) {
    again = false;
    const screen = await fetchScreen().catch(() => undefined);
    if (screen === null) explainKey();
    else if (screen !== undefined) draw(screen);
  }
  isLooking = false;
}

function draw(screen) {
  useNames(screen);
  if (screen.conversation === null) {
    const first =
      screen.channels.find((one) => one.kind === 'public' || one.kind === 'private') ?? screen.channels[0];
    go({ channel: first.id, thread: null }, { replace: true });
    return;
  }
  const unread = screen.channels.reduce((sum, one) => sum + (one.id === place.channel ? 0 : one.unread), 0);
  document.title = `${unread > 0 ? `(${unread}) ` : ''}${screen.team.name} — ローカル Slack`;
  drawSidebar(screen);
  drawMain(screen);
  drawThread(screen);
  drawModal(screen);
  document.body.dataset.ready = screen.me;
}

function explainKey() {
  document
    .getElementById('main')
    .replaceChildren(
      h(
        'div',
        { class: 'empty' },
        h('h1', {}, '鍵が必要です'),
        h(
          'p',
          {},
          'このページは、起動のたびに変わる鍵で守られています。npm start が表示した最新のアドレスを開いてください。',
        ),
      ),
    );
}

addEventListener('place', () => void look());
addEventListener('popstate', () => void look());
document.addEventListener('visibilitychange', () => void look());
document
  .getElementById('main')
  .addEventListener('pointerdown', () => document.body.classList.remove('show-sidebar'));
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && place.thread && !document.querySelector('dialog[open]')) go({ thread: null });
});

void look();
listen(() => void look());
