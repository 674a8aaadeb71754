/** The fields we read of what Slack sends, and nothing else. Everything passes one of these at the edge. */
import { z } from 'zod';

const userId = z.string().regex(/^[UW][A-Z0-9]{1,30}$/);
export const channelId = z.string().regex(/^[CDG][A-Z0-9]{1,30}$/);
export const messageTs = z.string().regex(/^\d{1,15}\.\d{1,10}$/);
const viewId = z.string().min(1).max(255);
const ts = messageTs;
const text = z.string().default('');

export const mentionEvent = z.object({
  user: userId,
  text,
  ts,
  channel: channelId,
  thread_ts: ts.optional(),
});
export type MentionEvent = z.infer<typeof mentionEvent>;

export const messageEvent = mentionEvent.extend({ channel_type: z.string().optional() });
export type MessageEvent = z.infer<typeof messageEvent>;

/** A message that was edited or deleted. Slack shows a deleted one that has replies as a tombstone. */
export const changedMessageEvent = z.object({
  subtype: z.enum(['message_changed', 'message_deleted']),
  channel: channelId,
  deleted_ts: ts.optional(),
  message: z
    .object({
      ts,
      text,
      subtype: z.string().optional(),
      user: userId.optional(),
      edited: z.object({ user: userId.optional(), ts }).optional(),
    })
    .optional(),
  previous_message: z.object({ ts, text, user: userId.optional() }).optional(),
});
export type ChangedMessageEvent = z.infer<typeof changedMessageEvent>;

export const uninstalledEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('app_uninstalled') }),
  z.object({
    type: z.literal('tokens_revoked'),
    tokens: z.object({ bot: z.array(z.string()).default([]) }),
  }),
]);
export type UninstalledEvent = z.infer<typeof uninstalledEvent>;

export const homeOpenedEvent = z.object({
  user: userId,
  channel: channelId,
  tab: z.enum(['home', 'messages']),
});
export type HomeOpenedEvent = z.infer<typeof homeOpenedEvent>;

export const slashCommand = z.object({ user_id: userId, channel_id: channelId, text });
export type SlashCommand = z.infer<typeof slashCommand>;

export const messageShortcut = z.object({
  user: z.object({ id: userId }),
  channel: z.object({ id: channelId }),
  trigger_id: z.string(),
  message: z.object({ text, ts, thread_ts: ts.optional(), reply_count: z.number().int().optional() }),
});
export type MessageShortcut = z.infer<typeof messageShortcut>;

/** Where a pressed button stands: in a message, or in a view. */
export const pressedIn = z.object({
  user: z.object({ id: userId }),
  trigger_id: z.string(),
  view: z
    .object({ id: viewId, type: z.enum(['modal', 'home']), private_metadata: z.string().default('') })
    .optional(),
  container: z
    .object({
      message_ts: ts.optional(),
      channel_id: channelId.optional(),
      thread_ts: ts.optional(),
      is_ephemeral: z.boolean().default(false),
    })
    .default({ is_ephemeral: false }),
});

export const buttonPress = pressedIn.extend({
  actions: z.tuple([z.object({ value: z.string().max(2_000) })]),
});
export type ButtonPress = z.infer<typeof buttonPress>;

export const pageJump = pressedIn.extend({
  actions: z.tuple([z.object({ selected_option: z.object({ value: z.string().max(75) }) })]),
});
export type PageJump = z.infer<typeof pageJump>;

export const deliveryContext = z.object({
  delivery: z.object({ teamId: z.string(), key: z.string(), attempt: z.number().int().min(1) }),
});
