/** One person's thousand clicks do not fill the inbox: a bucket for each, answered without writing anything down. */
import type { ViewResponseAction } from '@slack/bolt';
import { z } from 'zod';
import type { Delivery } from '../store/inbox-store.ts';
import { personOf } from './delivery.ts';
import { describeError, type Log } from './log.ts';

export interface RateLimit {
  /** How many at once. */
  readonly burst: number;
  /** How many more each minute. */
  readonly perMinute: number;
}

/** What to acknowledge with instead of handling it; null when it may be handled. */
export type TooFast = (delivery: Delivery) => { readonly response?: ViewResponseAction } | null;

/** A person fills in a form and turns pages far slower than this; a script or a stuck key does not. */
export const RATE_LIMIT: RateLimit = { burst: 40, perMinute: 40 };
export const TOO_FAST_TEXT =
  '短い時間に操作が続いたため、いまの操作は受け付けていません。少し待ってから、もう一度お試しください。';

/** A person is told this seldom, in milliseconds: the answers are to be no flood themselves. */
const TOLD_EVERY = 30_000;
const MOST_PEOPLE = 10_000;

interface Bucket {
  left: number;
  at: number;
  toldAt: number;
}

const submitted = z.object({
  type: z.literal('view_submission'),
  view: z.object({ state: z.object({ values: z.record(z.string(), z.unknown()) }) }),
});

/** `tell`: says a sentence to the person, where they did it, for them alone. */
export function createTooFast(
  { burst, perMinute }: RateLimit,
  parts: {
    readonly now: () => number;
    readonly log: Log;
    readonly tell: (delivery: Delivery, text: string) => Promise<void>;
  },
): TooFast {
  const buckets = new Map<string, Bucket>();

  return (delivery) => {
    const person = personOf(delivery.body);
    if (person === null) return null;
    const bucket = bucketOf(`${delivery.teamId}\n${person}`);
    if (bucket.left >= 1) {
      bucket.left -= 1;
      return null;
    }
    return refuse(delivery, bucket, person);
  };

  function bucketOf(key: string): Bucket {
    const at = parts.now();
    const held = buckets.get(key);
    if (held === undefined) {
      // Whoever is forgotten begins with a full bucket, as somebody new does.
      if (buckets.size >= MOST_PEOPLE) buckets.clear();
      const fresh = { left: burst, at, toldAt: Number.NEGATIVE_INFINITY };
      buckets.set(key, fresh);
      return fresh;
    }
    held.left = Math.min(burst, held.left + (Math.max(0, at - held.at) / 60_000) * perMinute);
    held.at = at;
    return held;
  }

  function refuse(delivery: Delivery, bucket: Bucket, person: string): ReturnType<TooFast> {
    const isTold = bucket.at - bucket.toldAt >= TOLD_EVERY;
    if (isTold) {
      bucket.toldAt = bucket.at;
      parts.log('warn', 'delivery.too_fast', { person, kind: delivery.kind });
    }
    const form = submitted.safeParse(delivery.body);
    if (form.success) {
      // At an input, so that the form stays and nothing typed is lost.
      const [first] = Object.keys(form.data.view.state.values);
      return first === undefined
        ? {}
        : { response: { response_action: 'errors', errors: { [first]: TOO_FAST_TEXT } } };
    }
    if (isTold) {
      parts
        .tell(delivery, TOO_FAST_TEXT)
        .catch((cause: unknown) => parts.log('warn', 'delivery.untold', { cause: describeError(cause) }));
    }
    return {};
  }
}
