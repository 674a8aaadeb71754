/** The sender over a Slack that goes wrong: who waits, who does not, what is given up, and what a wrong clock does. */
import { randomUUID } from 'node:crypto';
import { webApi } from '@slack/bolt';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSdkLogger } from '../../../src/slack/log.ts';
import type { Composer } from '../../../src/slack/outbox/composition.ts';
import { createSender, type Sender } from '../../../src/slack/outbox/sender.ts';
import type { PlannedRow } from '../../../src/store/outbox-plan.ts';
import { createOutboxStore } from '../../../src/store/outbox-store.ts';
import { ENGINES, emptyDatabase } from '../../support/databases.ts';
import { type Fault, type FaultyParts, startFaultySlack } from '../../support/faulty-slack.ts';
import { plainComposer } from '../../support/plain-composer.ts';

const NOW = Date.UTC(2026, 11, 1);
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const LEASE = 30 * SECOND;

interface Wanted extends Partial<FaultyParts> {
  readonly engine?: (typeof ENGINES)[number];
  readonly compose?: Composer;
}

async function world({ engine = 'sqlite', compose = plainComposer, ...slackParts }: Wanted = {}) {
  const clock = { now: NOW, slack: NOW };
  const slack = await startFaultySlack({ faultOf: () => 'none', now: () => clock.slack, ...slackParts });
  onTestFinished(() => slack.stop());
  const db = await emptyDatabase(engine);
  const store = createOutboxStore(db, { newId: randomUUID });
  const lines: Record<string, unknown>[] = [];
  const hire = (): Sender =>
    createSender({
      store,
      composers: new Map([['reminder', compose]]),
      client: new webApi.WebClient('xoxb-test', {
        slackApiUrl: slack.apiUrl,
        logger: createSdkLogger(() => {}),
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        timeout: 5_000,
      }),
      log: (level, event, facts) => void lines.push({ level, event, ...facts }),
      now: () => clock.now,
      pollMillis: null,
      leaseMillis: LEASE,
      postMillis: 10 * SECOND,
      noticeOf: ({ id }, reason) => row(`notice ${reason}`, { recipient: 'CSTAFF', body: { id } }),
    });
  const sender = hire();
  const plan = (...rows: PlannedRow[]) => store.enqueue('T1', rows, clock.now);
  /** Time passes for both clocks, and what is due is tried. */
  const pass = async (millis: number, by = sender) => {
    clock.now += millis;
    clock.slack += millis;
    await by.tick();
    await by.idle();
  };
  const states = async () => {
    const rows = await store.ledger('T1', { from: 0, to: Number.MAX_SAFE_INTEGER, limit: 1_000 });
    return Object.fromEntries(rows.map(({ key, state }) => [key, state]));
  };
  return { clock, slack, store, sender, hire, plan, pass, states, lines };
}

