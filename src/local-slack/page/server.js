// Talking to the local server: the screen, wishes in order, live updates. The address bar holds who and where.
import { toast } from './toast.js';

export const place = {
  get as() {
    return query().get('as');
  },
  get channel() {
    return query().get('channel');
  },
  get thread() {
    return query().get('thread');
  },
  get tab() {
    return query().get('tab');
  },
};

function query() {
  return new URLSearchParams(location.search);
}

/** The address with some parts changed; null takes one away. */
export function address(changes) {
  const next = query();
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  return `/?${next}`;
}

export function go(changes, { replace = false } = {}) {
  history[replace ? 'replaceState' : 'pushState'](null, '', address(changes));
  dispatchEvent(new Event('place'));
}

/** Null when the key of this run is missing; the page says what to do then. */
export async function fetchScreen() {
  const at = new URLSearchParams();
  for (const name of ['as', 'channel', 'thread']) if (place[name]) at.set(name, place[name]);
  const response = await fetch(`/screen?${at}`);
  if (response.status === 403) return null;
  return response.ok ? response.json() : undefined;
}

let last = Promise.resolve();

/**
 * Asks the server for something, one wish after the other, so that what was typed is there before it is
 * submitted. Refusals are shown as a notice and give undefined.
 */
export function ask(wish) {
  const as = place.as;
  const next = last.then(async () => {
    try {
      const response = await fetch(`/wishes?as=${encodeURIComponent(as)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(wish),
      });
      const answer = await response.json();
      if (response.ok) return answer;
      toast(answer.message ?? 'この操作はできませんでした。ページを開き直してください。');
    } catch {
      toast('ローカル Slack につながりません。サーバーが動いているか確かめてください。');
    }
    return undefined;
  });
  last = next;
  return next;
}

/** Calls `look` on every change and after each reconnection. */
export function listen(look) {
  const source = new EventSource(`/updates?as=${encodeURIComponent(place.as)}`);
  source.addEventListener('message', look);
  return source;
}
