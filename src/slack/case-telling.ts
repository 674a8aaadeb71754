/** Who else hears of a change: whoever reads its card, and the contacts of the provider. */
import type { Viewer } from '../cases/rights.ts';
import { viewOfEvents } from '../cases/rights.ts';
import type { CaseRecord } from '../store/case-reads.ts';
import type { CaseOutcome } from '../store/case-request.ts';
import type { NumberedEvent } from '../store/case-rows.ts';
import type { Edge } from './edge.ts';
import { describeError } from './log.ts';
import { caseMessage } from './views/case-message.ts';

/**
 * Not waited for: the change is saved, and the person who made it sees it. Cards are brought up until they show it;
 * a direct message that could not be sent is logged. Providers hear only of what they may read.
 */
export function tellAbout(
  edge: Edge,
  viewer: Viewer,
  { record, events }: Extract<CaseOutcome, { kind: 'done' }>,
): void {
  edge.desk.cards.touch(record.teamId, record.id);
  for (const one of tellContacts(edge, viewer, record, events)) {
    one.catch((cause: unknown) => edge.desk.log('error', 'case.untold', { cause: describeError(cause) }));
  }
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
