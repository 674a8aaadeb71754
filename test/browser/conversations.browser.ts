import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { stories } from '../slack/conversation-stories.ts';
import { type BrowserPerson, browserPerson } from '../support/browser-person.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Scene, startScene } from '../support/scene.ts';

let browser: Browser;
let context: BrowserContext;
let scene: Scene;
let complaints: string[];

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

beforeEach(async () => {
  scene = await startScene();
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'ja-JP' });
  complaints = [];
  context.on('weberror', (error) => complaints.push(String(error.error())));
});
afterEach(async () => {
  await context.close();
  await scene.stop();
  expect(complaints).toEqual([]);
});

describe('a guided conversation in the browser', () => {
  test.each(stories)('$name', async ({ tell }) => {
    const cast = new Map<string, BrowserPerson>();
    await tell(async (userId) => {
      const person = cast.get(userId) ?? (await browserPerson(context, scene.slack, userId));
      cast.set(userId, person);
      return person;
    });
  });
});
