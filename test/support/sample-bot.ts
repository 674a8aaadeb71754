/** A stock Bolt app that uses every block and surface the page draws: for stories about the page itself. */
import type { App } from '@slack/bolt';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text });
const button = (text: string, id: string, value: string, over = {}) => ({
  type: 'button' as const,
  text: plain(text),
  action_id: id,
  value,
  ...over,
});
const option = (text: string, value: string) => ({ text: plain(text), value });
const words = (text: string, style = {}) => ({ type: 'text' as const, text, style });

export function sampleBot(app: App): void {
  app.event('app_mention', async ({ event, say }) => {
    await say({
      text: '見本の答えです',
      blocks: answerBlocks(event.text),
      thread_ts: event.thread_ts ?? event.ts,
    });
  });
  app.message(async ({ message, say }) => {
    if (message.subtype !== undefined || 'bot_id' in message) return;
    if (message.channel_type === 'im') await say(`DM で受け取りました: ${message.text ?? ''}`);
    else if (message.thread_ts && !message.text?.includes('<@')) {
      await say({ text: `続きの質問ですね: ${message.text ?? ''}`, thread_ts: message.thread_ts });
    }
  });
  app.command('/ask', async ({ ack, command }) => {
    await ack({ text: '見本の答えです', blocks: answerBlocks(command.text) });
  });
  app.command('/form', async ({ ack, client, body }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: formView() });
  });
  app.view('form', async ({ ack, view, client, body }) => {
    const name = view.state.values.name?.name_text?.value ?? '';
    if (name.includes('実在')) {
      await ack({ response_action: 'errors', errors: { name: '見本の名前を入力してください' } });
      return;
    }
    await ack();
    await client.chat.postMessage({ channel: body.user.id, text: `受け付けました: ${name}` });
  });
  app.action(/^page/, async ({ ack, body, client, action }) => {
    await ack();
    if (body.type !== 'block_actions' || !('value' in action)) return;
    const page = Number(action.value);
    if (body.view?.type === 'modal')
      await client.views.update({ view_id: body.view.id, hash: body.view.hash, view: pageView(page) });
    else await client.views.open({ trigger_id: body.trigger_id, view: pageView(page) });
  });
  app.action('deeper', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    await client.views.push({
      trigger_id: body.trigger_id,
      view: { ...pageView(9), title: plain('関連する条文') },
    });
  });
  app.action('feedback', async ({ ack, respond, action }) => {
    await ack();
    const isGood = 'value' in action && action.value === 'good';
    await respond({
      text: isGood ? '役に立ったと記録しました' : '直したい点を教えてください',
      response_type: 'ephemeral',
      replace_original: false,
    });
  });
  app.action(/^choose/, async ({ ack }) => ack());
  app.options('api', async ({ ack, options }) => {
    const all = ['医療保険情報取得API', '自己情報取得API', '民間送達サービス連携API'];
    await ack({
      options: all.filter((name) => name.includes(options.value)).map((name, n) => option(name, `api-${n}`)),
    });
  });
  app.shortcut('look_up', async ({ ack, shortcut, client }) => {
    await ack();
    if (shortcut.type !== 'message_action') return;
    const view = { ...pageView(1), title: plain('この発言を調べる') };
    const quoted = { type: 'section' as const, text: plain(`「${shortcut.message.text ?? ''}」`) };
    await client.views.open({
      trigger_id: shortcut.trigger_id,
      view: { ...view, blocks: [quoted, ...view.blocks] },
    });
  });
  app.event('app_home_opened', async ({ event, client }) => {
    if (event.tab === 'home')
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: homeBlocks() } });
  });
}

