import { MultipleListenerError, RespondError, UnknownError, webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { RETRY_SCHEDULE, retryDelay } from '../../src/slack/retry.ts';

const ours = new TypeError('x is undefined');
const outage = new webApi.WebAPIRequestError(new Error('ECONNREFUSED'));
const refused = (error: string) => new webApi.WebAPIPlatformError({ ok: false, error });
const waitAfter = (attempt: number, error: unknown) => retryDelay(RETRY_SCHEDULE, 'event', attempt, error);

describe('the next attempt', () => {
  it('comes soon and ends soon when the trouble is ours, later and longer when it is an outage', () => {
    expect([1, 2, 3].map((attempt) => waitAfter(attempt, ours))).toEqual([1_000, 5_000, null]);
    const waits = [1, 2, 3, 4, 5, 6, 7].map((attempt) => waitAfter(attempt, outage) ?? 0);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waitAfter(8, outage)).toBeNull();
  });

  it('never comes where Slack refuses for good', () => {
    for (const error of [
      'channel_not_found',
      'is_archived',
      'token_revoked',
      'account_inactive',
      'invalid_blocks',
    ]) {
      expect(waitAfter(1, refused(error))).toBeNull();
    }
    expect(waitAfter(1, refused('internal_error'))).toBe(1_000);
    expect(waitAfter(1, new RespondError('gone', 404))).toBeNull();
    expect(waitAfter(1, new RespondError('busy', 503))).toBe(1_000);
  });

  it('never comes for what a person pressed: the trigger is dead by then', () => {
    for (const kind of ['action', 'shortcut', 'view'] as const) {
      expect(retryDelay(RETRY_SCHEDULE, kind, 1, outage)).toBeNull();
    }
    expect(retryDelay(RETRY_SCHEDULE, 'command', 1, outage)).toBe(1_000);
  });

  it("looks through Bolt's wrapping", () => {
    const wrapped = new MultipleListenerError([new UnknownError(refused('channel_not_found'))]);
    expect(waitAfter(1, wrapped)).toBeNull();
  });
});
