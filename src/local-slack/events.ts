/** Events in the shapes the Events API sends, and only those the manifest subscribes to with the scope for them. */
import type { Context } from './context.ts';
import type { Message } from './store/messages.ts';
import { type Channel, token } from './workspace.ts';

const scopeOf: Record<string, string> = {
  app_mention: 'app_mentions:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  'message.mpim': 'mpim:history',
};
const messageEvents = {
  public: 'message.channels',
  private: 'message.groups',
  im: 'message.im',
  mpim: 'message.mpim',
};
const channelTypes = { public: 'channel', private: 'group', im: 'im', mpim: 'mpim' };

/** A new message: `message` in the channel's kind and, where the app is named outside its DM, `app_mention`. */
export function announceMessage(context: Context, channel: Channel, message: Message): void {
  if (!channel.hasApp) return;
  const { reactions: _reactions, metadata: _metadata, ...plain } = message;
  const event = {
    ...plain,
    channel: channel.id,
    event_ts: message.ts,
    channel_type: channelTypes[channel.kind],
  };
  send(context, messageEvents[channel.kind], event, channel);
  const named = message.text.includes(`<@${context.workspace.app.botUserId}>`);
  if (named && channel.kind !== 'im' && message.bot_id === undefined) {
    const { channel_type: _type, subtype: _subtype, ...mention } = event;
    send(context, 'app_mention', { ...mention, type: 'app_mention' }, channel);
  }
}

export function announceEdit(context: Context, channel: Channel, before: Message, after: Message): void {
  if (!channel.hasApp) return;
  const event = {
    type: 'message',
    subtype: 'message_changed',
    message: after,
    previous_message: before,
    channel: channel.id,
    hidden: true,
    ts: context.workspace.nextTs(),
    event_ts: after.edited?.ts ?? after.ts,
    channel_type: channelTypes[channel.kind],
  };
  send(context, messageEvents[channel.kind], event, channel);
}

export function announceDeletion(context: Context, channel: Channel, before: Message): void {
  if (!channel.hasApp) return;
  const ts = context.workspace.nextTs();
  const event = {
    type: 'message',
    subtype: 'message_deleted',
    previous_message: before,
    channel: channel.id,
    hidden: true,
    deleted_ts: before.ts,
    ts,
    event_ts: ts,
    channel_type: channelTypes[channel.kind],
  };
  send(context, messageEvents[channel.kind], event, channel);
}

/** The person looks at the app's Home or Messages tab. */
export function announceHomeOpened(
  context: Context,
  userId: string,
  tab: 'home' | 'messages',
  view?: unknown,
): void {
  const { workspace } = context;
  const event = {
    type: 'app_home_opened',
    user: userId,
    channel: workspace.directMessage(userId).id,
    tab,
    event_ts: workspace.nextTs(),
    ...(view === undefined ? {} : { view }),
  };
  send(context, 'app_home_opened', event);
}

/** Anything else a test wants to send, as if Slack had. */
export function sendEvent(context: Context, event: Record<string, unknown> & { type: string }): void {
  context.dispatcher.event(wrap(context, event, false));
}

function send(
  context: Context,
  subscription: string,
  event: Record<string, unknown>,
  channel?: Channel,
): void {
  const { manifest } = context.workspace;
  const scope = scopeOf[subscription];
  if (!manifest.settings.event_subscriptions.bot_events.includes(subscription)) return;
  if (scope !== undefined && !manifest.oauth_config.scopes.bot.includes(scope)) return;
  context.dispatcher.event(wrap(context, event, channel?.isExtShared ?? false));
}

function wrap(context: Context, event: Record<string, unknown>, isExtShared: boolean) {
  const { workspace, verificationToken } = context;
  return {
    token: verificationToken,
    team_id: workspace.team.id,
    context_team_id: workspace.team.id,
    context_enterprise_id: null,
    api_app_id: workspace.app.id,
    event,
    type: 'event_callback',
    event_id: `Ev${token(5)}`,
    event_time: Math.floor(workspace.now().getTime() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: workspace.team.id,
        user_id: workspace.app.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: isExtShared,
    event_context: `4-${token(12)}`,
  };
}
