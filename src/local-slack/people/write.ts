/** A person writes, edits, deletes, reads. */
import type { Context } from '../context.ts';
import { changeMessage, postAsUser, removeMessage } from '../posting.ts';
import { NotOnScreen } from '../slack-error.ts';
import type { Message, Stored } from '../store/messages.ts';
import type { Channel } from '../workspace.ts';
import { compose } from './compose.ts';

const longestMessage = 12_000;

export function say(
  context: Context,
  userId: string,
  channelId: string,
  typed: string,
  threadTs?: string,
): Message {
  const channel = channelFor(context, userId, channelId);
  if (typed.trim() === '') throw new NotOnScreen('メッセージが空です');
  if (typed.length > longestMessage) throw new NotOnScreen(`メッセージは ${longestMessage} 文字までです`);
  if (threadTs !== undefined) visibleMessage(context, userId, channelId, threadTs);
  const content = compose(context.workspace, typed.trim());
  const message = postAsUser(context, channel, userId, { ...content, thread_ts: threadTs });
  markRead(context, userId, channelId, message.ts, threadTs);
  return message;
}

export function edit(
  context: Context,
  userId: string,
  channelId: string,
  ts: string,
  typed: string,
): Message {
  const { channel, stored } = ownMessage(context, userId, channelId, ts);
  return changeMessage(context, channel, stored, userId, compose(context.workspace, typed.trim()));
}

export function remove(context: Context, userId: string, channelId: string, ts: string): void {
  const visible = visibleMessage(context, userId, channelId, ts);
  // "Dismiss" on an ephemeral message is the reader's own business; the app hears nothing.
  const isDismissal = visible.stored.reader === userId;
  const { channel, stored } = isDismissal ? visible : ownMessage(context, userId, channelId, ts);
  removeMessage(context, channel, stored);
}

/** Read marks: for a channel, or for one thread of it. */
export function markRead(
  context: Context,
  userId: string,
  channelId: string,
  ts: string,
  threadTs?: string,
): void {
  const { records } = context.workspace;
  const key = readKey(userId, channelId, threadTs);
  if ((records.get<string>('read', key) ?? '') >= ts) return;
  records.put('read', key, ts);
  context.workspace.changed(userId);
}

export function readKey(userId: string, channelId: string, threadTs?: string): string {
  return `${userId} ${channelId} ${threadTs ?? ''}`;
}

/** A conversation this person is in. */
export function channelFor(context: Context, userId: string, channelId: string): Channel {
  const channel = context.workspace.findChannel(channelId);
  if (channel === undefined || !channel.members.includes(userId)) {
    throw new NotOnScreen(`チャンネル ${channelId} は画面にありません`);
  }
  return channel;
}

/** A message this person can see: in a conversation of theirs, and not somebody else's ephemeral. */
export function visibleMessage(
  context: Context,
  userId: string,
  channelId: string,
  ts: string,
): { channel: Channel; stored: Stored } {
  const channel = channelFor(context, userId, channelId);
  const stored = context.workspace.messages.find(channelId, ts);
  if (stored === undefined || (stored.reader !== null && stored.reader !== userId)) {
    throw new NotOnScreen('そのメッセージは画面にありません');
  }
  return { channel, stored };
}

function ownMessage(context: Context, userId: string, channelId: string, ts: string) {
  const found = visibleMessage(context, userId, channelId, ts);
  if (found.stored.message.user !== userId) throw new NotOnScreen('自分のメッセージだけを編集・削除できます');
  return found;
}
