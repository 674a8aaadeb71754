import type { App } from '@slack/bolt';
import { afterEach, expect, test } from 'vitest';
import type { LocalSlack } from '../../src/local-slack/start.ts';
import { sampleIds as ids, startBolt, startTestSlack } from '../support/local-slack.ts';

let slack: LocalSlack;
let app: App;

afterEach(async () => {
  await app.stop();
  await slack.stop();
});

async function start(add: (app: App) => void, options = {}): Promise<void> {
  slack = await startTestSlack(options);
  app = await startBolt(slack, add);
}

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const button = (text: string, id: string, value = 'v') => ({
  type: 'button' as const,
  text: plain(text),
  action_id: id,
  value,
});

test('a mention in a channel is answered in its thread, a follow-up arrives as a thread reply', async () => {
  const heard: unknown[] = [];
  await start((bolt) => {
    bolt.event('app_mention', async ({ event, say }) => {
      await say({ text: `受け取りました: ${event.text}`, thread_ts: event.thread_ts ?? event.ts });
    });
    bolt.message(async ({ message }) => void heard.push(message));
  });
  const kanon = slack.as(ids.provider);
  await kanon.mention('架空ヘルス-相談', '第3条は?');
  const question = await kanon.waitFor('架空ヘルス-相談', '第3条は?');
  const answer = await kanon.waitFor('架空ヘルス-相談', '受け取りました', { thread: question });
  expect(answer.threadTs).toBe(question.ts);
  expect(answer.text).toContain('@見本アプリ 第3条は?');
  await kanon.say('架空ヘルス-相談', '続きです', { thread: answer });
  await slack.settled();
  expect(heard.at(-1)).toMatchObject({
    channel: ids.channel,
    channel_type: 'channel',
    thread_ts: question.ts,
    parent_user_id: ids.provider,
    text: '続きです',
    blocks: [{ type: 'rich_text' }],
  });
});

test('a slash command is acknowledged with words, says in the channel and responds to its sender alone', async () => {
  await start((bolt) => {
    bolt.command('/ask', async ({ ack, say, respond, command }) => {
      await ack(`承りました: ${command.text}`);
      await say('みなさんへ');
      await respond('あなたへ');
    });
  });
  const [kanon, sota] = [slack.as(ids.provider), slack.as(ids.colleague)];
  await kanon.command('/ask', '第3条', '架空ヘルス-相談');
  expect((await kanon.waitFor('架空ヘルス-相談', '承りました: 第3条')).ephemeral).toBe(true);
  await kanon.waitFor('架空ヘルス-相談', 'あなたへ');
  await sota.waitFor('架空ヘルス-相談', 'みなさんへ');
  const others = (await sota.seen('架空ヘルス-相談')).map((message) => message.text);
  expect(others).toEqual(['みなさんへ']);
});

test('a command that manifest.yml does not have, and any command inside a thread, never reach the app', async () => {
  await start(() => {});
  await expect(slack.as(ids.provider).command('/other', '', '架空ヘルス-相談')).rejects.toThrow('/other');
});

test('a modal: own checks first, then the app: errors, an updated view, a pushed one, clear', async () => {
  const answers = [
    { response_action: 'errors' as const, errors: { name: '別の名前にしてください' } },
    { response_action: 'update' as const, view: form('次の画面') },
    { response_action: 'push' as const, view: form('上の画面') },
    { response_action: 'clear' as const },
  ];
  const taken: unknown[] = [];
  await start((bolt) => {
    bolt.command('/form', async ({ ack, client, body }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: form('最初の画面') });
    });
    bolt.view('form', async ({ ack, view }) => {
      taken.push(view.state.values);
      const next = answers.shift();
      await (next === undefined ? ack() : ack(next as never));
    });
  });
  const kanon = slack.as(ids.provider);
  await kanon.command('/form', '', '架空ヘルス-相談');
  const first = await kanon.waitForModal('最初の画面');
  expect(await kanon.submit(first)).toEqual({ name: 'この項目は必須です。' });
  expect(await kanon.submit(first, { name_text: 'かのん' })).toEqual({ name: '別の名前にしてください' });
  expect(taken).toEqual([{ name: { name_text: { type: 'plain_text_input', value: 'かのん' } } }]);
  expect(await kanon.submit(first)).toEqual({});
  const second = await kanon.waitForModal('次の画面');
  await kanon.submit(second);
  const third = await kanon.waitForModal('上の画面');
  expect(third.depth).toBe(2);
  await kanon.submit(third, { name_text: 'うえ' });
  await kanon.waitForNoModal();
});

