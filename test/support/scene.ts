/** The bot on a local Slack: real Bolt, real SQLite, a strict far end. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { parse } from 'yaml';
import { type LocalSlack, type LocalSlackOptions, startLocalSlack } from '../../src/local-slack/start.ts';
import { planReminders } from '../../src/reminders/plan.ts';
import { startBot } from '../../src/slack/bot.ts';
import type { Answering } from '../../src/slack/edge.ts';
import { createLog, type Log } from '../../src/slack/log.ts';
import type { RateLimit } from '../../src/slack/rate-limit.ts';
import { httpReceiver, socketReceiver } from '../../src/slack/receivers.ts';
import type { RetrySchedule } from '../../src/slack/retry.ts';
import type { StaffSettings } from '../../src/slack/staff.ts';
import { createAnswerStore } from '../../src/store/answer-store.ts';
import { createAskedQuestions } from '../../src/store/asked-questions.ts';
import { createCaseCardStore } from '../../src/store/case-card-store.ts';
import { createCaseStore } from '../../src/store/case-store.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createFeedbackStore } from '../../src/store/feedback-store.ts';
import { createInboxStore } from '../../src/store/inbox-store.ts';
import { createInquiryStore } from '../../src/store/inquiry-store.ts';
import { createOutboxStore } from '../../src/store/outbox-store.ts';
import { createPersonPrivacy } from '../../src/store/person-privacy.ts';
import { createReminderStore } from '../../src/store/reminder-store.ts';
import { createResponseStore } from '../../src/store/response-store.ts';
import type { Tables } from '../../src/store/tables.ts';
import { terms } from '../terms/held.ts';
import { guiding } from './guiding.ts';
import { likeness } from './likeness.ts';
import { reminderBasis } from './reminding.ts';
import { scriptedAnswers, version } from './scripted-answers.ts';

export const manifest: unknown = parse(readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8'));

/** Of the sample workspace that comes with the local Slack. */
export const ids = {
  provider: 'U0HEALTH1',
  colleague: 'U0HEALTH2',
  staff: 'U0STAFF01',
  channel: '架空ヘルス-相談',
  channelId: 'C0HEALTH1',
};

/** The office of the sample workspace. */
const SAMPLE_STAFF: StaffSettings = { usergroup: 'S0STAFF01', users: [], channel: 'C0STAFF01' };

export interface SceneOptions {
  readonly answering?: Answering;
  /** A SQLite file, for what has to outlive a restart. */
  readonly file?: string;
  /** Receive signed HTTP on any free port instead of Socket Mode. */
  readonly http?: boolean;
  /** Another way to the Web API than straight to the local Slack. */
  readonly apiUrl?: string;
  readonly retrySchedule?: RetrySchedule;
  readonly rateLimit?: RateLimit;
  readonly staff?: StaffSettings;
  readonly slack?: Partial<LocalSlackOptions>;
  /** Epoch milliseconds; the clock of this machine when absent. */
  readonly now?: () => number;
  /** How often it is looked whether a day has begun; once a minute when absent. */
  readonly standMillis?: number;
}

export type Scene = Awaited<ReturnType<typeof startScene>>;

/** Starts a workspace and the bot in it. `log` gathers the bot's log as objects. */
export async function startScene(options: SceneOptions = {}) {
  const slack = await startLocalSlack({ manifest, rateLimits: false, ...options.slack });
  const running = await startBotOn(slack, options);
  return {
    slack,
    ...running,
    async stop() {
      await running.stopBot();
      await slack.stop();
    },
  };
}

/** A bot in a workspace that is there already. */
export async function startBotOn(slack: LocalSlack, options: SceneOptions = {}) {
  const db = await openDatabase(options.file ?? ':memory:');
  const log: Record<string, unknown>[] = [];
  const changes = new Map<string, string>();
  const now = options.now ?? Date.now;
  const write = createLog((line) => log.push(JSON.parse(line)), now);
  const { transport, address } = transportOf(slack, options.http === true, write);
  const bot = await startBot({
    transport,
    botToken: slack.botToken,
    slackApiUrl: options.apiUrl ?? slack.apiUrl,
    answering: options.answering ?? scriptedAnswers(),
    guiding,
    terms,
    version,
    stores: storesOf(db),
    reminderBasis,
    staff: options.staff ?? SAMPLE_STAFF,
    likeness,
    saveChange: async (name, text) => void changes.set(name, text),
    log: write,
    now,
    sleep,
    newId: randomUUID,
    pollMillis: 20,
    standMillis: options.standMillis ?? 60_000,
    rateLimit: options.rateLimit ?? { burst: 10_000, perMinute: 10_000 },
    retrySchedule: options.retrySchedule ?? { outage: [20, 50], ours: [20, 50] },
  });
  if (options.http === true) slack.deliverTo(address('/slack/events'));
  return {
    db,
    log,
    /** Drafts of changes of the knowledge, by file name. */
    changes,
    /** Of a path on the bot's own server, with `http`. */
    address,
    stores: storesOf(db),
    async stopBot() {
      await bot.stop();
      await db.destroy();
    },
  };
}

function transportOf(slack: LocalSlack, http: boolean, log: Log) {
  let server: Server | null = null;
  const address = (path: string): string => {
    const at = server?.address();
    if (at === null || at === undefined || typeof at === 'string')
      throw new Error('no HTTP server in this scene');
    return `http://127.0.0.1:${at.port}${path}`;
  };
  if (!http)
    return {
      transport: socketReceiver({ appToken: slack.appToken, slackApiUrl: slack.apiUrl }, log),
      address,
    };
  const { signingSecret } = slack;
  const inner = httpReceiver({ host: '127.0.0.1', port: 0, signingSecret }, log, Date.now);
  const start = async (): Promise<unknown> => {
    server = (await inner.start()) as Server;
    return server;
  };
  return { transport: { ...inner, start }, address };
}

function storesOf(db: Kysely<Tables>) {
  return {
    inbox: createInboxStore(db),
    answers: createAnswerStore(db),
    feedback: createFeedbackStore(db),
    conversations: createResponseStore(db),
    cases: createCaseStore(db, {
      apiNames: new Map(terms.table.rows.map(({ number, name }) => [number, name])),
      newId: randomUUID,
      remind: (id, state) => planReminders(id, state, reminderBasis),
    }),
    inquiries: createInquiryStore(db, randomUUID),
    questions: createAskedQuestions(db),
    caseCards: createCaseCardStore(db, { newId: randomUUID }),
    privacy: createPersonPrivacy(db, randomUUID),
    outbox: createOutboxStore(db, { newId: randomUUID }),
    reminders: createReminderStore(db),
  };
}
