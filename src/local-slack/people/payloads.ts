/** The parts that interactive payloads share. */
import type { Context } from '../context.ts';
import type { Channel } from '../workspace.ts';

export function person({ workspace }: Context, userId: string) {
  const user = workspace.userOf(userId);
  return { id: user.id, username: user.name, name: user.name, team_id: workspace.team.id };
}

export function envelope(context: Context, userId: string) {
  const { workspace } = context;
  return {
    user: person(context, userId),
    api_app_id: workspace.app.id,
    token: context.verificationToken,
    team: { id: workspace.team.id, domain: workspace.team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** Direct messages and private channels carry stand-in names in payloads. */
export function channelName(channel: Channel): string {
  if (channel.kind === 'im') return 'directmessage';
  return channel.kind === 'private' ? 'privategroup' : channel.name;
}

export function actionTs({ workspace }: Context): string {
  return `${(workspace.now().getTime() / 1000).toFixed(3)}000`;
}
