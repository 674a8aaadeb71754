import { type Receiver, webApi } from '@slack/bolt';
import type { ReminderBasis } from '../reminders/plan.ts';
import type { AnswerStore } from '../store/answer-store.ts';
import type { AskedQuestionStore } from '../store/asked-questions.ts';
import type { CaseCardStore } from '../store/case-card-store.ts';
import type { CaseStore } from '../store/case-store.ts';
import type { FeedbackStore } from '../store/feedback-store.ts';
import type { InboxStore } from '../store/inbox-store.ts';
import type { InquiryStore } from '../store/inquiry-store.ts';
import type { OutboxStore } from '../store/outbox-store.ts';
import type { PersonPrivacy } from '../store/person-privacy.ts';
import type { ReminderStore } from '../store/reminder-store.ts';
import type { ResponseStore } from '../store/response-store.ts';
import type { Terms } from '../terms/model.ts';
import type { Likeness } from '../unanswered/likeness.ts';
import { createSlackApp } from './app.ts';
import { createCardKeeper } from './cards/card-keeper.ts';
import { createChannelDirectory } from './channels.ts';
import { durableReceiver } from './durable-receiver.ts';
import type { Answering, Edge } from './edge.ts';
import { everyNowAndThen } from './every-now-and-then.ts';
import { createGiveUp, createTellAsker } from './give-up.ts';
import type { Guiding } from './guiding.ts';
import { createInquiryCourier } from './inquiry-courier.ts';
import type { InquiryDesk } from './inquiry-desk.ts';
import { createSdkLogger, type Log } from './log.ts';
import { fetchWithLastLook } from './outbox/last-look.ts';
import { createPostQueue } from './post-queue.ts';
import { createTooFast, type RateLimit } from './rate-limit.ts';
import { refusedSetting } from './receivers.ts';
import type { Reminding } from './reminders/reminding.ts';
import { startReminding } from './reminders/start-reminding.ts';
import type { RetrySchedule } from './retry.ts';
import { createStaffDirectory, type StaffSettings } from './staff.ts';
import { articlePages } from './views/article-pages.ts';
import type { ShownVersion } from './views/version-line.ts';

export interface BotParts {
  /** The transport: Socket Mode or HTTP, see `receivers.ts`. */
  readonly transport: Receiver;
  readonly botToken: string;
  readonly slackApiUrl: string | null;
  readonly answering: Answering;
  readonly guiding: Guiding;
  readonly terms: Terms;
  readonly version: ShownVersion;
  readonly stores: {
    readonly inbox: InboxStore;
    readonly answers: AnswerStore;
    readonly feedback: FeedbackStore;
    readonly conversations: ResponseStore;
    readonly cases: CaseStore;
    readonly caseCards: CaseCardStore;
    readonly privacy: PersonPrivacy;
    readonly inquiries: InquiryStore;
    readonly questions: AskedQuestionStore;
    readonly outbox: OutboxStore;
    readonly reminders: ReminderStore;
  };
  /** What reminders are planned by; the fingerprint changes with it. */
  readonly reminderBasis: ReminderBasis & { readonly fingerprint: string };
  readonly staff: StaffSettings;
  /** See `InquiryDesk`. */
  readonly saveChange: InquiryDesk['saveChange'];
  /** How questions are compared, to put similar ones together. */
  readonly likeness: Likeness;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  readonly newId: () => string;
  /** How often unfinished deliveries are looked for. */
  readonly pollMillis: number;
  /** How often it is looked whether a day or a week has begun. */
  readonly standMillis: number;
  readonly retrySchedule: RetrySchedule;
  readonly rateLimit: RateLimit;
}

export interface Bot {
  /** Takes nothing new and finishes what it is doing. */
  stop(): Promise<void>;
}

/** A person waits behind these calls; Slack closes its own window after three seconds. */
const INTERACTIVE_TIMEOUT = 5_000;
const POST_TIMEOUT = 10_000;
/** Cards left behind are looked for once in so many polls. */
const CARD_SWEEP = 30;

