/** Delivery as HTTP mode does it: one request URL, Slack's signature, retry headers, three seconds to answer. */
import { createHmac } from 'node:crypto';
import { DeliveryFailed, type EnvelopeType, type Payload, type Retry, type Transport } from './transport.ts';

export function makeSignedHttp(options: {
  url: string;
  signingSecret: string;
  ackTimeout: number;
  now: () => Date;
}): Transport {
  return {
    isReady: () => true,
    onReady: () => {},
    stop: async () => {},
    async send(type, payload, retry) {
      const { body, contentType } = encode(type, payload);
      const response = await post(options, body, contentType, retry);
      const text = await response.text();
      if (!response.ok) {
        throw new DeliveryFailed('http_error', response.headers.get('x-slack-no-retry') === '1');
      }
      return decode(text);
    },
  };
}

/** `v0=` HMAC-SHA256 of `v0:time:body`, as in docs.slack.dev/authentication/verifying-requests-from-slack. */
export function sign(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

async function post(
  options: { url: string; signingSecret: string; ackTimeout: number; now: () => Date },
  body: string,
  contentType: string,
  retry: Retry | undefined,
): Promise<Response> {
  const timestamp = String(Math.floor(options.now().getTime() / 1000));
  const headers: Record<string, string> = {
    'content-type': contentType,
    'user-agent': 'Slackbot 1.0 (local)',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': sign(options.signingSecret, timestamp, body),
  };
  if (retry !== undefined) {
    headers['x-slack-retry-num'] = String(retry.attempt);
    headers['x-slack-retry-reason'] = retry.reason === 'timeout' ? 'http_timeout' : retry.reason;
  }
  try {
    const signal = AbortSignal.timeout(options.ackTimeout);
    return await fetch(options.url, { method: 'POST', headers, body, signal, redirect: 'manual' });
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === 'TimeoutError';
    throw new DeliveryFailed(isTimeout ? 'timeout' : 'connection_failed');
  }
}

function encode(type: EnvelopeType, payload: Payload): { body: string; contentType: string } {
  const form = 'application/x-www-form-urlencoded';
  if (type === 'events_api') return { body: JSON.stringify(payload), contentType: 'application/json' };
  if (type === 'interactive') {
    return { body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), contentType: form };
  }
  const fields = Object.entries(payload).map(([key, value]): [string, string] => [key, String(value)]);
  return { body: new URLSearchParams(fields).toString(), contentType: form };
}

function decode(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
