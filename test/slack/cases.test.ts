/** Staff run cases, providers see their own: through the screens, on a real store. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person, SeenView } from '../../src/local-slack/person.ts';
import { ids, type Scene, startScene } from '../support/scene.ts';

let scene: Scene;
let staff: Person;
let provider: Person;
let stranger: Person;

beforeAll(async () => {
  scene = await startScene();
  staff = scene.slack.as(ids.staff);
  provider = scene.slack.as(ids.provider);
  stranger = scene.slack.as('U0KURASI1');
});
afterAll(async () => {
  await scene.stop();
  expect(
    scene.log.filter(({ level }) => level === 'error').map((one) => String(one.cause).slice(0, 1500)),
  ).toEqual([]);
});

const anken = (text: string) => staff.command('/anken', text, ids.channel);
const refusals = () => scene.db.selectFrom('case_refusals').select(['command', 'code']).execute();

/** A case of かのん, opened by staff, on the screen. */
async function newCase(company: string, rows: readonly string[] = ['4']): Promise<SeenView> {
  await anken('新規');
  const form = await staff.waitForModal('会社名');
  expect(await staff.submit(form, { company, rows: [...rows], primary: ids.provider })).toEqual({});
  return staff.waitForModal('案件を登録しました');
}

/** Opens a form of the case on the screen and sends it; the case as it stands then. */
async function use(
  form: string,
  values: Record<string, string | string[]>,
  shown: string | RegExp,
): Promise<SeenView> {
  const view = await staff.waitForModal('手順（完了');
  const isButton = view.elements.some(({ label }) => label === form);
  if (isButton) await staff.click(view, form);
  else await staff.select(view, 'case_more', await more(view, form));
  const opened = await staff.waitForModal(/./);
  await expect.poll(async () => (await staff.modal())?.depth).toBeGreaterThan(view.depth);
  const top = (await staff.modal()) ?? opened;
  expect(await staff.submit(top, values)).toEqual({});
  return staff.waitForModal(shown);
}

async function more(view: SeenView, form: string): Promise<string> {
  const [, id = ''] = /案件 (K-\d+)/.exec(view.title) ?? [];
  const { version } = await scene.db
    .selectFrom('cases')
    .select('version')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return `${id}:${version}:${form}`;
}

async function closeAll(person: Person): Promise<void> {
  for (let view = await person.modal(); view !== undefined; view = await person.modal()) {
    await person.close(view);
  }
}

test('/anken is refused to anybody who is not staff, calmly, and the refusal is recorded', async () => {
  await provider.command('/anken', '一覧', ids.channel);
  const told = await provider.waitFor(ids.channel, '担当室の職員だけが使えます');
  expect(told.ephemeral).toBe(true);
  expect(await provider.modal()).toBeUndefined();
  expect(await refusals()).toEqual([{ command: 'anken', code: 'not-allowed' }]);
});

test('help is shown for nothing and for help, with buttons', async () => {
  await anken('help');
  const help = await staff.waitFor(ids.channel, '案件の使い方');
  await staff.click(help, '一覧を開く');
  await staff.waitForModal('進行中のすべての案件');
  await closeAll(staff);
});

test('a case is opened, advanced, sent back with a reason, assigned and dated; every word of it stands in the record', async () => {
  await newCase('架空ヘルス株式会社（見本）');
  await use('進める', { step: '事前打合せ', to: '提出済' }, '「事前打合せ」を未着手から提出済にしました。');
  await use(
    '差し戻す',
    { step: '事前打合せ', reason: '資料の二枚目がありません' },
    '提出済から差戻しにしました',
  );
  await use('担当者', { owner: ids.staff }, '担当者を');
  const dated = await use(
    '期限',
    { subject: '事前打合せ', on: 'R9.4.1', label: '社内目標' },
    '「R9.4.1」を2027年4月1日（木）と読みました。',
  );
  expect(dated.text).toContain('事前打合せ（社内目標）');
  await use('メモ', { audience: 'staff', text: '内輪の話です' }, '職員用のメモを書きました。');
  const view = (await staff.modal()) as SeenView;
  await staff.click(view, 'case_history');
  const record = await staff.waitForModal('資料の二枚目がありません');
  expect(record.text).toContain('内輪の話です');
  await closeAll(staff);
});