function answerBlocks(question: string) {
  return [
    { type: 'header' as const, text: plain('第6条（見本の見出し）') },
    { type: 'section' as const, text: mrkdwn(`お尋ね: ${question}`) },
    {
      type: 'rich_text' as const,
      elements: [
        {
          type: 'rich_text_quote' as const,
          elements: [
            words('これは'),
            words('見本の条文', { bold: true }),
            words('です。実際の規約の文ではありません。'),
          ],
        },
        {
          type: 'rich_text_list' as const,
          style: 'ordered' as const,
          elements: ['最初の手続', '次の手続'].map((text) => ({
            type: 'rich_text_section' as const,
            elements: [words(text)],
          })),
        },
      ],
    },
    {
      type: 'actions' as const,
      block_id: 'answer',
      elements: [
        button('条文を開く', 'page', '1', { style: 'primary' as const }),
        button('次へ', 'choose_next', 'n'),
      ],
    },
    { type: 'context' as const, elements: [mrkdwn('根拠: *見本* 第6条第1項 ・ 版: 見本')] },
    {
      type: 'context_actions' as const,
      elements: [
        {
          type: 'feedback_buttons' as const,
          action_id: 'feedback',
          positive_button: { text: plain('役に立った'), value: 'good' },
          negative_button: { text: plain('違う'), value: 'bad' },
        },
      ],
    },
  ];
}

function pageView(page: number) {
  const turns = [
    ...(page > 1 ? [button('前へ', 'page_back', String(page - 1))] : []),
    ...(page < 3 ? [button('次のページ', 'page_next', String(page + 1))] : []),
    button('関連', 'deeper', 'd'),
  ];
  return {
    type: 'modal' as const,
    title: plain('条文'),
    close: plain('閉じる'),
    blocks: [
      { type: 'section' as const, text: mrkdwn(`*${page} ページ目*\nここに見本の条文が入ります。`) },
      { type: 'actions' as const, block_id: 'turn', elements: turns },
    ],
  };
}

function formView() {
  return {
    type: 'modal' as const,
    callback_id: 'form',
    title: plain('相談の受付（見本）'),
    submit: plain('送信する'),
    close: plain('やめる'),
    blocks: [
      {
        type: 'input' as const,
        block_id: 'name',
        label: plain('サービスの名前'),
        hint: plain('見本の名前で構いません'),
        element: {
          type: 'plain_text_input' as const,
          action_id: 'name_text',
          placeholder: plain('例: 見本アプリ'),
        },
      },
      {
        type: 'input' as const,
        block_id: 'kind',
        label: plain('使いたいAPI'),
        optional: true,
        element: {
          type: 'external_select' as const,
          action_id: 'api',
          min_query_length: 0,
          placeholder: plain('名前で探す'),
        },
      },
      {
        type: 'input' as const,
        block_id: 'step',
        label: plain('いまの段階'),
        optional: true,
        element: {
          type: 'radio_buttons' as const,
          action_id: 'step_radio',
          options: [option('検討している', 'plan'), option('開発している', 'build')],
        },
      },
      {
        type: 'input' as const,
        block_id: 'day',
        label: plain('希望日'),
        optional: true,
        element: { type: 'datepicker' as const, action_id: 'day_pick' },
      },
      {
        type: 'input' as const,
        block_id: 'note',
        label: plain('伝えたいこと'),
        optional: true,
        element: { type: 'plain_text_input' as const, action_id: 'note_text', multiline: true },
      },
    ],
  };
}

function homeBlocks() {
  return [
    { type: 'header' as const, text: plain('ようこそ') },
    {
      type: 'section' as const,
      text: mrkdwn('利用規約について、ことばで質問できます。'),
      accessory: button('条文を開く', 'page', '1'),
    },
    { type: 'divider' as const },
    {
      type: 'section' as const,
      fields: [mrkdwn('*案件*\n見本 1 件'), mrkdwn('*次の期限*\n2026年4月1日（水）')],
    },
    {
      type: 'actions' as const,
      elements: [
        {
          type: 'static_select' as const,
          action_id: 'choose_api',
          placeholder: plain('APIを選ぶ'),
          options: [option('医療保険情報取得API', '1'), option('自己情報取得API', '4')],
        },
      ],
    },
  ];
}
