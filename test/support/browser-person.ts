/** A person with a browser: the same stories as the direct client, driven through the real page. */
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import {
  elementOn,
  matches,
  type Pattern,
  type Person,
  type Place,
  type SeenElement,
  type SeenMessage,
  type SeenView,
  type Surface,
  type Values,
} from '../../src/local-slack/person.ts';
import type { LocalSlack } from '../../src/local-slack/start.ts';

const patience = 5000;
const reader = fileURLToPath(new URL('./read-page.js', import.meta.url));

export type BrowserPerson = Person & { page: Page };

/** One tab as one person; several tabs of one context are several people at once. */
export async function browserPerson(
  context: BrowserContext,
  slack: Pick<LocalSlack, 'url'>,
  userId: string,
): Promise<BrowserPerson> {
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  await page.addInitScript({ path: reader });
  await page.goto(`${slack.url}&as=${userId}`);
  await page.waitForSelector(`body[data-ready="${userId}"]`);
  return { page, ...actions(page, userId), ...looks(page, userId) };
}

type Doing = Omit<
  Person,
  'seen' | 'home' | 'modal' | 'prompts' | 'waitFor' | 'waitForModal' | 'waitForHome' | 'waitForNoModal'
>;
type Looking = Omit<Person, keyof Doing>;

function actions(page: Page, userId: string): Doing {
  const say: Person['say'] = async (place, text, options) => {
    await openPlace(page, place, options?.thread);
    const field = page.locator(options?.thread ? '#thread-composer' : '#composer');
    await field.fill(text);
    await asking(page, 'say', () => field.press('Enter'));
  };
  const fill: Person['fill'] = async (view, values) => {
    for (const [action, value] of Object.entries(values))
      await choose(page, view, elementOn(view, action), value);
  };
  return {
    id: userId,
    say,
    mention: async (place, text, options) => {
      const name = await page.locator('#sidebar a[data-channel^=D] .row-name').textContent();
      await say(place, `@${name} ${text}`, options);
    },
    command: async (command, text, place) => {
      await openPlace(page, place);
      await page.locator('#composer').fill(`${command} ${text}`.trim());
      await asking(page, 'command', () => page.locator('#composer').press('Enter'));
    },
    edit: async (message, text) => {
      await fromMenu(page, message, 'edit');
      const field = (await messageNode(page, message)).locator('.message-body textarea');
      await field.fill(text);
      await asking(page, 'edit', () => field.press('Enter'));
    },
    remove: async (message) => {
      await asking(page, 'remove', () => fromMenu(page, message, 'remove'));
    },
    click: async (on, action, value) => {
      const element = elementOn(on, action);
      const node = await elementNode(page, on, element);
      if (element.type === 'overflow') {
        await node.click();
        await asking(page, 'press', () => page.locator(`.menu [data-value="${value}"]`).click());
        return;
      }
      const target = element.type === 'feedback_buttons' ? node.locator(`[data-value="${value}"]`) : node;
      await asking(page, 'press', async () => {
        await target.click();
        // The element's own "are you sure?" is answered with yes.
        const yes = page.locator('#confirm[open] .modal-foot button').last();
        if (await yes.isVisible()) await yes.click();
      });
    },
    select: (on, action, value) => choose(page, on, elementOn(on, action), value),
    fill,
    submit: async (view, values: Values = {}) => {
      await fill(view, values);
      const form = page.locator(`form[data-view-id="${view.viewId}"]`);
      const answer = await asking(page, 'submit', () => form.locator('[data-submit]').click());
      const errors = (answer.errors ?? {}) as Record<string, string>;
      for (const [blockId, text] of Object.entries(errors)) {
        await form.locator(`[data-input="${blockId}"] .field-error`).getByText(text).waitFor();
      }
      return errors;
    },
    close: async (view) => {
      const form = page.locator(`form[data-view-id="${view.viewId}"]`);
      await asking(page, 'close', () => form.locator('[data-close]').click());
    },
    shortcut: async (callbackId, message) => {
      if (message !== undefined) await asking(page, 'shortcut', () => fromMenu(page, message, callbackId));
      else {
        await page.locator('.main .composer .icon-button').click();
        await asking(page, 'shortcut', () => page.locator(`.menu [data-value="${callbackId}"]`).click());
      }
    },
    prompt: async (place, title) => {
      await openPlace(page, place);
      await asking(page, 'say', () => page.locator('#prompts .prompt', { hasText: title }).click());
    },
    openHome: () => openTab(page, 'home'),
    openMessages: () => openTab(page, 'messages'),
  };
}

function looks(page: Page, userId: string): Looking {
  const modal = () => page.evaluate<SeenView | undefined>('readModal()');
  const home = async () => {
    if ((await page.locator('#main').getAttribute('data-tab')) !== 'home') await openTab(page, 'home');
    return page.evaluate<SeenView | undefined>('readHome()');
  };
  const seen: Person['seen'] = async (place, options) => {
    await openPlace(page, place, options?.thread);
    return page.evaluate<SeenMessage[]>(`readMessages('${options?.thread ? '#thread' : '#messages'}')`);
  };
  const view = (read: () => Promise<SeenView | undefined>, pattern: Pattern) => async () => {
    const found = await read();
    return found !== undefined && matches(`${found.title} ${found.text}`, pattern) ? found : undefined;
  };
  return {
    modal,
    home,
    seen,
    prompts: async (place) => {
      await openPlace(page, place);
      return page.locator('#prompts .prompt').allInnerTexts();
    },
    waitFor: (place, pattern, options) =>
      until(
        async () => (await seen(place, options)).findLast((message) => matches(message.text, pattern)),
        `${userId}: a message ${String(pattern)} in ${place}`,
        options?.timeout,
      ),
    waitForModal: (pattern, options) =>
      until(view(modal, pattern), `a modal ${String(pattern)}`, options?.timeout),
    waitForHome: (pattern, options) =>
      until(view(home, pattern), `a Home ${String(pattern)}`, options?.timeout),
    waitForNoModal: async (options) => {
      await until(
        async () => ((await modal()) === undefined ? true : undefined),
        'no modal',
        options?.timeout,
      );
    },
  };
}

