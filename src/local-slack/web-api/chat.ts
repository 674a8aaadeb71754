/** chat.*: what the app writes, with the refusals of docs.slack.dev/reference/methods. */
import { z } from 'zod';
import type { Context } from '../context.ts';
import { type BotDraft, changeMessage, postAsBot, removeMessage } from '../posting.ts';
import type { Block } from '../schema/blocks.ts';
import { checkBlocks } from '../schema/check.ts';
import { SlackError } from '../slack-error.ts';
import type { Stored } from '../store/messages.ts';
import type { Channel } from '../workspace.ts';
import { flag, json, ts } from './arguments.ts';
import { channelForApp, method, requireScope } from './method.ts';

const postedText = 40_000;
const updatedText = 4_000;

const metadata = json(
  z.strictObject({
    event_type: z.string().min(1).max(255),
    event_payload: z.record(z.string(), z.unknown()),
  }),
);
const content = {
  text: z.string().optional(),
  blocks: json(z.unknown()).optional(),
  markdown_text: z.string().max(12_000).optional(),
  mrkdwn: flag.optional(),
  parse: z.string().optional(),
  link_names: flag.optional(),
};
const posted = {
  channel: z.string().min(1),
  thread_ts: ts.optional(),
  ...content,
  username: z.string().optional(),
  icon_emoji: z.string().optional(),
  icon_url: z.string().optional(),
};

export const chat = {
  'chat.postMessage': method({
    args: z.strictObject({
      ...posted,
      metadata: metadata.optional(),
      reply_broadcast: flag.optional(),
      unfurl_links: flag.optional(),
      unfurl_media: flag.optional(),
    }),
    scopes: ['chat:write'],
    tier: 'post',
    run(context, args) {
      const channel = postTarget(context, args.channel);
      requireCustomize(context, args);
      const draft = {
        ...contentOf(args, postedText),
        metadata: args.metadata,
        ...(args.thread_ts !== undefined && args.reply_broadcast ? { subtype: 'thread_broadcast' } : {}),
      };
      requireParent(context, channel, args.thread_ts);
      const message = postAsBot(context, channel, { ...draft, thread_ts: args.thread_ts });
      return { channel: channel.id, ts: message.ts, message };
    },
  }),

  'chat.postEphemeral': method({
    args: z.strictObject({ ...posted, user: z.string().min(1) }),
    scopes: ['chat:write'],
    tier: 4,
    run(context, args) {
      const channel = channelForApp(context, args.channel, { member: true });
      if (!channel.members.includes(args.user)) throw new SlackError('user_not_in_channel');
      const draft = contentOf(args, postedText);
      requireParent(context, channel, args.thread_ts);
      const message = postAsBot(context, channel, { ...draft, thread_ts: args.thread_ts }, args.user);
      return { message_ts: message.ts };
    },
  }),

  'chat.update': method({
    args: z.strictObject({
      channel: z.string().min(1),
      ts,
      ...content,
      metadata: metadata.optional(),
      reply_broadcast: flag.optional(),
    }),
    scopes: ['chat:write'],
    tier: 3,
    run(context, args) {
      const channel = channelForApp(context, args.channel, { member: false });
      const stored = ownMessage(context, channel, args.ts, 'cant_update_message');
      const draft = contentOf(args, updatedText);
      const message = changeMessage(context, channel, stored, context.workspace.app.botUserId, {
        text: draft.text ?? '',
        // Without `blocks` the old ones stay; an empty list removes them (docs of chat.update).
        ...(draft.blocks === undefined ? {} : { blocks: draft.blocks }),
        ...(args.metadata === undefined ? {} : { metadata: args.metadata }),
      });
      return { channel: channel.id, ts: message.ts, text: message.text, message };
    },
  }),

  'chat.delete': method({
    args: z.strictObject({ channel: z.string().min(1), ts }),
    scopes: ['chat:write'],
    tier: 3,
    run(context, args) {
      const channel = channelForApp(context, args.channel, { member: false });
      removeMessage(context, channel, ownMessage(context, channel, args.ts, 'cant_delete_message'));
      return { channel: channel.id, ts: args.ts };
    },
  }),

  'chat.getPermalink': method({
    args: z.strictObject({ channel: z.string().min(1), message_ts: ts }),
    tier: 'none',
    run(context, args) {
      const channel = channelForApp(context, args.channel, { member: false });
      const stored = context.workspace.messages.find(channel.id, args.message_ts);
      if (stored === undefined || stored.reader !== null) throw new SlackError('message_not_found');
      return { channel: channel.id, permalink: permalink(context, channel, stored) };
    },
  }),
};

/** Text and blocks of a message, checked; used by response_url and slash command answers as well. */
export function contentOf(
  args: { text?: string | undefined; blocks?: unknown; markdown_text?: string | undefined },
  maximum: number = postedText,
): BotDraft & { blocks: Block[] | undefined } {
  if ((args.text?.length ?? 0) > maximum) throw new SlackError('msg_too_long');
  if (args.markdown_text !== undefined) {
    if (args.text !== undefined || args.blocks !== undefined) throw new SlackError('markdown_text_conflict');
    return {
      text: args.markdown_text,
      blocks: checkBlocks([{ type: 'markdown', text: args.markdown_text }]),
    };
  }
  const blocks = args.blocks === undefined ? undefined : checkBlocks(args.blocks);
  if (!args.text?.trim() && (blocks === undefined || blocks.length === 0)) throw new SlackError('no_text');
  return { text: args.text, blocks };
}

/** A link that opens this message on the page; clients only ever pass it on. */
function permalink(context: Context, channel: Channel, stored: Stored): string {
  const { ts: own, thread_ts } = stored.message;
  const query =
    thread_ts === undefined || thread_ts === own ? '' : `?thread_ts=${thread_ts}&cid=${channel.id}`;
  return `${context.origin()}/archives/${channel.id}/p${own.replace('.', '')}${query}`;
}

/** A user id as channel means the direct message with that person. */
function postTarget(context: Context, id: string): Channel {
  if (context.workspace.users.has(id)) return context.workspace.directMessage(id);
  return channelForApp(context, id, { member: true });
}

function requireParent(context: Context, channel: Channel, threadTs: string | undefined): void {
  if (threadTs === undefined) return;
  const parent = context.workspace.messages.find(channel.id, threadTs);
  if (parent === undefined) throw new SlackError('thread_not_found');
  const isReply = parent.message.thread_ts !== undefined && parent.message.thread_ts !== threadTs;
  if (isReply || parent.reader !== null) throw new SlackError('cannot_reply_to_message');
}

function requireCustomize(
  context: Context,
  args: { username?: string | undefined; icon_emoji?: string | undefined; icon_url?: string | undefined },
): void {
  if (args.username ?? args.icon_emoji ?? args.icon_url) requireScope(context, ['chat:write.customize']);
}

function ownMessage(context: Context, channel: Channel, messageTs: string, refusal: string): Stored {
  const stored = context.workspace.messages.find(channel.id, messageTs);
  if (stored === undefined || stored.reader !== null) throw new SlackError('message_not_found');
  if (stored.message.user !== context.workspace.app.botUserId) throw new SlackError(refusal);
  return stored;
}
