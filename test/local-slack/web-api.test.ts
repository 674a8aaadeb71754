import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalSlack, startLocalSlack } from '../../src/local-slack/start.ts';
import { methods } from '../../src/local-slack/web-api/router.ts';
import { fullManifest, sampleIds as ids, startTestSlack } from '../support/local-slack.ts';

let slack: LocalSlack;

beforeAll(async () => {
  slack = await startTestSlack();
});
afterAll(() => slack.stop());

type Answer = Record<string, unknown> & { ok: boolean; error?: string };

async function call(
  method: string,
  args: Record<string, unknown> = {},
  token = slack.botToken,
): Promise<Answer> {
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(args),
  });
  return (await response.json()) as Answer;
}

describe('every method', () => {
  test.each(Object.keys(methods))('%s needs a token, and the right kind of token', async (name) => {
    expect(await call(name, {}, '')).toMatchObject({ ok: false, error: 'not_authed' });
    expect(await call(name, {}, 'xoxb-wrong')).toMatchObject({ ok: false, error: 'invalid_auth' });
    const wrong = methods[name]?.appToken ? slack.botToken : slack.appToken;
    expect(await call(name, {}, wrong)).toMatchObject({ ok: false, error: 'not_allowed_token_type' });
  });

  const scoped = Object.entries(methods).filter(([, method]) => method.scopes.length > 0);
  test.each(scoped)('%s without its scope is missing_scope and says which', async (name, method) => {
    const rest = fullManifest.oauth_config.scopes.bot.filter((scope) => !method.scopes.includes(scope));
    const manifest = { ...fullManifest, oauth_config: { scopes: { bot: rest } } };
    const poor = await startLocalSlack({ manifest, rateLimits: false });
    expect(await callOn(poor, name)).toMatchObject({ error: 'missing_scope', needed: method.scopes[0] });
    await poor.stop();
  });

  test.each([
    ['conversations.info', 'channels:read'],
    ['conversations.members', 'channels:read'],
    ['conversations.list', 'channels:read'],
    ['conversations.history', 'channels:history'],
  ])('%s of a public channel needs %s', async (name, needed) => {
    const rest = fullManifest.oauth_config.scopes.bot.filter((scope) => scope !== needed);
    const manifest = { ...fullManifest, oauth_config: { scopes: { bot: rest } } };
    const poor = await startLocalSlack({ manifest, rateLimits: false });
    const args = name === 'conversations.list' ? {} : { channel: ids.channel };
    expect(await callOn(poor, name, args)).toMatchObject({ error: 'missing_scope', needed });
    await poor.stop();
  });

  test('an unknown one is unknown_method, an unknown argument invalid_arguments', async () => {
    expect(await call('chat.shout')).toMatchObject({ error: 'unknown_method' });
    expect(await call('chat.postMessage', { channel: ids.channel, text: 'a', colour: 'red' })).toMatchObject({
      error: 'invalid_arguments',
    });
  });
});

describe('chat', () => {
  test.each([
    ['C0NOWHERE', 'channel_not_found'],
    [ids.lounge, 'not_in_channel'],
  ])('posting to %s is %s', async (channel, error) => {
    expect(await call('chat.postMessage', { channel, text: 'a' })).toMatchObject({ ok: false, error });
  });

  test('text: none is no_text, 40,000 characters are the most; an update takes 4,000', async () => {
    const { channel } = ids;
    expect(await call('chat.postMessage', { channel })).toMatchObject({ error: 'no_text' });
    expect(await call('chat.postMessage', { channel, text: 'あ'.repeat(40_001) })).toMatchObject({
      error: 'msg_too_long',
    });
    const posted = await call('chat.postMessage', { channel, text: 'あ'.repeat(40_000) });
    const ts = posted.ts;
    expect(await call('chat.update', { channel, ts, text: 'あ'.repeat(4_001) })).toMatchObject({
      error: 'msg_too_long',
    });
    expect(await call('chat.update', { channel, ts, text: 'あ'.repeat(4_000) })).toMatchObject({ ok: true });
  });

  test('only own messages are updated or deleted, only existing ones, never ephemeral ones', async () => {
    const { channel, provider } = ids;
    await slack.as(provider).say(channel, '人の発言');
    const ts = (await slack.as(provider).waitFor(channel, '人の発言')).ts;
    expect(await call('chat.update', { channel, ts, text: 'a' })).toMatchObject({
      error: 'cant_update_message',
    });
    expect(await call('chat.delete', { channel, ts })).toMatchObject({ error: 'cant_delete_message' });
    const gone = '1600000000.000001';
    expect(await call('chat.update', { channel, ts: gone, text: 'a' })).toMatchObject({
      error: 'message_not_found',
    });
    const ephemeral = await call('chat.postEphemeral', { channel, user: provider, text: 'こっそり' });
    const quiet = ephemeral.message_ts;
    expect(await call('chat.update', { channel, ts: quiet, text: 'a' })).toMatchObject({
      error: 'message_not_found',
    });
    expect(await call('chat.postEphemeral', { channel, user: ids.otherProvider, text: 'a' })).toMatchObject({
      error: 'user_not_in_channel',
    });
  });

  test('an update without blocks keeps them, with an empty list removes them', async () => {
    const { channel } = ids;
    const blocks = [{ type: 'section', text: { type: 'plain_text', text: '残るブロック' } }];
    const { ts } = await call('chat.postMessage', { channel, text: 'a', blocks });
    expect(await call('chat.update', { channel, ts, text: 'b' })).toMatchObject({ message: { blocks } });
    const emptied = await call('chat.update', { channel, ts, text: 'b', blocks: [] });
    expect(emptied.message).not.toHaveProperty('blocks');
  });

  test('replies need a parent that is not itself a reply', async () => {
    const { channel } = ids;
    const parent = await call('chat.postMessage', { channel, text: '親' });
    const reply = await call('chat.postMessage', { channel, text: '子', thread_ts: parent.ts });
    expect(await call('chat.postMessage', { channel, text: '孫', thread_ts: reply.ts })).toMatchObject({
      error: 'cannot_reply_to_message',
    });
    expect(
      await call('chat.postMessage', { channel, text: 'x', thread_ts: '1600000000.000001' }),
    ).toMatchObject({
      error: 'thread_not_found',
    });
    const thread = await call('conversations.replies', { channel, ts: reply.ts });
    expect(thread.messages).toMatchObject([
      { text: '親', reply_count: 1 },
      { text: '子', thread_ts: parent.ts },
    ]);
  });

  test('metadata comes back only when asked for; ephemeral messages never do', async () => {
    const { channel, provider } = ids;
    const metadata = { event_type: 'answered', event_payload: { citation: '第3条' } };
    const posted = await call('chat.postMessage', { channel, text: '印つき', metadata });
    await call('chat.postEphemeral', { channel, user: provider, text: 'こっそり' });
    const about = { channel, latest: posted.ts, inclusive: true, limit: 1 };
    expect((await call('conversations.history', about)).messages).toEqual([
      expect.not.objectContaining({ metadata: expect.anything() }),
    ]);
    const asked = await call('conversations.history', { ...about, include_all_metadata: true });
    expect(asked.messages).toMatchObject([{ metadata }]);
    const all = (await call('conversations.history', { channel })).messages as { text: string }[];
    expect(all.map((message) => message.text)).not.toContain('こっそり');
  });
});

