/**
 * The local Slack: a Web API, Socket Mode and a page on 127.0.0.1, strict enough that a bot which works here
 * works in Slack. Development, training and the start without tokens; nothing in the product imports it.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Context } from './context.ts';
import { makeDispatcher, slackRetryDelays } from './delivery/dispatcher.ts';
import { makeSignedHttp } from './delivery/signed-http.ts';
import { makeSocketMode } from './delivery/socket-mode.ts';
import { directPerson } from './direct-person.ts';
import { sendEvent } from './events.ts';
import { serveApi } from './http/api.ts';
import { sendJson, TooLarge } from './http/exchange.ts';
import { makePageServer } from './http/page.ts';
import { toManifest } from './manifest.ts';
import type { Person } from './person.ts';
import { makeRateLimits, type RateLimitOptions, slackRateLimits } from './rate-limits.ts';
import { makeResponseUrls } from './response-urls.ts';
import { readSample, type Sample } from './sample.ts';
import { makeTriggers } from './triggers.ts';
import { makeWorkspace, token } from './workspace.ts';

export type LocalSlackOptions = {
  /** 0 (the default) takes any free port. */
  port?: number;
  host?: '127.0.0.1';
  /** SQLite file; `:memory:` (the default) forgets everything at the end. */
  dataFile?: string;
  /** manifest.yml, parsed. */
  manifest: unknown;
  /** People, companies and channels; without it the sample that comes with the stand-in. */
  sample?: Sample;
  now?: () => Date;
  /** false: no 429 at all. */
  rateLimits?: RateLimitOptions | false;
  /** Milliseconds an app has to acknowledge. */
  ackTimeout?: number;
  /** Milliseconds before each redelivery of an event. */
  retryDelays?: number[];
  /** Deliver by signed HTTP to this request URL instead of Socket Mode. */
  deliverTo?: string;
};

export type LocalSlack = {
  /** The address to open in a browser; it holds the key of this run. */
  url: string;
  /** For `slackApiUrl`; ends in /api/. */
  apiUrl: string;
  appToken: string;
  botToken: string;
  signingSecret: string;
  botUserId: string;
  teamId: string;
  /** A person without a browser. */
  as(userId: string): Person;
  /** From now on by signed HTTP to this request URL. */
  deliverTo(url: string): void;
  /** Sends any event, as if Slack had. */
  sendEvent(event: Record<string, unknown> & { type: string }): void;
  /** The next calls are answered 429 with this Retry-After. */
  refuseNext(calls: number, retryAfterSeconds?: number): void;
  /** Cuts every Socket Mode connection, as a network does. */
  cutConnections(): void;
  /** When every event so far has been acknowledged or given up. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

export async function startLocalSlack(options: LocalSlackOptions): Promise<LocalSlack> {
  const now = options.now ?? (() => new Date());
  const ackTimeout = options.ackTimeout ?? 3000;
  let origin = '';
  const workspace = makeWorkspace({
    dataFile: options.dataFile ?? ':memory:',
    manifest: toManifest(options.manifest),
    sample: options.sample ?? readSample(),
    now,
  });
  const dispatcher = makeDispatcher({ ackTimeout, retryDelays: options.retryDelays ?? slackRetryDelays });
  const socketMode = makeSocketMode({
    appId: workspace.app.id,
    ackTimeout,
    linkUrl: () => `${origin.replace('http:', 'ws:')}/link/`,
  });
  const context: Context = {
    workspace,
    dispatcher,
    triggers: makeTriggers(now),
    responseUrls: makeResponseUrls(workspace.records, now, () => origin),
    rateLimits: makeRateLimits(options.rateLimits ?? slackRateLimits, now),
    origin: () => origin,
    botToken: `xoxb-local-${token(16)}`,
    appToken: `xapp-1-${workspace.app.id}-${token(16)}`,
    signingSecret: randomBytes(16).toString('hex'),
    verificationToken: token(12),
    socketUrl: () => socketMode.openUrl(),
  };
  const pageKey = randomBytes(18).toString('base64url');
  const page = makePageServer(context, pageKey);

  const server = createServer((request, response) => {
    void answer(context, page, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, error instanceof TooLarge ? 413 : 500, { ok: false, error: 'internal_error' });
    });
  });
  server.on('upgrade', (request, socket, head) => {
    const isOurs = isOurHost(origin, request) && (request.url ?? '').startsWith('/link/');
    if (isOurs) socketMode.upgrade(request, socket, head);
    else socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function deliverTo(url: string): void {
    dispatcher.use(makeSignedHttp({ url, signingSecret: context.signingSecret, ackTimeout, now }));
  }
  if (options.deliverTo === undefined) dispatcher.use(socketMode.transport);
  else deliverTo(options.deliverTo);

  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    await dispatcher.stop();
    page.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    workspace.close();
  }

  return {
    url: `${origin}/?key=${pageKey}`,
    apiUrl: `${origin}/api/`,
    appToken: context.appToken,
    botToken: context.botToken,
    signingSecret: context.signingSecret,
    botUserId: workspace.app.botUserId,
    teamId: workspace.team.id,
    as: (userId) => directPerson(context, userId),
    deliverTo,
    sendEvent: (event) => sendEvent(context, event),
    refuseNext: (calls, seconds) => context.rateLimits.refuseNext(calls, seconds),
    cutConnections: () => socketMode.cut(),
    settled: () => dispatcher.settled(),
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

async function answer(
  context: Context,
  page: { serve(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // A name of somebody else's that points to 127.0.0.1 (DNS rebinding) comes with that name in Host.
  if (!isOurHost(context.origin(), request)) {
    sendJson(response, 421, { ok: false, error: 'wrong_host' });
    return;
  }
  const url = new URL(request.url ?? '/', context.origin());
  if (await serveApi(context, request, response, url)) return;
  await page.serve(request, response, url);
}

function isOurHost(origin: string, request: IncomingMessage): boolean {
  const { host } = request.headers;
  const ours = new URL(origin).host;
  return host === ours || host === ours.replace('127.0.0.1', 'localhost');
}
