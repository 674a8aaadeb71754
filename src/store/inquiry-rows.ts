import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { InquiryEvent, InquiryEventBody } from '../inquiries/inquiry.ts';
import { type Inquiry, replayInquiry } from '../inquiries/inquiry.ts';
import type { InquiriesTable, InquiryEventsTable, InquiryWordsTable } from './inquiry-tables.ts';

/** Where the message of the office's channel stands. */
export interface CardPlace {
  readonly channel: string;
  readonly ts: string;
}

/** An inquiry with what happened and what was written; people by their Slack ids. */
export interface InquiryRecord {
  readonly teamId: string;
  readonly id: string;
  /** Where the question was asked; null where only the asker saw the answer. */
  readonly place: { readonly channel: string; readonly threadTs: string | null } | null;
  readonly inquiry: Inquiry;
  readonly events: readonly InquiryEvent[];
  /** By the number of the event; null where the text was erased. */
  readonly words: ReadonlyMap<number, string | null>;
  readonly card: CardPlace | null;
  readonly cardVersion: number;
  /** The last event that everybody concerned was told of. */
  readonly told: number;
  readonly tries: number;
}

const body = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('opened'), answerId: z.string(), replyTo: z.enum(['thread', 'person']) }),
  z.strictObject({ kind: z.literal('taken'), from: z.string().nullable() }),
  z.strictObject({ kind: z.literal('handedBack') }),
  z.strictObject({ kind: z.literal('replied'), correction: z.boolean() }),
  z.strictObject({ kind: z.literal('supplemented') }),
  z.strictObject({ kind: z.literal('withdrawn') }),
  z.strictObject({ kind: z.literal('drafted'), file: z.string() }),
]) satisfies z.ZodType<InquiryEventBody>;

/** The event with everybody in it under another name: ids become references, references ids. */
export function namedAnew<Body extends InquiryEventBody>(
  event: Body,
  name: (person: string) => string,
): Body {
  return event.kind === 'taken' && event.from !== null ? { ...event, from: name(event.from) } : event;
}

/** Everybody named in a body. */
export function peopleOf(event: InquiryEventBody): string[] {
  return event.kind === 'taken' && event.from !== null ? [event.from] : [];
}

export function eventOf(row: Selectable<InquiryEventsTable>): InquiryEvent {
  return { ...body.parse(JSON.parse(row.body)), seq: row.seq, at: row.at, actor: row.actor };
}

export function recordOf(
  row: Selectable<InquiriesTable>,
  events: readonly InquiryEvent[],
  words: readonly Selectable<InquiryWordsTable>[],
): InquiryRecord {
  return {
    teamId: row.team_id,
    id: row.id,
    place: row.channel === null ? null : { channel: row.channel, threadTs: row.thread_ts },
    inquiry: replayInquiry(events),
    events,
    words: new Map(words.map(({ seq, text }) => [seq, text])),
    card:
      row.card_channel === null || row.card_ts === null
        ? null
        : { channel: row.card_channel, ts: row.card_ts },
    cardVersion: row.card_version,
    told: row.told,
    tries: row.tries,
  };
}
