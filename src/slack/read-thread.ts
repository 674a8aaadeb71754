import { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { PointedMessage } from './case-payloads.ts';
import { isPassing } from './retry.ts';

export interface ThreadMessage {
  readonly ts: string;
  /** As Slack keeps it, escaped. */
  readonly text: string;
}

const MOST_PAGES = 10;

const page = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        text: z.string().default(''),
        bot_id: z.string().optional(),
        subtype: z.string().optional(),
      }),
    )
    .default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/**
 * What people said in a thread up to and with the message pointed at, oldest first; a message outside of threads is a
 * thread of one. Null where the bot may not read it.
 */
export async function readThread(
  client: webApi.WebClient,
  { channel, ts, root }: PointedMessage,
): Promise<ThreadMessage[] | null> {
  const found: ThreadMessage[] = [];
  let cursor = '';
  try {
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const answered: unknown = await client.conversations.replies({
        channel,
        ts: root,
        latest: ts,
        inclusive: true,
        limit: 200,
        ...(cursor === '' ? {} : { cursor }),
      });
      const { messages, response_metadata } = page.parse(answered);
      found.push(...messages.filter((one) => isSaid(one) && Number(one.ts) <= Number(ts)));
      cursor = response_metadata?.next_cursor ?? '';
      if (cursor === '') break;
    }
  } catch (error) {
    if (error instanceof webApi.WebAPIPlatformError && !isPassing(error.data.error)) return null;
    throw error;
  }
  return found.map(({ ts: at, text }) => ({ ts: at, text })).sort((a, b) => Number(a.ts) - Number(b.ts));
}

/** By people, not by programs or Slack itself. */
function isSaid({ bot_id, subtype }: { bot_id?: string | undefined; subtype?: string | undefined }): boolean {
  return (
    bot_id === undefined && (subtype === undefined || ['file_share', 'thread_broadcast'].includes(subtype))
  );
}
