/** The stories of the bot through the real page, and what only a page can show: a reload, a switch of person. */
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { keptBy, startStage } from '../stories/stage.ts';
import { stories } from '../stories/stories.ts';
import { ask, askAlone, bot, people, room, wording } from '../stories/story.ts';
import { type BrowserPerson, browserPerson } from '../support/browser-person.ts';
import { launchChromium } from '../support/chromium.ts';
import type { Scene } from '../support/scene.ts';

let browser: Browser;
let context: BrowserContext;
let complaints: string[];
let scene: Scene | undefined;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP' });
  complaints = [];
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
});

afterEach(async () => {
  await context.close();
  await scene?.stop();
  scene = undefined;
  expect(complaints).toEqual([]);
});

test.each(stories)('$name', async (story) => {
  const stage = await startStage(story);
  scene = stage;
  const { slack, log, clock } = stage;
  const cast = new Map<string, BrowserPerson>();
  await story.tell(
    async (userId) => {
      const person = cast.get(userId) ?? (await browserPerson(context, slack, userId));
      cast.set(userId, person);
      return person;
    },
    keptBy(stage),
    clock,
  );
  expect(log.filter(({ level }) => level === 'error')).toEqual([]);
  for (const { page } of cast.values()) {
    expect(await page.locator('.message script, .message b, .message img:not(.uploaded)').count()).toBe(0);
    for (const picture of await page.locator('.message img.uploaded').all())
      await expect
        .poll(() => picture.evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth))
        .toBeGreaterThan(1_000);
  }
});

test('a reload in the middle loses neither the private answer, nor the thread, nor the open article', async () => {
  scene = await startStage({});
  const kanon = await browserPerson(context, scene.slack, people.kanon);
  await kanon.command('/kiyaku', '第15条第2項', room);
  const { question } = await ask(kanon, '第3条第2項', wording('第3条第2項'));
  await kanon.page.reload();
  const answer = await kanon.waitFor(room, wording('第3条第2項'), { thread: question });
  await kanon.click(answer, '第3条を開く');
  await kanon.click(await kanon.waitForModal('▶引用された規定 第2項'), '次へ：第4条');
  await kanon.waitForModal('マイナポータルＡＰＩの仕様書の開示申請');
  await kanon.page.reload();
  const article = await kanon.waitForModal('マイナポータルＡＰＩの仕様書の開示申請');
  await kanon.click(article, '前へ：第3条');
  await kanon.close(await kanon.waitForModal('▶引用された規定 第2項'));
  expect((await kanon.waitFor(room, wording('第15条第2項'))).ephemeral).toBe(true);
  await kanon.click(answer, '役に立った');
  await kanon.waitFor(room, 'ご意見を記録しました：役に立った', { thread: question });
});

test('an article is read from its beginning, and so is the page turned to', async () => {
  scene = await startStage({});
  const kanon = await browserPerson(context, scene.slack, people.kanon);
  const answer = await askAlone(kanon, '第3条第2項', wording('第3条第2項'));
  await kanon.click(answer, '第3条を開く');
  const article = await kanon.waitForModal('第3条（事前打合せ）');
  const place =
    '[document.querySelector(".modal-body")].map((body) => [body.scrollTop, body.scrollHeight > body.clientHeight])[0]';
  expect(await kanon.page.evaluate(place)).toEqual([0, true]);
  await kanon.select(article, 'article_jump', '第11条');
  await kanon.waitForModal('マイナポータルに不正にアクセスする');
  expect(await kanon.page.evaluate(place)).toEqual([0, true]);
});

test('one tab changes its person by the switcher, and with the person what is to be seen', async () => {
  scene = await startStage({});
  const { page, ...kanon } = await browserPerson(context, scene.slack, people.kanon);
  await kanon.command('/kiyaku', '第15条第1項', room);
  await kanon.waitFor(room, wording('第15条第1項'));
  await kanon.say(room, '見えますか');
  await page.locator('.switcher summary').click();
  await page.getByRole('link', { name: '緑川 そうた 開発責任者' }).click();
  await page.waitForSelector(`body[data-ready="${people.sota}"]`);
  expect(new URL(page.url()).searchParams.get('as')).toBe(people.sota);
  await page.getByRole('link', { name: room }).click();
  await page.getByText('見えますか').waitFor();
  expect(await page.locator(`.message[data-author="${bot}"]`).count()).toBe(0);
});
