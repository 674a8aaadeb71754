/** Puts the sender of the reminders together and keeps it going. */
import type { webApi } from '@slack/bolt';
import type { Case } from '../../cases/case.ts';
import { planReminders, REMINDER, SNOOZED } from '../../reminders/plan.ts';
import { writeRecipient } from '../../reminders/recipient.ts';
import { WEEKLY } from '../../reminders/weekly.ts';
import { describeError, type Log } from '../log.ts';
import { createSender } from '../outbox/sender.ts';
import { NOTICE, noticeComposer } from './compose-notice.ts';
import { reminderComposer } from './compose-reminders.ts';
import { weeklyComposer } from './compose-weekly.ts';
import type { PlaceFinder } from './place.ts';
import { keepStanding, type StandingParts } from './standing.ts';

export interface RemindingParts extends StandingParts {
  readonly staff: PlaceFinder['staff'];
  /** Its own: neither the one that opens modals nor the one that posts answers. */
  readonly client: webApi.WebClient;
  /** Of the files the plans are made from. */
  readonly fingerprint: string;
  readonly log: Log;
  readonly now: () => number;
  readonly pollMillis: number;
  /** How often it is looked whether a day or a week has begun. */
  readonly standMillis: number;
}

/** Plans anew what was planned by other rules, then sends what is due until it is stopped. */
export async function startReminding(parts: RemindingParts): Promise<{ stop(): Promise<void> }> {
  const { client, cases, staff, reminding, log, now } = parts;
  const plan = (id: string, state: Case) => planReminders(id, state, reminding);
  const planned = await reminding.store.replanAll(parts.fingerprint, plan, now());
  if (planned > 0) log('info', 'reminders.replanned', { cases: planned });
  const finder = { client, cases, staff };
  const reminders = reminderComposer(finder, reminding);
  const sender = createSender({
    store: reminding.outbox,
    composers: new Map([
      [REMINDER, reminders],
      [SNOOZED, reminders],
      [WEEKLY, weeklyComposer(finder, reminding)],
      [NOTICE, noticeComposer(finder)],
    ]),
    client,
    log,
    now,
    pollMillis: parts.pollMillis,
    // Said to the office once; a notice that Slack does not take either stands in the ledger and in the log.
    noticeOf: ({ id, kind, recipient }, reason, at) =>
      kind === NOTICE
        ? null
        : {
            key: `${NOTICE}|${id}`,
            kind: NOTICE,
            caseId: null,
            recipient: writeRecipient({ kind: 'office' }),
            together: null,
            dueAt: at,
            body: { recipient, reason },
          },
  });
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let standing = stand();
  await standing;
  sender.start();
  return {
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await standing;
      await sender.stop();
    },
  };

  async function stand(): Promise<void> {
    try {
      await keepStanding(parts, now());
    } catch (error) {
      log('error', 'reminders.standing', { cause: describeError(error) });
    }
    if (stopped) return;
    timer = setTimeout(() => {
      standing = stand();
    }, parts.standMillis).unref();
  }
}
