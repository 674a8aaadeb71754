import type { App } from '@slack/bolt';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LocalSlack } from '../../src/local-slack/start.ts';
import { stories } from '../local-slack/stories.ts';
import { type BrowserPerson, browserPerson } from '../support/browser-person.ts';
import { launchChromium } from '../support/chromium.ts';
import { everyBlock, uses } from '../support/every-block.ts';
import { sampleIds as ids, startBolt, startTestSlack } from '../support/local-slack.ts';
import { sampleBot } from '../support/sample-bot.ts';

let browser: Browser;
let context: BrowserContext;
let slack: LocalSlack;
let app: App;
let complaints: string[];

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

beforeEach(async () => {
  slack = await startTestSlack();
  app = await startBolt(slack, sampleBot);
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP' });
  complaints = [];
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('console', (message) => {
    const isRefusal = message.text().includes('status of 409') || message.text().includes('status of 403');
    if (message.type() === 'error' && !isRefusal) complaints.push(message.text());
  });
});

afterEach(async () => {
  await context.close();
  await app.stop();
  await slack.stop();
  expect(complaints).toEqual([]);
});

const room = '架空ヘルス-相談';
const open = (userId: string): Promise<BrowserPerson> => browserPerson(context, slack, userId);

describe('stories in the browser', () => {
  test.each(stories)('$name', async ({ tell }) => {
    const cast = new Map<string, BrowserPerson>();
    await tell(async (userId) => {
      const person = cast.get(userId) ?? (await open(userId));
      cast.set(userId, person);
      return person;
    });
  });
});

describe('blocks and elements', () => {
  test('each kind of block is drawn, and each element can be used and reaches the app as Slack sends it', async () => {
    const pressed: Record<string, unknown>[] = [];
    app.action(/.*/, async ({ action }) => void pressed.push({ ...action }));
    app.options(/external/, async ({ ack }) => {
      await ack({ options: [{ text: { type: 'plain_text', text: '候補' }, value: 'found' }] });
    });
    app.action(/^(?!choose|page|deeper|feedback)/, async ({ ack }) => ack());
    await app.client.chat.postMessage({ channel: ids.channel, text: '全部', blocks: everyBlock as never });
    const kanon = await open(ids.provider);
    const message = await kanon.waitFor(room, 'すべてのブロック');
    for (const { type } of everyBlock) {
      expect(await kanon.page.locator(`.message .block-${type}`).count(), type).toBeGreaterThan(0);
    }
    for (const [id, use] of Object.entries(uses)) {
      if (use.choose === undefined) await kanon.click(message, id, use.value);
      else await kanon.select(message, id, use.choose);
      expect(pressed.at(-1), id).toMatchObject({ action_id: id, ...use.arrives });
    }
  });
});

