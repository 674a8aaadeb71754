/** Messages as they are read: without what is for one person only, and parents with the numbers of their thread. */
import type { Message, Stored } from './store/messages.ts';
import type { Workspace } from './workspace.ts';

/** Everything in a channel that everyone in it sees, oldest first; with `reader` also what is ephemeral to them. */
export function readable(workspace: Workspace, channelId: string, reader?: string): Stored[] {
  return workspace.messages
    .inChannel(channelId)
    .filter((stored) => stored.reader === null || stored.reader === reader);
}

export type Parent = Message & { reply_count?: number; reply_users?: string[]; latest_reply?: string };

/** A parent gains thread_ts, reply_count, reply_users and latest_reply once it has replies. */
export function withThread(workspace: Workspace, channelId: string, message: Message): Parent {
  if (message.thread_ts !== undefined && message.thread_ts !== message.ts) return message;
  const replies = workspace.messages
    .replies(channelId, message.ts)
    .filter((stored) => stored.reader === null);
  const latest = replies.at(-1);
  if (latest === undefined) return message;
  const users = [...new Set(replies.map((stored) => stored.message.user))];
  return {
    ...message,
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users: users,
    latest_reply: latest.message.ts,
    ...{ reply_users_count: users.length, is_locked: false, subscribed: false },
  };
}