test('the provider hears of it, sees the case without what is the office’s, and answers', async () => {
  const told = await provider.waitFor('app', '資料の二枚目がありません');
  expect((await provider.seen('app')).map(({ text }) => text).join()).not.toContain('内輪の話');
  await provider.click(told, '案件を開く');
  const seen = await provider.waitForModal('手順（完了');
  expect(seen.text).not.toMatch(/社内目標|担当者|その他の操作/);
  await provider.click(seen, 'case_history');
  const record = await provider.waitForModal('経過');
  await expect.poll(async () => (await provider.modal())?.depth).toBe(2);
  expect(record.text + (await provider.modal())?.text).not.toMatch(/内輪の話|職員用|社内目標/);
  await provider.close((await provider.modal()) as SeenView);
  const open = await provider.waitForModal('手順（完了');
  await provider.click(open, '質問する');
  const ask = await provider.waitForModal('担当室への質問');
  await provider.submit(ask, { text: '二枚目はどの様式ですか' });
  await provider.waitForModal('質問1をしました');
  await provider.click(await provider.waitForModal('手順（完了'), '提出した');
  await provider.submit(await provider.waitForModal('提出した手順'), { step: '事前打合せ' });
  await provider.waitForModal('差戻しから提出済にしました');
  await closeAll(provider);
  await staff.waitFor('C0STAFF01', '差戻しから提出済にしました');
});

test('利用申込 before an approved 企画書 is refused with the clause, and what was typed stays on the screen', async () => {
  await anken('K-00001');
  const view = await staff.waitForModal('手順（完了');
  await staff.click(view, '進める');
  const form = await staff.waitForModal('次の状態');
  const problems = await staff.submit(form, { step: '利用申込', to: '提出済' });
  expect(problems.step).toMatch(/企画書の承認がまだ記録されていません。（第6条）/);
  expect((await staff.modal())?.viewId).toBe(form.viewId);
  await closeAll(staff);
});

test.each(['2/30', '来週の金', '', 'R8.13.1'])('the date %j is refused at its input', async (on) => {
  await anken('K-00001');
  await staff.click(await staff.waitForModal('手順（完了'), '期限');
  const form = await staff.waitForModal('何に基づくか');
  const problems = await staff.submit(form, { on, label: '社内目標' });
  expect(Object.keys(problems)).toEqual(['on']);
  await closeAll(staff);
});

test('of two staff on one case the second is told what changed, and keeps what they wrote', async () => {
  const other = scene.slack.as('U0STAFF02');
  await anken('K-00001');
  await staff.click(await staff.waitForModal('手順（完了'), '差し戻す');
  const form = await staff.waitForModal('提供者に伝わる理由');
  await other.command('/anken', 'K-00001', ids.channel);
  await other.click(await other.waitForModal('手順（完了'), '進める');
  await other.submit(await other.waitForModal('次の状態'), { step: '事前打合せ', to: '確認中' });
  await other.waitForModal('提出済から確認中にしました');
  expect(await staff.submit(form, { step: '事前打合せ', reason: '書き直しの理由' })).toEqual({});
  const again = await staff.waitForModal('ほかの人が先に変えました。');
  expect(again.text).toContain('提出済から確認中にしました');
  expect(await staff.submit(again)).toEqual({});
  await staff.waitForModal('理由：書き直しの理由');
  await closeAll(staff);
  await closeAll(other);
});

test('a form opened from an older screen says what changed since', async () => {
  const other = scene.slack.as('U0STAFF02');
  await anken('K-00001');
  const old = await staff.waitForModal('手順（完了');
  await other.command('/anken', 'K-00001', ids.channel);
  await other.click(await other.waitForModal('手順（完了'), 'メモ');
  await other.submit(await other.waitForModal('誰に見せるか'), {
    audience: 'shared',
    text: '午後に電話します',
  });
  await other.waitForModal('共有のメモを書きました。');
  await staff.click(old, 'メモ');
  const form = await staff.waitForModal('前の画面のあとで変わったこと：');
  expect(form.text).toContain('共有のメモを書きました。');
  await closeAll(staff);
  await closeAll(other);
});

test('use is started, stopped by the office with its ground, and the provider is not told the ground', async () => {
  await anken('K-00001');
  await use('startUse', { on: '今日', despite: 'yes' }, '利用を開始しました');
  const stopped = await use(
    'stop',
    { ground: '2-3', found: '行うおそれ', on: '今日', text: '根拠の事実' },
    '利用を停止させました',
  );
  expect(stopped.text).toContain('第11条第2項：第1項第3号の行為を行うおそれ');
  await closeAll(staff);
  await provider.openHome();
  const home = await provider.waitForHome('あなたの案件');
  await provider.click(home, 'case_open:0');
  const seen = await provider.waitForModal('担当室による停止中');
  expect(seen.text).not.toMatch(/第1項第3号|おそれ|根拠の事実/);
  expect((await provider.seen('app')).map(({ text }) => text).join()).not.toMatch(/おそれ|根拠の事実/);
  await closeAll(provider);
});

