import type { webApi } from '@slack/bolt';
import { z } from 'zod';

export const METADATA_EVENT = 'kiyaku_answer';

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

/**
 * The `ts` of the message that carries this answer, or null. Reads to the last page since `since` (epoch
 * milliseconds), because a copy further back would be posted twice.
 */
export function findPosted(
  client: webApi.WebClient,
  place: Place,
  answerId: string,
  since: number,
): Promise<string | null> {
  return findMarked(client, place, answerMetadata(answerId), since);
}

/** What marks a message of ours: an event type and, in its payload, opaque ids. */
export interface Mark {
  readonly event_type: string;
  readonly event_payload: Readonly<Record<string, string | number>>;
}

/** The same for any mark. */
export async function findMarked(
  client: webApi.WebClient,
  { channel, threadTs }: Place,
  mark: Mark,
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
        metadata?.event_type === mark.event_type &&
        Object.entries(mark.event_payload).every(([key, value]) => metadata.event_payload?.[key] === value),
    );
    if (found !== undefined) return found.ts;
    cursor = response_metadata?.next_cursor ?? '';
  } while (cursor !== '');
  return null;
}
