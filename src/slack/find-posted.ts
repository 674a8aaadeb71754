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
 * milliseconds), because a copy further back would be posted twice.
 */
export async function findPosted(
  client: webApi.WebClient,
  { channel, threadTs }: Place,
  wanted: PostMetadata,
  since: number,
): Promise<string | null> {
  let cursor = '';
  do {
    const window = {
      channel,
      oldest: String(Math.floor(since / 1_000) - 5),
      include_all_metadata: true,
      limit: 200,
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
    cursor = response_metadata?.next_cursor ?? '';
  } while (cursor !== '');
  return null;
}
