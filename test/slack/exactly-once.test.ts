import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startLocalSlack } from '../../src/local-slack/start.ts';
import { type Fate, startLossyProxy } from '../support/lossy-proxy.ts';
import { ids, manifest, startBotOn } from '../support/scene.ts';

const fates = fc.array(fc.constantFrom<Fate>('ok', 'lost', 'dropped', 'error'), {
  minLength: 1,
  maxLength: 10,
});

test('every question has exactly one answer, whatever is lost on the way to Slack and back', async () => {
  await fc.assert(
    fc.asyncProperty(fates, async (lot) => {
      const slack = await startLocalSlack({ manifest, rateLimits: false });
      const proxy = await startLossyProxy(slack.apiUrl, (post) => lot[post] ?? 'ok');
      const bot = await startBotOn(slack, {
        apiUrl: proxy.apiUrl,
        retrySchedule: { outage: Array(12).fill(1), ours: [] },
      });
      const person = slack.as(ids.provider);
      for (const name of ['甲', '乙', '丙']) await person.mention(ids.channel, `${name}の質問`);
      await expect
        .poll(() => bot.db.selectFrom('inbox').select('state').where('state', '=', 'handled').execute(), {
          timeout: 9_000,
        })
        .toHaveLength(3);
      for (const name of ['甲', '乙', '丙']) {
        const question = await person.waitFor(ids.channel, `${name}の質問`);
        const thread = await person.seen(ids.channel, { thread: question });
        expect(thread.filter(({ author }) => author === '規約ガイド')).toHaveLength(1);
      }
      await bot.stopBot();
      proxy.stop();
      await slack.stop();
    }),
    { numRuns: 12 },
  );
});
