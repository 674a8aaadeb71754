/** Block Kit's limits, generated: for each, the largest that is accepted and the smallest that is not. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkBlocks, checkView, totalCharacters } from '../../src/local-slack/schema/check.ts';
import { SlackError } from '../../src/local-slack/slack-error.ts';
import type { LocalSlack } from '../../src/local-slack/start.ts';
import { sampleIds as ids, startTestSlack } from '../support/local-slack.ts';

type Json = Record<string, unknown>;

const plain = (length: number) => ({ type: 'plain_text', text: 'あ'.repeat(length) });
const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: 'あ'.repeat(length) });
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));
const option = (n: number, over: Json = {}) => ({ text: plain(3), value: `v${n}`, ...over });
const button = (over: Json = {}) => ({ type: 'button', text: plain(2), ...over });
const actions = (...elements: Json[]) => ({ type: 'actions', elements });
const select = (over: Json) => ({ type: 'static_select', ...over });
const input = (element: Json, over: Json = {}) => ({ type: 'input', label: plain(3), element, ...over });
const modal = (over: Json) => ({
  type: 'modal',
  title: plain(2),
  submit: plain(2),
  blocks: [{ type: 'divider' }],
  ...over,
});
const feedback = (length: number) => ({ text: plain(length), value: 'good' });
const image = (length: number) => ({
  type: 'image',
  image_url: 'https://example.com/a.png',
  alt_text: 'あ'.repeat(length),
});
const confirm = (over: Json = {}) => ({
  title: plain(2),
  text: plain(2),
  confirm: plain(2),
  deny: plain(2),
  ...over,
});

/** Name, the limit of slack.md 6.5, and a message block of that size. */
const blockLimits: [name: string, limit: number, make: (size: number) => Json][] = [
  ['section text', 3000, (n) => ({ type: 'section', text: mrkdwn(n) })],
  ['section fields', 10, (n) => ({ type: 'section', fields: many(n, () => mrkdwn(1)) })],
  ['section field text', 2000, (n) => ({ type: 'section', fields: [mrkdwn(n)] })],
  ['header', 150, (n) => ({ type: 'header', text: plain(n) })],
  ['actions elements', 25, (n) => actions(...many(n, () => button()))],
  ['context elements', 10, (n) => ({ type: 'context', elements: many(n, () => mrkdwn(1)) })],
  [
    'context_actions elements',
    5,
    (n) => ({
      type: 'context_actions',
      elements: many(n, () => ({ type: 'icon_button', icon: 'trash', text: plain(1) })),
    }),
  ],
  [
    'feedback button text',
    75,
    (n) => ({
      type: 'context_actions',
      elements: [{ type: 'feedback_buttons', positive_button: feedback(n), negative_button: feedback(1) }],
    }),
  ],
  ['select options', 100, (n) => actions(select({ options: many(n, option) }))],
  [
    'select groups',
    100,
    (n) => actions(select({ option_groups: many(n, (g) => ({ label: plain(1), options: [option(g)] })) })),
  ],
  [
    'options in a group',
    100,
    (n) => actions(select({ option_groups: [{ label: plain(1), options: many(n, option) }] })),
  ],
  ['group label', 75, (n) => actions(select({ option_groups: [{ label: plain(n), options: [option(1)] }] }))],
  ['multi-select options', 100, (n) => actions({ type: 'multi_static_select', options: many(n, option) })],
  ['checkboxes', 10, (n) => actions({ type: 'checkboxes', options: many(n, option) })],
  ['radio buttons', 10, (n) => actions({ type: 'radio_buttons', options: many(n, option) })],
  ['overflow', 5, (n) => actions({ type: 'overflow', options: many(n, option) })],
  ['option text', 75, (n) => actions(select({ options: [option(1, { text: plain(n) })] }))],
  ['option value', 75, (n) => actions(select({ options: [option(1, { value: 'v'.repeat(n) })] }))],
  ['option description', 75, (n) => actions(select({ options: [option(1, { description: plain(n) })] }))],
  ['placeholder', 150, (n) => actions(select({ options: [option(1)], placeholder: plain(n) }))],
  ['button text', 75, (n) => actions(button({ text: plain(n) }))],
  ['button value', 2000, (n) => actions(button({ value: 'v'.repeat(n) }))],
  ['button url', 3000, (n) => actions(button({ url: `https://${'u'.repeat(Math.max(1, n - 8))}` }))],
  ['accessibility label', 75, (n) => actions(button({ accessibility_label: 'v'.repeat(n) }))],
  ['confirm title', 100, (n) => actions(button({ confirm: confirm({ title: plain(n) }) }))],
  ['confirm text', 300, (n) => actions(button({ confirm: confirm({ text: mrkdwn(n) }) }))],
  ['confirm button', 30, (n) => actions(button({ confirm: confirm({ confirm: plain(n) }) }))],
  ['deny button', 30, (n) => actions(button({ confirm: confirm({ deny: plain(n) }) }))],
  ['block_id', 255, (n) => ({ type: 'divider', block_id: 'i'.repeat(n) })],
  ['action_id', 255, (n) => actions(button({ action_id: 'i'.repeat(n) }))],
  ['image alt', 2000, image],
  ['image title', 2000, (n) => ({ ...image(1), title: plain(n) })],
  ['input label', 2000, (n) => input({ type: 'plain_text_input' }, { label: plain(n) })],
  ['input hint', 2000, (n) => input({ type: 'plain_text_input' }, { hint: plain(n) })],
  ['plain_text_input max_length', 3000, (n) => input({ type: 'plain_text_input', max_length: n })],
  ['markdown block', 12_000, (n) => ({ type: 'markdown', text: 'あ'.repeat(n) })],
  ['table rows', 100, (n) => ({ type: 'table', rows: many(n, () => [{ type: 'raw_text', text: 'a' }]) })],
  ['table cells', 20, (n) => ({ type: 'table', rows: [many(n, () => ({ type: 'raw_text', text: 'a' }))] })],
  ['card title', 150, (n) => ({ type: 'card', title: mrkdwn(n) })],
  ['card body', 200, (n) => ({ type: 'card', body: mrkdwn(n) })],
  [
    'carousel cards',
    10,
    (n) => ({ type: 'carousel', elements: many(n, () => ({ type: 'card', title: mrkdwn(1) })) }),
  ],
];

