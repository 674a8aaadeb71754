/** What the page may ask for, as one strict union: every wish names things on the screen, never their content. */
import { z } from 'zod';
import type { Context } from '../context.ts';
import { command, openApp, shortcut } from '../people/call.ts';
import { close, submit } from '../people/modal.ts';
import { press } from '../people/press.ts';
import { suggest } from '../people/suggest.ts';
import { edit, markRead, remove, say } from '../people/write.ts';

const id = z.string().min(1).max(255);
const surface = z.union([z.strictObject({ channel: id, ts: id }), z.strictObject({ viewId: id })]);
const value = z.union([z.string(), z.array(z.string()), z.null()]);
const element = { on: surface, blockId: id, actionId: id };

export const wish = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('say'), channel: id, text: z.string(), thread: id.optional() }),
  z.strictObject({
    do: z.literal('command'),
    channel: id,
    command: id,
    text: z.string(),
    thread: id.optional(),
  }),
  z.strictObject({ do: z.literal('edit'), channel: id, ts: id, text: z.string() }),
  z.strictObject({ do: z.literal('remove'), channel: id, ts: id }),
  z.strictObject({ do: z.literal('read'), channel: id, ts: id, thread: id.optional() }),
  z.strictObject({ do: z.literal('press'), ...element, value: value.optional() }),
  z.strictObject({ do: z.literal('suggest'), ...element, query: z.string().max(200) }),
  z.strictObject({ do: z.literal('submit'), viewId: id }),
  z.strictObject({ do: z.literal('close'), viewId: id }),
  z.strictObject({
    do: z.literal('shortcut'),
    callbackId: id,
    on: z.strictObject({ channel: id, ts: id }).optional(),
  }),
  z.strictObject({ do: z.literal('open'), tab: z.enum(['home', 'messages']) }),
]);

export type Wish = z.infer<typeof wish>;

/** Does it as this person. The answer: `errors` of a modal, `options` of a select, or nothing. */
export async function fulfil(
  context: Context,
  userId: string,
  asked: Wish,
): Promise<Record<string, unknown>> {
  switch (asked.do) {
    case 'say':
      return { ts: say(context, userId, asked.channel, asked.text, asked.thread).ts };
    case 'command':
      await command(context, userId, asked);
      return {};
    case 'edit':
      edit(context, userId, asked.channel, asked.ts, asked.text);
      return {};
    case 'remove':
      remove(context, userId, asked.channel, asked.ts);
      return {};
    case 'read':
      markRead(context, userId, asked.channel, asked.ts, asked.thread);
      return {};
    case 'press':
      await press(context, userId, asked);
      return {};
    case 'suggest':
      return { options: await suggest(context, userId, asked) };
    case 'submit':
      return { errors: await submit(context, userId, asked.viewId) };
    case 'close':
      await close(context, userId, asked.viewId);
      return {};
    case 'shortcut':
      await shortcut(context, userId, asked.callbackId, asked.on);
      return {};
    case 'open':
      openApp(context, userId, asked.tab);
      return {};
  }
}
