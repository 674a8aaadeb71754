/** One card in one channel: posted once, drawn anew, what changed told below it. */
import { webApi } from '@slack/bolt';
import type { CaseEvent, EventKind } from '../../cases/event.ts';
import { relationOfPlace, viewOfCase, viewOfEvents } from '../../cases/rights.ts';
import type { CardPlace, TendedCard } from '../../store/case-card-store.ts';
import type { CaseRecord } from '../../store/case-reads.ts';
import { findPosted, type PostMetadata } from '../find-posted.ts';
import { describeError } from '../log.ts';
import { isPassing } from '../retry.ts';
import { caseCard, caseNote, retiredCard } from '../views/case-card.ts';
import type { CardKeeperParts } from './card-keeper.ts';

type Parts = Pick<CardKeeperParts, 'cases' | 'cards' | 'client' | 'log' | 'now'>;

/** What the other side has to know of at once: shown in the channel too, not in the thread alone. */
const CONCERNS_PROVIDER: ReadonlySet<EventKind> = new Set<EventKind>([
  'requestAccepted',
  'requestDeclined',
  'questionAnswered',
  'stoppedByOffice',
  'closed',
]);
/** The message is there and we may not change it (any more). */
const NOT_OURS = new Set(['cant_update_message', 'edit_window_closed']);

/** Only opaque ids: metadata can be read by other apps and people. */
function cardMetadata(cardId: string): PostMetadata {
  return { event_type: 'kiyaku_case_card', event_payload: { card: cardId } };
}

function noteMetadata(cardId: string, version: number): PostMetadata {
  return { event_type: 'kiyaku_case_note', event_payload: { card: cardId, upto: String(version) } };
}

/** False while somebody else tends it. Throws where Slack could not be asked: then it has to be tried again. */
export async function tendCard(
  parts: Parts,
  record: CaseRecord,
  { channel, staffOnly }: { readonly channel: string; readonly staffOnly: boolean },
  again: boolean,
): Promise<boolean> {
  const { teamId, id: caseId, version } = record;
  const relation = relationOfPlace(record.state, teamId, {
    kind: 'channel',
    channel,
    extShared: false,
    staffOnly,
  });
  const state = viewOfCase(record.state, relation);
  if (state === null || relation === 'outsider') return true;
  const place: CardPlace = { teamId, caseId, channel };
  const held = await parts.cards.tend(place, parts.now());
  if (held === null) return false;
  const shown = { ...record, state };
  try {
    const known = await lookedFor(parts, place, held, version);
    const ts = await drawn(
      parts,
      place,
      { ...held, ...known },
      caseCard({ record: shown, relation }),
      version,
      again,
    );
    await parts.cards.stands(place, { ts, noted: known.noted });
    const events = viewOfEvents(await parts.cases.eventsAfter(record, known.noted), relation);
    await note(parts, place, { id: held.id, ts }, shown, events, staffOnly);
    await parts.cards.settle(place, { ts, shown: version, noted: version });
    return true;
  } catch (error) {
    const final = isFinal(error);
    // After anything but Slack's own refusal the message may stand there: it is looked for the next time.
    await parts.cards.release(place, final || error instanceof webApi.WebAPIRateLimitedError);
    if (!final) throw error;
    parts.log('error', 'case.card_refused', { case: caseId, channel, cause: describeError(error) });
    return true;
  }
}

/** Nothing about the case stays in a channel that may not show it any more. */
export async function retireCard({ cards, client, log }: Parts, place: CardPlace): Promise<void> {
  const card = (await cards.cardsOf(place.teamId, place.caseId)).find(
    ({ channel }) => channel === place.channel,
  );
  try {
    if (card?.ts != null) await client.chat.update({ channel: place.channel, ts: card.ts, ...retiredCard() });
  } catch (error) {
    if (!isFinal(error)) throw error;
    log('warn', 'case.card_left', {
      case: place.caseId,
      channel: place.channel,
      cause: describeError(error),
    });
  }
  await cards.forget(place);
}

