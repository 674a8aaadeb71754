/** Reads events back that were stored as JSON. */
import { z } from 'zod';
import type { ConversationEvent } from './replay.ts';

const response = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('apis'), rows: z.array(z.number().int()), absent: z.array(z.string()) }),
  z.object({ kind: z.literal('choice'), option: z.string() }),
  z.object({ kind: z.literal('text'), text: z.string() }),
]);
const event = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answered'), step: z.string(), response }),
  z.object({ kind: z.literal('revisited'), step: z.string() }),
  z.object({ kind: z.literal('restarted') }),
  z.object({ kind: z.literal('cancelled') }),
]);

/** Throws for JSON that is no event: the store holds nothing else. */
export function parseEvent(json: string): ConversationEvent {
  return event.parse(JSON.parse(json));
}
