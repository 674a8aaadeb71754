import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SeenMessage, SeenView } from '../../src/local-slack/person.ts';
import { ids, type Scene, startScene } from '../support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.stop());

const person = () => scene.slack.as(ids.provider);
const colleague = () => scene.slack.as(ids.colleague);
/** The lists of APIs in the modal, by the action ids of their groups. */
const INFORMATION = 'apis-1';
const FORMS = 'apis-3';
/** The question itself, not its place among the answers given. */
const ASKS_APIS = /どのAPIを使いますか (別表の17|3つの事項は)/;
const ASKS_WHAT = /何をしようとしていますか 自分から/;
const ASKS_NEAR = /近いAPIはどれですか 書かれた/;
const ASKS_WHOSE = /どちらによるものですか 第9条の/;
const ASKS_GROUND = /どちらが示されましたか 第11条は/;

/** Begins in a thread of the channel and gives back the message that began it. */
async function threadWith(text: string): Promise<SeenMessage> {
  await person().mention(ids.channel, text);
  return person().waitFor(ids.channel, text);
}

async function cardIn(thread: SeenMessage, pattern: string | RegExp): Promise<SeenMessage> {
  return person().waitFor(ids.channel, pattern, { thread });
}

describe('/tetsuzuki', () => {
  test('with 項番 shows their steps at once; with an absent API says that it is absent', async () => {
    await person().command('/tetsuzuki', '10', ids.channel);
    const plan = await person().waitForModal('必要な手続は9つのうち5つです');
    expect(plan.text).toContain('－ 不要 本番環境試験（第16条第3項）');
    await person().close(plan);
    await person().command('/tetsuzuki', 'PMH', ids.channel);
    const absent = await person().waitForModal('「PMH」は、この版の別表にないAPIです');
    expect(absent.text).not.toContain('● 必要');
    await person().close(absent);
  });

  test('with a wish in plain words finds the API, and goes on into its steps', async () => {
    await person().command('/tetsuzuki', '薬の記録を自社アプリに表示したい', ids.channel);
    const found = await person().waitForModal(ASKS_NEAR);
    expect(found.elements.find(({ actionId }) => actionId === 'apis-found')?.values).toContain('8');
    await person().submit(found, { 'apis-found': ['8'] });
    const production = await person().waitForModal('本番環境での試験');
    await person().click(production, 'flow_move:0');
    const again = await person().waitForModal(ASKS_NEAR);
    await person().close(again);
  });

  test('with words about stopping or changing asks which of the two it is', async () => {
    for (const words of ['担当室に止められた', 'サービスをやめたい', '変更申請']) {
      await person().command('/tetsuzuki', words, ids.channel);
      await person().close(await person().waitForModal(ASKS_WHAT));
    }
  });

  test('helps', async () => {
    await person().command('/tetsuzuki', 'help', ids.channel);
    expect((await person().waitFor(ids.channel, '手続の案内の使い方')).ephemeral).toBe(true);
  });
});