describe('through the stock client (forms with JSON inside)', () => {
  test('history pages by cursor in both directions of the type: every message once, newest first', async () => {
    const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
    const { channel } = await client.conversations.open({ users: `${ids.provider},${ids.staff}` });
    const place = channel?.id ?? '';
    for (let n = 0; n < 7; n += 1) await client.chat.postMessage({ channel: place, text: `${n}` });
    const seen: string[] = [];
    for await (const page of client.paginate('conversations.history', { channel: place, limit: 3 })) {
      seen.push(
        ...(page as unknown as { messages: { text: string }[] }).messages.map((message) => message.text),
      );
    }
    expect(seen).toEqual(['6', '5', '4', '3', '2', '1', '0']);
  });

  test('a Markdown file is uploaded in three steps and shared', async () => {
    const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
    const content = '# 記録\n本文です';
    await client.filesUploadV2({
      channel_id: ids.channel,
      filename: '記録.md',
      content,
      initial_comment: '記録です',
    });
    const message = await slack.as(ids.provider).waitFor(ids.channel, '記録です');
    const history = await client.conversations.history({
      channel: ids.channel,
      latest: message.ts,
      inclusive: true,
      limit: 1,
    });
    expect(history.messages?.[0]?.files).toMatchObject([
      { name: '記録.md', mimetype: 'text/markdown', size: Buffer.byteLength(content) },
    ]);
  });

  test('people, groups and channels are those of the sample', async () => {
    const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
    expect((await client.auth.test()).user_id).toBe(slack.botUserId);
    expect((await client.usergroups.users.list({ usergroup: 'S0STAFF01' })).users).toContain(ids.staff);
    expect((await client.users.info({ user: ids.staff })).user?.tz).toBe('Asia/Tokyo');
    expect((await client.conversations.info({ channel: ids.staffChannel })).channel?.is_private).toBe(true);
    expect((await client.conversations.members({ channel: ids.channel })).members).toContain(slack.botUserId);
    await expect(client.users.info({ user: 'U0NOBODY' })).rejects.toThrow('user_not_found');
  });
});

describe('rates', () => {
  test('a burst of posts to one channel ends in 429 with Retry-After; a second later one more goes', async () => {
    let at = Date.UTC(2026, 3, 1);
    const strict = await startLocalSlack({
      manifest: fullManifest,
      now: () => new Date(at),
      rateLimits: { burst: 3, perSecond: 1 },
    });
    const post = () =>
      fetch(`${strict.apiUrl}chat.postMessage`, {
        method: 'POST',
        headers: { authorization: `Bearer ${strict.botToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ channel: ids.channel, text: 'a' }),
      });
    const statuses = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await post()).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect((await post()).headers.get('retry-after')).toBe('1');
    at += 1000;
    expect((await post()).status).toBe(200);
    await strict.stop();
  });
});

async function callOn(other: LocalSlack, method: string, args: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${other.apiUrl}${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${other.botToken}` },
    body: new URLSearchParams(args),
  });
  return (await response.json()) as Answer;
}
