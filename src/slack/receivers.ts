import type { IncomingMessage } from 'node:http';
import { HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { GuideError } from '../errors.ts';
import { createSdkLogger, type Log } from './log.ts';

/** Slack's payloads stay far below; Bolt would read 4 MB. */
const BODY_LIMIT = 256 * 1024;
/** Seconds a request's timestamp may differ from our clock. */
const CLOCK_SKEW = 300;

export const EVENTS_PATH = '/slack/events';

export interface SocketSettings {
  readonly appToken: string;
  readonly slackApiUrl: string | null;
}

export interface HttpSettings {
  readonly signingSecret: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

/** Over a WebSocket that we open: no public address is needed. */
export function socketReceiver({ appToken, slackApiUrl }: SocketSettings, log: Log): Receiver {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: createSdkLogger(log),
    installerOptions: { clientOptions: slackApiUrl === null ? {} : { slackApiUrl } },
  });
  return {
    init: (app) => receiver.init(app),
    stop: () => receiver.stop(),
    async start() {
      try {
        return await receiver.start();
      } catch (cause) {
        throw refusedSetting('SLACK_APP_TOKEN：Slackがこのトークンで接続できませんでした', cause);
      }
    },
  };
}

/**
 * Behind a request URL: signed requests at `EVENTS_PATH`, `GET /health` for the machine that watches us.
 * `now` in epoch milliseconds. Bolt refuses old timestamps only, so that a signed request dated in the
 * future could be replayed until then: refused here.
 */
export function httpReceiver(
  { signingSecret, host, port }: HttpSettings,
  log: Log,
  now: () => number,
): Receiver {
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: [EVENTS_PATH],
    bodyLimit: BODY_LIMIT,
    logger: createSdkLogger(log),
    customRoutes: [
      {
        path: '/health',
        method: 'GET',
        handler: (_request, response) => {
          response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
        },
      },
    ],
  });
  const verified = receiver.requestListener;
  receiver.requestListener = (request, response) => {
    if (!isFromTheFuture(request, now())) return verified(request, response);
    log('warn', 'request.from_the_future', { path: request.url });
    response.writeHead(401).end();
  };
  return {
    init: (app) => receiver.init(app),
    stop: () => receiver.stop(),
    async start() {
      try {
        return await receiver.start({ host, port });
      } catch (cause) {
        throw refusedSetting(`HOST「${host}」、PORT「${port}」：待ち受けを始められませんでした`, cause);
      }
    },
  };
}

/** What the outside world refused at start, as a setting to be corrected. */
export function refusedSetting(what: string, cause: unknown): GuideError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new GuideError('settings-invalid', [`${what}（${reason}）。設定を確かめてください。`], { cause });
}

function isFromTheFuture({ headers }: IncomingMessage, now: number): boolean {
  return Number(headers['x-slack-request-timestamp']) > now / 1_000 + CLOCK_SKEW;
}
