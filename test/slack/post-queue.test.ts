import { webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { createPostQueue } from '../../src/slack/post-queue.ts';

interface Sent {
  readonly channel: string;
  readonly text: string;
}

/** A real client whose requests are answered by `answer`; sleeping is noted, not done. */
function queueAgainst(answer: (sent: Sent) => Promise<Response>) {
  const sent: Sent[] = [];
  const slept: number[] = [];
  const client = new webApi.WebClient('xoxb-1', {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: webApi.LogLevel.ERROR,
    fetch: (_url, init) => {
      const fields = new URLSearchParams(String(init?.body));
      const one = { channel: fields.get('channel') ?? '', text: fields.get('text') ?? '' };
      sent.push(one);
      return answer(one);
    },
  });
  const queue = createPostQueue(client, async (milliseconds) => slept.push(milliseconds));
  return { queue, sent, slept };
}

const ok = () => Promise.resolve(Response.json({ ok: true, ts: '1.1' }));
const limited = (seconds: string | null) =>
  new Response('', { status: 429, headers: seconds === null ? {} : { 'retry-after': seconds } });

describe('posting', () => {
  it('waits as long as Slack says, and a second where it says nothing', async () => {
    for (const [header, waited] of [
      ['4', 4_000],
      [null, 1_000],
    ] as const) {
      let refusals = 2;
      const { queue, slept } = queueAgainst(async () => (refusals-- > 0 ? limited(header) : ok()));
      expect(await queue.post({ channel: 'C1', text: 'a' })).toBe('1.1');
      expect(slept).toEqual([waited, waited]);
    }
  });

  it('gives up on a rate limit that does not end or is too long to wait here', async () => {
    const endless = queueAgainst(async () => limited('1'));
    await expect(endless.queue.post({ channel: 'C1', text: 'a' })).rejects.toThrow(
      webApi.WebAPIRateLimitedError,
    );
    expect(endless.sent).toHaveLength(6);
    const long = queueAgainst(async () => limited('600'));
    await expect(long.queue.post({ channel: 'C1', text: 'a' })).rejects.toThrow(
      webApi.WebAPIRateLimitedError,
    );
    expect(long.slept).toEqual([]);
  });

  it('sends a post once when its answer is lost', async () => {
    const { queue, sent } = queueAgainst(() => Promise.reject(new TypeError('socket closed')));
    await expect(queue.post({ channel: 'C1', text: 'a' })).rejects.toThrow();
    expect(sent).toHaveLength(1);
  });

  it('keeps the order within a channel, holds up no other channel, and outlives a failure', async () => {
    let release: (response: Response) => void = () => {};
    const { queue, sent } = queueAgainst(({ text }) => {
      if (text === 'slow') return new Promise((resolve) => (release = resolve));
      return text === 'bad' ? Promise.resolve(Response.json({ ok: false, error: 'is_archived' })) : ok();
    });
    const slow = queue.post({ channel: 'C1', text: 'slow' });
    const bad = queue.post({ channel: 'C1', text: 'bad' }).catch(() => 'refused');
    const last = queue.post({ channel: 'C1', text: 'last' });
    await queue.post({ channel: 'C2', text: 'other' });
    expect(sent.map(({ text }) => text)).toEqual(['slow', 'other']);
    release(await ok());
    expect(await Promise.all([slow, bad, last])).toEqual(['1.1', 'refused', '1.1']);
    expect(sent.map(({ text }) => text)).toEqual(['slow', 'other', 'bad', 'last']);
  });
});
