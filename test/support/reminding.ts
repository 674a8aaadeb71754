/** What the reminders stand on, over the rules and the calendar as they are in knowledge/. */
import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { loadReminders } from '../../src/boot/load-reminders.ts';
import type { Reminding } from '../../src/slack/reminders/reminding.ts';
import { createOutboxStore } from '../../src/store/outbox-store.ts';
import { createReminderStore } from '../../src/store/reminder-store.ts';
import type { Tables } from '../../src/store/tables.ts';

export const reminderBasis = loadReminders();

export function remindingOn(db: Kysely<Tables>): Reminding {
  const { rules, calendar } = reminderBasis;
  return {
    rules,
    calendar,
    outbox: createOutboxStore(db, { newId: randomUUID }),
    store: createReminderStore(db),
  };
}