/** Puts the Slack edge together and starts listening. Throws `settings-invalid` where Slack or the port refuses. */
export async function startBot(parts: BotParts): Promise<Bot> {
  const { botToken, slackApiUrl, stores, log, now } = parts;
  // Never retried by the SDK: a post whose answer was lost would stand there twice. One client for those who
  // wait and one for posts, because a rate limit pauses everything a client does.
  const options = (timeout: number): webApi.WebClientOptions => ({
    ...(slackApiUrl === null ? {} : { slackApiUrl }),
    logger: createSdkLogger(log),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout,
  });
  const interactive = new webApi.WebClient(botToken, options(INTERACTIVE_TIMEOUT));
  const posts = createPostQueue(new webApi.WebClient(botToken, options(POST_TIMEOUT)), parts.sleep);
  const bot = await whoAmI(interactive);
  const courier = createInquiryCourier({
    store: stores.inquiries,
    answers: stores.answers,
    posts,
    client: interactive,
    channel: parts.staff.channel,
    log,
    now,
    waits: parts.retrySchedule.outage,
  });
  await stores.inquiries.releaseTelling();
  const staff = createStaffDirectory(parts.staff, { client: interactive, log, now });
  const channels = createChannelDirectory({ client: interactive, log, now });
  const cards = createCardKeeper({
    cases: stores.cases,
    cards: stores.caseCards,
    channels,
    office: parts.staff.channel,
    client: new webApi.WebClient(botToken, options(POST_TIMEOUT)),
    log,
    now,
    sweepMillis: parts.pollMillis * CARD_SWEEP,
  });
  const { rules, calendar, fingerprint } = parts.reminderBasis;
  const reminding: Reminding = { rules, calendar, outbox: stores.outbox, store: stores.reminders };
  let standing = async (): Promise<void> => {};
  const edge: Edge = {
    answering: parts.answering,
    terms: parts.terms,
    pages: articlePages(parts.terms),
    version: parts.version,
    answers: stores.answers,
    feedback: stores.feedback,
    conversations: stores.conversations,
    guiding: parts.guiding,
    desk: {
      store: stores.cases,
      rules: {
        version: parts.version.id,
        steps: parts.guiding.facts.rules,
        rows: parts.guiding.facts.rows,
      },
      staff,
      log,
      apiNames: new Map(parts.terms.table.rows.map(({ number, name }) => [number, name])),
      channels,
      cards,
      privacy: stores.privacy,
    },
    inquiries: { store: stores.inquiries, courier, saveChange: parts.saveChange },
    missing: { questions: stores.questions, likeness: parts.likeness },
    reminding,
    silence,
    posts,
    now,
    newId: parts.newId,
  };
  const tell = createTellAsker(interactive, posts, slackApiUrl);
  const receiver = durableReceiver(parts.transport, {
    inbox: stores.inbox,
    log,
    now,
    pollMillis: parts.pollMillis,
    retrySchedule: parts.retrySchedule,
    giveUp: createGiveUp(tell),
    isFollowed: async (team, channel, ts) =>
      (await stores.cases.casesWithMessage(team, channel, ts)).length > 0,
    tooFast: createTooFast(parts.rateLimit, { now, log, tell }),
  });
  const clientOptions = options(INTERACTIVE_TIMEOUT);
  const app = createSlackApp({ edge, receiver, botToken, bot, slackApiUrl, clientOptions, log });
  await app.start();
  const stopTelling = everyNowAndThen(() => courier.pass(), 10 * parts.pollMillis, log);
  const reminders = await startReminding({
    cases: stores.cases,
    inbox: stores.inbox,
    reminding,
    staff,
    client: new webApi.WebClient(botToken, { ...options(POST_TIMEOUT), fetch: fetchWithLastLook }),
    fingerprint,
    log,
    now,
    pollMillis: parts.pollMillis,
    standMillis: parts.standMillis,
  });
  cards.start();
  standing = async () => {
    await stopTelling();
    await Promise.all([courier.stop(), reminders.stop(), cards.stop()]);
  };
  log('info', 'bot.started', { team: bot.teamId, user: bot.userId });
  return {
    async stop() {
      await app.stop();
      await standing();
      log('info', 'bot.stopped');
    },
  };

  /** The app is not installed any more: nothing is posted by itself until it is started with a new token. */
  async function silence(reason: string): Promise<void> {
    log('warn', 'bot.uninstalled', { reason });
    posts.close();
    await standing();
  }
}

async function whoAmI(client: webApi.WebClient) {
  try {
    const { user_id: userId, bot_id: botId, team_id: teamId } = await client.auth.test();
    if (userId === undefined || botId === undefined) throw new Error('not a bot token');
    return { userId, botId, teamId };
  } catch (cause) {
    throw refusedSetting('SLACK_BOT_TOKEN：Slackがこのトークンで応じませんでした', cause);
  }
}