test('buttons: the stored value is sent, the message is updated, an ephemeral one is replaced by response_url', async () => {
  const values: unknown[] = [];
  await start((bolt) => {
    bolt.message('ボタン', async ({ message, client, say }) => {
      if (!('user' in message) || message.user === undefined) return;
      const blocks = [
        { type: 'actions' as const, block_id: 'b', elements: [button('押す', 'press', 'こっそり')] },
      ];
      await say({ text: 'みんなのボタン', blocks });
      await client.chat.postEphemeral({
        channel: message.channel,
        user: message.user,
        text: '自分の',
        blocks,
      });
    });
    bolt.action('press', async ({ ack, body, action, respond }) => {
      await ack();
      values.push('value' in action ? action.value : undefined);
      if (body.type !== 'block_actions') return;
      const isEphemeral = body.container.is_ephemeral;
      expect(body.message === undefined).toBe(isEphemeral);
      await respond({ replace_original: true, text: isEphemeral ? '自分だけ済み' : 'みんな済み' });
    });
  });
  const [kanon, sota] = [slack.as(ids.provider), slack.as(ids.colleague)];
  await kanon.say('架空ヘルス-相談', 'ボタンをください');
  const [, shared, own] = await eventually(() => kanon.seen('架空ヘルス-相談'), 3);
  if (shared === undefined || own === undefined) throw new Error('two messages expected');
  expect([shared.ephemeral, own.ephemeral]).toEqual([false, true]);
  await expect(sota.click(own, 'press')).rejects.toThrow('画面にありません');
  await expect(slack.as(ids.otherProvider).click(shared, 'press')).rejects.toThrow('画面にありません');
  await kanon.click(own, '押す');
  await kanon.waitFor('架空ヘルス-相談', '自分だけ済み');
  await sota.click(shared, 'press');
  await kanon.waitFor('架空ヘルス-相談', 'みんな済み');
  expect(values).toEqual(['こっそり', 'こっそり']);
});

test('a direct message, a message shortcut, a global one and the Home tab reach their listeners', async () => {
  await start((bolt) => {
    bolt.message(async ({ message, say }) => {
      if (message.channel_type === 'im' && message.subtype === undefined) await say('DM を受け取りました');
    });
    bolt.shortcut('look_up', async ({ ack, shortcut, client }) => {
      await ack();
      if (shortcut.type !== 'message_action') return;
      const view = { ...form('調べる'), private_metadata: String(shortcut.message.text) };
      await client.views.open({ trigger_id: shortcut.trigger_id, view });
    });
    bolt.shortcut('start', async ({ ack, shortcut, client }) => {
      await ack();
      await client.views.open({ trigger_id: shortcut.trigger_id, view: form('相談') });
    });
    bolt.event('app_home_opened', async ({ event, client }) => {
      const blocks = [{ type: 'section' as const, text: plain(`ようこそ ${event.tab}`) }];
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
    });
  });
  const kanon = slack.as(ids.provider);
  await kanon.say('app', 'こんにちは');
  await kanon.waitFor('app', 'DM を受け取りました');
  await kanon.shortcut('look_up', await kanon.waitFor('app', 'こんにちは'));
  await kanon.close(await kanon.waitForModal('調べる'));
  await kanon.shortcut('start');
  await kanon.waitForModal('相談');
  await kanon.openHome();
  await kanon.waitForHome('ようこそ home');
  expect(await slack.as(ids.staff).home()).toBeUndefined();
});

