import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Scene, startScene } from '../support/scene.ts';
import { type Forgery, postSigned } from '../support/signed-request.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene({ http: true });
});
afterAll(() => scene.stop());

const now = (): number => Math.floor(Date.now() / 1_000);

function event(id: string): string {
  const text = `<@U1> ${id}`;
  return JSON.stringify({
    type: 'event_callback',
    team_id: scene.slack.teamId,
    event_id: id,
    event: { type: 'app_mention', user: 'U1', text, ts: '1.1', channel: 'C1' },
  });
}

function post(body: string, wrong: Forgery = {}, path = '/slack/events'): Promise<Response> {
  return postSigned(scene.address(path), scene.slack.signingSecret, body, wrong);
}

async function receivedKeys(): Promise<string[]> {
  const rows = await scene.db.selectFrom('inbox').select('key').execute();
  return rows.map(({ key }) => key);
}

describe('a request to the events URL', () => {
  test.each([
    ['without a signature', () => ({ signature: null })],
    ['with a wrong signature', () => ({ signature: `v0=${'0'.repeat(64)}` })],
    ['with a signature of another version', () => ({ signature: `v1=${'0'.repeat(64)}` })],
    ['301 seconds old', () => ({ timestamp: now() - 301 })],
    ['301 seconds in the future', () => ({ timestamp: now() + 302 })],
    ['a day in the future', () => ({ timestamp: now() + 86_400 })],
  ])('%s is refused and not written down', async (name, wrong) => {
    expect((await post(event(name), wrong())).status).toBe(401);
    expect(await receivedKeys()).not.toContain(`event:${name}`);
  });

  test('whose body was changed after signing is refused', async () => {
    const timestamp = now();
    const signed = await import('node:crypto').then(({ createHmac }) =>
      createHmac('sha256', scene.slack.signingSecret)
        .update(`v0:${timestamp}:${event('original')}`)
        .digest('hex'),
    );
    expect((await post(event('changed'), { timestamp, signature: `v0=${signed}` })).status).toBe(401);
    expect(await receivedKeys()).not.toContain('event:changed');
  });

  test('that asks for the URL to be verified has to be signed too', async () => {
    const body = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
    expect((await post(body, { signature: null })).status).toBe(401);
    expect(await (await post(body)).json()).toEqual({ challenge: 'abc' });
  });

  test('that smuggles a command behind ssl_check runs nothing', async () => {
    const body = 'ssl_check=1&command=/kiyaku&text=x&trigger_id=smuggled&team_id=T1';
    await post(body, { signature: null, contentType: 'application/x-www-form-urlencoded' });
    expect(await receivedKeys()).not.toContain('command:smuggled');
  });

  test('above 256 kB is refused, and malformed JSON does no harm', async () => {
    expect((await post(`{"a":"${'x'.repeat(257 * 1024)}"}`)).status).toBe(413);
    expect((await post('{"type":')).status).toBe(400);
    expect((await fetch(scene.address('/health'))).status).toBe(200);
  });

  test('replayed within five minutes is taken once', async () => {
    const timestamp = now();
    const answers = [
      await post(event('replayed'), { timestamp }),
      await post(event('replayed'), { timestamp }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await receivedKeys()).filter((key) => key === 'event:replayed')).toHaveLength(1);
  });

  test('of a shape nobody listens to is acknowledged and forgotten', async () => {
    for (const body of ['{}', '{"type":"event_callback"}', '{"__proto__":{"type":"x"}}', '[]', '"x"']) {
      expect((await post(body)).status).toBeLessThan(500);
    }
  });

  test('whose response_url is not of Slack reaches no listener', async () => {
    const fields = {
      command: '/kiyaku',
      text: '第3条',
      team_id: scene.slack.teamId,
      user_id: 'U0HEALTH1',
      channel_id: 'C0HEALTH1',
      trigger_id: 'foreign',
      response_url: 'http://169.254.169.254/latest',
    };
    const body = new URLSearchParams(fields).toString();
    await post(body, { contentType: 'application/x-www-form-urlencoded' });
    expect(scene.log.map(({ event: name }) => name)).toContain('payload.foreign_response_url');
    const answers = await scene.db.selectFrom('answers').select('source_key').execute();
    expect(answers.map(({ source_key }) => source_key)).not.toContain('command:foreign');
  });
});

test('every other path is unknown', async () => {
  expect((await fetch(scene.address('/'))).status).toBe(404);
  expect((await fetch(scene.address('/slack/events'))).status).toBe(404);
});
