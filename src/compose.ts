/** The bot put together from its parts, the same for a workspace of Slack, the one in the browser, and a bench. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Receiver } from '@slack/bolt';
import type { Kysely } from 'kysely';
import { conceptsOf, usualQuestions } from './answers/ranking.ts';
import { changeFolder } from './boot/change-folder.ts';
import { loadGuide } from './boot/load-guide.ts';
import { loadReminders } from './boot/load-reminders.ts';
import { planReminders } from './reminders/plan.ts';
import { type Bot, startBot } from './slack/bot.ts';
import type { Log } from './slack/log.ts';
import { RATE_LIMIT, type RateLimit } from './slack/rate-limit.ts';
import { RETRY_SCHEDULE } from './slack/retry.ts';
import type { StaffSettings } from './slack/staff.ts';
import { createAnswerStore } from './store/answer-store.ts';
import { createAskedQuestions } from './store/asked-questions.ts';
import { createCaseCardStore } from './store/case-card-store.ts';
import { createCaseStore } from './store/case-store.ts';
import { createFeedbackStore } from './store/feedback-store.ts';
import { createInboxStore } from './store/inbox-store.ts';
import { createInquiryStore } from './store/inquiry-store.ts';
import { createOutboxStore } from './store/outbox-store.ts';
import { createPersonPrivacy } from './store/person-privacy.ts';
import { createReminderStore } from './store/reminder-store.ts';
import { createResponseStore } from './store/response-store.ts';
import type { Tables } from './store/tables.ts';
import { createLikeness } from './unanswered/likeness.ts';

export interface BotSettings {
  /** Where events come from: Socket Mode or HTTP. */
  readonly transport: Receiver;
  readonly botToken: string;
  /** Another Web API root; null for slack.com. */
  readonly slackApiUrl: string | null;
  readonly staff: StaffSettings;
  /** Folder for what is written beside the database: drafts of changes to the knowledge. */
  readonly dataDir: string;
  /** How fast one person may go; a bench goes faster than any. */
  readonly rateLimit?: RateLimit;
}

/** What a process gives the bot: its database, its log, its clock (epoch milliseconds). */
export interface Surroundings {
  readonly db: Kysely<Tables>;
  readonly log: Log;
  readonly now: () => number;
}

/** Starts the whole bot: knowledge, stores and Slack. Throws `knowledge-invalid`, and `settings-invalid` where Slack refuses. */
export async function composeBot(
  { transport, botToken, slackApiUrl, staff, dataDir, rateLimit = RATE_LIMIT }: BotSettings,
  { db, log, now }: Surroundings,
): Promise<Bot> {
  const guide = await loadGuide();
  const reminderBasis = loadReminders();
  return startBot({
    transport,
    botToken,
    slackApiUrl,
    answering: guide.answerer,
    guiding: {
      flows: guide.flows,
      facts: { rules: guide.rules, rows: guide.terms.table.rows.map(({ number }) => number) },
      knowledge: guide.knowledge,
      quoter: guide.quoter,
      findApis: guide.findApis,
    },
    terms: guide.terms,
    version: guide.source,
    stores: {
      inbox: createInboxStore(db),
      answers: createAnswerStore(db),
      feedback: createFeedbackStore(db),
      conversations: createResponseStore(db),
      cases: createCaseStore(db, {
        apiNames: new Map(guide.terms.table.rows.map(({ number, name }) => [number, name])),
        newId: randomUUID,
        remind: (id, state) => planReminders(id, state, reminderBasis),
      }),
      caseCards: createCaseCardStore(db, { newId: randomUUID }),
      privacy: createPersonPrivacy(db, randomUUID),
      inquiries: createInquiryStore(db, randomUUID),
      questions: createAskedQuestions(db),
      outbox: createOutboxStore(db, { newId: randomUUID }),
      reminders: createReminderStore(db),
    },
    reminderBasis,
    saveChange: changeFolder(join(dataDir, 'knowledge-changes')),
    likeness: createLikeness({
      tokenize: guide.tokenize,
      concepts: conceptsOf(guide.knowledge),
      usual: usualQuestions(guide.knowledge),
    }),
    staff,
    log,
    now,
    sleep,
    newId: randomUUID,
    pollMillis: 1_000,
    standMillis: 60_000,
    retrySchedule: RETRY_SCHEDULE,
    rateLimit,
  });
}
