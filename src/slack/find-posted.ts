import { isDeepStrictEqual } from 'node:util';
import type { webApi } from '@slack/bolt';
import { z } from 'zod';

const METADATA_EVENT = 'kiyaku_answer';

const page = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z
          .object({
            event_type: z.string().optional(),
            event_payload: z.record(z.string(), z.unknown()).optional(),
          })
          .optional(),
      }),
    )
    .default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

export interface Place {
  readonly channel: string;
  readonly threadTs: string | null;
}

/** Only an opaque id: metadata can be read by other apps and people. */
export function answerMetadata(answerId: string) {
  return { event_type: METADATA_EVENT, event_payload: { answer: answerId } };
}

/** What a post of ours carries so that it can be found again. */
export interface PostMetadata {
  readonly event_type: string;
  readonly event_payload: Readonly<Record<string, string>>;
}

/**
 * The `ts` of the message that carries exactly this metadata, or null. Reads to the last page since `since` (epoch
 * milliseconds), because a copy further back would be posted twice. In a channel it can be made to read at least
 * `leastPages` from the newest on, whatever `since` says: our clock may have been wrong by more than anybody allowed for.
 */
export async function findPosted(
  client: webApi.WebClient,
  { channel, threadTs }: Place,
  wanted: PostMetadata,
  since: number,
  leastPages = 0,
): Promise<string | null> {
  const oldest = Math.floor(since / 1_000) - 5;
  let cursor = '';
  let pages = 0;
  do {
    const window = {
      channel,
      include_all_metadata: true,
      limit: 200,
      ...(leastPages === 0 ? { oldest: String(oldest) } : {}),
      ...(cursor === '' ? {} : { cursor }),
    };
    const answered: unknown =
      threadTs === null
        ? await client.conversations.history(window)
        : await client.conversations.replies({ ...window, ts: threadTs });
    const { messages, response_metadata } = page.parse(answered);
    const found = messages.find(
      ({ metadata }) =>
        metadata?.event_type === wanted.event_type &&
        isDeepStrictEqual(metadata.event_payload, wanted.event_payload),
    );
    if (found !== undefined) return found.ts;
    pages += 1;
    const isPast = Number(messages.at(-1)?.ts ?? oldest) < oldest;
    if (leastPages > 0 && pages >= leastPages && isPast) return null;
    cursor = response_metadata?.next_cursor ?? '';
  } while (cursor !== '');
  return null;
}
