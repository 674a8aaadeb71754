/** Composition root: settings → knowledge → store → Slack. The only place that reads the clock and chance. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Receiver } from '@slack/bolt';
import { loadGuide } from './boot/load-guide.ts';
import { type Config, type HttpConfig, readConfig, type SocketConfig } from './config.ts';
import { GuideError } from './errors.ts';
import { type Bot, startBot } from './slack/bot.ts';
import { createLog, describeError } from './slack/log.ts';
import { httpReceiver, socketReceiver } from './slack/receivers.ts';
import { RETRY_SCHEDULE } from './slack/retry.ts';
import { createAnswerStore } from './store/answer-store.ts';
import { openDatabase } from './store/database.ts';
import { createFeedbackStore } from './store/feedback-store.ts';
import { createInboxStore } from './store/inbox-store.ts';

const now = (): number => Date.now();
const log = createLog((line) => process.stderr.write(line), now);

const WITHOUT_TOKENS = `Slackのトークンが設定されていません。次のどちらかを環境変数に設定して、もう一度起動してください。
・Socket Mode：SLACK_BOT_TOKEN（xoxb-）と SLACK_APP_TOKEN（xapp-）
・HTTP：SLACK_BOT_TOKEN（xoxb-）と SLACK_SIGNING_SECRET と PORT
Slackを使わずに試すには、npm run ask -- "質問" を実行してください。`;

// The last resort: what nobody caught is written down before the process ends with an error.
process.on('uncaughtException', (error) => {
  log('error', 'process.uncaught', { cause: describeError(error) });
  process.exit(1);
});

try {
  await run(readConfig(process.env));
} catch (error) {
  process.exitCode = 1;
  if (error instanceof GuideError) console.error(error.message);
  else log('error', 'start.failed', { cause: describeError(error) });
}

async function run(config: Config): Promise<void> {
  if (config.mode === 'local') {
    console.error(WITHOUT_TOKENS);
    process.exitCode = 1;
    return;
  }
  const db = await openDatabase(join(config.dataDir, 'guide.db'));
  try {
    const bot = await start(config, db);
    stopOnSignal(async () => {
      await bot.stop();
      await db.destroy();
    });
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

async function start(
  config: SocketConfig | HttpConfig,
  db: Awaited<ReturnType<typeof openDatabase>>,
): Promise<Bot> {
  const guide = loadGuide();
  return startBot({
    transport: transportOf(config),
    botToken: config.botToken,
    slackApiUrl: config.slackApiUrl,
    answering: guide.answerer,
    terms: guide.terms,
    version: guide.source,
    stores: {
      inbox: createInboxStore(db),
      answers: createAnswerStore(db),
      feedback: createFeedbackStore(db),
    },
    log,
    now,
    sleep,
    newId: randomUUID,
    pollMillis: 1_000,
    retrySchedule: RETRY_SCHEDULE,
  });
}

function transportOf(config: SocketConfig | HttpConfig): Receiver {
  return config.mode === 'socket' ? socketReceiver(config, log) : httpReceiver(config, log, now);
}

/** The first signal lets work in progress end; the second one is the system's own. */
function stopOnSignal(stop: () => Promise<void>): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      stop().catch((error: unknown) => {
        process.exitCode = 1;
        log('error', 'stop.failed', { cause: describeError(error) });
      });
    });
  }
}