/** Does something and waits for the server's answer to the wish it makes; a refusal becomes an error. */
async function asking(page: Page, kind: string, act: () => Promise<void>): Promise<Record<string, unknown>> {
  // A tab in the background draws once a second at most: whoever acts comes to the front.
  await page.bringToFront();
  const answered = page.waitForResponse((response) => {
    const { pathname } = new URL(response.url());
    return pathname === '/wishes' && (response.request().postDataJSON() as { do: string }).do === kind;
  });
  const [response] = await Promise.all([answered, act()]);
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok()) throw new Error(String(answer.message ?? response.status()));
  return answer;
}

/** The place, and the thread if any, by the ways a person has: the sidebar and the message's own buttons. */
async function openPlace(page: Page, place: Place, thread?: SeenMessage): Promise<void> {
  await page.bringToFront();
  const link = await placeLink(page, place);
  const id = await link.getAttribute('data-channel');
  if ((await page.locator('#main').getAttribute('data-channel')) !== id) await link.click();
  await page.locator(`#main[data-channel="${id}"]`).waitFor({ state: 'attached' });
  if (place === 'app' && (await page.locator('#main').getAttribute('data-tab')) !== 'messages')
    await openTab(page, 'messages');
  if (thread === undefined) return;
  const root = thread.threadTs ?? thread.ts;
  if ((await page.locator('#thread').getAttribute('data-ts')) === root) return;
  const node = page.locator(`#messages .message[data-ts="${root}"]`);
  await node.hover();
  await node.getByRole('button', { name: 'スレッドで返信する' }).click();
  await page.locator(`#thread[data-ts="${root}"]`).waitFor();
}

async function placeLink(page: Page, place: Place): Promise<Locator> {
  if (place === 'app') return page.locator('#sidebar a[data-channel^=D]');
  if (/^[CDG][A-Z0-9]+$/.test(place)) return page.locator(`#sidebar a[data-channel="${place}"]`);
  return page.locator('#sidebar a[data-channel]').filter({ has: page.getByText(place, { exact: true }) });
}

async function openTab(page: Page, tab: 'home' | 'messages'): Promise<void> {
  const link = page.locator('#sidebar a[data-channel^=D]');
  await link.click();
  const name = tab === 'home' ? 'ホーム' : 'メッセージ';
  await page.getByRole('tab', { name, exact: true }).click();
  await page.locator(`#main[data-tab="${tab}"]`).waitFor({ state: 'attached' });
}

async function messageNode(page: Page, message: SeenMessage): Promise<Locator> {
  const isReply = message.threadTs !== undefined && message.threadTs !== message.ts;
  await openPlace(page, message.channel, isReply ? message : undefined);
  return page.locator(`${isReply ? '#thread' : '#messages'} .message[data-ts="${message.ts}"]`);
}

async function fromMenu(page: Page, message: SeenMessage, value: string): Promise<void> {
  const node = await messageNode(page, message);
  await node.hover();
  await node.getByRole('button', { name: 'その他のアクション' }).click();
  await page.locator(`.menu [data-value="${value}"]`).click();
}

async function elementNode(page: Page, on: Surface, element: SeenElement): Promise<Locator> {
  const scope = 'viewId' in on ? page.locator(`[data-view-id="${on.viewId}"]`) : await messageNode(page, on);
  return scope.locator(`[data-block-id="${element.blockId}"][data-action-id="${element.actionId}"]`);
}

async function choose(
  page: Page,
  on: Surface,
  element: SeenElement,
  value: string | string[],
): Promise<void> {
  const node = await elementNode(page, on, element);
  const [first = ''] = [value].flat();
  if (element.type.endsWith('external_select')) {
    await asking(page, 'suggest', () => node.locator('input').focus());
    await asking(page, 'press', () => node.locator(`[data-value="${first}"]`).click());
  } else if (element.type.startsWith('multi_')) {
    if ((await node.getAttribute('open')) === null) await node.locator('summary').click();
    await tick(page, node, [value].flat());
  } else if (element.type === 'radio_buttons' || element.type === 'checkboxes') {
    await tick(page, node, [value].flat());
  } else if (element.type.endsWith('_select')) {
    await asking(page, 'press', async () => void (await node.selectOption(first)));
  } else if ((await node.inputValue()) !== first) {
    await asking(page, 'press', async () => {
      await node.fill(first);
      await node.blur();
    });
  }
}

/** Leaves exactly these boxes ticked; a radio group unticks the others by itself. */
async function tick(page: Page, node: Locator, values: string[]): Promise<void> {
  for (const box of await node.locator('input').all()) {
    const wanted = values.includes(await box.inputValue());
    if ((await box.isChecked()) === wanted) continue;
    if (wanted) await asking(page, 'press', () => box.check());
    else if ((await box.getAttribute('type')) === 'checkbox')
      await asking(page, 'press', () => box.uncheck());
  }
}

async function until<T>(read: () => Promise<T | undefined>, what: string, timeout = patience): Promise<T> {
  const deadline = Date.now() + timeout;
  for (;;) {
    const found = await read();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`waited ${timeout} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