/** What stands in Slack and what was told there, once a broken-off attempt has been looked into. */
async function lookedFor(
  { client, cards }: Parts,
  place: CardPlace,
  { id, ts, noted, doubt }: TendedCard,
  version: number,
): Promise<{ readonly ts: string | null; readonly noted: number }> {
  // A new card tells of the last change only.
  const told = noted >= 0 ? noted : (doubt?.to ?? version) - 1;
  if (doubt === null) return { ts, noted: told };
  const { channel } = place;
  const stands = ts ?? (await findPosted(client, { channel, threadTs: null }, cardMetadata(id), doubt.since));
  const said =
    stands === null || doubt.to <= told
      ? null
      : await foundNote(client, channel, stands, noteMetadata(id, doubt.to), doubt.since);
  const known = { ts: stands, noted: said === null ? told : doubt.to };
  await cards.stands(place, known);
  return known;
}

/** Null also where the card itself is gone, and its thread with it. */
async function foundNote(
  client: webApi.WebClient,
  channel: string,
  threadTs: string,
  metadata: PostMetadata,
  since: number,
): Promise<string | null> {
  try {
    return await findPosted(client, { channel, threadTs }, metadata, since);
  } catch (error) {
    if (error instanceof webApi.WebAPIPlatformError && error.data.error === 'thread_not_found') return null;
    throw error;
  }
}

/** The `ts` of the card as it stands after this. */
async function drawn(
  { client, cards, now }: Parts,
  place: CardPlace,
  { id, ts, shown, noted }: TendedCard,
  card: ReturnType<typeof caseCard>,
  version: number,
  again: boolean,
): Promise<string> {
  const { channel } = place;
  if (ts !== null && shown >= version && !again) return ts;
  if (ts !== null && (await updated(client, channel, ts, card))) return ts;
  await cards.stands(place, { ts: null, noted });
  await cards.begin(place, { since: now(), to: version });
  const posted = await client.chat.postMessage({ channel, ...card, metadata: { ...cardMetadata(id) } });
  if (posted.ts === undefined) throw new Error('chat.postMessage answered without ts');
  return posted.ts;
}

/** False when the message is gone or not ours to change: then a new one takes its place. */
async function updated(
  client: webApi.WebClient,
  channel: string,
  ts: string,
  card: ReturnType<typeof caseCard>,
): Promise<boolean> {
  try {
    await client.chat.update({ channel, ts, ...card });
    return true;
  } catch (error) {
    const code = error instanceof webApi.WebAPIPlatformError ? error.data.error : '';
    if (code === 'message_not_found') return false;
    if (!NOT_OURS.has(code)) throw error;
    // What it says is not true any more.
    await client.chat.delete({ channel, ts }).catch(() => undefined);
    return false;
  }
}

async function note(
  { client, cards, now }: Parts,
  place: CardPlace,
  card: { readonly id: string; readonly ts: string },
  record: CaseRecord,
  events: readonly CaseEvent[],
  staffOnly: boolean,
): Promise<void> {
  const said = caseNote(record, events);
  if (said === null) return;
  const aloud = events.some((event) =>
    staffOnly ? event.by.as === 'provider' : event.by.as === 'staff' && concernsProvider(event),
  );
  await cards.begin(place, { since: now(), to: record.version });
  const metadata = { ...noteMetadata(card.id, record.version) };
  const message = { channel: place.channel, thread_ts: card.ts, ...said, metadata };
  await client.chat.postMessage(aloud ? { ...message, reply_broadcast: true } : message);
}

function concernsProvider(event: CaseEvent): boolean {
  return CONCERNS_PROVIDER.has(event.kind) || (event.kind === 'stepMoved' && event.to === '差戻し');
}

/** Slack will say the same the next time. */
function isFinal(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError && !isPassing(error.data.error);
}
