/** The far end of the sender: a Slack that goes wrong as it is told to, and counts what it stored. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to a post. `lost`: stored, but the answer is not heard. `slow`: the answer is lost, stored a little later. */
export type Fault =
  | 'none'
  | 'dropped'
  | 'lost'
  | 'slow'
  | 'limited'
  | 'failed'
  | 'late'
  | 'hanging'
  | { readonly error: string };

export interface Post {
  readonly ts: string;
  readonly channel: string;
  readonly text: string;
  readonly blocks: readonly { readonly type: string }[];
  readonly metadata: unknown;
}

export interface FaultySlack {
  readonly apiUrl: string;
  /** How often each text was stored. */
  readonly stored: ReadonlyMap<string, number>;
  /** In the order they were stored. */
  readonly posts: readonly Post[];
  /** How often each fault happened. */
  readonly faults: Readonly<Record<string, number>>;
  /** How often a page of history after the first was asked for. */
  readonly pagesTurned: () => number;
  /** Somebody else posts. */
  chat(channel: string): void;
  stop(): void;
}

export interface FaultyParts {
  readonly faultOf: (post: Pick<Post, 'channel' | 'text' | 'blocks'>) => Fault;
  /** Slack's own clock, in epoch milliseconds. */
  readonly now?: () => number;
  /** Answers `conversations.history` with an error when it gives one. */
  readonly historyError?: () => string | null;
}

const LATE_MILLIS = 2_500;
const SLOW_MILLIS = 400;
/** So small that a copy often stands on a later page. */
const HISTORY_PAGE = 2;
const RETRY_AFTER = '1';

export async function startFaultySlack(parts: FaultyParts): Promise<FaultySlack> {
  const { faultOf, now = Date.now, historyError = () => null } = parts;
  const posts: Post[] = [];
  const stored = new Map<string, number>();
  const faults: Record<string, number> = {};
  let pagesTurned = 0;
  const server = createServer(
    (request, response) => void answer(request, response).catch(() => response.destroy()),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    stored,
    posts,
    faults,
    pagesTurned: () => pagesTurned,
    chat(channel) {
      posts.push({ ts: nextTs(), channel, text: '', blocks: [], metadata: undefined });
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const given = new URLSearchParams(await bodyOf(request));
    const method = request.url?.replace('/api/', '');
    if (method === 'conversations.history') return json(response, history(given));
    if (method === 'conversations.open')
      return json(response, { ok: true, channel: { id: `D${given.get('users')}` } });
    if (method === 'files.getUploadURLExternal')
      return json(response, { ok: true, upload_url: `http://${request.headers.host}/upload`, file_id: 'F1' });
    if (method === 'files.completeUploadExternal' || method === '/upload')
      return json(response, { ok: true });
    const channel = given.get('channel') ?? '';
    const text = given.get('text') ?? '';
    const blocks = JSON.parse(given.get('blocks') ?? '[]') as Post['blocks'];
    const fault = faultOf({ channel, text, blocks });
    const name = typeof fault === 'string' ? fault : fault.error;
    if (name !== 'none') faults[name] = (faults[name] ?? 0) + 1;
    if (typeof fault !== 'string') return json(response, { ok: false, error: fault.error });
    const drop = () => void request.socket.destroy();
    const said = () => ({ ok: true, channel, ts: store({ channel, text, blocks }, given) });
    switch (fault) {
      case 'dropped':
        return drop();
      case 'hanging':
        return;
      case 'limited':
        response.setHeader('retry-after', RETRY_AFTER);
        return json(response, { ok: false, error: 'ratelimited' }, 429);
      case 'slow':
        setTimeout(said, SLOW_MILLIS);
        return drop();
      case 'lost':
        said();
        return drop();
      case 'failed':
        said();
        return json(response, { ok: false, error: 'internal_error' }, 500);
      case 'late': {
        const late = said();
        return void setTimeout(() => json(response, late), LATE_MILLIS);
      }
      case 'none':
        return json(response, said());
    }
  }

  function store(post: Pick<Post, 'channel' | 'text' | 'blocks'>, given: URLSearchParams): string {
    const ts = nextTs();
    posts.push({ ...post, ts, metadata: JSON.parse(given.get('metadata') ?? 'null') });
    stored.set(post.text, (stored.get(post.text) ?? 0) + 1);
    return ts;
  }

  function nextTs(): string {
    return `${Math.floor(now() / 1_000)}.${String(posts.length + 1).padStart(6, '0')}`;
  }

  /** Newest first and in pages, as Slack gives it. */
  function history(given: URLSearchParams) {
    const error = historyError();
    if (error !== null) return { ok: false, error };
    const from = Number(given.get('cursor') ?? '0');
    if (from > 0) pagesTurned += 1;
    const all = posts
      .filter(({ channel }) => channel === given.get('channel'))
      .filter(({ ts }) => Number(ts) >= Number(given.get('oldest') ?? '0'))
      .reverse();
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

/** In the shares measured for the house, and some stored only after the connection is gone; the same for the same seed. */
export function faultsInShares(seed: number): () => Fault {
  const chance = randomFrom(seed);
  const shares: readonly [number, Fault][] = [
    [0.04, 'dropped'],
    [0.06, 'limited'],
    [0.08, 'lost'],
    [0.04, 'failed'],
    [0.04, 'late'],
    [0.04, 'slow'],
  ];
  return () => {
    let luck = chance();
    for (const [share, fault] of shares) {
      if (luck < share) return fault;
      luck -= share;
    }
    return 'none';
  };
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
