/** A way to Slack that loses things: what goes wrong with a post is decided by the test. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `ok`; stored but its answer lost; never arrived; stored but answered 500. */
export type Fate = 'ok' | 'lost' | 'dropped' | 'error';

export async function startLossyProxy(apiUrl: string, fateOf: (post: number) => Fate) {
  let posts = 0;
  const server = createServer(async (request, response) => {
    const isPost = request.url === '/api/chat.postMessage';
    const fate = isPost ? fateOf(posts++) : 'ok';
    const body = await read(request);
    if (fate === 'dropped') return void request.socket.destroy();
    const answer = await fetch(new URL(request.url ?? '', apiUrl), {
      method: 'POST',
      headers: {
        authorization: request.headers.authorization ?? '',
        'content-type': request.headers['content-type'] ?? '',
      },
      body,
    });
    if (fate === 'lost') return void request.socket.destroy();
    response.writeHead(fate === 'error' ? 500 : answer.status, { 'content-type': 'application/json' });
    response.end(await answer.text());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    posts: () => posts,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function read(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of request) body += String(part);
  return body;
}
