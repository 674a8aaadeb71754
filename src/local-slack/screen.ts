/** What one person's screen shows, as plain data: the page draws it, the direct client reads it, nothing else decides. */
import type { Context } from './context.ts';
import { type Entered, heldValue } from './form-state.ts';
import { readKey } from './people/write.ts';
import { statusKey } from './posting.ts';
import { readable, withThread } from './reading.ts';
import { elementsOf } from './schema/interactive.ts';
import type { Message, Stored } from './store/messages.ts';
import { homeOf, type LiveView, stackOf } from './view-stacks.ts';
import type { Prompts, Status } from './web-api/assistant.ts';
import type { Channel } from './workspace.ts';

export type ScreenMessage = Message & {
  channel: string;
  ephemeral: boolean;
  /** What this person has chosen in the message so far, initial values included. */
  held: Entered;
  reply_count?: number;
  reply_users?: string[];
  latest_reply?: string;
  unreadReplies?: number;
};
export type ScreenView = LiveView & { held: Entered };
export type Screen = ReturnType<typeof screenFor>;

/** The frame (people, channels, unread counts, open modals) and, when asked, one conversation and one thread. */
export function screenFor(context: Context, userId: string, at: { channel?: string; thread?: string } = {}) {
  const { workspace } = context;
  const me = workspace.userOf(userId);
  workspace.directMessage(userId);
  const { features } = workspace.manifest;
  const channels = workspace.channelsOf(userId);
  const open = channels.find((channel) => channel.id === at.channel);
  const home = homeOf(context, userId);
  return {
    me: me.id,
    team: workspace.team,
    app: {
      ...workspace.app,
      description:
        features.agent_view?.agent_description ?? workspace.manifest.display_information.description,
      homeTab: features.app_home.home_tab_enabled,
      messagesTab: features.app_home.messages_tab_enabled,
      online: context.dispatcher.isReady(),
    },
    people: [...workspace.users.values()],
    groups: workspace.sample.groups,
    usergroups: workspace.sample.usergroups,
    channels: channels.map((channel) => ({ ...channel, unread: unreadIn(context, userId, channel) })),
    commands: features.slash_commands,
    shortcuts: features.shortcuts,
    modals: stackOf(context, userId).map(screenView),
    home: home === undefined ? null : screenView(home),
    conversation: open === undefined ? null : conversation(context, userId, open),
    thread: open === undefined || at.thread === undefined ? null : thread(context, userId, open, at.thread),
  };
}

export function conversation(context: Context, userId: string, channel: Channel) {
  const messages = readable(context.workspace, channel.id, userId).filter((stored) => !isReply(stored));
  return {
    channel,
    messages: messages.map((stored) => screenMessage(context, userId, stored)),
    prompts: promptsOf(context, channel, undefined),
    status: null,
  };
}

/** A thread: its parent first. Null when the parent is not visible. */
export function thread(context: Context, userId: string, channel: Channel, threadTs: string) {
  const { messages } = context.workspace;
  const parent = messages.find(channel.id, threadTs);
  if (parent === undefined) return null;
  const replies = messages
    .replies(channel.id, threadTs)
    .filter((stored) => stored.reader === null || stored.reader === userId);
  return {
    channel: channel.id,
    ts: threadTs,
    messages: [parent, ...replies].map((stored) => screenMessage(context, userId, stored)),
    prompts: promptsOf(context, channel, threadTs),
    status: statusOf(context, channel, threadTs),
  };
}

export function screenView(view: LiveView): ScreenView {
  return { ...view, held: heldIn(view.source.blocks, view.entered) };
}

function screenMessage(context: Context, userId: string, stored: Stored): ScreenMessage {
  const { workspace } = context;
  const { metadata: _metadata, ...message } = withThread(workspace, stored.channel, stored.message);
  const entered =
    workspace.records.get<Entered>('entered', `${stored.channel} ${message.ts} ${userId}`) ?? {};
  const read = workspace.records.get<string>('read', readKey(userId, stored.channel, message.ts)) ?? '';
  const replies = workspace.messages.replies(stored.channel, message.ts);
  const unread = replies.filter(
    (reply) =>
      (reply.reader === null || reply.reader === userId) &&
      reply.message.user !== userId &&
      reply.message.ts > read,
  );
  return {
    ...message,
    channel: stored.channel,
    ephemeral: stored.reader !== null,
    held: heldIn(message.blocks ?? [], entered),
    ...(unread.length > 0 ? { unreadReplies: unread.length } : {}),
  };
}

function heldIn(blocks: NonNullable<Message['blocks']>, entered: Entered): Entered {
  const held: Entered = {};
  for (const { block, element } of elementsOf(blocks)) {
    const blockId = block.block_id ?? '';
    held[blockId] = { ...held[blockId], [element.action_id ?? '']: heldValue(element, blockId, entered) };
  }
  return held;
}

function unreadIn(context: Context, userId: string, channel: Channel): number {
  const read = context.workspace.records.get<string>('read', readKey(userId, channel.id)) ?? '';
  return readable(context.workspace, channel.id, userId).filter(
    (stored) => stored.message.ts > read && stored.message.user !== userId && !isReply(stored),
  ).length;
}

function promptsOf(context: Context, channel: Channel, threadTs: string | undefined): Prompts | null {
  const kept = context.workspace.records.get<Prompts>('prompts', statusKey(channel.id, threadTs));
  if (kept !== undefined || threadTs !== undefined) return kept ?? null;
  const fixed = channel.kind === 'im' ? ownPrompts(context) : channelPrompts(context, channel);
  return fixed.length > 0 ? { prompts: fixed } : null;
}

function ownPrompts({ workspace }: Context): Prompts['prompts'] {
  return workspace.manifest.features.agent_view?.suggested_prompts ?? [];
}

/** In a channel the app hears what it is named in. */
function channelPrompts({ workspace }: Context, channel: Channel): Prompts['prompts'] {
  return (channel.suggestions ?? []).map(({ title, message }) => ({
    title,
    message: `@${workspace.app.name} ${message}`,
  }));
}

function statusOf({ workspace }: Context, channel: Channel, threadTs: string): string | null {
  const kept = workspace.records.get<Status>('status', statusKey(channel.id, threadTs));
  return kept !== undefined && kept.until > workspace.now().getTime() ? kept.status : null;
}

function isReply(stored: Stored): boolean {
  const { thread_ts, ts, subtype } = stored.message;
  return thread_ts !== undefined && thread_ts !== ts && subtype !== 'thread_broadcast';
}
