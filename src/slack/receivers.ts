import type { IncomingMessage } from 'node:http';
import { HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { HttpConfig, SocketConfig } from '../config.ts';
import { createSdkLogger, type Log } from './log.ts';

/** Slack's payloads stay far below; Bolt would read 4 MB. */
const BODY_LIMIT = 256 * 1024;
/** Seconds a request's timestamp may differ from our clock. */
const CLOCK_SKEW = 300;

export const EVENTS_PATH = '/slack/events';

/** Over a WebSocket that we open: no public address is needed. */
export function socketReceiver({ appToken, slackApiUrl }: SocketConfig, log: Log): Receiver {
  return new SocketModeReceiver({
    appToken,
    logger: createSdkLogger(log),
    installerOptions: { clientOptions: slackApiUrl === null ? {} : { slackApiUrl } },
  });
}

/**
 * Behind a request URL: signed requests at `EVENTS_PATH`, `GET /health` for the machine that watches us.
 * `now` in epoch milliseconds. Bolt refuses old timestamps only, so that a signed request dated in the
 * future could be replayed until then: refused here.
 */
export function httpReceiver(
  { signingSecret, host, port }: HttpConfig,
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
    start: () => receiver.start({ host, port }),
    stop: () => receiver.stop(),
  };
}

function isFromTheFuture({ headers }: IncomingMessage, now: number): boolean {
  return Number(headers['x-slack-request-timestamp']) > now / 1_000 + CLOCK_SKEW;
}
