/** conversations.*: what the app may know and read. */
import { z } from 'zod';
import type { Context } from '../context.ts';
import { readable, withThread } from '../reading.ts';
import { SlackError } from '../slack-error.ts';
import type { Stored } from '../store/messages.ts';
import type { Channel } from '../workspace.ts';
import { flag, page, paging, ts } from './arguments.ts';
import { channelForApp, method, requireScope, scopeFor } from './method.ts';

const channelArg = z.string().min(1);
const reading = {
  channel: channelArg,
  oldest: z.string().optional(),
  latest: z.string().optional(),
  inclusive: flag.optional(),
  include_all_metadata: flag.optional(),
  ...paging,
};

export const conversations = {
  'conversations.info': method({
    args: z.strictObject({
      channel: channelArg,
      include_num_members: flag.optional(),
      include_locale: flag.optional(),
    }),
    tier: 3,
    run(context, args) {
      const channel = channelForApp(context, args.channel, { member: false });
      requireScope(context, [scopeFor(channel, 'read')]);
      return { channel: { ...describe(context, channel), ...countOf(channel, args.include_num_members) } };
    },
  }),

  'conversations.list': method({
    args: z.strictObject({
      types: z.string().optional(),
      exclude_archived: flag.optional(),
      ...paging,
    }),
    tier: 2,
    run(context, args) {
      const kinds = (args.types ?? 'public_channel').split(',').map((type) => type.trim());
      const wanted = context.workspace
        .channels()
        .filter((channel) => channel.hasApp || channel.kind === 'public')
        .filter((channel) => kinds.includes(typeNames[channel.kind]));
      for (const kind of kinds) requireScope(context, [listScopes[kind] ?? 'channels:read']);
      const { items, response_metadata } = page(wanted, args, 100);
      return { channels: items.map((channel) => describe(context, channel)), response_metadata };
    },
  }),

  'conversations.members': method({
    args: z.strictObject({ channel: channelArg, ...paging }),
    tier: 4,
    run(context, args) {
      const channel = channelForApp(context, args.channel, { member: false });
      requireScope(context, [scopeFor(channel, 'read')]);
      const all = [...channel.members, ...(channel.hasApp ? [context.workspace.app.botUserId] : [])];
      const { items, response_metadata } = page(all, args, 100);
      return { members: items, response_metadata };
    },
  }),

  'users.conversations': method({
    args: z.strictObject({
      user: z.string().optional(),
      types: z.string().optional(),
      exclude_archived: flag.optional(),
      ...paging,
    }),
    tier: 3,
    run(context, args) {
      const { workspace } = context;
      const user = workspace.userOf(args.user ?? workspace.app.botUserId).id;
      const kinds = (args.types ?? 'public_channel').split(',').map((type) => type.trim());
      for (const kind of kinds) requireScope(context, [listScopes[kind] ?? 'channels:read']);
      const theirs = workspace
        .channels()
        .filter((channel) => channel.members.includes(user) && kinds.includes(typeNames[channel.kind]))
        // What is not public shows only where the app is in it as well.
        .filter((channel) => channel.hasApp || channel.kind === 'public');
      const { items, response_metadata } = page(theirs, args, 100);
      return { channels: items.map((channel) => describe(context, channel)), response_metadata };
    },
  }),

  'conversations.open': method({
    args: z.strictObject({
      users: z.string().optional(),
      channel: z.string().optional(),
      return_im: flag.optional(),
      prevent_creation: flag.optional(),
    }),
    tier: 3,
    run(context, args) {
      const users = (args.users ?? '').split(',').filter((id) => id !== '');
      if (args.channel === undefined && users.length === 0) throw new SlackError('users_list_not_supplied');
      if (users.length > 8) throw new SlackError('too_many_users');
      requireScope(context, [users.length > 1 ? 'mpim:write' : 'im:write']);
      const channel = openOf(context, args.channel, users);
      return { channel: args.return_im ? describe(context, channel) : { id: channel.id } };
    },
  }),

  'conversations.history': method({
    args: z.strictObject(reading),
    tier: 3,
    run(context, args) {
      const channel = readableByApp(context, args.channel);
      const all = readable(context.workspace, channel.id)
        .filter((stored) => !isReply(stored))
        .filter((stored) => between(stored.message.ts, args))
        .reverse();
      return answer(context, channel, all, args, 100);
    },
  }),

  'conversations.replies': method({
    args: z.strictObject({ ...reading, ts }),
    tier: 3,
    run(context, args) {
      const channel = readableByApp(context, args.channel);
      const asked = context.workspace.messages.find(channel.id, args.ts);
      if (asked === undefined || asked.reader !== null) throw new SlackError('thread_not_found');
      const root = asked.message.thread_ts ?? asked.message.ts;
      const parent = context.workspace.messages.find(channel.id, root);
      const replies = context.workspace.messages
        .replies(channel.id, root)
        .filter((stored) => stored.reader === null && between(stored.message.ts, args));
      return answer(context, channel, [...(parent ? [parent] : []), ...replies], args, 1000);
    },
  }),
};

