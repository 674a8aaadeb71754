/**
 * Slack's limits as leaky buckets: per method and minute (tiers 2 to 4 of docs.slack.dev/apis/web-api/rate-limits),
 * and about one post a second for each channel with short bursts.
 */
import { RateLimited } from './slack-error.ts';

export type RateLimitOptions = {
  /** Posts to one channel at once before the second-by-second limit bites. */
  burst: number;
  /** Posts to one channel per second after that. */
  perSecond: number;
};

export const slackRateLimits: RateLimitOptions = { burst: 5, perSecond: 1 };

export type Tier = 2 | 3 | 4 | 'post' | 'none';
export type RateLimits = ReturnType<typeof makeRateLimits>;

const callsPerMinute = { 2: 20, 3: 50, 4: 100 };

/** `options` false: no limits at all. */
export function makeRateLimits(options: RateLimitOptions | false, now: () => Date) {
  const levels = new Map<string, { level: number; at: number }>();
  let forced = 0;
  let forcedSeconds = 1;

  function pour(key: string, capacity: number, perSecond: number): void {
    const at = now().getTime();
    const bucket = levels.get(key) ?? { level: 0, at };
    const level = Math.max(0, bucket.level - ((at - bucket.at) / 1000) * perSecond);
    if (level + 1 > capacity)
      throw new RateLimited(Math.max(1, Math.ceil((level + 1 - capacity) / perSecond)));
    levels.set(key, { level: level + 1, at });
  }

  return {
    /** Throws RateLimited when this call comes too fast. */
    check(method: string, tier: Tier, channel: string | undefined): void {
      if (forced > 0) {
        forced -= 1;
        throw new RateLimited(forcedSeconds);
      }
      if (options === false || tier === 'none') return;
      if (tier === 'post') pour(`post ${channel ?? ''}`, options.burst, options.perSecond);
      else pour(method, callsPerMinute[tier], callsPerMinute[tier] / 60);
    },
    /** For tests: the next `calls` calls are answered 429, whatever they are. */
    refuseNext(calls: number, retryAfter = 1): void {
      forced = calls;
      forcedSeconds = retryAfter;
    },
  };
}
