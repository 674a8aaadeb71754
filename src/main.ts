/** Where the bot begins: settings → store → Slack. The only place that reads the clock. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Receiver } from '@slack/bolt';
import { parse } from 'yaml';
import { projectRoot } from './boot/project-root.ts';
import { composeBot } from './compose.ts';
import { type Config, type HttpConfig, type LocalConfig, readConfig, type SocketConfig } from './config.ts';
import { GuideError } from './errors.ts';
import { everyNowAndThen } from './slack/every-now-and-then.ts';
import { createLog, describeError } from './slack/log.ts';
import { httpReceiver, socketReceiver } from './slack/receivers.ts';
import { openStore } from './store/database.ts';
import { forgetOld } from './store/retention.ts';

const now = (): number => Date.now();
const log = createLog((line) => process.stderr.write(line), now);

/** Of the workspace that comes with the bot (sample-workspace.yaml), so that the cases can be tried at once. */
const SAMPLE_STAFF = { usergroup: 'S0STAFF01', users: [], channel: 'C0STAFF01' };

const SIX_HOURS = 6 * 3_600_000;

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
  const { settings, stopWorkspace, address } =
    config.mode === 'local'
      ? await openWorkspace(config)
      : { settings: config, stopWorkspace: async () => {}, address: null };
  const db = await openStore(settings);
  try {
    const starting = composeBot({ ...settings, transport: transportOf(settings) }, { db, log, now });
    // Before it has started: people are answered while the reminders are still being planned.
    stopOnSignal(async () => {
      const bot = await starting;
      await stopForgetting();
      await bot.stop();
      await db.destroy();
      await stopWorkspace();
    });
    const stopForgetting = everyNowAndThen(() => forget(settings.retentionDays, db), SIX_HOURS, log);
    await starting;
    if (address !== null) {
      console.log(
        `Slackのトークンがないため、手元のワークスペースで動かしています。ブラウザーで開いてください：\n\n  ${address}\n\n本物のSlackで使う設定は README.md にあります。`,
      );
    }
  } catch (error) {
    await db.destroy();
    await stopWorkspace();
    throw error;
  }
}

/** Without tokens the same bot runs against a workspace of its own on this machine, shown in the browser. */
async function openWorkspace(
  config: LocalConfig,
): Promise<{ settings: SocketConfig; stopWorkspace: () => Promise<void>; address: string }> {
  const { startLocalSlack } = await import('./local-slack/start.ts');
  await mkdir(config.dataDir, { recursive: true });
  const workspace = await startLocalSlack({
    port: config.port,
    dataFile: join(config.dataDir, 'workspace.db'),
    manifest: parse(await readFile(join(projectRoot(), 'manifest.yml'), 'utf8')),
  });
  return {
    settings: {
      mode: 'socket',
      dataDir: config.dataDir,
      databaseUrl: config.databaseUrl,
      retentionDays: config.retentionDays,
      staff: isSet(config.staff) ? config.staff : SAMPLE_STAFF,
      slackApiUrl: workspace.apiUrl,
      botToken: workspace.botToken,
      appToken: workspace.appToken,
    },
    stopWorkspace: workspace.stop,
    address: workspace.url,
  };
}

function isSet({ usergroup, users, channel }: Config['staff']): boolean {
  return usergroup !== null || users.length > 0 || channel !== null;
}

async function forget(days: number, db: Awaited<ReturnType<typeof openStore>>): Promise<void> {
  const { questions, texts } = await forgetOld(db, now() - days * 86_400_000, now());
  if (questions + texts > 0) log('info', 'retention.forgotten', { questions, texts });
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
