import { afterAll, beforeAll, describe, test } from 'vitest';
import { type Scene, startScene } from '../support/scene.ts';
import { stories } from './conversation-stories.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.stop());

describe('a guided conversation', () => {
  test.each(stories)('$name', ({ tell }) => tell(async (userId) => scene.slack.as(userId)));
});
