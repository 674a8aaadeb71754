import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { LocalSlack } from '../../src/local-slack/start.ts';
import { sampleIds as ids, startTestSlack } from '../support/local-slack.ts';

type Envelope = {
  type: string;
  envelope_id: string;
  payload: { event_id: string };
  retry_attempt: number;
  retry_reason: string;
};

test('an event that nobody acknowledges comes again with the same event_id, attempt and reason', async () => {
  const slack = await startTestSlack({ ackTimeout: 40, retryDelays: [0, 10] });
  const { next, socket } = await connect(slack);
  expect((await next()).type).toBe('hello');
  await slack.as(ids.provider).say('架空ヘルス-相談', '聞こえますか');
  const deliveries = [await next(), await next(), await next()];
  expect(deliveries.map((one) => one.retry_attempt)).toEqual([0, 1, 2]);
  expect(deliveries.map((one) => one.retry_reason)).toEqual(['', 'timeout', 'timeout']);
  expect(new Set(deliveries.map((one) => one.payload.event_id)).size).toBe(1);
  expect(new Set(deliveries.map((one) => one.envelope_id)).size).toBe(3);
  await slack.settled();
  socket.close();
  await slack.stop();
});

test("Slack's own delays are at once, one minute, five minutes, and it waits three seconds", async () => {
  const { slackRetryDelays } = await import('../../src/local-slack/delivery/dispatcher.ts');
  expect(slackRetryDelays).toEqual([0, 60_000, 300_000]);
});

test('a Socket Mode ticket is good for one connection', async () => {
  const slack = await startTestSlack();
  const url = await openUrl(slack);
  const first = new WebSocket(url);
  await once(first, 'open');
  const second = new WebSocket(url);
  const [error] = await once(second, 'error');
  expect(String(error)).toContain('403');
  first.close();
  await slack.stop();
});

test('stop says disconnect before it closes', async () => {
  const slack = await startTestSlack();
  const { next } = await connect(slack);
  await next();
  const [farewell] = await Promise.all([next(), slack.stop()]);
  expect(farewell.type).toBe('disconnect');
});

test('by HTTP: signed bodies, form fields for commands, retry headers after an error', async () => {
  const received: { headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
  const answers = [500, 200, 200];
  const far = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    received.push({ headers: request.headers, body });
    response.statusCode = answers.shift() ?? 200;
    response.end(body.includes('command=') ? JSON.stringify({ text: '受付' }) : '');
  }).listen(0, '127.0.0.1');
  await once(far, 'listening');
  const deliverTo = `http://127.0.0.1:${(far.address() as AddressInfo).port}/slack/events`;
  const slack = await startTestSlack({ deliverTo, retryDelays: [0] });
  const kanon = slack.as(ids.provider);
  await kanon.say('架空ヘルス-相談', 'HTTP です');
  await slack.settled();
  await kanon.command('/ask', '第3条', '架空ヘルス-相談');
  await kanon.waitFor('架空ヘルス-相談', '受付');
  expect(received).toHaveLength(3);
  for (const { headers, body } of received) {
    const base = `v0:${headers['x-slack-request-timestamp']}:${body}`;
    const expected = `v0=${createHmac('sha256', slack.signingSecret).update(base).digest('hex')}`;
    expect(headers['x-slack-signature']).toBe(expected);
  }
  expect(received[1]?.headers).toMatchObject({
    'x-slack-retry-num': '1',
    'x-slack-retry-reason': 'http_error',
  });
  expect(new URLSearchParams(received[2]?.body).get('command')).toBe('/ask');
  await slack.stop();
  far.close();
});

async function openUrl(slack: LocalSlack): Promise<string> {
  const response = await fetch(`${slack.apiUrl}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.appToken}` },
  });
  return ((await response.json()) as { url: string }).url;
}

/** A bare connection whose messages are read one by one. */
async function connect(slack: LocalSlack) {
  const socket = new WebSocket(await openUrl(slack));
  const arrived: Envelope[] = [];
  let wake: () => void = () => {};
  socket.on('message', (data) => {
    arrived.push(JSON.parse(String(data)));
    wake();
  });
  async function next(): Promise<Envelope> {
    while (arrived.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return arrived.shift() as Envelope;
  }
  return { socket, next };
}
