import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import { afterEach, describe, expect, test } from 'vitest';
import { durableReceiver } from '../../src/slack/durable-receiver.ts';
import { RETRY_SCHEDULE } from '../../src/slack/retry.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createInboxStore } from '../../src/store/inbox-store.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A receiver over a real inbox; every handling waits until it is let go. */
async function stage(db?: Awaited<ReturnType<typeof openDatabase>>) {
  const database = db ?? (await openDatabase(':memory:'));
  const begun: string[] = [];
  const waiting: (() => void)[] = [];
  let open = false;
  const app = {
    async processEvent(event: ReceiverEvent) {
      const key = String(event.body.event_id ?? event.body.trigger_id);
      begun.push(key);
      if (!open) await new Promise<void>((resolve) => waiting.push(resolve));
      await event.ack();
    },
  } as unknown as App;
  let inner: { processEvent(event: ReceiverEvent): Promise<void> } | undefined;
  const transport = {
    init: (given: App) => {
      inner = given as unknown as typeof inner;
    },
    start: async () => undefined,
    stop: async () => undefined,
  } as Receiver;
  const receiver = durableReceiver(transport, {
    inbox: createInboxStore(database),
    log: () => {},
    now: Date.now,
    pollMillis: 60_000,
    retrySchedule: RETRY_SCHEDULE,
    giveUp: async () => {},
    isFollowed: async () => false,
    tooFast: () => null,
  });
  receiver.init(app);
  await receiver.start();
  const letGo = () => {
    open = true;
    for (const go of waiting.splice(0)) go();
  };
  const stop = async () => {
    letGo();
    await receiver.stop();
  };
  stops.push(stop);
  return { database, begun, letGo, receiver, deliver, statesOf: () => statesOf(database) };

  /** Resolves when it is acknowledged. */
  function deliver(body: Record<string, unknown>): Promise<void> {
    return new Promise((acknowledged, failed) => {
      const event = { body, ack: async () => acknowledged() } as unknown as ReceiverEvent;
      inner?.processEvent(event).catch(failed);
    });
  }
}

function question(number: number) {
  const event = { type: 'app_mention', user: 'U1', text: 'q', ts: `${number}.1`, channel: 'C1' };
  return { type: 'event_callback', team_id: 'T1', event_id: `Ev${number}`, event };
}

async function statesOf(db: Awaited<ReturnType<typeof openDatabase>>) {
  const rows = await db.selectFrom('inbox').select(['state', 'attempts']).execute();
  const counts: Record<string, number> = {};
  for (const { state, attempts } of rows) {
    const key = `${state} after ${attempts}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

const many = (count: number) => Array.from({ length: count }, (_, number) => question(number));

describe('an event', () => {
  test('is acknowledged once it is written down, however long others take', async () => {
    const { deliver, begun, letGo, statesOf } = await stage();
    await Promise.all(many(50).map(deliver));
    expect(await statesOf()).toEqual({ 'received after 1': 50 });
    await expect.poll(() => begun.length).toBe(8);
    letGo();
    await expect.poll(statesOf).toEqual({ 'handled after 1': 50 });
    expect(new Set(begun).size).toBe(50);
  });

  test('waits in the inbox when many wait in memory, and is handled once when it is its turn', async () => {
    const { deliver, begun, letGo, statesOf } = await stage();
    for (const some of [0, 1, 2, 3, 4, 5])
      await Promise.all(
        many(600)
          .slice(100 * some, 100 * some + 100)
          .map(deliver),
      );
    // The rest is in the inbox alone, not begun.
    expect((await statesOf())['received after 0']).toBeGreaterThan(200);
    letGo();
    await expect.poll(statesOf, { timeout: 10_000 }).toEqual({ 'handled after 1': 600 });
    expect(begun).toHaveLength(600);
    expect(new Set(begun).size).toBe(600);
  });

  test('that comes twice at the same moment is handled once', async () => {
    const { deliver, begun, letGo, statesOf } = await stage();
    letGo();
    await Promise.all([...many(20), ...many(20)].map(deliver));
    await expect.poll(statesOf).toEqual({ 'handled after 1': 20 });
    expect(begun).toHaveLength(20);
  });

  test('that waits when the bot stops is handled after its next start', async () => {
    const first = await stage();
    await Promise.all(many(30).map(first.deliver));
    await expect.poll(() => first.begun.length).toBe(8);
    const stopping = first.receiver.stop();
    first.letGo();
    await stopping;
    expect(await first.statesOf()).toEqual({ 'handled after 1': 8, 'received after 1': 22 });
    const second = await stage(first.database);
    second.letGo();
    await expect.poll(second.statesOf).toEqual({ 'handled after 1': 8, 'handled after 2': 22 });
    expect(new Set([...first.begun, ...second.begun]).size).toBe(30);
  });
});

test('a command does not wait for the events before it', async () => {
  const { deliver, begun, letGo } = await stage();
  await Promise.all(many(50).map(deliver));
  await expect.poll(() => begun.length).toBe(8);
  void deliver({ command: '/kiyaku', team_id: 'T1', trigger_id: 'now', user_id: 'U2' });
  await expect.poll(() => begun).toContain('now');
  expect(begun).toHaveLength(9);
  letGo();
});
