/** The servers whose throughput is compared: the whole bot, and the same receipt with a listener that does next to nothing. */
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { App, type Receiver, webApi } from '@slack/bolt';
import { parse } from 'yaml';
import { projectRoot } from '../../boot/project-root.ts';
import { composeBot } from '../../compose.ts';
import { startLocalSlack } from '../../local-slack/start.ts';
import { durableReceiver } from '../../slack/durable-receiver.ts';
import { httpReceiver } from '../../slack/receivers.ts';
import { RETRY_SCHEDULE } from '../../slack/retry.ts';
import { openDatabase } from '../../store/database.ts';
import { createInboxStore, type InboxStore } from '../../store/inbox-store.ts';

/** `empty` listens and does nothing; `post` posts one short line: whatever answers in Slack does at least that. */
export const SERVER_KINDS = ['empty', 'post', 'bot'] as const;
export type ServerKind = (typeof SERVER_KINDS)[number];

/** What a child says when it is ready, and what it answers when asked. */
export interface Ready {
  readonly url: string;
}
export interface Standing {
  /** Events handled to their end. */
  readonly handled: number;
  readonly failed: number;
  /** Resident memory; after a collection where it was asked to tidy up. */
  readonly megabytes: number;
}
export interface SlackReady {
  readonly apiUrl: string;
  readonly botToken: string;
  readonly signingSecret: string;
  readonly teamId: string;
}

/** The child that stands for Slack: answers come to it as posts. */
export async function runSlack(): Promise<void> {
  const manifest: unknown = parse(await readFile(join(projectRoot(), 'manifest.yml'), 'utf8'));
  const { apiUrl, botToken, signingSecret, teamId } = await startLocalSlack({ manifest, rateLimits: false });
  console.log(JSON.stringify({ apiUrl, botToken, signingSecret, teamId } satisfies SlackReady));
}

/** The line on which a server collects its garbage before it says how it stands. */
export const TIDY = 'tidy';

/** A child that receives events; `folder` for its database. Answers every line with how it stands. */
export async function runServer(kind: ServerKind, folder: string, slack: SlackReady): Promise<void> {
  const db = await openDatabase(join(folder, `${kind}.db`));
  const inbox = createInboxStore(db);
  let server: Server | undefined;
  const inner = httpReceiver(
    { host: '127.0.0.1', port: 0, signingSecret: slack.signingSecret },
    () => {},
    Date.now,
  );
  const transport: Receiver = {
    ...inner,
    async start(...how: unknown[]) {
      server = (await inner.start(...how)) as Server;
      return server;
    },
  };
  const nobody = { usergroup: null, users: [], channel: null };
  const settings = {
    transport,
    botToken: slack.botToken,
    slackApiUrl: slack.apiUrl,
    staff: nobody,
    dataDir: folder,
  };
  // One person asks all of it, faster than any person could.
  const rateLimit = { burst: Number.MAX_SAFE_INTEGER, perMinute: 0 };
  if (kind === 'bot') await composeBot({ ...settings, rateLimit }, { db, log: () => {}, now: Date.now });
  else await startListener(kind, transport, inbox, slack);
  const address = server?.address();
  if (address === null || address === undefined || typeof address === 'string') throw new Error('no address');
  console.log(JSON.stringify({ url: `http://127.0.0.1:${address.port}/slack/events` } satisfies Ready));
  for await (const line of createInterface({ input: process.stdin })) {
    const rows = await db
      .selectFrom('inbox')
      .select(['state', (eb) => eb.fn.countAll<number>().as('count')])
      .groupBy('state')
      .execute();
    const of = (state: string) => Number(rows.find((row) => row.state === state)?.count ?? 0);
    // Never while events are handled: it would be measured with them.
    if (line === TIDY) globalThis.gc?.();
    const megabytes = process.memoryUsage().rss / 1_048_576;
    console.log(JSON.stringify({ handled: of('handled'), failed: of('dead'), megabytes } satisfies Standing));
  }
}

async function startListener(
  kind: Exclude<ServerKind, 'bot'>,
  transport: Receiver,
  inbox: InboxStore,
  { apiUrl: slackApiUrl, botToken }: SlackReady,
): Promise<void> {
  const receiver = durableReceiver(transport, {
    inbox,
    log: () => {},
    now: Date.now,
    pollMillis: 1_000,
    retrySchedule: RETRY_SCHEDULE,
    giveUp: async () => {},
    isFollowed: async () => false,
    tooFast: () => null,
  });
  const clientOptions = { slackApiUrl, retryConfig: { retries: 0 } };
  const client = new webApi.WebClient(botToken, clientOptions);
  const { user_id: botUserId = '', bot_id: botId = '' } = await client.auth.test();
  const app = new App({ receiver, token: botToken, botUserId, botId, clientOptions, convoStore: false });
  app.event('message', async ({ payload: { channel } }) => {
    if (kind === 'post') await client.chat.postMessage({ channel, text: '受け取りました。' });
  });
  await app.start();
}
