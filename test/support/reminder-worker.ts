/**
 * A process that sends reminders until it is killed. `naive` is the control of the trial: it posts with retries and
 * never looks whether a post stands there already.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { webApi } from '@slack/bolt';
import { createSdkLogger } from '../../src/slack/log.ts';
import { fetchWithLastLook } from '../../src/slack/outbox/last-look.ts';
import { createSender } from '../../src/slack/outbox/sender.ts';
import { openStore } from '../../src/store/database.ts';
import { createOutboxStore } from '../../src/store/outbox-store.ts';
import { plainComposer } from './plain-composer.ts';

const [database = '', slackApiUrl = '', strategy = ''] = process.argv.slice(2);
const isUrl = database.startsWith('postgres:');
const db = await openStore({ databaseUrl: isUrl ? database : null, dataDir: database });
const store = createOutboxStore(db, { newId: randomUUID });
const LEASE = 2_000;
const POST = 800;
const client = (retries: number) =>
  new webApi.WebClient('xoxb-trial', {
    slackApiUrl,
    logger: createSdkLogger(() => {}),
    retryConfig: { retries, minTimeout: 50, maxTimeout: 100 },
    rejectRateLimitedCalls: true,
    timeout: POST,
    fetch: fetchWithLastLook,
  });

process.stdout.write('ready\n');
if (strategy === 'naive') await sendNaively();
else {
  createSender({
    store,
    composers: new Map([['reminder', plainComposer]]),
    client: client(0),
    log: () => {},
    now: Date.now,
    pollMillis: 20,
    leaseMillis: LEASE,
    postMillis: POST,
    backOff: [700, 900],
    noticeOf: () => null,
  }).start();
  // The poll does not keep a process alive by itself.
  setInterval(() => {}, 1_000);
}

async function sendNaively(): Promise<void> {
  const posting = client(3);
  for (;;) {
    await store.gather(Date.now(), 50);
    const claimed = await store.claim({ now: Date.now(), leaseMillis: LEASE, limit: 8 });
    await Promise.all(
      claimed.map(async (message) => {
        const text = message.rows.map(({ key }) => key).join();
        const channel = message.recipient;
        try {
          const { ts = '' } = await posting.chat.postMessage({ channel, text });
          await store.finish(message, { kind: 'sent', ts }, Date.now());
        } catch {
          await store.finish(message, { kind: 'deferred', until: Date.now() + 100, reason: 'x' }, Date.now());
        }
      }),
    );
    await sleep(20);
  }
}