test('lists, search and the table find the case; a formula in it stays text', async () => {
  await newCase('=HYPERLINK("https://attacker.example")');
  await closeAll(staff);
  for (const [words, shown] of [
    ['一覧', '架空ヘルス'],
    ['自分', 'K-00001'],
    ['項番4', 'K-00002'],
    ['担当なし', 'K-00002'],
    ['会社 架空ヘルス株式会社（見本）', 'K-00001'],
    ['架空ヘルス', 'で見つかった案件（1件）'],
    ['動きなし', '該当する案件はありません。'],
    ['期限切れ', '期限を過ぎた案件'],
  ] as const) {
    await anken(words);
    await staff.waitForModal(shown);
    await closeAll(staff);
  }
  await anken('一覧');
  const list = await staff.waitForModal('進行中のすべての案件');
  await staff.select(list, 'case_pick_list', '終了');
  const closed = await staff.waitForModal('閉じた案件（0件）');
  await staff.submit(closed, { words: '架空へるす K-00001' });
  const found = await staff.waitForModal('で見つかった案件（1件）');
  await staff.click(found, 'case_export');
  await staff.waitFor('app', '案件の表です（2件）');
  await staff.waitForModal('案件の表を、アプリとのダイレクトメッセージに送りました。');
  await closeAll(staff);
});

test('Home shows staff the board, and a provider nothing but their own', async () => {
  await staff.openHome();
  const board = await staff.waitForHome('進行中の手順：');
  await staff.click(board, 'case_list:3');
  await staff.waitForModal('担当室待ちの案件');
  await closeAll(staff);
  await stranger.openHome();
  const home = await stranger.waitForHome('手続の案内');
  expect(home.text).not.toMatch(/案件|K-0000/);
});

test('a list longer than a page is paged to its end', async () => {
  for (let number = 3; number <= 10; number += 1) {
    await scene.stores.cases.carryOut({
      asker: { teamId: scene.slack.teamId, person: ids.staff, staff: true, channels: [] },
      id: null,
      expected: null,
      command: { kind: 'open', company: `会社${number}`, caseKind: '新規', apis: { rows: [1], typed: [] } },
      rules: (await import('../support/case-rules.ts')).rules,
      now: Date.now(),
      sourceKey: null,
    });
  }
  await anken('一覧');
  const first = await staff.waitForModal('進行中のすべての案件（10件）');
  await staff.click(first, '次のページ');
  const second = await staff.waitForModal('K-00010');
  expect(second.text).not.toContain('会社3');
  await staff.click(second, 'case_list:0');
  await staff.waitForModal('会社3');
  await closeAll(staff);
});

test('the plan of a conversation becomes a request, which staff accept or decline with a reason', async () => {
  await stranger.command('/tetsuzuki', '4', '架空くらし-相談');
  for (let asked = await stranger.waitForModal(/./); !asked.text.includes('必要な手続は9つのうち'); ) {
    await stranger.submit(asked, {
      [asked.elements.find(({ type }) => type === 'radio_buttons')?.actionId ?? '']: 'needed',
    });
    asked = await stranger.waitForModal(/./);
  }
  await stranger.click(await stranger.waitForModal('必要な手続は9つのうち'), 'case_request');
  const form = await stranger.waitForModal('別表にないAPI');
  expect(await stranger.submit(form, { company: '架空くらしサービス株式会社（見本）' })).toEqual({});
  await stranger.waitForModal('案件の受付を申し出ました');
  await closeAll(stranger);
  const told = await staff.waitFor('C0STAFF01', /架空くらしサービス.*受付待ち/);
  await staff.click(told, '開く');
  await staff.click(await staff.waitForModal('受付待ち'), '受け付けない');
  await staff.submit(await staff.waitForModal('理由'), { reason: '別の案件で受け付けています' });
  await stranger.waitFor('app', '理由：別の案件で受け付けています');
  await closeAll(staff);
  await stranger.openHome();
  const home = await stranger.waitForHome('受け付けなかった申出');
  expect(home.elements.map(({ actionId }) => actionId)).not.toContain('case_form:0');
});
