/** One of each block and element, for looking at and for the test that all of them are drawn. */
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text });
const option = (text: string, value: string) => ({ text: plain(text), value });
const three = [option('一つ目', '1'), option('二つ目', '2'), option('三つ目', '3')];
const words = (text: string, style = {}) => ({ type: 'text' as const, text, style });
const raw = (text: string) => ({ type: 'raw_text' as const, text });
const confirm = {
  title: plain('消しますか'),
  text: mrkdwn('*元に戻せません*'),
  confirm: plain('消す'),
  deny: plain('やめる'),
};
const button = (text: string, id: string, over = {}) => ({
  type: 'button' as const,
  text: plain(text),
  action_id: id,
  ...over,
});
const select = (type: string, id: string, over = {}) => ({
  type,
  action_id: id,
  placeholder: plain(`${id} を選ぶ`),
  ...over,
});

/** Everything that may stand in an actions block. */
export const pressables = [
  button('ふつう', 'button', { value: 'v' }),
  button('主な操作', 'primary', { style: 'primary' }),
  button('消す', 'danger', { style: 'danger', confirm }),
  { type: 'overflow', action_id: 'overflow', options: three },
  select('static_select', 'static', { options: three }),
  select('users_select', 'users'),
  select('channels_select', 'channels'),
  select('conversations_select', 'conversations'),
  select('multi_static_select', 'multi', { options: three, initial_options: three.slice(0, 2) }),
  select('multi_users_select', 'multi_users'),
  select('external_select', 'external', { min_query_length: 0 }),
  select('multi_external_select', 'multi_external', { min_query_length: 0 }),
  { type: 'datepicker', action_id: 'date', initial_date: '2026-04-01' },
  { type: 'timepicker', action_id: 'time', initial_time: '09:30' },
  { type: 'radio_buttons', action_id: 'radio', options: three, initial_option: three[1] },
  { type: 'checkboxes', action_id: 'checks', options: three, initial_options: three.slice(2) },
];

const markdown = `# 見出し
**太字**と*斜体*、\`code\`、[リンク](https://example.com/)、~~取消~~
- 箇条書き
- その二

1. 番号
2. その二

> 引用です

\`\`\`
そのまま <b>書く</b>
\`\`\``;

/** A message of 50 blocks or fewer that holds every kind of block a message may have. */
export const everyBlock = [
  { type: 'header', text: plain('すべてのブロック :memo:') },
  {
    type: 'section',
    text: mrkdwn(
      '*太字* と _斜体_ と ~取消~ と `code`、ただし*日本語*に接した印は文字のまま。\n> 引用の行\n<https://example.com|リンク> <@U0STAFF01> <#C0HEALTH1> <!subteam^S0STAFF01> &lt;b&gt;',
    ),
    accessory: button('横のボタン', 'accessory'),
  },
  { type: 'section', fields: [mrkdwn('*項目*\n値'), mrkdwn('*項目二*\n値二')] },
  { type: 'divider' },
  { type: 'actions', block_id: 'acts', elements: pressables },
  {
    type: 'context',
    elements: [
      mrkdwn('小さな説明'),
      { type: 'image', image_url: 'https://example.com/a.png', alt_text: '図の説明' },
    ],
  },
  { type: 'image', image_url: 'https://example.com/b.png', alt_text: '絵の説明', title: plain('絵の題') },
  {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          words('太字', { bold: true }),
          words('斜体', { italic: true }),
          words('取消', { strike: true }),
          words('code', { code: true }),
          { type: 'link', url: 'https://example.com/', text: 'リンク' },
          { type: 'user', user_id: 'U0STAFF01' },
          { type: 'channel', channel_id: 'C0HEALTH1' },
          { type: 'usergroup', usergroup_id: 'S0STAFF01' },
          { type: 'broadcast', range: 'here' },
          { type: 'emoji', name: 'white_check_mark' },
        ],
      },
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: [{ type: 'rich_text_section', elements: [words('点')] }],
      },
      {
        type: 'rich_text_list',
        style: 'ordered',
        indent: 1,
        elements: [{ type: 'rich_text_section', elements: [words('番号')] }],
      },
      { type: 'rich_text_quote', elements: [words('引用')] },
      { type: 'rich_text_preformatted', elements: [words('そのまま\n二行目')] },
    ],
  },
  {
    type: 'table',
    column_settings: [{ is_wrapped: true }, { align: 'right' }],
    rows: [
      [raw('手続'), raw('条')],
      [raw('事前打合せ（見本）'), raw('第3条')],
      [
        {
          type: 'rich_text',
          elements: [{ type: 'rich_text_section', elements: [words('利用申込み（見本）')] }],
        },
        { type: 'raw_number', value: 6 },
      ],
    ],
  },
  { type: 'markdown', text: markdown },
  {
    type: 'card',
    title: mrkdwn('カード'),
    subtitle: mrkdwn('副題'),
    body: mrkdwn('本文'),
    actions: [button('開く', 'card_open')],
  },
  {
    type: 'carousel',
    elements: ['一', '二'].map((name) => ({
      type: 'card',
      title: mrkdwn(`カード${name}`),
      body: mrkdwn('本文'),
    })),
  },
  {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'feedback',
        positive_button: { text: plain('よい'), value: 'good' },
        negative_button: { text: plain('わるい'), value: 'bad' },
      },
      { type: 'icon_button', icon: 'trash', action_id: 'trash', text: plain('削除') },
    ],
  },
];

