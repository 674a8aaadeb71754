// Who and what things are called on this screen. Set once for every screen that arrives.
import { h } from './dom.js';

let screen;

export function useNames(next) {
  screen = next;
}

export function current() {
  return screen;
}

export function personOf(id) {
  if (id === screen.app.botUserId) return { id, name: screen.app.name, isApp: true };
  const user = screen.people.find((one) => one.id === id);
  return user ? { id, name: user.real_name, title: user.title, group: user.group } : { id, name: id };
}

export function channelOf(id) {
  return screen.channels.find((one) => one.id === id);
}

export function usergroupOf(id) {
  return screen.usergroups.find((one) => one.id === id);
}

/** Initials on a colour; the colour follows the company. */
export function avatar(person, size = '') {
  const index = screen.groups.findIndex((group) => group.id === person.group);
  const colour = person.isApp ? 'app-face' : `face-${index < 0 ? 'none' : index % 6}`;
  const letters = person.isApp ? person.name.slice(0, 1) : initials(person.name);
  return h('span', { class: `avatar ${colour} ${size}`, 'aria-hidden': 'true' }, letters);
}

function initials(name) {
  const [family = '', given = ''] = name.replace(/（.*$/, '').split(/\s/);
  return family.slice(0, 1) + given.slice(0, 1);
}

export function clock(ts) {
  return new Intl.DateTimeFormat('ja-JP', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Asia/Tokyo',
  }).format(new Date(Number(ts) * 1000));
}

export function day(ts) {
  return new Intl.DateTimeFormat('ja-JP', {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: 'short',
    timeZone: 'Asia/Tokyo',
  }).format(new Date(Number(ts) * 1000));
}
