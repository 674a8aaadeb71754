import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSample, toSample } from '../../src/local-slack/sample.ts';
import { type LocalSlack, startLocalSlack } from '../../src/local-slack/start.ts';
import { fullManifest, sampleIds as ids, startTestSlack } from '../support/local-slack.ts';

describe('the page', () => {
  let slack: LocalSlack;
  let origin: string;
  let cookie: string;
  beforeAll(async () => {
    slack = await startTestSlack();
    origin = new URL(slack.url).origin;
    const opened = await fetch(slack.url, { redirect: 'manual' });
    cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  });
  afterAll(() => slack.stop());

  const wish = (body: unknown, headers: Record<string, string>) =>
    fetch(`${origin}/wishes?as=${ids.provider}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const say = { do: 'say', channel: ids.channel, text: 'ページから' };

  test('trades the key in its address for a strict cookie that scripts cannot read', async () => {
    const opened = await fetch(slack.url, { redirect: 'manual' });
    expect(opened.status).toBe(303);
    expect(opened.headers.get('location')).not.toContain('key');
    expect(opened.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/);
  });

  test.each(['/screen', '/updates', '/files/F0'])('%s without the key is 403', async (door) => {
    expect((await fetch(`${origin}${door}?as=${ids.provider}`)).status).toBe(403);
    expect(
      (await fetch(`${origin}${door}?as=${ids.provider}`, { headers: { cookie: 'local_slack=x' } })).status,
    ).toBe(403);
  });

  test('wishes need the key and our own Origin', async () => {
    expect((await wish(say, { origin })).status).toBe(403);
    expect((await wish(say, { cookie })).status).toBe(403);
    expect((await wish(say, { cookie, origin: 'http://127.0.0.1:1' })).status).toBe(403);
    expect((await wish(say, { cookie, origin })).status).toBe(200);
    await slack.as(ids.provider).waitFor(ids.channel, 'ページから');
  });

  test('a wish with a field we do not know is refused', async () => {
    expect((await wish({ ...say, user: ids.staff }, { cookie, origin })).status).toBe(400);
  });

  test('a channel the person is not in cannot be written to or looked at', async () => {
    expect((await wish({ ...say, channel: ids.staffChannel }, { cookie, origin })).status).toBe(409);
    const screen = await fetch(`${origin}/screen?as=${ids.provider}&channel=${ids.staffChannel}`, {
      headers: { cookie },
    });
    expect(await screen.json()).toMatchObject({ conversation: null });
  });

  test('another name in Host is turned away before anything else', async () => {
    const port = Number(new URL(origin).port);
    const status = await new Promise((resolve, reject) => {
      const asked = request(
        { host: '127.0.0.1', port, path: '/', headers: { host: 'evil.example' } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      asked.on('error', reject).end();
    });
    expect(status).toBe(421);
  });

  test('every answer carries the content policy', async () => {
    for (const path of ['/', '/page/main.js', '/nothing', '/api/auth.test']) {
      const policy = (await fetch(`${origin}${path}`)).headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'; script-src 'self'");
    }
  });

  test.each(['/page/../start.ts', '/page/%2e%2e/start.ts', '/page/..%2fstart.ts'])(
    '%s is not served',
    async (path) => {
      const body = await new Promise<string>((resolve, reject) => {
        const port = Number(new URL(origin).port);
        request({ host: '127.0.0.1', port, path }, async (response) => {
          let text = '';
          for await (const part of response) text += part;
          resolve(text);
        })
          .on('error', reject)
          .end();
      });
      expect(body).toContain('not_found');
    },
  );
});

test('everything survives a restart: messages, threads, Home, an open modal, what is read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-slack-'));
  const dataFile = join(folder, 'slack.db');
  const start = () => startLocalSlack({ manifest: fullManifest, dataFile, rateLimits: false });
  const first = await start();
  const kanon = first.as(ids.provider);
  await kanon.say(ids.channel, '残る発言');
  const kept = await kanon.waitFor(ids.channel, '残る発言');
  await kanon.say(ids.channel, '残る返信', { thread: kept });
  await post(first, 'views.publish', {
    user_id: ids.provider,
    view: { type: 'home', blocks: [{ type: 'section', text: { type: 'plain_text', text: '残るホーム' } }] },
  });
  await first.stop();
  const second = await start();
  const again = second.as(ids.provider);
  const message = await again.waitFor(ids.channel, '残る発言');
  expect(message).toMatchObject({ ts: kept.ts, replyCount: 1 });
  await again.waitFor(ids.channel, '残る返信', { thread: message });
  await again.waitForHome('残るホーム');
  await again.say(ids.channel, '新しい発言');
  expect(Number((await again.waitFor(ids.channel, '新しい発言')).ts)).toBeGreaterThan(Number(kept.ts));
  await second.stop();
  rmSync(folder, { recursive: true });
});

describe('the composer', () => {
  test('typed markup stays text; names from the list become mentions; addresses become links', async () => {
    const slack = await startTestSlack();
    const kanon = slack.as(ids.provider);
    await kanon.say(
      ids.channel,
      '<!channel> <b>太字</b> & @白井 なぎ（見本の担当室） https://example.com/a?b=1',
    );
    const message = await kanon.waitFor(ids.channel, '<b>太字</b>');
    expect(message.text).toBe(
      '<!channel> <b>太字</b> & @白井 なぎ（見本の担当室） https://example.com/a?b=1',
    );
    const history = await post(slack, 'conversations.history', { channel: ids.channel, limit: 1 });
    expect(history.messages).toMatchObject([
      { text: `&lt;!channel&gt; &lt;b&gt;太字&lt;/b&gt; &amp; <@${ids.staff}> <https://example.com/a?b=1>` },
    ]);
    await slack.stop();
  });
});

describe('the sample', () => {
  test('is invented, and says so', () => {
    const sample = readSample();
    expect(sample.groups.every((group) => group.name.includes('見本'))).toBe(true);
    expect(sample.users.every((user) => user.email.endsWith('.example'))).toBe(true);
    expect(sample.groups.filter((group) => group.kind === 'provider')).toHaveLength(2);
  });

  test('an unknown key or person is an error', () => {
    const sample = readSample();
    expect(() => toSample({ ...sample, colour: 'red' })).toThrow('colour');
    const [first, ...rest] = sample.channels;
    const channels = [{ ...first, members: ['U0NOBODY'] }, ...rest];
    expect(() => toSample({ ...sample, channels })).toThrow('U0NOBODY');
  });
});

async function post(slack: LocalSlack, method: string, args: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${slack.botToken}` },
    body: JSON.stringify(args),
  });
  return (await response.json()) as Record<string, unknown>;
}