const typeNames = { public: 'public_channel', private: 'private_channel', im: 'im', mpim: 'mpim' };
const listScopes: Record<string, string> = {
  public_channel: 'channels:read',
  private_channel: 'groups:read',
  im: 'im:read',
  mpim: 'mpim:read',
};

function readableByApp(context: Context, id: string): Channel {
  const channel = channelForApp(context, id, { member: true });
  requireScope(context, [scopeFor(channel, 'history')]);
  return channel;
}

function openOf(context: Context, channelId: string | undefined, users: string[]): Channel {
  if (channelId !== undefined) return channelForApp(context, channelId, { member: true });
  const [first = ''] = users;
  return users.length > 1 ? context.workspace.groupMessage(users) : context.workspace.directMessage(first);
}

function isReply(stored: Stored): boolean {
  const { thread_ts, ts: own, subtype } = stored.message;
  return thread_ts !== undefined && thread_ts !== own && subtype !== 'thread_broadcast';
}

function between(
  own: string,
  args: { oldest?: string | undefined; latest?: string | undefined; inclusive?: boolean | undefined },
): boolean {
  const at = Number(own);
  const oldest = Number(args.oldest ?? 0);
  const latest = Number(args.latest ?? Number.POSITIVE_INFINITY);
  return args.inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
}

function answer(
  context: Context,
  channel: Channel,
  all: Stored[],
  args: {
    limit?: number | undefined;
    cursor?: string | undefined;
    include_all_metadata?: boolean | undefined;
  },
  fallback: number,
) {
  const { items, hasMore, response_metadata } = page(all, args, fallback);
  const messages = items.map((stored) => {
    const { metadata, ...message } = withThread(context.workspace, channel.id, stored.message);
    return args.include_all_metadata && metadata !== undefined ? { ...message, metadata } : message;
  });
  return { messages, has_more: hasMore, ...(hasMore ? { response_metadata } : {}) };
}

function countOf(channel: Channel, wanted: boolean | undefined) {
  return wanted ? { num_members: channel.members.length + (channel.hasApp ? 1 : 0) } : {};
}

function describe(context: Context, channel: Channel) {
  const shared = {
    id: channel.id,
    created: 1_700_000_000,
    is_archived: false,
    is_org_shared: false,
    is_ext_shared: channel.isExtShared,
    is_shared: channel.isExtShared,
    context_team_id: context.workspace.team.id,
  };
  if (channel.kind === 'im')
    return { ...shared, is_im: true, user: channel.members[0], is_user_deleted: false };
  return {
    ...shared,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: false,
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'public',
    is_general: false,
    is_member: channel.hasApp,
    creator: channel.members[0] ?? '',
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    previous_names: [],
  };
}