const viewLimits: [name: string, limit: number, make: (size: number) => Json][] = [
  ['blocks', 100, (n) => modal({ blocks: many(n, () => ({ type: 'divider' })) })],
  ['title', 24, (n) => modal({ title: plain(n) })],
  ['submit', 24, (n) => modal({ submit: plain(n) })],
  ['close', 24, (n) => modal({ close: plain(n) })],
  ['private_metadata', 3000, (n) => modal({ private_metadata: 'p'.repeat(n) })],
  ['callback_id', 255, (n) => modal({ callback_id: 'c'.repeat(n) })],
  ['external_id', 255, (n) => modal({ external_id: 'e'.repeat(n) })],
];

describe('message blocks', () => {
  test.each(blockLimits)('%s: %i is accepted, one more is invalid_blocks', (_name, limit, make) => {
    expect(checkBlocks([make(limit)])).toHaveLength(1);
    expect(refusal(() => checkBlocks([make(limit + 1)]))).toBe('invalid_blocks');
  });

  test.each(blockLimits)('%s: an unknown field anywhere is invalid_blocks', (_name, _limit, make) => {
    expect(checkBlocks([make(5)])).toHaveLength(1);
    for (const spoilt of withUnknownField(make(5))) {
      expect(
        refusal(() => checkBlocks([spoilt])),
        JSON.stringify(spoilt),
      ).toBe('invalid_blocks');
    }
  });

  test('50 blocks are accepted, 51 are invalid_blocks', () => {
    expect(checkBlocks(many(50, () => ({ type: 'divider' })))).toHaveLength(50);
    expect(refusal(() => checkBlocks(many(51, () => ({ type: 'divider' }))))).toBe('invalid_blocks');
  });

  test(`all texts together: ${totalCharacters} characters, then msg_blocks_too_long`, () => {
    const sections = (rest: number) => [
      ...many(4, () => ({ type: 'section', text: mrkdwn(3000) })),
      { type: 'section', text: mrkdwn(rest) },
    ];
    expect(checkBlocks(sections(totalCharacters - 12_000))).toHaveLength(5);
    expect(refusal(() => checkBlocks(sections(totalCharacters - 11_999)))).toBe('msg_blocks_too_long');
  });

  test.each([
    ['no list', 'text', 'invalid_blocks_format'],
    ['an unknown type', [{ type: 'banner' }], 'invalid_blocks'],
    ['an empty text', [{ type: 'section', text: { type: 'mrkdwn', text: '' } }], 'invalid_blocks'],
    ['a section without text', [{ type: 'section' }], 'invalid_blocks'],
    ['mrkdwn on a button', [actions(button({ text: mrkdwn(1) }))], 'invalid_blocks'],
    ['the same block_id twice', many(2, () => ({ type: 'divider', block_id: 'same' })), 'invalid_blocks'],
    [
      'the same action_id twice',
      [actions(...many(2, () => button({ action_id: 'same' })))],
      'invalid_blocks',
    ],
    [
      'options and groups',
      [actions(select({ options: [option(1)], option_groups: [{ label: plain(1), options: [option(1)] }] }))],
      'invalid_blocks',
    ],
    [
      'an initial option that is not offered',
      [actions(select({ options: [option(1)], initial_option: option(2) }))],
      'invalid_blocks',
    ],
    ['a button inside an input', [input(button())], 'invalid_blocks'],
    ['an alert in a message', [{ type: 'alert', text: plain(1) }], 'invalid_blocks'],
    [
      'two tables',
      many(2, () => ({ type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] })),
      'invalid_blocks',
    ],
  ])('%s', (_name, blocks, error) => {
    expect(refusal(() => checkBlocks(blocks))).toBe(error);
  });

  test('a duplicate block_id is named as such', () => {
    const twice = many(2, () => ({ type: 'divider', block_id: 'same' }));
    expect(() => checkBlocks(twice)).toThrow('duplicate block_id: same');
  });
});