test('an external select offers what the app answers, and only that can be chosen', async () => {
  const chosen: unknown[] = [];
  await start((bolt) => {
    bolt.command('/form', async ({ ack, client, body }) => {
      const element = { type: 'external_select' as const, action_id: 'pick', min_query_length: 0 };
      const input = { type: 'input' as const, block_id: 'api', label: plain('API'), element };
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: { ...form('選ぶ'), blocks: [input] } });
    });
    bolt.options('pick', async ({ ack }) => ack({ options: [{ text: plain('項番4'), value: '4' }] }));
    bolt.view('form', async ({ ack, view }) => {
      chosen.push(view.state.values.api?.pick?.selected_option?.value);
      await ack();
    });
  });
  const kanon = slack.as(ids.provider);
  await kanon.command('/form', '', 'app');
  const view = await kanon.waitForModal('選ぶ');
  await expect(kanon.select(view, 'pick', '99')).rejects.toThrow('99');
  await kanon.submit(view, { pick: '4' });
  expect(chosen).toEqual(['4']);
});

test('people edit and delete: the app hears message_changed and message_deleted', async () => {
  const heard: string[] = [];
  await start((bolt) => {
    bolt.event('message', async ({ event }) => void heard.push(event.subtype ?? 'new'));
  });
  const kanon = slack.as(ids.provider);
  await kanon.say('架空ヘルス-相談', 'はじめ');
  await kanon.edit(await kanon.waitFor('架空ヘルス-相談', 'はじめ'), 'なおし');
  const fixed = await kanon.waitFor('架空ヘルス-相談', 'なおし');
  expect(fixed.edited).toBe(true);
  await expect(slack.as(ids.colleague).remove(fixed)).rejects.toThrow('自分のメッセージ');
  await kanon.remove(fixed);
  await slack.settled();
  expect(heard).toEqual(['new', 'message_changed', 'message_deleted']);
});

test('an app that answers too late is told to the person; what it did in time stays', async () => {
  await start(
    (bolt) => {
      bolt.command('/ask', async () => {});
    },
    { ackTimeout: 100 },
  );
  await expect(slack.as(ids.provider).command('/ask', '', 'app')).rejects.toThrow('operation_timeout');
});

test('what is said while the connection is cut arrives after the reconnection', async () => {
  const heard: string[] = [];
  await start((bolt) => {
    bolt.message(async ({ message }) => void heard.push('text' in message ? String(message.text) : ''));
  });
  slack.cutConnections();
  await slack.as(ids.provider).say('架空ヘルス-相談', '留守の間に');
  await slack.settled();
  expect(heard).toEqual(['留守の間に']);
});

test('a 429 is waited out by the stock client', async () => {
  await start((bolt) => {
    bolt.message('急ぎ', async ({ say }) => {
      slack.refuseNext(1, 1);
      await say('間に合いました');
    });
  });
  await slack.as(ids.provider).say('架空ヘルス-相談', '急ぎです');
  await slack.as(ids.provider).waitFor('架空ヘルス-相談', '間に合いました');
});

function form(title: string) {
  return {
    type: 'modal' as const,
    callback_id: 'form',
    title: plain(title),
    submit: plain('送信'),
    blocks: [
      {
        type: 'input' as const,
        block_id: 'name',
        label: plain('名前'),
        element: { type: 'plain_text_input' as const, action_id: 'name_text' },
      },
    ],
  };
}

async function eventually<T>(read: () => Promise<T[]>, length: number): Promise<T[]> {
  for (let tries = 0; tries < 400; tries += 1) {
    const list = await read();
    if (list.length >= length) return list;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`fewer than ${length}`);
}
