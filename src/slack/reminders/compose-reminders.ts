import { nextOpening } from '../../reminders/timing.ts';
import type { ClaimedMessage } from '../../store/outbox-store.ts';
import type { Composer } from '../outbox/composition.ts';
import { reminderCard } from '../views/reminder-card.ts';
import { gatherReminders } from './gather.ts';
import { findPlace, type PlaceFinder } from './place.ts';
import type { Reminding } from './reminding.ts';

const MINUTE = 60_000;

/** Composes the reminders of one recipient: in office hours, what is still of use, for whoever may see it. */
export function reminderComposer(finder: PlaceFinder, reminding: Reminding): Composer {
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
    const { shown, leftOut } = await gatherReminders(
      { cases: finder.cases, reminding },
      message.rows,
      found.place,
      now,
    );
    if (shown.length === 0) return { kind: 'nothing', leftOut };
    const dueAt = lastDue(message);
    const late = now - dueAt > reminding.rules.late_after_minutes * MINUTE;
    return {
      kind: 'message',
      to: found.to,
      ...reminderCard({ reminders: shown, late, dueAt }),
      picture: null,
      late,
      leftOut,
    };
  };
}

/** When a message was due: with the last of its rows. */
export function lastDue({ rows }: Pick<ClaimedMessage, 'rows'>): number {
  return Math.max(...rows.map(({ dueAt }) => dueAt));
}
