/** Signed events over HTTP, through everything, beside the same receipt with a listener that does nothing, and one that only posts. */
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { median, percentile } from '../figures.ts';
import { type RunningChild, startChild } from './child.ts';
import {
  type Ready,
  SERVER_KINDS,
  type ServerKind,
  type SlackReady,
  type Standing,
  TIDY,
} from './event-server.ts';
import type { BenchOptions, BenchSection } from './section.ts';

const CONNECTIONS = 64;
const LONG_ROUNDS = 10;
const QUESTIONS = [
  '企画書は必要？',
  'SSOと医療費を両方使うとき、事前打合せは要る？',
  '第11条2項',
  '勝手に止められた根拠は？',
  '利用料はいくら？',
  '項番10で本番環境試験は要りますか',
  '薬の情報を取れるAPIはどれ',
  '仕様書を第三者に渡していい？',
];

export async function benchEvents({ quick, events }: BenchOptions): Promise<BenchSection> {
  const rounds = events !== null ? LONG_ROUNDS : quick ? 1 : 3;
  const count = events !== null ? Math.ceil(events / LONG_ROUNDS) : quick ? 200 : 3_000;
  const folder = mkdtempSync(join(tmpdir(), 'kiyaku-events-'));
  const slack = await startChild('slack');
  const ready = JSON.parse(slack.said) as SlackReady;
  const places = await directMessages(ready);
  const seen: Record<ServerKind, Load[]> = { empty: [], post: [], bot: [] };
  const memory: number[] = [];
  try {
    for (const kind of SERVER_KINDS) {
      const server = await startChild('server', kind, folder, slack.said);
      try {
        const { url } = JSON.parse(server.said) as Ready;
        await load({ url, ready, places, server, count: quick ? 50 : 500, from: 0 });
        for (let round = 0; round < rounds; round += 1) {
          seen[kind].push(await load({ url, ready, places, server, count, from: (round + 1) * 1_000_000 }));
          if (kind === 'bot') memory.push((JSON.parse(await server.ask(TIDY)) as Standing).megabytes);
        }
      } finally {
        await server.stop();
      }
    }
  } finally {
    await slack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  const rate = (kind: ServerKind) => median(seen[kind].map(({ perSecond }) => perSecond));
  const worst = median(seen.bot.map(({ acks }) => percentile(acks, 0.99)));
  return {
    name: 'events',
    rows: [
      {
        what: 'events answered, posts included',
        ours: rate('bot'),
        unit: '/s',
        baseline: { name: 'durable inbox, empty listener', value: rate('empty') },
        target: { atLeast: 0.5 },
      },
      {
        what: 'the same',
        ours: rate('bot'),
        unit: '/s',
        baseline: { name: 'durable inbox, one short line posted', value: rate('post') },
        target: null,
      },
      {
        what: 'one short line posted: the most that any answer reaches',
        ours: rate('post'),
        unit: '/s',
        baseline: { name: 'durable inbox, empty listener', value: rate('empty') },
        target: null,
      },
      {
        what: `acknowledgement, p99 at ${CONNECTIONS} connections`,
        ours: worst,
        unit: 'ms',
        baseline: {
          name: 'durable inbox, empty listener',
          value: median(seen.empty.map(({ acks }) => percentile(acks, 0.99))),
        },
        target: null,
      },
      { what: 'acknowledgement, p99', ours: worst, unit: 'ms', baseline: null, target: { atMost: 100 } },
      {
        what: 'memory after the last round',
        ours: memory.at(-1) ?? 0,
        unit: 'MB',
        baseline: { name: 'after the first round', value: memory[0] ?? 1 },
        target: { atMost: 1.15 },
      },
    ],
    notes: [
      `${rounds} × ${count} events, ${CONNECTIONS} connections; server, Slack and sender of the events share the machine's cores`,
      `memory by round: ${memory.map((megabytes) => megabytes.toFixed(0)).join(', ')} MB`,
    ],
  };
}

interface Load {
  /** Until every event was handled to its end. */
  readonly perSecond: number;
  /** Milliseconds until each was acknowledged. */
  readonly acks: readonly number[];
}

async function load(given: {
  url: string;
  ready: SlackReady;
  places: readonly Place[];
  server: RunningChild;
  count: number;
  from: number;
}): Promise<Load> {
  const { url, ready, places, server, count, from } = given;
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const before = (JSON.parse(await server.ask('?')) as Standing).handled;
  const acks: number[] = [];
  let next = 0;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (next < count) {
        const body = eventBody(ready, places, from + next);
        next += 1;
        const sent = performance.now();
        await post(agent, url, ready.signingSecret, body);
        acks.push(performance.now() - sent);
      }
    }),
  );
  for (;;) {
    const { handled, failed } = JSON.parse(await server.ask('?')) as Standing;
    if (failed > 0) throw new Error(`${failed} events failed`);
    if (handled - before >= count) break;
    await sleep(100);
  }
  agent.destroy();
  return { perSecond: (count * 1_000) / (performance.now() - begun), acks };
}

interface Place {
  readonly user: string;
  readonly channel: string;
}

const USERS = ['U0HEALTH1', 'U0HEALTH2', 'U0KURASI1', 'U0KURASI2', 'U0STAFF01', 'U0STAFF02'];

/** The direct messages with the app of the people of the sample workspace: an answer there needs no message before it. */
function directMessages({ apiUrl, botToken }: SlackReady): Promise<Place[]> {
  return Promise.all(
    USERS.map(async (user) => {
      const response = await fetch(new URL('conversations.open', apiUrl), {
        method: 'POST',
        headers: { authorization: `Bearer ${botToken}`, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ users: user }),
      });
      const { channel } = (await response.json()) as { channel: { id: string } };
      return { user, channel: channel.id };
    }),
  );
}

function eventBody({ teamId }: SlackReady, places: readonly Place[], number: number): string {
  const { user, channel } = places[number % places.length] as Place;
  const text = QUESTIONS[number % QUESTIONS.length];
  const ts = `${1_700_000_000 + number}.000100`;
  return JSON.stringify({
    type: 'event_callback',
    team_id: teamId,
    event_id: `Ev${number}`,
    event: { type: 'message', channel_type: 'im', user, text, ts, channel },
  });
}

function post(agent: Agent, url: string, secret: string, body: string): Promise<void> {
  const timestamp = Math.floor(Date.now() / 1_000);
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  return new Promise((resolve, reject) => {
    const sending = request(
      url,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'x-slack-request-timestamp': String(timestamp),
          'x-slack-signature': signature,
        },
      },
      (response) => {
        response.resume();
        response.once('end', () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`answered ${response.statusCode}`)),
        );
      },
    );
    sending.once('error', reject);
    sending.end(body);
  });
}
