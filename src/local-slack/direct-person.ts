/** A person without a browser: does what the page would ask the server to do, reads what the page would draw. */
import type { Context } from './context.ts';
import { command, openApp, shortcut } from './people/call.ts';
import { close, submit } from './people/modal.ts';
import { press } from './people/press.ts';
import { suggest } from './people/suggest.ts';
import { edit, remove, say } from './people/write.ts';
import {
  collapse,
  elementOn,
  matches,
  type Pattern,
  type Person,
  type Place,
  type SeenElement,
  type SeenMessage,
  type SeenView,
  type Surface,
  type Values,
} from './person.ts';
import type { Block } from './schema/blocks.ts';
import { elementsOf, optionsOf } from './schema/interactive.ts';
import { type ScreenMessage, type ScreenView, screenFor } from './screen.ts';
import { elementText, objectText, visibleText } from './visible-text.ts';
import type { Channel } from './workspace.ts';

const patience = 5000;

export function directPerson(context: Context, userId: string): Person {
  const { workspace } = context;
  workspace.userOf(userId);

  function channelAt(place: Place): Channel {
    if (place === 'app') return workspace.directMessage(userId);
    const found = workspace.channelsOf(userId).find((one) => one.id === place || one.name === place);
    if (found === undefined) throw new Error(`${userId} sees no channel "${place}"`);
    return found;
  }

  function readMessages(place: Place, thread?: SeenMessage): SeenMessage[] {
    const channel = channelAt(place);
    const screen = screenFor(context, userId, {
      channel: channel.id,
      ...(thread ? { thread: rootOf(thread) } : {}),
    });
    const messages = thread ? (screen.thread?.messages ?? []) : (screen.conversation?.messages ?? []);
    return messages.map((message) => seenMessage(context, message));
  }

  function topModal(): SeenView | undefined {
    const { modals } = screenFor(context, userId);
    const top = modals.at(-1);
    return top === undefined ? undefined : seenView(context, top, modals.length);
  }

  function readHome(): SeenView | undefined {
    const { home } = screenFor(context, userId);
    return home === null ? undefined : seenView(context, home, 0);
  }

  async function choose(on: Surface, element: SeenElement, value: string | string[]): Promise<void> {
    const at = { on: surfaceOf(on), blockId: element.blockId, actionId: element.actionId };
    if (element.type.endsWith('external_select')) await suggest(context, userId, { ...at, query: '' });
    await press(context, userId, { ...at, value });
  }

  async function fill(view: SeenView, values: Values): Promise<void> {
    for (const [action, value] of Object.entries(values)) await choose(view, elementOn(view, action), value);
  }

  const until = <T>(read: () => T | undefined, what: () => string, timeout = patience) =>
    waitUntil(context, read, what, timeout);

  return {
    id: userId,
    say: async (place, text, options) => {
      say(context, userId, channelAt(place).id, text, options?.thread && rootOf(options.thread));
    },
    mention: async (place, text, options) => {
      const typed = `@${workspace.app.name} ${text}`;
      say(context, userId, channelAt(place).id, typed, options?.thread && rootOf(options.thread));
    },
    command: (name, text, place) =>
      command(context, userId, { channel: channelAt(place).id, command: name, text }),
    edit: async (message, text) => void edit(context, userId, message.channel, message.ts, text),
    remove: async (message) => remove(context, userId, message.channel, message.ts),
    click: async (on, action, value) => {
      const { blockId, actionId } = elementOn(on, action);
      await press(context, userId, { on: surfaceOf(on), blockId, actionId, value });
    },
    select: (on, action, value) => choose(on, elementOn(on, action), value),
    fill,
    submit: async (view, values = {}) => {
      await fill(view, values);
      return submit(context, userId, view.viewId);
    },
    close: (view) => close(context, userId, view.viewId),
    shortcut: (callbackId, message) =>
      shortcut(context, userId, callbackId, message && { channel: message.channel, ts: message.ts }),
    prompt: async (place, title) => {
      const channel = channelAt(place);
      const shown = screenFor(context, userId, { channel: channel.id }).conversation?.prompts?.prompts ?? [];
      const found = shown.find((one) => one.title === title);
      if (found === undefined) throw new Error(`no suggested prompt "${title}" on the screen`);
      say(context, userId, channel.id, found.message);
    },
    openHome: async () => openApp(context, userId, 'home'),
    openMessages: async () => openApp(context, userId, 'messages'),
    home: async () => readHome(),
    modal: async () => topModal(),
    seen: async (place, options) => readMessages(place, options?.thread),
    prompts: async (place) => {
      const { conversation } = screenFor(context, userId, { channel: channelAt(place).id });
      return conversation?.prompts?.prompts.map((one) => one.title) ?? [];
    },
    waitFor: (place, pattern, options) =>
      until(
        () => readMessages(place, options?.thread).findLast((message) => matches(message.text, pattern)),
        () =>
          `a message ${String(pattern)} in ${place}; there is: ${JSON.stringify(readMessages(place, options?.thread).map((one) => one.text))}`,
        options?.timeout,
      ),
    waitForModal: (pattern, options) =>
      until(
        onView(topModal, pattern),
        () => `a modal ${String(pattern)}; there is: ${topModal()?.text ?? 'none'}`,
        options?.timeout,
      ),
    waitForHome: (pattern, options) =>
      until(
        onView(readHome, pattern),
        () => `a Home ${String(pattern)}; there is: ${readHome()?.text ?? 'none'}`,
        options?.timeout,
      ),
    waitForNoModal: async (options) => {
      await until(
        () => (topModal() === undefined ? true : undefined),
        () => `no modal; there is: ${topModal()?.title}`,
        options?.timeout,
      );
    },
  };
}

