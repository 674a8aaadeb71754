/** A Slack that stores and drops, drops unstored, answers 429 and 500, and answers late; it counts what it stored. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FaultySlack {
  readonly apiUrl: string;
  /** How often each text was stored. */
  readonly stored: ReadonlyMap<string, number>;
  readonly faults: Readonly<Record<string, number>>;
  stop(): void;
}

interface Post {
  readonly ts: string;
  readonly text: string;
  readonly metadata: unknown;
}

/** In the shares measured for the house: 8 % stored and dropped, 4 % dropped, 6 % 429, 4 % 500, 4 % late. */
const LATE_MILLIS = 2_500;
const HISTORY_PAGE = 20;

export async function startFaultySlack(seed: number): Promise<FaultySlack> {
  const channels = new Map<string, Post[]>();
  const stored = new Map<string, number>();
  const faults: Record<string, number> = { dropped: 0, lost: 0, limited: 0, failed: 0, late: 0 };
  const chance = randomFrom(seed);
  let number = 0;
  const server = createServer(
    (request, response) => void answer(request, response).catch(() => response.destroy()),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    stored,
    faults,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const given = new URLSearchParams(await bodyOf(request));
    if (request.url === '/api/conversations.history') return json(response, history(given));
    const luck = chance();
    if (luck < 0.04) return count('dropped', () => request.socket.destroy());
    if (luck < 0.1) {
      response.setHeader('retry-after', '1');
      return count('limited', () => json(response, { ok: false, error: 'ratelimited' }, 429));
    }
    const ts = store(given);
    if (luck < 0.18) return count('lost', () => request.socket.destroy());
    if (luck < 0.22)
      return count('failed', () => json(response, { ok: false, error: 'internal_error' }, 500));
    const said = { ok: true, channel: given.get('channel'), ts };
    if (luck < 0.26) return count('late', () => void setTimeout(() => json(response, said), LATE_MILLIS));
    return json(response, said);
  }

  function count(fault: string, happen: () => void): void {
    faults[fault] = (faults[fault] ?? 0) + 1;
    happen();
  }

  function store(given: URLSearchParams): string {
    number += 1;
    const ts = `${(Date.now() / 1_000).toFixed(0)}.${String(number).padStart(6, '0')}`;
    const text = given.get('text') ?? '';
    const channel = given.get('channel') ?? '';
    const post = { ts, text, metadata: JSON.parse(given.get('metadata') ?? 'null') as unknown };
    channels.set(channel, [post, ...(channels.get(channel) ?? [])]);
    stored.set(text, (stored.get(text) ?? 0) + 1);
    return ts;
  }

  /** Newest first and in pages, as Slack gives it. */
  function history(given: URLSearchParams) {
    const from = Number(given.get('cursor') ?? '0');
    const all = (channels.get(given.get('channel') ?? '') ?? []).filter(
      ({ ts }) => Number(ts) >= Number(given.get('oldest') ?? '0'),
    );
    const next = from + HISTORY_PAGE < all.length ? String(from + HISTORY_PAGE) : '';
    return {
      ok: true,
      messages: all.slice(from, from + HISTORY_PAGE),
      response_metadata: { next_cursor: next },
    };
  }
}

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of request) body += String(part);
  return body;
}

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
