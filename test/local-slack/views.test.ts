import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LocalSlack } from '../../src/local-slack/start.ts';
import { sampleIds as ids, startTestSlack } from '../support/local-slack.ts';

type Json = Record<string, unknown> & { error?: string; view?: { id: string; hash: string } };

let slack: LocalSlack;
let at: number;
let trigger = '';
const far = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  const form = new URLSearchParams(body);
  const payload = JSON.parse(form.get('payload') ?? '{}');
  trigger = form.get('trigger_id') ?? payload.trigger_id ?? trigger;
  response.end();
});

beforeEach(async () => {
  at = Date.UTC(2026, 3, 1);
  await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
  const deliverTo = `http://127.0.0.1:${(far.address() as AddressInfo).port}/`;
  slack = await startTestSlack({ now: () => new Date(at), deliverTo });
});
afterEach(async () => {
  await slack.stop();
  await new Promise((resolve) => far.close(resolve));
});

const words = (text: string) => ({ type: 'plain_text', text });
const press = { type: 'button', text: words('押す'), action_id: 'press' };
const noted = { type: 'plain_text_input', action_id: 'text', initial_value: 'はじめ' };
const modal = (over: Record<string, unknown> = {}) => ({
  type: 'modal',
  title: words('画面'),
  submit: words('送信'),
  blocks: [
    { type: 'actions', block_id: 'acts', elements: [press] },
    { type: 'input', block_id: 'note', label: words('メモ'), element: noted },
  ],
  ...over,
});

async function newTrigger(): Promise<string> {
  await slack.as(ids.provider).command('/form', '', ids.channel);
  return trigger;
}

test('a trigger opens one modal within three seconds: then it is exchanged, later expired', async () => {
  const first = await newTrigger();
  at += 3000;
  expect((await call('views.open', { trigger_id: first, view: modal() })).ok).toBe(true);
  expect((await call('views.open', { trigger_id: first, view: modal() })).error).toBe('exchanged_trigger_id');
  const second = await newTrigger();
  at += 3001;
  expect((await call('views.open', { trigger_id: second, view: modal() })).error).toBe('expired_trigger_id');
});

test('three modals stack, the fourth is push_limit_reached; only the topmost can be pressed', async () => {
  const kanon = slack.as(ids.provider);
  await call('views.open', { trigger_id: await newTrigger(), view: modal({ title: words('一') }) });
  const bottom = await kanon.waitForModal('一');
  for (const title of ['二', '三']) {
    await kanon.click(await kanon.waitForModal(''), 'press');
    await call('views.push', { trigger_id: trigger, view: modal({ title: words(title) }) });
  }
  const top = await kanon.waitForModal('三');
  expect(top.depth).toBe(3);
  await kanon.click(top, 'press');
  expect((await call('views.push', { trigger_id: trigger, view: modal() })).error).toBe('push_limit_reached');
  await expect(kanon.click(bottom, 'press')).rejects.toThrow('開いていません');
  await kanon.close(top);
  await kanon.waitForModal('二');
});

test('an update with an old hash is hash_conflict; inputs keep what was typed where their ids stay', async () => {
  const kanon = slack.as(ids.provider);
  const opened = await call('views.open', { trigger_id: await newTrigger(), view: modal() });
  const { id = '', hash = '' } = opened.view ?? {};
  await kanon.fill(await kanon.waitForModal('画面'), { text: '書きかけ' });
  const updated = await call('views.update', { view_id: id, hash, view: modal({ title: words('次') }) });
  expect(updated).toMatchObject({
    ok: true,
    view: { state: { values: { note: { text: { type: 'plain_text_input', value: '書きかけ' } } } } },
  });
  expect((await call('views.update', { view_id: id, hash, view: modal() })).error).toBe('hash_conflict');
  expect((await call('views.update', { view_id: 'V0NONE', view: modal() })).error).toBe('not_found');
});

test('two open views may not share an external_id', async () => {
  const view = modal({ external_id: 'draft-1' });
  await call('views.open', { trigger_id: await newTrigger(), view });
  expect((await call('views.open', { trigger_id: await newTrigger(), view })).error).toBe(
    'duplicate_external_id',
  );
});

test('a push needs a trigger from inside a modal', async () => {
  expect((await call('views.push', { trigger_id: await newTrigger(), view: modal() })).error).toBe(
    'not_found',
  );
});

async function call(method: string, args: Record<string, unknown>): Promise<Json> {
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${slack.botToken}` },
    body: JSON.stringify(args),
  });
  return (await response.json()) as Json;
}
