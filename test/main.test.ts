import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type LocalSlack, startLocalSlack } from '../src/local-slack/start.ts';
import { provisions } from '../src/terms/provisions.ts';
import { ids, manifest } from './support/scene.ts';
import { terms } from './terms/held.ts';

const MAIN = new URL('../.build/main.js', import.meta.url).pathname;
const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN], { env: { PATH: process.env.PATH, ...environment } });
  running.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += String(data)));
  const ended = once(child, 'exit').then(([code, signal]) => {
    running.delete(child);
    return { code: code as number | null, signal: signal as string | null };
  });
  return { child, ended, said: () => said };
}

function settings(slack: LocalSlack, dataDir: string) {
  const { botToken, appToken, apiUrl } = slack;
  return { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_API_URL: apiUrl, DATA_DIR: dataDir };
}

test('the bot as it is shipped answers word for word, survives being killed, and ends in peace on SIGTERM', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kiyaku-main-'));
  const slack = await startLocalSlack({ manifest, rateLimits: false });
  const person = slack.as(ids.provider);
  const asked = provisions(terms).find(({ key }) => key === '第3条第2項第1号');

  const first = start(settings(slack, folder));
  await person.say('app', '3条2項1号');
  const answer = await person.waitFor('app', '第3条第2項第1号', { timeout: 15_000 });
  expect(answer.text).toContain(asked?.text);
  first.child.kill('SIGKILL');
  await first.ended;

  await person.mention(ids.channel, '別表の4を見せて');
  const question = await person.waitFor(ids.channel, '別表の4を見せて');
  const second = start(settings(slack, folder));
  await person.waitFor(ids.channel, '別表項番4', { thread: question, timeout: 15_000 });
  second.child.kill('SIGTERM');
  expect(await second.ended).toEqual({ code: 0, signal: null });
  expect(second.said()).toContain('bot.stopped');
  for (const token of [slack.botToken, slack.appToken])
    expect(first.said() + second.said()).not.toContain(token);
  await slack.stop();
  rmSync(folder, { recursive: true });
});

test('without tokens it opens a workspace of its own, and ends cleanly on SIGTERM', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kiyaku-main-'));
  const { child, ended, said } = start({ DATA_DIR: folder, PORT: String(await freePort()) });
  await expect.poll(said, { timeout: 15_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+\//);
  const [address = ''] = /http:\/\/127\.0\.0\.1:\d+\//.exec(said()) ?? [];
  expect((await fetch(address)).status).toBe(200);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
  rmSync(folder, { recursive: true });
});

test.each([
  ['SLACK_BOT_TOKEN', 'xoxb-wrong'],
  ['SLACK_APP_TOKEN', 'xapp-wrong'],
])('a %s that Slack refuses ends the start with the reason', async (key, wrong) => {
  const folder = mkdtempSync(join(tmpdir(), 'kiyaku-main-'));
  const slack = await startLocalSlack({ manifest, rateLimits: false });
  const { ended, said } = start({ ...settings(slack, folder), [key]: wrong });
  expect((await ended).code).toBe(1);
  expect(said()).toContain(key);
  expect(said()).toContain('invalid_auth');
  expect(said()).not.toContain(wrong);
  await slack.stop();
  rmSync(folder, { recursive: true });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