function onView(read: () => SeenView | undefined, pattern: Pattern) {
  return () => {
    const view = read();
    return view !== undefined && matches(`${view.title} ${view.text}`, pattern) ? view : undefined;
  };
}

/** Looks now and after every change, so that waiting costs no time beyond what is waited for. */
function waitUntil<T>(
  context: Context,
  read: () => T | undefined,
  what: () => string,
  timeout: number,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = context.workspace.onChange(look);
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`waited ${timeout} ms in vain for ${what()}`));
    }, timeout);
    function look(): void {
      const found = read();
      if (found === undefined) return;
      stop();
      clearTimeout(timer);
      resolve(found);
    }
    look();
  });
}

function seenMessage({ workspace }: Context, message: ScreenMessage): SeenMessage {
  const author = message.bot_id
    ? workspace.app.name
    : (workspace.users.get(message.user)?.real_name ?? message.user);
  return {
    channel: message.channel,
    ts: message.ts,
    threadTs: message.thread_ts,
    author,
    text: collapse(visibleText(workspace, message)),
    ephemeral: message.ephemeral,
    replyCount: message.reply_count ?? 0,
    edited: message.edited !== undefined,
    elements: seenElements(workspace, message.blocks ?? []),
  };
}

function seenView({ workspace }: Context, view: ScreenView, depth: number): SeenView {
  const { source } = view;
  return {
    viewId: view.id,
    type: source.type,
    title: source.type === 'modal' ? source.title.text : '',
    text: collapse(visibleText(workspace, source)),
    depth,
    elements: seenElements(workspace, source.blocks),
  };
}

function seenElements(workspace: Context['workspace'], blocks: Block[]): SeenElement[] {
  return elementsOf(blocks).map(({ block, element }) => ({
    type: element.type,
    blockId: block.block_id ?? '',
    actionId: element.action_id ?? '',
    label:
      block.type === 'input' ? objectText(workspace, block.label) : collapse(elementText(workspace, element)),
    values:
      element.type === 'feedback_buttons'
        ? [element.positive_button, element.negative_button].map((side) => (side as { value: string }).value)
        : optionsOf(element).map((option) => option.value),
  }));
}

function surfaceOf(on: Surface) {
  return 'viewId' in on ? { viewId: on.viewId } : { channel: on.channel, ts: on.ts };
}

/** Replies go to the thread's first message. */
function rootOf(message: SeenMessage): string {
  return message.threadTs ?? message.ts;
}