describe('the page', () => {
  test('opens on a channel with a welcome and questions to press, and the key leaves the address bar', async () => {
    const { page } = await open(ids.provider);
    expect(page.url()).not.toContain('key=');
    await page.getByText('ここで担当室とアプリに質問できます').waitFor();
    expect(await page.locator('#prompts .prompt').count()).toBe(3);
  });

  test('a reload in the middle keeps place, thread, draft, open modal and what was typed into it', async () => {
    const kanon = await open(ids.provider);
    const { page } = kanon;
    await kanon.mention(room, '途中で読み込み直す');
    const question = await kanon.waitFor(room, '途中で読み込み直す');
    await kanon.waitFor(room, '見本の条文', { thread: question });
    await page.locator('#thread-composer').fill('書きかけの返信');
    await kanon.command('/form', '', room);
    await kanon.fill(await kanon.waitForModal('相談の受付'), { name_text: '書きかけの名前' });
    await page.reload();
    const form = await kanon.waitForModal('相談の受付');
    expect(await page.locator('[data-action-id=name_text]').inputValue()).toBe('書きかけの名前');
    expect(await kanon.submit(form)).toEqual({});
    await kanon.waitForNoModal();
    expect(await page.locator('#thread-composer').inputValue()).toBe('書きかけの返信');
    await kanon.waitFor(room, '見本の条文', { thread: question });
  });

  test('another person’s words arrive live and count as unread until the channel is opened', async () => {
    const [kanon, nagi] = [await open(ids.provider), await open(ids.staff)];
    await nagi.openMessages();
    await kanon.say(room, '気づいてください');
    const row = nagi.page.locator(`#sidebar a[data-channel="${ids.channel}"]`);
    await row.locator('.count').waitFor();
    expect(await row.locator('.count').textContent()).toBe('1');
    await nagi.waitFor(room, '気づいてください');
    await nagi.openMessages();
    await row.locator('.count').waitFor({ state: 'detached' });
  });

  test('the person is switched by a link, and sees other channels', async () => {
    const { page } = await open(ids.provider);
    expect(await page.getByRole('link', { name: '担当室', exact: true }).count()).toBe(0);
    await page.locator('.switcher summary').click();
    await page.getByRole('link', { name: /白井 なぎ 審査担当/ }).click();
    await page.waitForSelector(`body[data-ready="${ids.staff}"]`);
    await page.getByRole('link', { name: '担当室', exact: true }).waitFor();
  });

  test('commands complete from manifest.yml with their hints; in a thread they are refused in words', async () => {
    const kanon = await open(ids.provider);
    const { page } = kanon;
    await page.locator('#composer').pressSequentially('/a');
    const option = page.locator('.completion [role=option]');
    expect(await option.textContent()).toContain('第3条 または 質問文');
    await page.keyboard.press('Tab');
    expect(await page.locator('#composer').inputValue()).toBe('/ask ');
    await page.locator('#composer').fill('');
    await kanon.say(room, 'スレッドの親');
    const parent = await kanon.waitFor(room, 'スレッドの親');
    await kanon.seen(room, { thread: parent });
    await page.locator('#thread-composer').fill('/ask 第3条');
    await page.locator('#thread-composer').press('Enter');
    await page.getByText('スレッドの中では使えません').waitFor();
    expect(await page.locator('#thread-composer').inputValue()).toBe('/ask 第3条');
  });

  test('typed HTML makes no elements; nothing on the page was ever parsed as HTML', async () => {
    const kanon = await open(ids.provider);
    await kanon.say(room, '<img src=x onerror="document.title=1"><script>document.title=2</script>');
    await kanon.waitFor(room, '<img src=x');
    expect(await kanon.page.locator('.message img, .message script').count()).toBe(0);
    expect(await kanon.page.title()).toContain('ローカル Slack');
  });

  test('the keyboard alone: Enter sends, Shift+Enter breaks, Tab stays inside a modal, Esc closes it', async () => {
    const kanon = await open(ids.provider);
    const { page } = kanon;
    await page.locator('#composer').focus();
    await page.keyboard.type('一行目');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('二行目');
    await page.keyboard.press('Enter');
    expect((await kanon.waitFor(room, '一行目')).text).toBe('一行目 二行目');
    await page.keyboard.type('/form');
    await page.keyboard.press('Enter');
    await kanon.waitForModal('相談の受付');
    expect(await page.evaluate<string>('document.activeElement.dataset.actionId')).toBe('name_text');
    for (let step = 0; step < 15; step += 1) {
      await page.keyboard.press('Tab');
      const inside =
        'document.activeElement === document.body || document.activeElement.closest("dialog") !== null';
      expect(await page.evaluate<boolean>(inside)).toBe(true);
    }
    await page.keyboard.press('Escape');
    await kanon.waitForNoModal();
  });

  test('every control has a name for screen readers', async () => {
    const kanon = await open(ids.provider);
    const { page } = kanon;
    await kanon.mention(room, '名前の検査');
    const question = await kanon.waitFor(room, '名前の検査');
    await kanon.waitFor(room, '見本の条文', { thread: question });
    await kanon.command('/form', '', room);
    await kanon.waitForModal('相談の受付');
    const nameless = `[...document.querySelectorAll('button, a, input, select, textarea, summary')]
      .filter((node) => !node.getAttribute('aria-label') && !node.getAttribute('aria-labelledby')
        && !node.textContent?.trim() && !node.labels?.length).map((node) => node.outerHTML)`;
    expect(await page.evaluate<string[]>(nameless)).toEqual([]);
  });

  test('on a narrow screen one column is shown and nothing is cut off sideways', async () => {
    const kanon = await open(ids.provider);
    const { page } = kanon;
    await kanon.mention(room, '狭い画面で');
    await kanon.waitFor(room, '狭い画面で');
    await page.setViewportSize({ width: 360, height: 720 });
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.locator('#sidebar').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'チャンネルの一覧を開く' }).click();
    await page.locator('#sidebar').waitFor({ state: 'visible' });
  });

  test('an answer taller than the window is shown from its beginning', async () => {
    const kanon = await open(ids.provider);
    await kanon.say(room, '前置き');
    await kanon.waitFor(room, '前置き');
    const blocks = Array.from({ length: 40 }, (_, n) => ({
      type: 'section' as const,
      text: { type: 'plain_text' as const, text: `${n + 1} 段落目` },
    }));
    await app.client.chat.postMessage({ channel: ids.channel, text: '長い答え', blocks });
    await kanon.waitFor(room, '40 段落目');
    const offset = `document.querySelector('#messages .message:last-child').getBoundingClientRect().top
      - document.querySelector('#scroll').getBoundingClientRect().top`;
    expect(Math.abs(await kanon.page.evaluate<number>(offset))).toBeLessThan(2);
  });

  test('what a person says comes into view, wherever in the conversation they were reading', async () => {
    const [kanon, sota] = [await open(ids.provider), slack.as(ids.colleague)];
    for (let number = 1; number <= 30; number += 1) await sota.say(room, `発言 ${number}`);
    await kanon.waitFor(room, '発言 30');
    await kanon.page.locator('#messages .message').first().scrollIntoViewIfNeeded();
    await kanon.say(room, 'ここから話します');
    await kanon.page.getByText('発言 1', { exact: true }).waitFor();
    const mine = kanon.page.locator('#messages').getByText('ここから話します');
    await expect.poll(() => mine.evaluate((node) => node.getBoundingClientRect().bottom)).toBeLessThan(800);
  });

  test('without the key of this run the page explains what to do', async () => {
    const stranger = await browser.newContext();
    const page = await stranger.newPage();
    await page.goto(`${new URL(slack.url).origin}/?as=${ids.provider}`);
    await page.getByText('鍵が必要です').waitFor();
    await stranger.close();
  });
});
