import { webApi } from '@slack/bolt';

/** Slack's page gives about one message a second for each channel; used where it names no time. */
const DEFAULT_WAIT = 1_000;
/** Longer waits are left to the inbox, so that one channel does not fill the memory. */
const LONGEST_WAIT = 30_000;
const MOST_WAITS = 5;

export type PostQueue = ReturnType<typeof createPostQueue>;

/**
 * Posts in the order asked within a channel, while channels do not wait for each other. A rate limit is
 * waited out; any other failure is thrown at once and never tried again here, because a post whose answer
 * was lost may well stand in Slack.
 */
export function createPostQueue(client: webApi.WebClient, sleep: (milliseconds: number) => Promise<unknown>) {
  const tails = new Map<string, Promise<unknown>>();
  let closed = false;
  return {
    /** Whatever is posted from now on is refused here. */
    close(): void {
      closed = true;
    },
    /** Returns the `ts` of the message. */
    post(message: webApi.ChatPostMessageArguments): Promise<string> {
      if (closed) return Promise.reject(new Error('the app is not installed any more'));
      const before = tails.get(message.channel) ?? Promise.resolve();
      const posting = before.then(() => postPatiently(message));
      const tail = posting.catch(() => {});
      tails.set(message.channel, tail);
      void tail.then(() => {
        if (tails.get(message.channel) === tail) tails.delete(message.channel);
      });
      return posting;
    },
  };

  async function postPatiently(message: webApi.ChatPostMessageArguments): Promise<string> {
    for (let waits = 0; ; waits++) {
      try {
        const { ts } = await client.chat.postMessage(message);
        if (ts === undefined) throw new Error('chat.postMessage answered without ts');
        return ts;
      } catch (error) {
        const wait = rateLimitWait(error);
        if (wait === null || wait > LONGEST_WAIT || waits >= MOST_WAITS) throw error;
        await sleep(wait);
      }
    }
  }
}

/** Milliseconds to wait; null when the error is no rate limit. The SDK has no class for a 429 without Retry-After. */
function rateLimitWait(error: unknown): number | null {
  if (error instanceof webApi.WebAPIRateLimitedError) return Math.max(error.retryAfter * 1_000, 1);
  return error instanceof Error && error.message.startsWith('Retry header did not contain')
    ? DEFAULT_WAIT
    : null;
}
