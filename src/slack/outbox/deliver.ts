/** One attempt to bring one message to where it belongs. */
import type { webApi } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { ClaimedMessage, OutboxStore, SendOutcome } from '../../store/outbox-store.ts';
import { findPosted } from '../find-posted.ts';
import { describeError, type Log } from '../log.ts';
import type { Composer, Composition } from './composition.ts';
import { createLanes } from './lanes.ts';
import { onlyWhile } from './last-look.ts';
import { createPictures } from './picture.ts';
import { isAboutPicture, troubleOf } from './trouble.ts';

export interface DeliveryParts {
  readonly store: OutboxStore;
  /** By the kind of the rows. */
  readonly composers: ReadonlyMap<string, Composer>;
  /** Made with `fetchWithLastLook`. */
  readonly client: webApi.WebClient;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** How long one post may take. */
  readonly postMillis: number;
}

/** Null when the lease is lost or about to end: then it is sent by whoever takes it next. */
export type Deliver = (message: ClaimedMessage) => Promise<SendOutcome | null>;

export const METADATA_EVENT = 'kiyaku_outbox';
/** Slack's clock is not ours: a copy is looked for from a day before, so that a clock set wrongly hides none. */
const CLOCKS_APART = 86_400_000;
/** And among the newest thousand messages, however wrong our clock was. */
const LEAST_PAGES = 5;
const PICTURE_WAIT = 2_000;
const MOST_BLOCKS = 50;
const MAYBE_AGAIN: KnownBlock = {
  type: 'context',
  elements: [
    {
      type: 'plain_text',
      text: '再送：先に届いたかどうかを確かめられませんでした。同じお知らせが二つ届いているかもしれません。',
    },
  ],
};

/** Only an opaque id: metadata can be read by other apps and people. */
export function outboxMetadata(messageId: string) {
  return { event_type: METADATA_EVENT, event_payload: { key: messageId } };
}

/** The function throws what Slack, the network or a composer throws; nothing was sent for certain only when it says so. */
export function createDelivery({ store, composers, client, log, now, postMillis }: DeliveryParts): Deliver {
  const lanes = createLanes();
  const pictures = createPictures(client, log);
  const directMessages = new Map<string, string>();

  return (message) => inLane(`${message.teamId} ${message.recipient}`, () => lookAndSend(message));

  /** Posts to one place go one after another; the others do not wait for it. */
  async function inLane(name: string, run: () => Promise<SendOutcome | null>): Promise<SendOutcome | null> {
    const later = lanes.enter(name, now());
    if (later !== null) return { kind: 'deferred', until: later, reason: 'channel-busy' };
    try {
      return await run();
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.kind === 'limited') lanes.hold(name, now() + trouble.wait);
      throw error;
    } finally {
      lanes.leave(name);
    }
  }

  async function lookAndSend(message: ClaimedMessage): Promise<SendOutcome | null> {
    const standing = await look(message);
    if (standing.kind === 'found') return { kind: 'sent', ts: standing.ts };
    if (message.rows.length === 0) return { kind: 'dropped', leftOut: [] };
    const composer = composers.get(message.kind);
    if (composer === undefined) throw new Error(`no composer for ${message.kind}`);
    const composed = await composer(message, now());
    if (composed.kind === 'later')
      return { kind: 'deferred', until: composed.until, reason: composed.reason };
    if (composed.kind === 'nothing') return { kind: 'dropped', leftOut: composed.leftOut };
    const channel = await channelOf(composed.to);
    return inLane(channel, () => post(message, composed, channel, standing.kind === 'unknown'));
  }

  /** Before any second attempt, and before anything else: it is not said again because the recipient changed since. */
  async function look({
    id,
    firstTry,
    triedIn,
  }: ClaimedMessage): Promise<{ kind: 'found'; ts: string } | { kind: 'none' | 'unknown' }> {
    if (firstTry === null || triedIn === null) return { kind: 'none' };
    try {
      const since = Math.min(firstTry, now()) - CLOCKS_APART;
      const place = { channel: triedIn, threadTs: null };
      const ts = await findPosted(client, place, outboxMetadata(id), since, LEAST_PAGES);
      return ts === null ? { kind: 'none' } : { kind: 'found', ts };
    } catch (error) {
      if (troubleOf(error).kind !== 'refused') throw error;
      log('warn', 'outbox.unlooked', { id, cause: describeError(error) });
      return { kind: 'unknown' };
    }
  }

  async function post(
    message: ClaimedMessage,
    { text, blocks, picture, late, leftOut }: Extract<Composition, { kind: 'message' }>,
    channel: string,
    again: boolean,
  ): Promise<SendOutcome | null> {
    const shown = await pictures.blocksFor(message.id, picture);
    if (!(await store.begin(message, { channel, late, leftOut }, now(), postMillis))) return null;
    // Frozen while that was written down: somebody else may be sending it by now.
    const isMine = () => now() + postMillis <= message.leaseEnds;
    if (!isMine()) return null;
    try {
      const { ts } = await onlyWhile(message.id, isMine, () =>
        client.chat.postMessage({
          channel,
          text,
          blocks: [...(again ? [MAYBE_AGAIN] : []), ...shown, ...blocks].slice(0, MOST_BLOCKS),
          metadata: outboxMetadata(message.id),
          unfurl_links: false,
          unfurl_media: false,
        }),
      );
      if (ts === undefined) throw new Error('chat.postMessage answered without ts');
      pictures.forget(message.id);
      return { kind: 'sent', ts };
    } catch (error) {
      if (shown.length === 0 || !isAboutPicture(error)) throw error;
      pictures.refused(message.id);
      return { kind: 'deferred', until: now() + PICTURE_WAIT, reason: 'picture-not-ready' };
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
}