/** Node 20 has no Promise.withResolvers. */
function gate(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

function row(key: string, more: Partial<PlannedRow> = {}): PlannedRow {
  return {
    key,
    kind: 'reminder',
    caseId: null,
    recipient: 'C1',
    together: null,
    dueAt: NOW,
    body: {},
    ...more,
  };
}

describe('sending', () => {
  it('a channel that does not answer holds up no other, and takes up one place only', async () => {
    const { slack, sender, plan } = await world({
      faultOf: ({ channel }) => (channel === 'CSLOW' ? 'hanging' : 'none'),
    });
    await plan(
      ...Array.from({ length: 40 }, (_, index) => row(`slow ${index}`, { recipient: 'CSLOW' })),
      ...Array.from({ length: 20 }, (_, index) => row(`quick ${index}`, { recipient: `C${index}` })),
    );
    // The lease and the clock stand still: the only thing that could hold up the others is the slow channel.
    for (let turn = 0; turn < 4; turn += 1) {
      await sender.tick();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await expect.poll(() => slack.stored.size).toBe(20);
    expect(slack.faults.hanging).toBe(1);
    slack.stop();
    await sender.stop();
  });

  it('waits with a channel as long as Slack asks, and with that one only', async () => {
    let limited = true;
    const { slack, plan, pass } = await world({
      faultOf: ({ channel }) => (channel === 'C1' && limited ? 'limited' : 'none'),
    });
    await plan(row('a'), row('b', { recipient: 'C2' }));
    await pass(0);
    expect([...slack.stored.keys()]).toEqual(['b']);
    limited = false;
    await plan(row('c'));
    await pass(SECOND - 1);
    expect([...slack.stored.keys()]).toEqual(['b']);
    await pass(1);
    await pass(SECOND);
    expect([...slack.stored.keys()].sort()).toEqual(['a', 'b', 'c']);
    expect(slack.faults.limited).toBe(1);
  });

  it('gives up what Slack will never take, and plans one notice of it', async () => {
    const { slack, plan, pass, states } = await world({
      faultOf: ({ channel }) => (channel === 'C1' ? { error: 'is_archived' } : 'none'),
    });
    await plan(row('a'));
    for (let turn = 0; turn < 3; turn += 1) await pass(HOUR);
    expect(await states()).toEqual({ a: 'dead', 'notice is_archived': 'sent' });
    expect(slack.faults.is_archived).toBe(1);
  });

  it('keeps everything while the app itself is shut out, and sends it once an operator has mended that', async () => {
    let shutOut = true;
    const { slack, plan, pass, states } = await world({
      faultOf: () => (shutOut ? { error: 'token_revoked' } : 'none'),
    });
    await plan(row('a'));
    for (let turn = 0; turn < 60; turn += 1) await pass(HOUR);
    expect(await states()).toEqual({ a: 'pending' });
    shutOut = false;
    await pass(HOUR);
    expect(await states()).toEqual({ a: 'sent' });
    expect(slack.stored.get('a')).toBe(1);
  });

  it('tells of a row that cannot be composed instead of trying for ever', async () => {
    const { plan, pass, states, lines } = await world({
      compose: async (message, now) => {
        if (message.rows[0]?.key === 'broken') throw new TypeError('cannot be read');
        return plainComposer(message, now);
      },
    });
    await plan(row('broken'), row('whole', { recipient: 'C2' }));
    for (let turn = 0; turn < 30; turn += 1) await pass(HOUR);
    expect(await states()).toMatchObject({ broken: 'dead', whole: 'sent' });
    expect(Object.keys(await states()).filter((key) => key.startsWith('notice'))).toHaveLength(1);
    expect(lines.filter(({ level }) => level === 'error').length).toBeGreaterThan(1);
  });

  it('does not say it again because the recipient changed after an answer was lost', async () => {
    let to = 'COLD';
    const { slack, plan, pass, states } = await world({
      faultOf: ({ channel }) => (channel === 'COLD' ? 'lost' : 'none'),
      compose: async (message, now) => ({ ...(await plainComposer(message, now)), to }) as never,
    });
    await plan(row('a'));
    await pass(0);
    to = 'CNEW';
    await pass(HOUR);
    expect(await states()).toEqual({ a: 'sent' });
    expect(slack.posts.map(({ channel }) => channel)).toEqual(['COLD']);
  });

  it('finds its post behind what others wrote since, with a clock that was nine hours off', async () => {
    let fault: Fault = 'lost';
    const { clock, slack, plan, pass, states } = await world({ faultOf: () => fault });
    clock.now += 9 * HOUR;
    await plan(row('a'));
    await pass(0);
    fault = 'none';
    for (let count = 0; count < 30; count += 1) slack.chat('C1');
    await pass(HOUR);
    expect(await states()).toEqual({ a: 'sent' });
    expect(slack.stored.get('a')).toBe(1);
    expect(slack.pagesTurned()).toBeGreaterThan(10);
  });

  it('looks no further than it has to where its post does not stand', async () => {
    let fault: Fault = 'dropped';
    const { clock, slack, plan, pass } = await world({ faultOf: () => fault });
    for (let count = 0; count < 200; count += 1) slack.chat('C1');
    clock.now += 48 * HOUR;
    clock.slack += 48 * HOUR;
    await plan(row('a'));
    await pass(0);
    fault = 'none';
    await pass(HOUR);
    expect(slack.stored.get('a')).toBe(1);
    expect(slack.pagesTurned()).toBeLessThan(10);
  });

  it('marks what it sends again when it could not look whether it stands there', async () => {
    let faults: Fault = 'dropped';
    const { slack, plan, pass } = await world({
      faultOf: () => faults,
      historyError: () => 'channel_type_not_supported',
    });
    await plan(row('a'), row('first', { recipient: 'C2' }));
    await pass(0);
    faults = 'none';
    await plan(row('other', { recipient: 'C3' }));
    await pass(HOUR);
    const marked = slack.posts.filter(({ blocks }) => JSON.stringify(blocks).includes('再送'));
    expect(marked.map(({ text }) => text).sort()).toEqual(['a', 'first']);
    expect(slack.stored.get('other')).toBe(1);
  });

  it('writes to a person where it can look for a copy afterwards', async () => {
    let fault: Fault = 'lost';
    const { slack, plan, pass } = await world({ faultOf: () => fault });
    await plan(row('a', { recipient: 'U1' }));
    await pass(0);
    fault = 'none';
    await pass(HOUR);
    expect(slack.posts.map(({ channel, text }) => [channel, text])).toEqual([['DU1', 'a']]);
  });

  const withPicture: Composer = async (message, now) => ({
    ...((await plainComposer(message, now)) as Extract<Awaited<ReturnType<Composer>>, { kind: 'message' }>),
    picture: { png: new Uint8Array([1]), filename: 'a.png', alt: '図' },
  });

  it.each([
    [2, ['image']],
    [100, []],
  ])('sends the message once when its picture is refused %i times', async (refusals, shown) => {
    let left = refusals;
    const { slack, plan, pass, states } = await world({
      compose: withPicture,
      faultOf: ({ blocks }) => {
        if (!blocks.some(({ type }) => type === 'image')) return 'none';
        left -= 1;
        return left < 0 ? 'none' : { error: 'invalid_blocks' };
      },
    });
    await plan(row('a'));
    for (let turn = 0; turn < 10; turn += 1) await pass(2 * SECOND);
    expect(await states()).toEqual({ a: 'sent' });
    expect(slack.posts.map(({ blocks }) => blocks.map(({ type }) => type))).toEqual([shown]);
  });

  it('stops after what it began and takes nothing new', async () => {
    const opened = gate();
    const { sender, slack, plan, states, pass } = await world({
      compose: async (message, now) => {
        await opened.promise;
        return plainComposer(message, now);
      },
    });
    await plan(row('a'));
    await sender.tick();
    let stopped = false;
    const stopping = sender.stop().then(() => {
      stopped = true;
    });
    await plan(row('b'));
    await pass(0, { ...sender, idle: async () => {} });
    expect(stopped).toBe(false);
    opened.resolve();
    await stopping;
    expect(await states()).toEqual({ a: 'sent', b: 'pending' });
    await pass(HOUR);
    expect([...slack.stored.keys()]).toEqual(['a']);
  });

  it('settles what a taking begun before the stop still took', async () => {
    const { sender, slack, plan, states } = await world();
    await plan(row('a'));
    void sender.tick();
    await sender.stop();
    const posted = slack.posts.length;
    expect(await states()).toEqual({ a: posted === 1 ? 'sent' : 'pending' });
  });
});

describe.each(ENGINES)('a clock that jumps, stands still and runs backwards, on %s', (engine) => {
  const jump = fc.oneof(
    fc.constantFrom(0, SECOND, LEASE, HOUR),
    fc.constantFrom(-SECOND, -LEASE, -9 * HOUR, 9 * HOUR, -30 * 24 * HOUR, 30 * 24 * HOUR),
  );
  const fault = fc.constantFrom<Fault>('none', 'none', 'dropped', 'lost', 'failed', 'limited');
  const step = fc.record({ jump, passes: fc.constantFrom(0, SECOND, LEASE), waits: fc.boolean() });

  it('loses nothing and says nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 12 }),
        fc.array(fault, { maxLength: 12 }),
        async (steps, faults) => {
          const left = [...faults];
          const { clock, slack, sender, plan, pass, states } = await world({
            engine,
            faultOf: () => left.shift() ?? 'none',
          });
          const keys = Array.from({ length: 6 }, (_, index) => `r${index}`);
          await plan(...keys.map((key, index) => row(key, { recipient: `C${index % 3}` })));
          for (const { jump: by, passes, waits } of steps) {
            clock.now = Math.max(NOW, clock.now + by);
            clock.slack += passes;
            await sender.tick();
            if (waits) await sender.idle();
          }
          await sender.idle();
          // Somebody sets the clock right, and days pass.
          clock.now = clock.slack;
          left.length = 0;
          for (let turn = 0; turn < 30; turn += 1) await pass(2 * HOUR);
          expect(await states()).toEqual(Object.fromEntries(keys.map((key) => [key, 'sent'])));
          expect(Object.fromEntries(slack.stored)).toEqual(Object.fromEntries(keys.map((key) => [key, 1])));
          slack.stop();
        },
      ),
      { numRuns: engine === 'sqlite' ? 40 : 4 },
    );
  }, 120_000);
});
