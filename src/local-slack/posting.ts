/** Putting messages into the workspace, changing and removing them: the one path for bot and people alike. */
import type { Context } from './context.ts';
import { announceDeletion, announceEdit, announceMessage } from './events.ts';
import type { Block } from './schema/blocks.ts';
import { elementsOf } from './schema/interactive.ts';
import { showFiles } from './shown-files.ts';
import type { Message, Stored } from './store/messages.ts';
import { type Channel, token } from './workspace.ts';

export type BotDraft = {
  text?: string | undefined;
  blocks?: Block[] | undefined;
  thread_ts?: string | undefined;
  metadata?: Message['metadata'] | undefined;
  files?: Record<string, unknown>[] | undefined;
  subtype?: string | undefined;
};

/** Posted by the app. With `reader` it is ephemeral: one person's screen, no event, not in history. */
export function postAsBot(context: Context, channel: Channel, draft: BotDraft, reader?: string): Message {
  const { workspace } = context;
  const { app } = workspace;
  const message: Message = {
    type: 'message',
    user: app.botUserId,
    text: draft.text ?? '',
    ts: workspace.nextTs(),
    team: workspace.team.id,
    bot_id: app.botId,
    app_id: app.id,
    bot_profile: {
      id: app.botId,
      app_id: app.id,
      name: app.name,
      team_id: workspace.team.id,
      deleted: false,
    },
    ...parentOf(context, channel, draft.thread_ts),
    ...(draft.subtype === undefined ? {} : { subtype: draft.subtype }),
    ...(draft.blocks === undefined || draft.blocks.length === 0 ? {} : { blocks: withIds(draft.blocks) }),
    ...(draft.metadata === undefined ? {} : { metadata: draft.metadata }),
    ...(draft.files === undefined ? {} : { files: draft.files }),
  };
  workspace.messages.put(channel.id, message, reader ?? null);
  showFiles(context, channel.id, draft.blocks ?? []);
  workspace.records.drop('status', statusKey(channel.id, message.thread_ts));
  if (reader === undefined) announceMessage(context, channel, message);
  workspace.changed(reader);
  return message;
}

/** Written by a person. `blocks` is what the composer made of it. */
export function postAsUser(
  context: Context,
  channel: Channel,
  userId: string,
  draft: { text: string; blocks: Block[]; thread_ts?: string | undefined },
): Message {
  const { workspace } = context;
  const message: Message = {
    type: 'message',
    user: userId,
    text: draft.text,
    ts: workspace.nextTs(),
    client_msg_id: `${token(4)}-${token(2)}-${token(2)}-${token(2)}-${token(6)}`.toLowerCase(),
    team: workspace.team.id,
    blocks: withIds(draft.blocks),
    ...parentOf(context, channel, draft.thread_ts),
  };
  workspace.messages.put(channel.id, message);
  announceMessage(context, channel, message);
  workspace.changed();
  return message;
}

/** `changes` replaces fields; undefined removes one. */
export function changeMessage(
  context: Context,
  channel: Channel,
  stored: Stored,
  editor: string,
  changes: { text?: string; blocks?: Block[] | undefined; metadata?: NonNullable<Message['metadata']> },
): Message {
  const { workspace } = context;
  const { blocks, ...rest } = changes;
  const after: Message = { ...stored.message, ...rest };
  if ('blocks' in changes) {
    delete after.blocks;
    if (blocks !== undefined && blocks.length > 0) after.blocks = withIds(blocks);
  }
  if (stored.reader === null) after.edited = { user: editor, ts: workspace.nextTs() };
  workspace.messages.put(channel.id, after, stored.reader);
  if (stored.reader === null) announceEdit(context, channel, stored.message, after);
  workspace.changed(stored.reader ?? undefined);
  return after;
}

/** A parent with replies leaves a tombstone, as in Slack; everything else goes. */
export function removeMessage(context: Context, channel: Channel, stored: Stored): void {
  const { workspace } = context;
  const { ts } = stored.message;
  if (workspace.messages.replies(channel.id, ts).some((reply) => reply.reader === null)) {
    const { type, team } = stored.message;
    workspace.messages.put(channel.id, {
      type,
      team,
      ts,
      thread_ts: ts,
      subtype: 'tombstone',
      user: 'USLACKBOT',
      text: 'This message was deleted.',
    });
  } else {
    workspace.messages.remove(channel.id, ts);
  }
  if (stored.reader === null) announceDeletion(context, channel, stored.message);
  workspace.changed(stored.reader ?? undefined);
}

/** Where the app's "is thinking" line of a conversation is kept. */
export function statusKey(channel: string, threadTs: string | undefined): string {
  return `${channel} ${threadTs ?? ''}`;
}

/** Slack gives every block and element an id when the sender did not. */
export function withIds<T extends Block>(blocks: T[]): T[] {
  const copy = structuredClone(blocks);
  for (const block of copy) block.block_id ??= token(3).slice(0, 5);
  for (const { element } of elementsOf(copy)) element.action_id ??= token(3).slice(0, 5);
  return copy;
}

function parentOf(context: Context, channel: Channel, threadTs: string | undefined) {
  if (threadTs === undefined) return {};
  const parent = context.workspace.messages.find(channel.id, threadTs);
  return { thread_ts: threadTs, ...(parent === undefined ? {} : { parent_user_id: parent.message.user }) };
}
