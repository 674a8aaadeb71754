/** The card and the reply of an inquiry stand in Slack once, whatever is lost on the way and whenever the bot dies. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { webApi } from '@slack/bolt';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { ReplyTo } from '../../src/inquiries/inquiry.ts';
import type { SeenMessage } from '../../src/local-slack/person.ts';
import { type LocalSlack, startLocalSlack } from '../../src/local-slack/start.ts';
import { type Fate, startLossyProxy } from '../support/lossy-proxy.ts';
import { ids, manifest, startBotOn } from '../support/scene.ts';

const OFFICE = 'C0STAFF01';
const fates = fc.array(fc.constantFrom<Fate>('ok', 'lost', 'dropped', 'error'), {
  minLength: 1,
  maxLength: 7,
});
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

type Bot = Awaited<ReturnType<typeof startBotOn>>;

/** Saved, and not told to anybody yet: that is left to the bot, which looks for it. */
async function askOffice(slack: LocalSlack, { stores }: Bot, replyTo: ReplyTo): Promise<SeenMessage> {
  const kanon = slack.as(ids.provider);
  await kanon.say(ids.channel, '手数料は？');
  const question = await kanon.waitFor(ids.channel, '手数料は？');
  const place = { channel: ids.channelId, threadTs: question.ts };
  const { teamId } = slack;
  const userId = ids.provider;
  const asked = {
    id: 'A1',
    teamId,
    sourceKey: 'event:1',
    userId,
    question: '手数料は？',
    askedAt: Date.now(),
  };
  await stores.answers.keep({ ...asked, ...place, messageTs: null, answers: [], versionId: 'v' });
  const opening = { teamId, asker: userId, answerId: 'A1', replyTo, place, note: '' };
  await stores.inquiries.open({ ...opening, now: Date.now(), sourceKey: 'view:1' });
  return question;
}

function replyTo(slack: LocalSlack, { stores }: Bot) {
  return stores.inquiries.carryOut({
    teamId: slack.teamId,
    actor: { person: ids.staff, staff: true },
    id: 'Q-00001',
    expected: null,
    command: { kind: 'reply', text: '担当の返事です' },
    now: Date.now(),
    sourceKey: 'view:2',
  });
}

async function cardsIn(slack: LocalSlack): Promise<SeenMessage[]> {
  return (await slack.as(ids.staff).seen(OFFICE)).filter(({ text }) => text.includes('Q-00001'));
}

test.each(['thread', 'person'] as const)(
  'to the %s: one card and one reply, whatever is lost on the way',
  async (place) => {
    await fc.assert(
      fc.asyncProperty(fates, async (lot) => {
        const slack = await startLocalSlack({ manifest, rateLimits: false });
        const proxy = await startLossyProxy(slack.apiUrl, (post) => lot[post] ?? 'ok');
        const bot = await startBotOn(slack, {
          apiUrl: proxy.apiUrl,
          retrySchedule: { outage: [1], ours: [1] },
        });
        try {
          const thread = await askOffice(slack, bot, place);
          await replyTo(slack, bot);
          const row = () => bot.db.selectFrom('inquiries').selectAll().executeTakeFirstOrThrow();
          await expect
            .poll(row, { timeout: 9_000 })
            .toMatchObject({ told: 2, card_version: 2, version: 2, tries: 0 });
          const kanon = slack.as(ids.provider);
          const where =
            place === 'thread' ? await kanon.seen(ids.channel, { thread }) : await kanon.seen('app');
          expect(where.filter(({ text }) => text.includes('担当の返事です'))).toHaveLength(1);
          expect(await cardsIn(slack)).toHaveLength(1);
        } finally {
          await bot.stopBot();
          proxy.stop();
          await slack.stop();
        }
      }),
      { numRuns: 8 },
    );
  },
  60_000,
);

test('a bot that died between posting and writing it down goes on after its next start, once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kiyaku-inquiry-'));
  cleanUp.push(() => rmSync(folder, { recursive: true }));
  const slack = await startLocalSlack({ manifest, rateLimits: false });
  cleanUp.push(() => slack.stop());
  const file = join(folder, 'guide.db');
  const proxy = await startLossyProxy(slack.apiUrl, () => 'lost');
  cleanUp.push(() => proxy.stop());
  const slow = { outage: [3_600_000], ours: [1] };
  const first = await startBotOn(slack, { file, apiUrl: proxy.apiUrl, retrySchedule: slow });
  await askOffice(slack, first, 'thread');
  const card = await slack.as(ids.staff).waitFor(OFFICE, 'Q-00001 受付');
  await first.stopBot();
  const second = await startBotOn(slack, { file });
  cleanUp.push(() => second.stopBot());
  await replyTo(slack, second);
  await slack.as(ids.staff).waitFor(OFFICE, 'Q-00001 回答済');
  expect((await cardsIn(slack)).map(({ ts }) => ts)).toEqual([card.ts]);
});

test('a card that somebody deleted is posted anew when something happens', async () => {
  const slack = await startLocalSlack({ manifest, rateLimits: false });
  cleanUp.push(() => slack.stop());
  const bot = await startBotOn(slack);
  cleanUp.push(() => bot.stopBot());
  await askOffice(slack, bot, 'person');
  const card = await slack.as(ids.staff).waitFor(OFFICE, 'Q-00001 受付');
  const client = new webApi.WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
  await client.chat.delete({ channel: card.channel, ts: card.ts });
  await replyTo(slack, bot);
  const anew = await slack.as(ids.staff).waitFor(OFFICE, 'Q-00001 回答済');
  expect(anew.ts).not.toBe(card.ts);
});

test('without an office nothing is offered, and the answers advise as before', async () => {
  const slack = await startLocalSlack({ manifest, rateLimits: false });
  cleanUp.push(() => slack.stop());
  const staff = { usergroup: 'S0STAFF01', users: [], channel: null };
  const bot = await startBotOn(slack, { staff });
  cleanUp.push(() => bot.stopBot());
  const kanon = slack.as(ids.provider);
  await kanon.mention(ids.channel, '手数料は？');
  const question = await kanon.waitFor(ids.channel, '手数料は？');
  const answer = await kanon.waitFor(ids.channel, '手数料の定め', { thread: question });
  expect(answer.text).not.toContain('担当に聞く');
});

test('where the bot is not in the channel of the office nothing is sent, and the asker is told so', async () => {
  const slack = await startLocalSlack({ manifest, rateLimits: false });
  cleanUp.push(() => slack.stop());
  const staff = { usergroup: 'S0STAFF01', users: [], channel: 'C0LOUNGE1' };
  const bot = await startBotOn(slack, { staff });
  cleanUp.push(() => bot.stopBot());
  const kanon = slack.as(ids.provider);
  await kanon.mention(ids.channel, '手数料は？');
  const question = await kanon.waitFor(ids.channel, '手数料は？');
  await kanon.click(await kanon.waitFor(ids.channel, '手数料の定め', { thread: question }), '担当に聞く');
  await kanon.submit(await kanon.waitForModal('担当室に送る質問'), {});
  await kanon.waitForModal('いまは担当室に送れません。');
  expect(await bot.db.selectFrom('inquiries').selectAll().execute()).toEqual([]);
});