describe('in the modal', () => {
  async function openApis(): Promise<SeenView> {
    await person().command('/tetsuzuki', '', ids.channel);
    await person().click(await person().waitForModal('手続の案内'), 'flow_start:0');
    return person().waitForModal(ASKS_APIS);
  }

  test('APIs are found by plain words and other names, and what is typed but absent is kept as typed', async () => {
    const apis = await openApis();
    await person().select(apis, 'flow_search', 'ログインをまとめたい');
    const found = await person().waitForModal('「ログインをまとめたい」に近いもの');
    await person().submit(found, { 'apis-found': ['1'], absent: '属性連携設定API' });
    await person().submit(await person().waitForModal('本番環境での試験'), { answer: 'needed' });
    const plan = await person().waitForModal('シングルサインオン（項番1）');
    expect(plan.text).toContain('「属性連携設定API」は、この版の別表にないAPIです');
    await person().close(plan);
  });

  test('a name that may mean two APIs is asked back', async () => {
    const apis = await openApis();
    const errors = await person().submit(apis, { absent: '民送' });
    expect(Object.values(errors).join()).toContain('「民送」は一つに決まりません');
    await person().close(apis);
  });

  test('a changed answer keeps what still holds and names what was dropped', async () => {
    await person().submit(await openApis(), { [INFORMATION]: ['4'] });
    await person().submit(await person().waitForModal('本番環境での試験'), { answer: 'needed' });
    const plan = await person().waitForModal('必要な手続は9つのうち8つです');
    await person().click(plan, 'flow_move:10');
    const apis = await person().waitForModal(ASKS_APIS);
    await person().submit(apis, { [INFORMATION]: [], [FORMS]: ['10'] });
    const changed = await person().waitForModal('いまの選び方では尋ねないため外しました');
    expect(changed.text).toContain(
      '答えを変えました：自己情報取得（項番4） → 就労証明書様式取得等（項番10）',
    );
    expect(changed.text).toContain('（必要があると認める）');
    await person().click(changed, 'flow_move:1');
    await person().close(await person().waitForModal(ASKS_APIS));
  });

  test('two choices are compared, and the result can be saved as a file', async () => {
    await person().command('/tetsuzuki', '4 10', ids.channel);
    await person().submit(await person().waitForModal('本番環境での試験'), { answer: 'undecided' });
    const plan = await person().waitForModal('必要な手続は9つのうち8つです');
    await person().click(plan, 'flow_compare');
    const compare = await person().waitForModal('比べる選び方');
    await person().submit(compare, { apis: ['10'] });
    const compared = await person().waitForModal('項番4を外すと、次の5つが変わります');
    expect(compared.text).toContain('必要 → 不要（第3条第1項 → 第16条第1項）');
    await person().close(compared);
    await person().click(await person().waitForModal('必要な手続は9つのうち8つです'), 'flow_save');
    await person().waitForModal('文書を保存しました');
    const [thread] = (await person().seen('app'))
      .filter(({ text }) => text.includes('文書にしました'))
      .slice(-1);
    await person().waitFor('app', '文書を保存しました', { thread: thread as SeenMessage });
    await person().close(await person().waitForModal('文書を保存しました'));
    await person().close(await person().waitForModal('必要な手続'));
  });

  test('goes on in a thread for everybody, and only there', async () => {
    await person().command('/tetsuzuki', '4', ids.channel);
    await person().click(await person().waitForModal('本番環境での試験'), 'flow_to_thread');
    await person().close(await person().waitForModal('チャンネルに投稿しました'));
    const card = await colleague().waitFor(ids.channel, '本番環境での試験の必要があると認めますか');
    await colleague().click(card, 'flow_answer:0');
    const plan = await person().waitFor(ids.channel, '必要な手続は9つのうち8つです');
    expect(plan.ts).toBe(card.ts);
    expect(plan.text).toContain('必要があると認める、とのお答えです');
    await person().close(await person().waitForModal('本番環境での試験'));
  });

  test('what was begun is offered again, with what was answered', async () => {
    await person().command('/tetsuzuki', '16', ids.channel);
    await person().close(await person().waitForModal('本番環境での試験'));
    await person().command('/tetsuzuki', '', ids.channel);
    const menu = await person().waitForModal('続きから');
    expect(menu.text).toContain('利用者登録等（項番16） 次：本番環境での試験');
    await person().click(menu, 'flow_open:0');
    await person().close(await person().waitForModal('本番環境での試験'));
  });
});