describe('views', () => {
  test.each(viewLimits)('%s: %i is accepted, one more is invalid_arguments', (_name, limit, make) => {
    expect(checkView(make(limit), 'modal').type).toBe('modal');
    expect(refusal(() => checkView(make(limit + 1), 'modal'))).toBe('invalid_arguments');
  });

  test('inputs need a submit button; Home takes neither title nor alert; 250 KB are too large', () => {
    const { submit: _submit, ...silent } = modal({ blocks: [input({ type: 'plain_text_input' })] });
    expect(refusal(() => checkView(silent, 'modal'))).toBe('invalid_arguments');
    const home = { type: 'home', blocks: [{ type: 'divider' }] };
    expect(checkView({ ...home, blocks: many(100, () => ({ type: 'divider' })) }, 'home').type).toBe('home');
    expect(refusal(() => checkView({ ...home, title: plain(1) }, 'home'))).toBe('invalid_arguments');
    expect(refusal(() => checkView({ ...home, blocks: [{ type: 'alert', text: plain(1) }] }, 'home'))).toBe(
      'invalid_arguments',
    );
    const huge = modal({ blocks: many(100, () => ({ type: 'section', text: mrkdwn(3000) })) });
    expect(refusal(() => checkView(huge, 'modal'))).toBe('view_too_large');
  });
});

describe('over the Web API', () => {
  let slack: LocalSlack;
  let at = Date.UTC(2026, 3, 1);
  beforeAll(async () => {
    slack = await startTestSlack({
      now: () => new Date(at),
      deliverTo: 'http://127.0.0.1:9/',
      retryDelays: [],
    });
  });
  afterAll(() => slack.stop());

  test.each(blockLimits)(
    '%s over its limit is refused by chat.postMessage with a pointer',
    async (_name, limit, make) => {
      const answer = await call(slack, 'chat.postMessage', {
        channel: ids.channel,
        text: 'a',
        blocks: [make(limit + 1)],
      });
      expect(answer).toMatchObject({ ok: false, error: 'invalid_blocks' });
      expect(JSON.stringify(answer.response_metadata)).toMatch(/json-pointer:\/blocks\/0/);
    },
  );

  test('a trigger that never was is invalid_trigger_id', async () => {
    expect(await call(slack, 'views.open', { trigger_id: 'none', view: modal({}) })).toMatchObject({
      error: 'invalid_trigger_id',
    });
    at += 1;
  });
});

/** Every object inside, one at a time, with a field Slack does not know. */
function withUnknownField(value: Json): Json[] {
  const spoilt: Json[] = [];
  const visit = (node: unknown, path: (string | number)[]) => {
    if (Array.isArray(node)) visit(node[0], [...path, 0]);
    else if (typeof node === 'object' && node !== null) {
      const copy = structuredClone(value);
      let target: Json = copy;
      for (const step of path) target = target[step] as Json;
      target.unheard_of = true;
      spoilt.push(copy);
      for (const [key, inner] of Object.entries(node)) visit(inner, [...path, key]);
    }
  };
  visit(value, []);
  return spoilt;
}

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof SlackError) return error.code;
    throw error;
  }
  return 'accepted';
}

async function call(slack: LocalSlack, method: string, args: Json): Promise<Json> {
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${slack.botToken}` },
    body: JSON.stringify(args),
  });
  return (await response.json()) as Json;
}
