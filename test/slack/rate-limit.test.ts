/** Too many operations of one person are answered and not written down; an app that was taken out falls silent. */
import type { webApi } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import { createPostQueue } from '../../src/slack/post-queue.ts';
import { createTooFast, TOO_FAST_TEXT } from '../../src/slack/rate-limit.ts';
import type { Delivery } from '../../src/store/inbox-store.ts';
import { ids, startScene } from '../support/scene.ts';

const press = (person: string): Delivery => ({
  teamId: 'T1',
  key: 'action:1',
  kind: 'action',
  body: { type: 'block_actions', user: { id: person } },
});

function limiter() {
  const told: string[] = [];
  const clock = { now: 0 };
  const tooFast = createTooFast(
    { burst: 5, perMinute: 6 },
    { now: () => clock.now, log: () => {}, tell: async (_, text) => void told.push(text) },
  );
  return { told, clock, tooFast };
}

describe('the bucket of a person', () => {
  test('lets a burst through, then nothing, and fills again with time', () => {
    const { tooFast, clock } = limiter();
    const through = (count: number) =>
      Array.from({ length: count }, () => tooFast(press('U1'))).filter((one) => one === null).length;
    expect(through(9)).toBe(5);
    clock.now = 20_000;
    expect(through(9)).toBe(2);
    clock.now = 3_600_000;
    expect(through(9)).toBe(5);
  });

  test('is theirs alone, also in another workspace', () => {
    const { tooFast } = limiter();
    for (let times = 0; times < 20; times += 1) tooFast(press('U1'));
    expect(tooFast(press('U2'))).toBeNull();
    expect(tooFast({ ...press('U1'), teamId: 'T2' })).toBeNull();
  });

  test('tells of itself once in a while, not each time', () => {
    const { tooFast, told, clock } = limiter();
    for (let times = 0; times < 50; times += 1) tooFast(press('U1'));
    expect(told).toEqual([TOO_FAST_TEXT]);
    clock.now = 31_000;
    for (let times = 0; times < 50; times += 1) tooFast(press('U1'));
    expect(told).toHaveLength(2);
  });

  test('keeps a form with what was typed in it', () => {
    const { tooFast } = limiter();
    const form: Delivery = {
      teamId: 'T1',
      key: 'view:1',
      kind: 'view',
      body: { type: 'view_submission', user: { id: 'U1' }, view: { state: { values: { company: {} } } } },
    };
    for (let times = 0; times < 5; times += 1) tooFast(form);
    expect(tooFast(form)).toEqual({
      response: { response_action: 'errors', errors: { company: TOO_FAST_TEXT } },
    });
  });

  test('does not count what nobody did', () => {
    const { tooFast } = limiter();
    const event = { ...press('U1'), body: { type: 'event_callback', event: { type: 'app_uninstalled' } } };
    for (let times = 0; times < 50; times += 1) expect(tooFast(event)).toBeNull();
  });
});

test('in Slack the person is told, for them alone, and nothing more is written down', async () => {
  const scene = await startScene({ rateLimit: { burst: 3, perMinute: 1 } });
  const provider = scene.slack.as(ids.provider);
  for (let times = 0; times < 8; times += 1) await provider.command('/kiyaku', '第6条', ids.channel);
  expect((await provider.waitFor(ids.channel, '短い時間に操作が続いた')).ephemeral).toBe(true);
  const rows = await scene.db.selectFrom('inbox').select('key').execute();
  expect(rows).toHaveLength(3);
  await scene.slack.as(ids.colleague).command('/kiyaku', '第7条', ids.channel);
  await expect.poll(async () => (await scene.db.selectFrom('inbox').select('key').execute()).length).toBe(4);
  await scene.stop();
});

test.each([
  ['app_uninstalled', {}],
  ['tokens_revoked', { tokens: { oauth: [], bot: ['U0BOT'] } }],
])('after %s the bot falls silent, and that is no error', async (type, facts) => {
  const scene = await startScene();
  scene.slack.sendEvent({ type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } });
  await scene.slack.settled();
  expect(scene.log.map(({ event }) => event)).not.toContain('bot.uninstalled');
  scene.slack.sendEvent({ type, ...facts });
  await expect.poll(() => scene.log.map(({ event }) => event)).toContain('bot.uninstalled');
  expect(scene.log.filter(({ level }) => level === 'error')).toEqual([]);
  await scene.stop();
});

test('a queue that was closed posts nothing any more', async () => {
  const client = { chat: { postMessage: () => Promise.reject(new Error('posted')) } };
  const queue = createPostQueue(client as unknown as webApi.WebClient, async () => {});
  queue.close();
  await expect(queue.post({ channel: 'C1', text: 'あ' })).rejects.toThrow('not installed');
});
