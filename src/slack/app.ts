import { App, type Context, type Receiver, type RespondFn, type webApi } from '@slack/bolt';
import type { Call, Edge } from './edge.ts';
import { createSdkLogger, type Log } from './log.ts';
import { deliveryContext } from './payloads.ts';
import { isSlackResponseUrl } from './response-url.ts';
import { unwrap } from './retry.ts';
import { ROUTES, type Route, VIEW_ROUTES, type ViewRoute } from './routes.ts';
import { actionPattern } from './views/action-ids.ts';

export interface AppParts {
  readonly edge: Edge;
  /** Hands over what arrives, written down: see `durable-receiver.ts`. */
  readonly receiver: Receiver;
  readonly botToken: string;
  /** Of auth.test, asked once at start: otherwise the first person waits for it. */
  readonly bot: { readonly userId: string; readonly botId: string };
  readonly slackApiUrl: string | null;
  readonly clientOptions: webApi.WebClientOptions;
  readonly log: Log;
}

/** Bolt with our routes. What a listener throws reaches the receiver, which knows what to do about it. */
export function createSlackApp(parts: AppParts): App {
  const { edge, receiver, botToken, bot, clientOptions, log, slackApiUrl } = parts;
  const app = new App({
    receiver,
    token: botToken,
    botUserId: bot.userId,
    botId: bot.botId,
    clientOptions,
    logger: createSdkLogger(log),
    convoStore: false,
  });
  app.use(async ({ body, next }) => {
    const address: unknown = Reflect.get(body, 'response_url');
    if (typeof address === 'string' && address !== '' && !isSlackResponseUrl(address, slackApiUrl)) {
      log('error', 'payload.foreign_response_url');
      return;
    }
    await next();
  });
  app.error(async (error) => {
    throw unwrap(error);
  });
  for (const one of ROUTES) register(app, edge, one);
  for (const one of VIEW_ROUTES) registerView(app, edge, one);
  return app;
}

interface Arguments {
  readonly body: unknown;
  readonly payload: unknown;
  readonly context: Context;
  readonly client: webApi.WebClient;
  readonly respond?: RespondFn;
}

/** Acknowledged first, always: the delivery is written down, and Slack waits three seconds. */
function register(app: App, edge: Edge, { kind, on, handle }: Route): void {
  switch (kind) {
    case 'event':
      app.event(on, (given) => handle(edge, callOf(given), given.payload));
      return;
    case 'command':
      app.command(on, async (given) => {
        await given.ack();
        await handle(edge, callOf(given), given.body);
      });
      return;
    case 'shortcut':
      app.shortcut({ callback_id: on, type: 'message_action' }, async (given) => {
        await given.ack();
        await handle(edge, callOf(given), given.body);
      });
      return;
    case 'action':
      app.action(actionPattern(on), async (given) => {
        await given.ack();
        await handle(edge, callOf(given), given.body);
      });
  }
}

/** Acknowledged with what comes of it, because only so the modal goes on without flicker. */
function registerView(app: App, edge: Edge, { on, handle, after }: ViewRoute): void {
  app.view({ callback_id: on, type: 'view_submission' }, async (given) => {
    await given.ack(await handle(edge, callOf(given), given.body));
    await after?.(edge, callOf(given), given.body);
  });
}

function callOf({ context, client, respond = cannotRespond }: Arguments): Call {
  return { ...deliveryContext.parse(context).delivery, client, respond };
}

async function cannotRespond(): Promise<never> {
  throw new Error('the payload has no response_url');
}
