/** Who else hears of a change: the contacts of the provider, and the office in its channel. */
import type { Viewer } from '../cases/rights.ts';
import { viewOfEvents } from '../cases/rights.ts';
import type { CaseRecord } from '../store/case-reads.ts';
import type { CaseOutcome } from '../store/case-request.ts';
import type { NumberedEvent } from '../store/case-rows.ts';
import type { Call, Edge } from './edge.ts';
import { describeError } from './log.ts';
import { caseMessage } from './views/case-message.ts';

/**
 * Not waited for: the change is saved, and the person who made it sees it. What could not be told is logged.
 * Providers hear only of what they may read; the channel of the office is not told once others can read along.
 */
export function tellAbout(
  edge: Edge,
  call: Call,
  viewer: Viewer,
  { record, events }: Extract<CaseOutcome, { kind: 'done' }>,
): void {
  const telling = [tellOffice(edge, call, record, events), ...tellContacts(edge, viewer, record, events)];
  for (const one of telling) {
    one.catch((cause: unknown) => edge.desk.log('error', 'case.untold', { cause: describeError(cause) }));
  }
}

async function tellOffice(
  { desk, posts }: Edge,
  { client }: Call,
  record: CaseRecord,
  events: readonly NumberedEvent[],
): Promise<void> {
  const { channel } = desk.staff;
  if (channel === null) return;
  const info = await client.conversations.info({ channel });
  if (info.channel?.is_ext_shared !== false) return;
  await posts.post({ channel, ...caseMessage(record, events, events[0]?.by.person ?? null) });
}

/** In their direct message with the app. */
function tellContacts(
  { posts }: Edge,
  viewer: Viewer,
  record: CaseRecord,
  events: readonly NumberedEvent[],
): Promise<unknown>[] {
  const theirs = viewOfEvents(events, 'contact');
  const { primary, secondary } = record.state;
  const contacts = [...new Set([primary, secondary])].filter(
    (person) => person !== null && person !== viewer.person && /^[UW][A-Z0-9]+$/.test(person),
  );
  if (theirs.length === 0) return [];
  return contacts.map((channel) => posts.post({ channel: channel ?? '', ...caseMessage(record, theirs) }));
}
