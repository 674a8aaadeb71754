import { test } from 'vitest';
import { startBolt, startTestSlack } from '../support/local-slack.ts';
import { sampleBot } from '../support/sample-bot.ts';
import { stories } from './stories.ts';

test.each(stories)('$name', async ({ tell }) => {
  const slack = await startTestSlack();
  const app = await startBolt(slack, sampleBot);
  try {
    await tell(async (userId) => slack.as(userId));
  } finally {
    await app.stop();
    await slack.stop();
  }
});
