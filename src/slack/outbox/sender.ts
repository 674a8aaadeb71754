/** Sends what is due, each message once: see `store/outbox-store.ts` for what is kept, and why. */
import { webApi } from '@slack/bolt';
import type { ClaimedMessage, OutboxStore, SendOutcome } from '../../store/outbox-store.ts';
import { findPosted } from '../find-posted.ts';
import { describeError, type Log } from '../log.ts';
import { isPassing } from '../retry.ts';
import type { Composer, Composition, Picture } from './composition.ts';
import { uploadPicture } from './picture.ts';

export interface SenderParts {
  readonly store: OutboxStore;
  /** By the kind of the rows. */
  readonly composers: ReadonlyMap<string, Composer>;
  /** Its own, never the one that opens modals: a rate limit pauses everything a client does. It must not retry. */
  readonly client: webApi.WebClient;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** How often to look for what is due; null when `tick` is called from elsewhere. */
  readonly pollMillis: number | null;
  /** How long one worker has a message for itself. */
  readonly leaseMillis?: number;
  /** How long one post may take; a post is not begun when the lease ends before. */
  readonly postMillis?: number;
  /** Milliseconds to wait after the first, second… failure; the last one goes on. */
  readonly backOff?: readonly number[];
  /** Told once for each message that Slack will never take. */
  readonly onDead: (message: ClaimedMessage, reason: string) => Promise<void>;
}

export interface Sender {
  start(): void;
  /** Takes what is due and begins to send it. Resolves when it was taken, not when it was sent. */
  tick(): Promise<void>;
  /** Takes nothing new; resolves when what was begun is settled. */
  stop(): Promise<void>;
  /** Resolves when nothing is being sent. */
  idle(): Promise<void>;
}

const LEASE = 60_000;
const POST = 12_000;
const MOST_IN_FLIGHT = 32;
const MOST_GATHERED = 500;
const CHANNEL_BUSY = 1_000;
/** Nothing is given up for an outage. */
const BACK_OFF = [5_000, 30_000, 120_000, 600_000, 1_800_000];
export const METADATA_EVENT = 'kiyaku_outbox';

/** Only an opaque id: metadata can be read by other apps and people. */
export function outboxMetadata(messageId: string) {
  return { event_type: METADATA_EVENT, event_payload: { key: messageId } };
}

