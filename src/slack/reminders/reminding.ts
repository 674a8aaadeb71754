/** What the reminders need of the rest: fixed once at start. */
import type { ReminderBasis } from '../../reminders/plan.ts';
import type { OutboxStore } from '../../store/outbox-store.ts';
import type { ReminderStore } from '../../store/reminder-store.ts';

export interface Reminding extends ReminderBasis {
  readonly outbox: OutboxStore;
  readonly store: ReminderStore;
}
