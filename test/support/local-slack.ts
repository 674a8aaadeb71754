/** A local Slack for tests, and a small stock Bolt app to talk to it. */
import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { type LocalSlack, type LocalSlackOptions, startLocalSlack } from '../../src/local-slack/start.ts';

/** A manifest with everything switched on; tests narrow it where a refusal is the point. */
export const fullManifest = {
  display_information: { name: '見本アプリ' },
  features: {
    app_home: { home_tab_enabled: true, messages_tab_enabled: true },
    bot_user: { display_name: '見本アプリ' },
    slash_commands: [
      { command: '/ask', description: '質問する', usage_hint: '第3条 または 質問文' },
      { command: '/form', description: '書式を開く' },
    ],
    shortcuts: [
      { name: 'この発言を調べる', type: 'message', callback_id: 'look_up', description: '調べます' },
      { name: '新しい相談', type: 'global', callback_id: 'start', description: '始めます' },
    ],
    agent_view: {
      agent_description: '見本のアプリです',
      suggested_prompts: [{ title: 'はじめに', message: '何ができますか' }],
    },
  },
  oauth_config: {
    scopes: {
      bot: [
        ...[
          'app_mentions:read',
          'assistant:write',
          'channels:history',
          'channels:read',
          'chat:write',
          'commands',
        ],
        ...[
          'files:write',
          'groups:history',
          'groups:read',
          'im:history',
          'im:read',
          'im:write',
          'mpim:history',
        ],
        ...['mpim:read', 'mpim:write', 'reactions:write', 'usergroups:read', 'users:read'],
      ],
    },
  },
  settings: {
    event_subscriptions: {
      bot_events: [
        ...[
          'app_home_opened',
          'app_mention',
          'message.channels',
          'message.groups',
          'message.im',
          'message.mpim',
        ],
      ],
    },
    interactivity: { is_enabled: true },
  },
};

/** Ids of the sample workspace that tests speak of. */
export const sampleIds = {
  provider: 'U0HEALTH1',
  colleague: 'U0HEALTH2',
  otherProvider: 'U0KURASI1',
  staff: 'U0STAFF01',
  channel: 'C0HEALTH1',
  staffChannel: 'C0STAFF01',
  lounge: 'C0LOUNGE1',
};

/** In memory, without rate limits unless a test asks for them. */
export function startTestSlack(options: Partial<LocalSlackOptions> = {}): Promise<LocalSlack> {
  return startLocalSlack({ manifest: fullManifest, rateLimits: false, ...options });
}

/** A stock Bolt app in Socket Mode; `add` registers listeners before it starts. */
export async function startBolt(slack: LocalSlack, add: (app: App) => void): Promise<App> {
  const clientOptions = { slackApiUrl: slack.apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    clientPingTimeout: 500,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions },
  });
  const app = new App({ token: slack.botToken, receiver, clientOptions, logLevel: LogLevel.ERROR });
  add(app);
  await app.start();
  return app;
}
