import { createHmac } from 'node:crypto';

export interface Forgery {
  /** Seconds; now unless told. */
  readonly timestamp?: number;
  /** Header instead of the right one; null for none. */
  readonly signature?: string | null;
  readonly contentType?: string;
}

/** A request as Slack signs it, or with one thing wrong. */
export function postSigned(
  url: string,
  secret: string,
  body: string,
  wrong: Forgery = {},
): Promise<Response> {
  const timestamp = wrong.timestamp ?? Math.floor(Date.now() / 1_000);
  const right = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const signature = wrong.signature === undefined ? right : wrong.signature;
  return fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': wrong.contentType ?? 'application/json',
      'x-slack-request-timestamp': String(timestamp),
      ...(signature === null ? {} : { 'x-slack-signature': signature }),
    },
  });
}
