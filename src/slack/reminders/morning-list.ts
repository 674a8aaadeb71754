/** What stands in an owner's list of the morning beside the reminders: read anew each time it is drawn. */
import { dayInTokyo } from '../../calendar.ts';
import type { Viewer } from '../../cases/rights.ts';
import { nextDue } from '../../cases/standing.ts';
import { morningHorizon } from '../../reminders/morning.ts';
import type { CaseRecord } from '../../store/case-reads.ts';
import type { MorningList } from '../views/morning-blocks.ts';
import type { GatherParts } from './gather.ts';

const MOST_DUE = 20;
const MOST_WAITING = 10;

/**
 * The cases of an owner that are overdue or due soon, and those that wait for the office, without those in `said`;
 * null when the person is not of the office. A case that stands in the first list is not in the second.
 */
export async function morningList(
  { cases, reminding }: GatherParts,
  viewer: Viewer,
  said: ReadonlySet<string>,
  now: number,
): Promise<MorningList | null> {
  if (!viewer.staff) return null;
  const { rules, calendar } = reminding;
  const today = dayInTokyo(now);
  const last = morningHorizon(today, rules, calendar);
  const mine = { by: 'owner', person: viewer.person } as const;
  const page = { after: null, limit: 100 };
  const due = (await cases.listForStaff(viewer, { filters: [mine] }, page)).records.filter(
    (record) => nextDue(record.state) <= last && !said.has(record.id),
  );
  const listed = new Set([...said, ...due.map(({ id }) => id)]);
  const waitingFor = { filters: [mine, { by: 'waiting', party: '担当室' } as const] };
  const waiting = (await cases.listForStaff(viewer, waitingFor, page)).records.filter(
    ({ id }) => !listed.has(id),
  );
  return {
    today,
    calendar,
    due: shorten(due, MOST_DUE),
    waiting: shorten(waiting, MOST_WAITING),
    mine: await cases.countForStaff(viewer, { filters: [mine] }),
  };
}

/** True when there is nothing to say. */
export function isEmpty({ due, waiting }: MorningList): boolean {
  return due.records.length === 0 && waiting.records.length === 0;
}

function shorten(records: readonly CaseRecord[], most: number) {
  return { records: records.slice(0, most), more: Math.max(0, records.length - most) };
}