type Use = { value?: string; choose?: string | string[]; arrives: Record<string, unknown> };

/** How each element of the message is used, by action_id, and what the app must then receive. */
export const uses: Record<string, Use> = {
  accessory: { arrives: {} },
  button: { arrives: { value: 'v' } },
  primary: { arrives: {} },
  danger: { arrives: {} },
  overflow: { value: '2', arrives: { selected_option: three[1] } },
  static: { choose: '3', arrives: { selected_option: three[2] } },
  users: { choose: 'U0STAFF01', arrives: { selected_user: 'U0STAFF01' } },
  channels: { choose: 'C0HEALTH1', arrives: { selected_channel: 'C0HEALTH1' } },
  conversations: { choose: 'C0LOUNGE1', arrives: { selected_conversation: 'C0LOUNGE1' } },
  multi: { choose: ['1', '2', '3'], arrives: { selected_options: three } },
  multi_users: { choose: ['U0STAFF01'], arrives: { selected_users: ['U0STAFF01'] } },
  external: { choose: 'found', arrives: { selected_option: { value: 'found' } } },
  multi_external: { choose: ['found'], arrives: { selected_options: [{ value: 'found' }] } },
  date: { choose: '2026-05-01', arrives: { selected_date: '2026-05-01' } },
  time: { choose: '10:00', arrives: { selected_time: '10:00' } },
  radio: { choose: '3', arrives: { selected_option: three[2] } },
  checks: { choose: ['1', '3'], arrives: { selected_options: [three[0], three[2]] } },
  card_open: { arrives: {} },
  feedback: { value: 'bad', arrives: { value: 'bad' } },
  trash: { arrives: {} },
};

const input = (id: string, element: Record<string, unknown>, over = {}) => ({
  type: 'input',
  block_id: id,
  label: plain(`${id} の欄`),
  element: { action_id: id, ...element },
  ...over,
});

/** A modal with every input, an alert, and a select that tells the app at once. */
export const everyInput = {
  type: 'modal',
  callback_id: 'every',
  title: plain('すべての入力'),
  submit: plain('送信'),
  blocks: [
    { type: 'alert', level: 'warning', text: mrkdwn('*注意* の文'), block_id: 'alert' },
    { type: 'section', text: plain('注意の文をよく読んでください。') },
    input('number', { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '10' }),
    input(
      'long',
      { type: 'plain_text_input', multiline: true, min_length: 2 },
      { hint: plain('2 文字以上') },
    ),
    input('multi', { type: 'multi_static_select', options: three }),
    input('date', { type: 'datepicker', initial_date: '2026-04-01' }),
    input('radio', { type: 'radio_buttons', options: three }, { optional: true }),
    input('told', { type: 'static_select', options: three }, { optional: true, dispatch_action: true }),
  ],
};
