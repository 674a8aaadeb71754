import { MultipleListenerError, RespondError, UnknownError, webApi } from '@slack/bolt';
import type { DeliveryKind } from '../store/inbox-store.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Milliseconds before the second, third… attempt; after the last one we give up. */
export interface RetrySchedule {
  /** Slack or the way to it is in trouble: that passes. */
  readonly outage: readonly number[];
  /** Trouble of our own seldom passes, and the asker is waiting. */
  readonly ours: readonly number[];
}

export const RETRY_SCHEDULE: RetrySchedule = {
  outage: [SECOND, 5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 60 * MINUTE],
  ours: [SECOND, 5 * SECOND],
};

/** Slack's answers that may change by themselves; every other refusal is final. */
const PASSING = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'ratelimited',
]);

/** True for an answer of Slack that may be another one later. */
export function isPassing(error: string): boolean {
  return PASSING.has(error);
}

/**
 * Milliseconds until the next attempt after attempt number `attempt` (from 1) failed; null to give up.
 * Only events and commands wait: a button's or shortcut's trigger is dead after three seconds, and the
 * person who pressed it is better told at once.
 */
export function retryDelay(
  schedule: RetrySchedule,
  kind: DeliveryKind,
  attempt: number,
  thrown: unknown,
): number | null {
  if (kind !== 'event' && kind !== 'command') return null;
  const error = unwrap(thrown);
  if (isFinal(error)) return null;
  return (isOutage(error) ? schedule.outage : schedule.ours)[attempt - 1] ?? null;
}

/** What was thrown in a listener, without Bolt's wrapping. */
export function unwrap(error: unknown): unknown {
  if (error instanceof MultipleListenerError) return unwrap(error.originals[0]);
  return error instanceof UnknownError ? error.original : error;
}

function isFinal(error: unknown): boolean {
  if (error instanceof webApi.WebAPIPlatformError) return !isPassing(error.data.error);
  return error instanceof RespondError && error.statusCode < 500 && error.statusCode !== 429;
}

function isOutage(error: unknown): boolean {
  return error instanceof webApi.SlackError || error instanceof RespondError;
}
