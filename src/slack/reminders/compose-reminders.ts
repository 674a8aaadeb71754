import { isBusinessDay } from '../../business-days.ts';
import { dayInTokyo } from '../../calendar.ts';
import type { Place } from '../../cases/rights.ts';
import { momentOn, nextOpening } from '../../reminders/timing.ts';
import type { OutboxRow } from '../../store/outbox-rows.ts';
import type { ClaimedMessage, LeftOut } from '../../store/outbox-store.ts';
import type { Composer } from '../outbox/composition.ts';
import type { MorningList } from '../views/morning-blocks.ts';
import { reminderCard } from '../views/reminder-card.ts';
import { type GatherParts, gatherReminders, sortRows } from './gather.ts';
import { isEmpty, morningList } from './morning-list.ts';
import { findPlace, type PlaceFinder } from './place.ts';
import type { Reminding } from './reminding.ts';

const MINUTE = 60_000;

/** Composes the reminders of one recipient: in office hours, what is still of use, for whoever may see it. */
export function reminderComposer(finder: PlaceFinder, reminding: Reminding): Composer {
  const parts = { cases: finder.cases, reminding };
  return async (message, now) => {
    const opening = nextOpening(now, reminding.rules, reminding.calendar);
    if (opening > now) return { kind: 'later', until: opening, reason: '送らない時間帯です' };
    const found = await findPlace(finder, message.teamId, message.recipient);
    if (found.kind === 'nowhere') {
      return {
        kind: 'nothing',
        leftOut: message.rows.map(({ key }) => ({ key, state: 'dropped', reason: found.reason })),
      };
    }
    const { reminders, mornings } = sortRows(message.rows);
    const { shown, leftOut } = await gatherReminders(parts, reminders, found.place, now);
    const said = new Set(shown.map(({ caseId }) => caseId));
    const morning = await morningOf(parts, mornings, found.place, said, now);
    const all = [...leftOut, ...morning.leftOut];
    if (shown.length === 0 && morning.list === null) return { kind: 'nothing', leftOut: all };
    const dueAt = lastDue(message);
    const late = now - dueAt > reminding.rules.late_after_minutes * MINUTE;
    return {
      kind: 'message',
      to: found.to,
      ...reminderCard({
        reminders: shown,
        office: isOffice(found.place),
        morning: morning.list,
        late,
        dueAt,
      }),
      picture: null,
      late,
      leftOut: all,
    };
  };
}

/** The list the rows ask for, and which of them are not said: after downtime one list is enough. */
export async function morningOf(
  parts: GatherParts,
  mornings: readonly OutboxRow[],
  place: Place,
  said: ReadonlySet<string>,
  now: number,
): Promise<{ readonly list: MorningList | null; readonly leftOut: readonly LeftOut[] }> {
  const leave = (rows: readonly OutboxRow[], state: LeftOut['state'], reason: string) =>
    rows.map(({ key }) => ({ key, state, reason }));
  if (mornings.length === 0) return { list: null, leftOut: [] };
  if (isOlderList(parts.reminding, mornings, now))
    return { list: null, leftOut: leave(mornings, 'missed', 'この日の朝の一覧に含めます') };
  const list = place.kind === 'private' ? await morningList(parts, place.to, said, now) : null;
  if (list === null) return { list: null, leftOut: leave(mornings, 'dropped', '担当室の職員ではありません') };
  if (isEmpty(list) && said.size === 0)
    return { list: null, leftOut: leave(mornings, 'dropped', '知らせることのない朝です') };
  return { list, leftOut: leave(mornings.slice(0, -1), 'missed', '後の一覧に含めました') };
}

/** After downtime, on a day that has a list of its own. */
function isOlderList({ rules, calendar }: Reminding, mornings: readonly OutboxRow[], now: number): boolean {
  const today = dayInTokyo(now);
  const due = momentOn(today, rules.send_at);
  return isBusinessDay(calendar, today) && mornings.every(({ dueAt }) => dueAt < due);
}

/** Whether it is read by the office alone. */
export function isOffice(place: Place): boolean {
  return place.kind === 'private' ? place.to.staff : place.staffOnly;
}

/** When a message was due: with the last of its rows. */
export function lastDue({ rows }: Pick<ClaimedMessage, 'rows'>): number {
  return Math.max(...rows.map(({ dueAt }) => dueAt));
}
