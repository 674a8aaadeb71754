/** What Slack says about channels and who is in them. Asked for when it matters; whatever cannot be found out gives no right. */
import { webApi } from '@slack/bolt';
import { z } from 'zod';
import { describeError, type Log } from './log.ts';
import { isPassing } from './retry.ts';

export type ChannelStanding =
  /** The bot is in it, and nobody from another organisation. */
  | 'ours'
  | 'shared'
  | 'archived'
  | 'bot-absent'
  /** Slack does not show it to us. */
  | 'unknown';

export interface ChannelDirectory {
  /** Never believed from an earlier time. Throws what Slack's trouble throws. */
  standingOf(channel: string): Promise<ChannelStanding>;
  /** Channels this person and the bot are both in and no other organisation is; none where Slack cannot say. */
  channelsOf(person: string): Promise<readonly string[]>;
}

/** How long the channels of a person are believed without asking again, in milliseconds. */
const BELIEVED_FOR = 60_000;
const PAGE = 500;
/** Somebody in more channels than these pages hold is not known to be in the others. */
const MOST_PAGES = 10;
const MOST_PEOPLE = 5_000;

const listed = z.object({
  channels: z
    .array(
      z.object({
        id: z.string(),
        is_ext_shared: z.boolean().optional(),
        is_archived: z.boolean().optional(),
      }),
    )
    .default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

export function createChannelDirectory(parts: {
  readonly client: webApi.WebClient;
  readonly log: Log;
  readonly now: () => number;
}): ChannelDirectory {
  const { client, log, now } = parts;
  const known = new Map<string, { readonly at: number; readonly channels: Promise<readonly string[]> }>();

  return {
    async standingOf(channel) {
      try {
        const { channel: found } = await client.conversations.info({ channel });
        if (found?.is_ext_shared !== false) return 'shared';
        if (found.is_archived === true) return 'archived';
        return found.is_member === false ? 'bot-absent' : 'ours';
      } catch (error) {
        if (error instanceof webApi.WebAPIPlatformError && !isPassing(error.data.error)) return 'unknown';
        throw error;
      }
    },
    channelsOf(person) {
      const held = known.get(person);
      if (held !== undefined && now() - held.at < BELIEVED_FOR) return held.channels;
      if (known.size >= MOST_PEOPLE) known.clear();
      const channels = ask(person).catch((error: unknown) => {
        known.delete(person);
        log('error', 'channels.unknown', { cause: describeError(error) });
        return [];
      });
      known.set(person, { at: now(), channels });
      return channels;
    },
  };

  async function ask(person: string): Promise<readonly string[]> {
    const found: string[] = [];
    let cursor = '';
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answered: unknown = await client.users.conversations({
        user: person,
        types: 'public_channel,private_channel',
        exclude_archived: true,
        limit: PAGE,
        ...(cursor === '' ? {} : { cursor }),
      });
      const { channels, response_metadata } = listed.parse(answered);
      found.push(...channels.filter((one) => one.is_ext_shared === false).map(({ id }) => id));
      cursor = response_metadata?.next_cursor ?? '';
      if (cursor === '') break;
    }
    return found;
  }
}
