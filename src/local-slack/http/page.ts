/** The page's doors: its files, the screen, live updates, wishes, shared files. All but the files need the run's key. */
import { timingSafeEqual } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import type { Context } from '../context.ts';
import { localSlackFolder } from '../sample.ts';
import { screenFor } from '../screen.ts';
import { AppFailed, NotOnScreen, SlackError } from '../slack-error.ts';
import { fileFor } from '../web-api/files.ts';
import { fieldsOf, openStream, readBody, send, sendJson } from './exchange.ts';
import { fulfil, wish } from './page-actions.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export type PageServer = ReturnType<typeof makePageServer>;

export function makePageServer(context: Context, pageKey: string) {
  const folder = join(localSlackFolder(), 'page');
  const known = new Set(
    readdirSync(folder, { recursive: true }).map((name) => String(name).replaceAll('\\', '/')),
  );
  const streams = new Set<ServerResponse>();
  const cookieName = () => `local_slack_${new URL(context.origin()).port}`;

  async function serve(request: IncomingMessage, response: ServerResponse, url: URL) {
    const [, door = '', name = ''] = url.pathname.split('/');
    if (url.pathname === '/') return serveIndex(response, url);
    if (door === 'archives') return openPermalink(response, url);
    if (door === 'page') return serveAsset(response, url.pathname.slice('/page/'.length));
    if (door !== 'screen' && door !== 'updates' && door !== 'wishes' && door !== 'files') {
      return sendJson(response, 404, { error: 'not_found' });
    }
    if (!mayUse(request)) return sendJson(response, 403, { error: 'key_needed' });
    const userId = url.searchParams.get('as') ?? '';
    if (!context.workspace.users.has(userId)) return sendJson(response, 404, { error: 'no_such_person' });
    if (door === 'screen') return serveScreen(response, userId, url);
    if (door === 'updates') return serveUpdates(request, response, userId);
    if (door === 'files') return serveFile(response, userId, name);
    return serveWish(request, response, userId);
  }

  /** `?key=` is traded for a cookie at once, so that the key does not stay in the address bar. */
  function serveIndex(response: ServerResponse, url: URL) {
    const key = url.searchParams.get('key');
    const isNamed = url.searchParams.has('as');
    if (!isNamed) url.searchParams.set('as', context.workspace.sample.users[0]?.id ?? '');
    if (key === null) return isNamed ? serveAsset(response, 'index.html') : redirect(response, url);
    if (!same(key, pageKey)) return send(response, 403, 'text/plain; charset=utf-8', 'この鍵は使えません。');
    url.searchParams.delete('key');
    const cookie = `${cookieName()}=${pageKey}; Path=/; HttpOnly; SameSite=Strict`;
    return redirect(response, url, { 'set-cookie': cookie });
  }

  function redirect(response: ServerResponse, url: URL, headers: Record<string, string> = {}): void {
    response.writeHead(303, { location: `/${url.search}`, 'cache-control': 'no-store', ...headers });
    response.end();
  }

  function serveAsset(response: ServerResponse, name: string) {
    const type = types[extname(name)];
    if (!known.has(name) || type === undefined) return sendJson(response, 404, { error: 'not_found' });
    send(response, 200, type, readFileSync(join(folder, name)));
  }

  /** `/archives/C…/p1700000000000100` → the page at that message. */
  function openPermalink(response: ServerResponse, url: URL): void {
    const [, , channel = '', packed = ''] = url.pathname.split('/');
    const ts = `${packed.slice(1, -6)}.${packed.slice(-6)}`;
    const query = new URLSearchParams({ channel, thread: url.searchParams.get('thread_ts') ?? ts });
    redirect(response, new URL(`/?${query}`, context.origin()));
  }

  /** The cookie of this run; for calls that change something also our own Origin (cookies ignore ports). */
  function mayUse(request: IncomingMessage): boolean {
    const cookies = (request.headers.cookie ?? '').split(';').map((one) => one.trim());
    const value = cookies.find((one) => one.startsWith(`${cookieName()}=`))?.slice(cookieName().length + 1);
    if (value === undefined || !same(value, pageKey)) return false;
    const { origin } = request.headers;
    return request.method === 'GET'
      ? origin === undefined || isOurs(origin)
      : origin !== undefined && isOurs(origin);
  }

  function isOurs(origin: string): boolean {
    return origin === context.origin() || origin === context.origin().replace('127.0.0.1', 'localhost');
  }

  function serveScreen(response: ServerResponse, userId: string, url: URL): void {
    const channel = url.searchParams.get('channel');
    const thread = url.searchParams.get('thread');
    const at = { ...(channel === null ? {} : { channel }), ...(thread === null ? {} : { thread }) };
    sendJson(response, 200, screenFor(context, userId, at));
  }

  /** Server-sent events without content: "look again". The page fetches what it shows. */
  function serveUpdates(request: IncomingMessage, response: ServerResponse, userId: string): void {
    openStream(response);
    response.write('data: hello\n\n');
    streams.add(response);
    const stop = context.workspace.onChange((reader) => {
      if (reader === undefined || reader === userId) response.write('data: look\n\n');
    });
    request.on('close', () => {
      stop();
      streams.delete(response);
    });
  }

  function serveFile(response: ServerResponse, userId: string, id: string) {
    const file = fileFor(context, id, userId);
    if (file === undefined) return sendJson(response, 404, { error: 'file_not_found' });
    const name = encodeURIComponent(file.name);
    // Only what is drawn as a picture is shown in place.
    const isPicture = extname(file.name) === '.png';
    send(response, 200, isPicture ? 'image/png' : 'application/octet-stream', file.bytes, {
      'content-disposition': `${isPicture ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
    });
  }

  async function serveWish(
    request: IncomingMessage,
    response: ServerResponse,
    userId: string,
  ): Promise<void> {
    if (request.method !== 'POST') return sendJson(response, 405, { error: 'method_not_allowed' });
    const asked = wish.safeParse(fieldsOf(request, await readBody(request)));
    if (!asked.success) return sendJson(response, 400, { error: 'bad_wish' });
    try {
      sendJson(response, 200, await fulfil(context, userId, asked.data));
    } catch (error) {
      const isTold =
        error instanceof NotOnScreen || error instanceof AppFailed || error instanceof SlackError;
      if (!isTold) throw error;
      sendJson(response, error instanceof AppFailed ? 502 : 409, { message: error.message });
    }
  }

  return {
    serve,
    stop(): void {
      for (const stream of streams) stream.end();
    },
  };
}

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
