/** What a failed attempt means for a message. */
import { webApi } from '@slack/bolt';
import { isPassing } from '../retry.ts';

export type Trouble =
  /** Slack asked to wait; milliseconds. */
  | { readonly kind: 'limited'; readonly wait: number }
  /** Slack will never take this message. */
  | { readonly kind: 'refused'; readonly error: string }
  /** Slack, the way to it, or our right to use it: that can be mended, and nothing is given up for it. */
  | { readonly kind: 'outage' }
  /** Something of our own failed. */
  | { readonly kind: 'ours' };

/** About the app as a whole: once an operator has mended it, everything that waited still goes out. */
const OURS_TO_MEND = new Set([
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'missing_scope',
  'no_permission',
  'org_login_required',
  'ekm_access_denied',
  'team_access_not_granted',
  'access_denied',
]);

export function troubleOf(error: unknown): Trouble {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return { kind: 'limited', wait: Math.max(error.retryAfter, 1) * 1_000 };
  }
  if (error instanceof webApi.WebAPIPlatformError) {
    const code = error.data.error;
    return isPassing(code) || OURS_TO_MEND.has(code) ? { kind: 'outage' } : { kind: 'refused', error: code };
  }
  return error instanceof webApi.SlackError ? { kind: 'outage' } : { kind: 'ours' };
}

/** Slack does not have the picture of the message ready yet, or not at all. */
export function isAboutPicture(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError && error.data.error === 'invalid_blocks';
}
