import type { KnownBlock } from '@slack/types';
import type { ClaimedMessage, LeftOut } from '../../store/outbox-store.ts';

/** What becomes of a message of the outbox at the moment it would be sent. */
export type Composition =
  | {
      readonly kind: 'message';
      /** A channel (C…, G…, D…), or a person (U…, W…) for their direct message with the app. */
      readonly to: string;
      readonly text: string;
      readonly blocks: readonly KnownBlock[];
      /** It stands above the blocks, when Slack takes it. */
      readonly picture: Picture | null;
      readonly late: boolean;
      /** Rows that are not said in it. */
      readonly leftOut: readonly LeftOut[];
    }
  | { readonly kind: 'nothing'; readonly leftOut: readonly LeftOut[] }
  | { readonly kind: 'later'; readonly until: number; readonly reason: string };

export interface Picture {
  readonly png: Uint8Array;
  readonly filename: string;
  /** Says in words what the picture shows. */
  readonly alt: string;
}

/**
 * Composes what is due, for one kind of rows. Asked right before sending: it resolves the recipient and asks again
 * who may see what, so that nothing stale and nothing forbidden goes out. `now` in epoch milliseconds.
 */
export type Composer = (message: ClaimedMessage, now: number) => Promise<Composition>;
