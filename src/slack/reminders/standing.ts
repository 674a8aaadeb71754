/** What happens by itself as time goes on: the lists of the morning and the week are planned, cases are counted, old rows are forgotten. */
import { dayInTokyo } from '../../calendar.ts';
import { planMorning } from '../../reminders/morning.ts';
import { writeRecipient } from '../../reminders/recipient.ts';
import { nextWeekly, WEEKLY } from '../../reminders/weekly.ts';
import type { CaseStore } from '../../store/case-store.ts';
import type { InboxStore } from '../../store/inbox-store.ts';
import type { Reminding } from './reminding.ts';

const DAY = 86_400_000;
/** Long enough to recognise a delivery that comes again. */
const INBOX_KEPT = 7 * DAY;
/** The ledger of what was sent: somewhat more than a year. */
const OUTBOX_KEPT = 400 * DAY;
/** In one go: the rest follows the next time. */
const MOST_FORGOTTEN = 1_000;

export interface StandingParts {
  readonly cases: CaseStore;
  readonly inbox: InboxStore;
  readonly reminding: Reminding;
}

/** To be called every now and then; whatever is there already is left alone. `now` in epoch milliseconds. */
export async function keepStanding({ cases, inbox, reminding }: StandingParts, now: number): Promise<void> {
  const { outbox, store, rules, calendar } = reminding;
  const today = dayInTokyo(now);
  const { week, dueAt } = nextWeekly(today, rules, calendar);
  const recipient = writeRecipient({ kind: 'office' });
  for (const team of await store.teams()) {
    const row = {
      key: `${WEEKLY}|${week}`,
      kind: WEEKLY,
      caseId: null,
      recipient,
      together: WEEKLY,
      dueAt,
      body: { week },
    };
    await outbox.enqueue(team, [row], now);
    // Once a day.
    if (await store.isCounted(team, today)) continue;
    await outbox.enqueue(team, planMorning(today, await store.owners(team), rules, calendar), now);
    const office = { teamId: team, person: '', staff: true, channels: [] };
    await store.count({
      team_id: team,
      day: today,
      open: await cases.countForStaff(office, { filters: [{ by: 'all' }] }),
      overdue: await cases.countForStaff(office, { filters: [{ by: 'all' }], overdueOn: today }),
      for_office: await cases.countForStaff(office, { filters: [{ by: 'waiting', party: '担当室' }] }),
      for_provider: await cases.countForStaff(office, { filters: [{ by: 'waiting', party: '提供者' }] }),
    });
  }
  await inbox.forget(now - INBOX_KEPT, MOST_FORGOTTEN);
  await outbox.forget(now - OUTBOX_KEPT, MOST_FORGOTTEN);
}
