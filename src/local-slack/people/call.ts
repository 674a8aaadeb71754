/** Slash commands and shortcuts, only those manifest.yml declares; and opening the app's own tabs. */
import type { Context } from '../context.ts';
import { announceHomeOpened } from '../events.ts';
import { respond } from '../responses.ts';
import { AppFailed, NotOnScreen, SlackError } from '../slack-error.ts';
import { homeOf, presentView } from '../view-stacks.ts';
import { compose } from './compose.ts';
import { deliver, isEmptyAnswer } from './deliver.ts';
import { actionTs, channelName, envelope, person } from './payloads.ts';
import { channelFor, visibleMessage } from './write.ts';

/** `/kiyaku 第3条` typed in a channel. `thread`: refused, Slack's commands do not work there. */
export async function command(
  context: Context,
  userId: string,
  at: { channel: string; command: string; text: string; thread?: string | undefined },
): Promise<void> {
  const { workspace } = context;
  const channel = channelFor(context, userId, at.channel);
  const known = workspace.manifest.features.slash_commands.find((one) => one.command === at.command);
  if (known === undefined) throw new NotOnScreen(`${at.command} は使えるコマンドではありません`);
  if (at.thread !== undefined) throw new NotOnScreen(`${at.command} はスレッドの中では使えません`);
  const target = { user: userId, channel: channel.id };
  const { id, name } = person(context, userId);
  const body = await deliver(context, 'slash_commands', {
    token: context.verificationToken,
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: id,
    user_name: name,
    command: at.command,
    text: known.should_escape ? compose(workspace, at.text.trim()).text : at.text.trim(),
    api_app_id: workspace.app.id,
    is_enterprise_install: 'false',
    response_url: context.responseUrls.issue(target),
    trigger_id: context.triggers.issue(userId),
  });
  if (isEmptyAnswer(body)) return;
  try {
    respond(context, target, body);
  } catch (error) {
    if (error instanceof SlackError)
      throw new AppFailed(`${at.command} の応答を表示できませんでした（${error.message}）`);
    throw error;
  }
}

/** A shortcut by callback_id: on a message, or global without one. */
export async function shortcut(
  context: Context,
  userId: string,
  callbackId: string,
  on?: { channel: string; ts: string },
): Promise<void> {
  const type = on === undefined ? 'global' : 'message';
  const { shortcuts } = context.workspace.manifest.features;
  if (!shortcuts.some((one) => one.type === type && one.callback_id === callbackId)) {
    throw new NotOnScreen(`ショートカット「${callbackId}」はありません`);
  }
  const head = {
    ...envelope(context, userId),
    callback_id: callbackId,
    action_ts: actionTs(context),
    trigger_id: context.triggers.issue(userId),
  };
  if (on === undefined) {
    await deliver(context, 'interactive', { type: 'shortcut', ...head });
    return;
  }
  const { channel, stored } = visibleMessage(context, userId, on.channel, on.ts);
  if (stored.reader !== null) throw new NotOnScreen('自分だけに見えるメッセージにショートカットは使えません');
  await deliver(context, 'interactive', {
    type: 'message_action',
    ...head,
    message_ts: on.ts,
    channel: { id: channel.id, name: channelName(channel) },
    message: stored.message,
    response_url: context.responseUrls.issue({ user: userId, channel: channel.id, ts: on.ts }),
  });
}

/** The person looks at the app: `app_home_opened` for the tab, if the manifest has it. */
export function openApp(context: Context, userId: string, tab: 'home' | 'messages'): void {
  const { app_home } = context.workspace.manifest.features;
  const enabled = tab === 'home' ? app_home.home_tab_enabled : app_home.messages_tab_enabled;
  if (!enabled) throw new NotOnScreen(`${tab === 'home' ? 'ホーム' : 'メッセージ'}タブはありません`);
  const home = homeOf(context, userId);
  const view = tab === 'home' && home !== undefined ? presentView(context, home) : undefined;
  announceHomeOpened(context, userId, tab, view);
}
