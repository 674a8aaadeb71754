import { expect, test } from 'vitest';
import { keptBy, startStage } from './stage.ts';
import { stories } from './stories.ts';

test.each(stories)('$name', async (story) => {
  const scene = await startStage(story);
  try {
    await story.tell(async (userId) => scene.slack.as(userId), keptBy(scene), scene.clock);
    expect(scene.log.filter(({ level }) => level === 'error')).toEqual([]);
  } finally {
    await scene.stop();
  }
});
