/** Brings what happened to an inquiry where it belongs: to the office's channel, and the reply to its asker. Each once. */
import { webApi } from '@slack/bolt';
import type { InquiryEvent } from '../inquiries/inquiry.ts';
import type { AnswerStore } from '../store/answer-store.ts';
import type { InquiryRecord } from '../store/inquiry-rows.ts';
import type { InquiryStore } from '../store/inquiry-store.ts';
import type { InquiryKey } from '../store/inquiry-telling.ts';
import { findPosted, type Place, type PostMetadata } from './find-posted.ts';
import { officeChannel } from './inquiry-desk.ts';
import { describeError, type Log } from './log.ts';
import type { PostQueue } from './post-queue.ts';
import type { Card } from './views/answer-card.ts';
import { inquiryCard, inquiryNote } from './views/inquiry-card.ts';
import { replyCard } from './views/inquiry-reply.ts';

export interface CourierParts {
  readonly store: InquiryStore;
  readonly answers: AnswerStore;
  readonly posts: PostQueue;
  readonly client: webApi.WebClient;
  /** The office's channel. */
  readonly channel: string | null;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Milliseconds before the second, third… attempt; the last one goes on for ever. */
  readonly waits: readonly number[];
}

export interface InquiryCourier {
  /** Begins at once and does not wait; what fails is tried again by `pass`. */
  tell(key: InquiryKey): void;
  /** Takes up everything that is still to be told. */
  pass(): Promise<void>;
  /** Finishes what it is doing. */
  stop(): Promise<void>;
}

const MARK = 'kiyaku_inquiry';
/** A claim is held longer than any single post may take. */
const LEASE = 300_000;
const MOST_AT_ONCE = 20;
/** The place is gone for us: nothing changes by waiting. */
const GONE = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'thread_not_found',
  'message_not_found',
  'restricted_action',
  'cannot_dm_bot',
  'user_not_found',
  'users_not_found',
  'user_disabled',
  'account_inactive',
]);

export function createInquiryCourier(parts: CourierParts): InquiryCourier {
  const { store, client, posts, log, now } = parts;
  const underWay = new Set<Promise<void>>();

  return {
    tell: (key) => void begin(key),
    async pass() {
      const keys = await store.untold(now(), MOST_AT_ONCE);
      await Promise.all(keys.map(begin));
    },
    async stop() {
      await Promise.allSettled(underWay);
    },
  };

  function begin(key: InquiryKey): Promise<void> {
    const telling = tellAll(key)
      .catch((cause: unknown) => log('error', 'inquiry.untold', { ...key, cause: describeError(cause) }))
      .finally(() => underWay.delete(telling));
    underWay.add(telling);
    return telling;
  }

  async function tellAll(key: InquiryKey): Promise<void> {
    if (!(await store.claimTelling(key, now(), now() + LEASE))) return;
    const claimed = await store.find(key.team, key.id);
    try {
      for (let record = claimed; record !== null; record = await store.find(key.team, key.id)) {
        const next = record.events[record.told];
        if (next === undefined && record.cardVersion >= record.inquiry.version) break;
        await (next === undefined ? redraw(key, record) : tellOne(key, record, next));
      }
      await store.toldAll(key);
    } catch (cause) {
      const tried = claimed?.tries ?? 1;
      await store.tellLater(key, now() + (parts.waits[tried - 1] ?? parts.waits.at(-1) ?? 0));
      throw cause;
    }
  }

  async function tellOne(key: InquiryKey, record: InquiryRecord, event: InquiryEvent): Promise<void> {
    if (event.kind === 'opened') await postCard(key, record);
    if (event.kind === 'replied') await postReply(record, event);
    if (event.kind === 'supplemented' || event.kind === 'withdrawn') await postNote(record, event);
    await store.toldOf(key, event.seq);
  }

  async function postCard(key: InquiryKey, record: InquiryRecord): Promise<void> {
    const channel = await office();
    const ts = await postOnce(record, { channel, threadTs: null }, 1, await cardOf(record));
    await store.cardStands(key, { channel, ts }, record.inquiry.version);
  }

  /** The one message in the office's channel is kept current; when somebody deleted it, there is a new one. */
  async function redraw(key: InquiryKey, record: InquiryRecord): Promise<void> {
    const { card, inquiry } = record;
    if (card === null) return postCard(key, record);
    try {
      await client.chat.update({ channel: card.channel, ts: card.ts, ...(await cardOf(record)) });
      await store.cardStands(key, card, inquiry.version);
    } catch (error) {
      if (!isGone(error)) throw error;
      const channel = await office();
      const ts = await posts.post(
        message({ channel, threadTs: null }, await cardOf(record), markOf(record, 1)),
      );
      await store.cardStands(key, { channel, ts }, inquiry.version);
    }
  }

  /** A new word under the card: whoever has the inquiry notices it, which they would not by a redrawn card. */
  async function postNote(record: InquiryRecord, event: InquiryEvent): Promise<void> {
    const { card } = record;
    if (card === null) return;
    try {
      const place = { channel: await office(), threadTs: card.ts };
      await postOnce(record, place, event.seq, inquiryNote(record, event));
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  /** Where the question was asked when its asker chose so, else to the asker alone; there too when the place is gone. */
  async function postReply(record: InquiryRecord, event: InquiryEvent): Promise<void> {
    const given = await parts.answers.find(record.teamId, record.inquiry.answerId);
    const card = replyCard(record, event, given?.question ?? '');
    if (record.inquiry.replyTo === 'thread' && record.place !== null) {
      try {
        await postOnce(record, record.place, event.seq, card);
        return;
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    }
    await postToPerson(record, event, card);
  }

  /** Somebody who was erased or has left cannot be told any more: that is logged, and nothing waits for it. */
  async function postToPerson(record: InquiryRecord, event: InquiryEvent, card: Card): Promise<void> {
    const { asker } = record.inquiry;
    try {
      const { channel } = await client.conversations.open({ users: asker });
      if (channel?.id === undefined) throw new Error('conversations.open answered without channel');
      await postOnce(record, { channel: channel.id, threadTs: null }, event.seq, card);
    } catch (error) {
      if (!isGone(error)) throw error;
      log('error', 'inquiry.asker-gone', { id: record.id, cause: describeError(error) });
    }
  }

  /** From the second attempt on Slack is asked first whether the message stands there already. */
  async function postOnce(record: InquiryRecord, place: Place, seq: number, card: Card): Promise<string> {
    const mark = markOf(record, seq);
    const since = record.events[seq - 1]?.at ?? record.inquiry.openedAt;
    const standing = record.tries > 1 ? await findPosted(client, place, mark, since) : null;
    return standing ?? posts.post(message(place, card, mark));
  }

  async function office(): Promise<string> {
    const channel = await officeChannel(parts.channel, client);
    if (channel === null) throw new Error("the office's channel is shared, or the bot is not in it");
    return channel;
  }

  async function cardOf(record: InquiryRecord): Promise<Card> {
    return inquiryCard(record, await parts.answers.find(record.teamId, record.inquiry.answerId));
  }
}

/** Only opaque ids: metadata can be read by other apps and people. */
function markOf({ id }: InquiryRecord, seq: number): PostMetadata {
  return { event_type: MARK, event_payload: { inquiry: id, event: String(seq) } };
}

function message({ channel, threadTs }: Place, card: Card, metadata: PostMetadata) {
  return {
    channel,
    ...(threadTs === null ? {} : { thread_ts: threadTs }),
    ...card,
    metadata,
    unfurl_links: false,
    unfurl_media: false,
  };
}

function isGone(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError && GONE.has(error.data.error);
}
