/** Socket Mode over `ws`: hello, envelopes, acknowledgements with payload, a polite end. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { DeliveryFailed, type EnvelopeType, type Payload, type Retry, type Transport } from './transport.ts';

export type SocketMode = ReturnType<typeof makeSocketMode>;

type Pending = { socket: WebSocket; settle: (payload: unknown) => void; fail: (reason: string) => void };

export function makeSocketMode(options: { appId: string; ackTimeout: number; linkUrl: () => string }) {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const pending = new Map<string, Pending>();
  const listeners: (() => void)[] = [];
  let turn = 0;

  server.on('connection', (socket) => {
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: open().length,
        debug_info: { host: 'local-slack', build_number: 1, approximate_connection_time: 3600 },
        connection_info: { app_id: options.appId },
      }),
    );
    socket.on('message', (data) => acknowledge(String(data)));
    socket.on('close', () => drop(socket));
    socket.on('error', () => drop(socket));
    // The client's `app.start()` resolves on hello, so whatever waited comes after it.
    for (const listener of listeners) listener();
  });

  function open(): WebSocket[] {
    return [...server.clients].filter((socket) => socket.readyState === socket.OPEN);
  }

  function acknowledge(data: string): void {
    const message = parse(data);
    const waiting = typeof message?.envelope_id === 'string' ? pending.get(message.envelope_id) : undefined;
    waiting?.settle(message?.payload);
  }

  function drop(socket: WebSocket): void {
    for (const waiting of pending.values()) if (waiting.socket === socket) waiting.fail('connection_failed');
  }

  const transport: Transport = {
    isReady: () => open().length > 0,
    onReady: (listener) => void listeners.push(listener),
    send: (type, payload, retry) =>
      new Promise((resolve, reject) => {
        const sockets = open();
        turn += 1;
        const socket = sockets[turn % Math.max(sockets.length, 1)];
        if (socket === undefined) return reject(new DeliveryFailed('connection_failed'));
        const id = randomUUID();
        const timer = setTimeout(() => fail('timeout'), options.ackTimeout);
        function done(): void {
          clearTimeout(timer);
          pending.delete(id);
        }
        function fail(reason: string): void {
          done();
          reject(new DeliveryFailed(reason));
        }
        function settle(body: unknown): void {
          done();
          resolve(body);
        }
        pending.set(id, { socket, settle, fail });
        socket.send(JSON.stringify(envelope(id, type, payload, retry)));
      }),
    stop: async () => {
      // An app that is stopping sends its close frame after `stop()` has resolved: give it a moment, or its
      // process stays up for its own thirty-second timeout.
      await closed(250);
      for (const socket of open()) {
        socket.send(JSON.stringify({ type: 'disconnect', reason: 'link_disabled' }));
        socket.close(1000);
      }
      await closed(1000);
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };

  function closed(limit: number): Promise<void> {
    const deadline = Date.now() + limit;
    return new Promise((resolve) => {
      const look = () => {
        if (server.clients.size === 0 || Date.now() >= deadline) resolve();
        else setTimeout(look, 10);
      };
      look();
    });
  }

  return {
    transport,
    /** The answer to apps.connections.open: a ticket is good for one connection. */
    openUrl(): string {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${options.linkUrl()}?ticket=${ticket}&app_id=${options.appId}`;
    },
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket)) {
        socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, (ws) => server.emit('connection', ws, request));
    },
    /** For tests: cut every connection without a word, as a network does. */
    cut(): void {
      for (const socket of server.clients) socket.terminate();
    },
  };
}

function envelope(id: string, type: EnvelopeType, payload: Payload, retry: Retry | undefined) {
  return {
    envelope_id: id,
    type,
    payload,
    accepts_response_payload: type !== 'events_api',
    ...(type === 'events_api'
      ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' }
      : {}),
  };
}

function parse(data: string): { envelope_id?: unknown; payload?: unknown } | undefined {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