describe('in a thread', () => {
  test('runs from the menu by buttons, back and cancelled and started again', async () => {
    const thread = await threadWith('手続の案内');
    const menu = await cardIn(thread, 'はじめる');
    await person().click(menu, 'flow_start_here:2');
    const what = await cardIn(thread, ASKS_WHAT);
    await person().click(what, '利用を再開したい');
    await person().click(await cardIn(thread, ASKS_WHOSE), '担当室が停止させた');
    await person().click(await cardIn(thread, ASKS_GROUND), '戻る');
    await person().click(await cardIn(thread, ASKS_WHOSE), '自分たちが届け出て停止した');
    const notice = await cardIn(thread, '停止・再開・終了の届出（第9条）');
    expect(notice.text).toContain('利用を停止、再開又は終了しようとする場合には、あらかじめ');
    expect(notice.text).toContain('停止・再開・終了の届出の日数');
    await person().click(notice, 'はじめから');
    await person().click(await cardIn(thread, ASKS_WHAT), '取りやめる');
    await person().click(await cardIn(thread, '取りやめました'), 'はじめから');
    await cardIn(thread, ASKS_WHAT);
  });

  test('APIs are chosen in the list of the card, and the same conversation opens as a modal', async () => {
    const thread = await threadWith('必要な手続を調べる');
    const card = await cardIn(thread, 'この選び方で進む');
    await person().select(card, 'flow_pick', ['1', '7']);
    await person().click(card, 'flow_answer');
    const next = await cardIn(thread, '本番環境での試験の必要があると認めますか');
    expect(next.text).toContain('シングルサインオン（項番1）・医療費情報取得（項番7）');
    await person().click(next, 'flow_open');
    await person().submit(await person().waitForModal('本番環境での試験'), { answer: 'not-needed' });
    await person().close(await person().waitForModal('必要な手続は9つのうち8つです'));
    const plan = await cardIn(thread, '必要な手続は9つのうち8つです');
    await person().click(plan, 'flow_save');
    await person().waitFor(ids.channel, '文書を保存しました', { thread });
    await person().click(plan, 'flow_why:0');
    await person().close(await person().waitForModal('この手続を求める規定'));
  });

  test('the self-check shows the wording of each 号 with its alternatives, and hands over what is doubtful', async () => {
    const thread = await threadWith('第3条第2項の自己点検');
    await cardIn(thread, ASKS_APIS);
    await person().say(ids.channel, '16', { thread });
    const first = await cardIn(thread, '第1号の事項を確かめましたか');
    expect(first.text.replaceAll(' ', '')).toContain(
      '又は刑法（明治４０年法律第４５号）若しくは暴力行為等処罰に関する法律',
    );
    await person().click(first, '判断に迷う・当たるかもしれない');
    await person().click(await cardIn(thread, '第2号の事項'), 'flow_answer:0');
    await person().click(await cardIn(thread, '第3号の事項'), 'flow_answer:1');
    const record = await cardIn(thread, '第3条第2項の自己点検の記録');
    expect(record.text).toContain('担当者による判断が必要です');
    expect(record.text).toContain('満たすかどうかを判断したものではありません');
    expect(record.text).toContain('項番16は「利用申込の際に」');
  });
});

describe('the other ways in', () => {
  test('a button under an answer that touches a step', async () => {
    await person().mention(ids.channel, '事前打合せでの事項は？');
    const question = await person().waitFor(ids.channel, '事前打合せでの事項は？');
    const answer = await person().waitFor(ids.channel, '第3条第2項', { thread: question });
    await person().click(answer, 'flow_start:0');
    await person().close(await person().waitForModal(ASKS_APIS));
  });

  test('the Home tab, with what can be gone on with', async () => {
    await person().openHome();
    const home = await person().waitForHome('手続の案内');
    expect(home.text).toContain('続きから');
    await person().click(home, 'flow_start:1');
    await person().close(await person().waitForModal('何をしたいですか'));
  });

  test('the suggested prompt, in the direct message', async () => {
    await person().openMessages();
    await person().prompt('app', '必要な手続を調べる');
    const said = await person().waitFor('app', '必要な手続を調べる');
    const card = await person().waitFor('app', 'どのAPIを使いますか', { thread: said });
    expect(card.threadTs).toBe(said.ts);
  });
});
