import { webApi } from '@slack/bolt';
import { expect, it, onTestFinished } from 'vitest';
import { fetchWithLastLook, onlyWhile } from '../../../src/slack/outbox/last-look.ts';
import { startFaultySlack } from '../../support/faulty-slack.ts';

async function stage() {
  const slack = await startFaultySlack({ faultOf: () => 'none' });
  onTestFinished(() => slack.stop());
  const client = new webApi.WebClient('xoxb-test', {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    maxRequestConcurrency: 1,
    fetch: fetchWithLastLook,
  });
  const post = (text: string, isMine: () => boolean) =>
    onlyWhile(text, isMine, () => client.chat.postMessage({ channel: 'C1', text }));
  return { slack, client, post };
}

it('a request leaves while the lease is held, and any call that has none', async () => {
  const { slack, client, post } = await stage();
  await post('held', () => true);
  await client.chat.postMessage({ channel: 'C1', text: 'without a lease' });
  expect([...slack.stored.keys()]).toEqual(['held', 'without a lease']);
});

it('a request whose lease ends while it waits behind others never leaves', async () => {
  const { slack, post } = await stage();
  let isMine = true;
  const first = post('first', () => true);
  const second = post('second', () => isMine);
  isMine = false;
  await first;
  await expect(second).rejects.toBeInstanceOf(webApi.SlackError);
  expect([...slack.stored.keys()]).toEqual(['first']);
});
