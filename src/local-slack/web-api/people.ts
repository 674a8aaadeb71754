/** auth, users, usergroups, reactions and Socket Mode's door. */
import { z } from 'zod';
import type { Context } from '../context.ts';
import { SlackError } from '../slack-error.ts';
import { flag, page, paging, ts } from './arguments.ts';
import { channelForApp, method } from './method.ts';

export const people = {
  'apps.connections.open': method({
    args: z.object({}),
    tier: 'none',
    appToken: true,
    run: (context) => ({ url: context.socketUrl() }),
  }),

  'auth.test': method({
    args: z.object({}),
    tier: 'none',
    run({ workspace, origin }) {
      return {
        url: `${origin()}/`,
        team: workspace.team.name,
        user: 'bot',
        team_id: workspace.team.id,
        user_id: workspace.app.botUserId,
        bot_id: workspace.app.botId,
        is_enterprise_install: false,
      };
    },
  }),

  'users.info': method({
    args: z.strictObject({ user: z.string().min(1), include_locale: flag.optional() }),
    scopes: ['users:read'],
    tier: 4,
    run: (context, args) => ({ user: describe(context, args.user, args.include_locale ?? false) }),
  }),

  'users.list': method({
    args: z.strictObject({ include_locale: flag.optional(), ...paging }),
    scopes: ['users:read'],
    tier: 2,
    run(context, args) {
      const ids = [...context.workspace.users.keys(), context.workspace.app.botUserId];
      const { items, response_metadata } = page(ids, args, 200);
      const members = items.map((id) => describe(context, id, args.include_locale ?? false));
      return { members, cache_ts: Math.floor(context.workspace.now().getTime() / 1000), response_metadata };
    },
  }),

  'usergroups.list': method({
    args: z.strictObject({
      include_users: flag.optional(),
      include_count: flag.optional(),
      include_disabled: flag.optional(),
    }),
    scopes: ['usergroups:read'],
    tier: 2,
    run({ workspace }, args) {
      const usergroups = workspace.sample.usergroups.map((group) => ({
        id: group.id,
        team_id: workspace.team.id,
        is_usergroup: true,
        name: group.name,
        handle: group.handle,
        description: '',
        date_delete: 0,
        ...(args.include_users ? { users: group.users } : {}),
        ...(args.include_count ? { user_count: group.users.length } : {}),
      }));
      return { usergroups };
    },
  }),

  'usergroups.users.list': method({
    args: z.strictObject({ usergroup: z.string().min(1), include_disabled: flag.optional() }),
    scopes: ['usergroups:read'],
    tier: 2,
    run({ workspace }, args) {
      const group = workspace.sample.usergroups.find((one) => one.id === args.usergroup);
      if (group === undefined) throw new SlackError('no_such_subteam');
      return { users: group.users };
    },
  }),

  'reactions.add': method({
    args: z.strictObject({
      channel: z.string().min(1),
      timestamp: ts,
      name: z.string().regex(/^[a-z0-9_+'-]+$/),
    }),
    scopes: ['reactions:write'],
    tier: 3,
    run({ workspace, ...context }, args) {
      const channel = channelForApp({ workspace, ...context }, args.channel, { member: true });
      const stored = workspace.messages.find(channel.id, args.timestamp);
      if (stored === undefined || stored.reader !== null) throw new SlackError('message_not_found');
      const reactions = stored.message.reactions ?? [];
      const own = reactions.find((one) => one.name === args.name);
      if (own?.users.includes(workspace.app.botUserId)) throw new SlackError('already_reacted');
      const users = [...(own?.users ?? []), workspace.app.botUserId];
      const rest = reactions.filter((one) => one.name !== args.name);
      const all = [...rest, { name: args.name, users, count: users.length }];
      workspace.messages.put(channel.id, { ...stored.message, reactions: all });
      workspace.changed();
      return {};
    },
  }),
};

function describe({ workspace }: Context, id: string, withLocale: boolean) {
  const isApp = id === workspace.app.botUserId;
  const user = isApp
    ? { name: 'bot', real_name: workspace.app.name, title: '', email: undefined, locale: 'ja-JP' }
    : workspace.userOf(id);
  const mayReadEmail = workspace.manifest.oauth_config.scopes.bot.includes('users:read.email');
  return {
    id,
    team_id: workspace.team.id,
    name: user.name,
    real_name: user.real_name,
    deleted: false,
    color: '4bbe2e',
    tz: 'Asia/Tokyo',
    tz_label: 'Japan Standard Time',
    tz_offset: 32_400,
    is_admin: false,
    is_owner: false,
    is_restricted: false,
    is_bot: isApp,
    is_app_user: false,
    updated: 1_700_000_000,
    profile: {
      real_name: user.real_name,
      display_name: user.real_name,
      title: user.title ?? '',
      team: workspace.team.id,
      ...(mayReadEmail && user.email !== undefined ? { email: user.email } : {}),
      ...(isApp ? { api_app_id: workspace.app.id, bot_id: workspace.app.botId } : {}),
    },
    ...(withLocale ? { locale: user.locale } : {}),
  };
}