export function createSender(parts: SenderParts): Sender {
  const { store, client, log, now, leaseMillis = LEASE, postMillis = POST, backOff = BACK_OFF } = parts;
  const inFlight = new Map<string, Promise<void>>();
  const busy = new Set<string>();
  const directMessages = new Map<string, string>();
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  return {
    start() {
      void poll();
    },
    tick,
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await idle();
    },
    idle,
  };

  async function idle(): Promise<void> {
    while (inFlight.size > 0) await Promise.allSettled(inFlight.values());
  }

  async function poll(): Promise<void> {
    try {
      await tick();
    } catch (error) {
      log('error', 'outbox.unreadable', { cause: describeError(error) });
    }
    if (!stopped && parts.pollMillis !== null) timer = setTimeout(poll, parts.pollMillis).unref();
  }

  async function tick(): Promise<void> {
    const room = MOST_IN_FLIGHT - inFlight.size;
    if (stopped || room <= 0) return;
    await store.gather(now(), MOST_GATHERED);
    const claimed = await store.claim({ now: now(), leaseMillis, limit: room });
    for (const message of claimed) {
      const id = `${message.teamId}\n${message.id}`;
      // A clock that jumped makes our own lease look over: what we are sending ourselves is not begun twice.
      if (inFlight.has(id)) continue;
      const sending = attend(message).finally(() => inFlight.delete(id));
      inFlight.set(id, sending);
    }
  }

  async function attend(message: ClaimedMessage): Promise<void> {
    const { id, kind } = message;
    try {
      const outcome = await send(message);
      if (outcome === null) return log('warn', 'outbox.lease_lost', { id });
      if (!(await store.finish(message, outcome, now()))) return log('warn', 'outbox.lease_lost', { id });
      log('info', `outbox.${outcome.kind}`, { id, kind });
      if (outcome.kind === 'dead') await parts.onDead(message, outcome.reason);
    } catch (error) {
      log('error', 'outbox.failed', { id, cause: describeError(error) });
      await store
        .finish(message, deferred(message, describeReason(error)), now())
        .catch((cause: unknown) => log('error', 'outbox.unwritable', { id, cause: describeError(cause) }));
    }
  }

  /** Null when the lease is lost: then somebody else sends it. */
  async function send(message: ClaimedMessage): Promise<SendOutcome | null> {
    if (message.rows.length === 0) return { kind: 'dropped', leftOut: [] };
    const composer = parts.composers.get(message.kind);
    if (composer === undefined) return { kind: 'dead', reason: `no composer for ${message.kind}` };
    const composed = await composer(message, now());
    if (composed.kind === 'later')
      return { kind: 'deferred', until: composed.until, reason: composed.reason };
    if (composed.kind === 'nothing') return { kind: 'dropped', leftOut: composed.leftOut };
    try {
      const channel = await channelOf(composed.to);
      // Posts to one channel go one after another; the others do not wait for it.
      if (busy.has(channel)) return { kind: 'deferred', until: now() + CHANNEL_BUSY, reason: 'channel-busy' };
      busy.add(channel);
      try {
        return await post(message, composed, channel);
      } finally {
        busy.delete(channel);
      }
    } catch (error) {
      return refusal(message, error);
    }
  }

  async function post(
    message: ClaimedMessage,
    composed: Extract<Composition, { kind: 'message' }>,
    channel: string,
  ): Promise<SendOutcome | null> {
    const metadata = outboxMetadata(message.id);
    const sent = (ts: string): SendOutcome => ({
      kind: 'sent',
      channel,
      ts,
      late: composed.late,
      leftOut: composed.leftOut,
    });
    if (message.firstTry !== null) {
      const standing = await findPosted(client, { channel, threadTs: null }, metadata, message.firstTry);
      if (standing !== null) return sent(standing);
    }
    const picture = composed.picture === null ? [] : await picturesBlocks(composed.picture);
    if (!(await store.begin(message, now(), postMillis))) return null;
    const { ts } = await client.chat.postMessage({
      channel,
      text: composed.text,
      blocks: [...picture, ...composed.blocks],
      metadata,
      unfurl_links: false,
      unfurl_media: false,
    });
    if (ts === undefined) throw new Error('chat.postMessage answered without ts');
    return sent(ts);
  }

  /** A picture that cannot be shown holds nothing up: its words stand below it all the same. */
  async function picturesBlocks(picture: Picture) {
    try {
      return [await uploadPicture(client, picture)];
    } catch (error) {
      log('warn', 'outbox.picture', { cause: describeError(error) });
      return [];
    }
  }

  /** A post whose answer was lost can only be found in a channel we know: that of a person is asked for before. */
  async function channelOf(to: string): Promise<string> {
    if (!/^[UW]/.test(to)) return to;
    const known = directMessages.get(to);
    if (known !== undefined) return known;
    const { channel } = await client.conversations.open({ users: to });
    if (channel?.id === undefined) throw new Error('conversations.open answered without channel');
    directMessages.set(to, channel.id);
    return channel.id;
  }

  function refusal(message: ClaimedMessage, error: unknown): SendOutcome {
    if (error instanceof webApi.WebAPIRateLimitedError) {
      return {
        kind: 'deferred',
        until: now() + Math.max(error.retryAfter, 1) * 1_000,
        reason: 'ratelimited',
      };
    }
    log('warn', 'outbox.refused', { id: message.id, cause: describeError(error) });
    if (error instanceof webApi.WebAPIPlatformError && !isPassing(error.data.error)) {
      return { kind: 'dead', reason: error.data.error };
    }
    return deferred(message, describeReason(error));
  }

  function deferred({ attempts }: ClaimedMessage, reason: string): SendOutcome {
    const wait = backOff[Math.min(attempts, backOff.length - 1)] ?? CHANNEL_BUSY;
    return { kind: 'deferred', until: now() + wait, reason };
  }
}

function describeReason(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : String(error);
}
