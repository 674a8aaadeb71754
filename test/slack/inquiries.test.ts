/** 担当に聞く through the real door, with answers that stand still. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Person, SeenMessage } from '../../src/local-slack/person.ts';
import { ids, type Scene, startScene } from '../support/scene.ts';

const OFFICE = 'C0STAFF01';
const REN = 'U0STAFF02';

let scene: Scene;
let kanon: Person;
let sota: Person;
let nagi: Person;
let ren: Person;

beforeEach(async () => {
  scene = await startScene();
  kanon = scene.slack.as(ids.provider);
  sota = scene.slack.as(ids.colleague);
  nagi = scene.slack.as(ids.staff);
  ren = scene.slack.as(REN);
});
afterEach(async () => {
  await scene.stop();
  expect(scene.log.filter(({ level }) => level === 'error')).toEqual([]);
});

async function answerIn(
  person: Person,
  text = '手数料は？',
): Promise<{ question: SeenMessage; answer: SeenMessage }> {
  await person.mention(ids.channel, text);
  const question = await person.waitFor(ids.channel, text);
  return { question, answer: await person.waitFor(ids.channel, '手数料の定め', { thread: question }) };
}

async function ask(person: Person, values: Record<string, string> = {}) {
  const asked = await answerIn(person);
  await person.click(asked.answer, 'inquiry_ask');
  await person.submit(await person.waitForModal('担当室に送る質問'), values);
  await person.close(await person.waitForModal('担当室に送りました。'));
  return asked;
}

test('it is taken, handed back, taken over and replied to; one message shows how it stands', async () => {
  await ask(kanon);
  const card = await nagi.waitFor(OFFICE, 'Q-00001 受付');
  await nagi.click(card, 'inquiry_take');
  await nagi.click(await nagi.waitFor(OFFICE, 'Q-00001 対応中'), 'inquiry_hand_back');
  await ren.click(await ren.waitFor(OFFICE, 'Q-00001 受付'), 'inquiry_take');
  const taken = await nagi.waitFor(OFFICE, '担当：@赤城 れん');
  await nagi.click(taken, 'inquiry_reply');
  await nagi.submit(await nagi.waitForModal('返事は「質問のあったスレッド'), { words: '返事' });
  expect((await nagi.modal())?.text).toContain('返事は「');
  await nagi.close(await nagi.waitForModal('返事は「'));
  await nagi.click(taken, 'inquiry_take');
  await nagi.click(await nagi.waitFor(OFFICE, '担当：@白井 なぎ'), 'inquiry_open');
  const whole = await nagi.waitForModal('担当を引き継ぎました。');
  await nagi.click(whole, 'inquiry_reply');
  await nagi.submit(await nagi.waitForModal('返事は「'), { words: '返事です' });
  await nagi.waitForModal('回答しました。');
  const shown = (await nagi.seen(OFFICE)).filter(({ text }) => text.includes('Q-00001'));
  expect(shown.map(({ ts }) => ts)).toEqual([card.ts]);
});

test('of two who press 担当する on the same card one has it, and the other is told', async () => {
  await ask(kanon);
  const card = await nagi.waitFor(OFFICE, 'Q-00001 受付');
  const stale = await ren.waitFor(OFFICE, 'Q-00001 受付');
  await nagi.click(card, '担当する');
  await nagi.waitFor(OFFICE, '担当：@白井 なぎ');
  // The card on the screen of the other is the old one still.
  await scene.db.updateTable('inquiries').set({ card_version: 9 }).execute();
  const client = await import('@slack/bolt').then(
    ({ webApi }) => new webApi.WebClient(scene.slack.botToken, { slackApiUrl: scene.slack.apiUrl }),
  );
  const old = {
    type: 'button' as const,
    action_id: 'inquiry_take',
    value: 'Q-00001:1',
    text: { type: 'plain_text' as const, text: '古い担当する' },
  };
  await client.chat.update({
    channel: OFFICE,
    ts: stale.ts,
    text: '古い画面',
    blocks: [{ type: 'actions', elements: [old] }],
  });
  await ren.click(await ren.waitFor(OFFICE, '古い担当する'), '古い担当する');
  await ren.waitFor(OFFICE, '先に状態が変わったため');
  const { owner } = await scene.db.selectFrom('inquiries').select('owner').executeTakeFirstOrThrow();
  const person = await scene.db
    .selectFrom('people')
    .select('user_id')
    .where('ref', '=', owner ?? '')
    .executeTakeFirst();
  expect(person?.user_id).toBe(ids.staff);
});

test('somebody adds while the office writes: what was typed comes back with what is new above it', async () => {
  const { answer } = await ask(kanon);
  await nagi.click(await nagi.waitFor(OFFICE, 'Q-00001 受付'), 'inquiry_reply');
  const form = await nagi.waitForModal('返事は「');
  await kanon.click(answer, '担当に聞く');
  await kanon.click(await kanon.waitForModal('すでに担当室に送っています'), 'inquiry_supplement');
  await kanon.submit(await kanon.waitForModal('担当室に伝えること'), { words: '補足です' });
  await kanon.waitForModal('担当室に送りました。');
  await nagi.submit(form, { words: '書きかけの返事' });
  const again = await nagi.waitForModal('状態が変わりました');
  expect(again.text).toContain('補足です');
  await nagi.submit(again, {});
  expect((await nagi.waitForModal('回答しました。')).text).toContain('書きかけの返事');
});

test('the asker withdraws, and the office sees it', async () => {
  const { answer } = await ask(kanon);
  await nagi.waitFor(OFFICE, 'Q-00001 受付');
  await kanon.click(answer, '担当に聞く');
  await kanon.click(await kanon.waitForModal('すでに担当室に送っています'), 'inquiry_withdraw');
  await kanon.waitForModal('取り下げました。');
  const card = await nagi.waitFor(OFFICE, 'Q-00001 取下げ');
  await nagi.waitFor(OFFICE, '取り下げられました', { thread: card });
});

test('a colleague in the channel asks for themselves; the reply comes to them alone when they wish', async () => {
  const { question } = await answerIn(kanon);
  const thread = await sota.waitFor(ids.channel, '手数料は？');
  await sota.click(await sota.waitFor(ids.channel, '手数料の定め', { thread }), '担当に聞く');
  await sota.submit(await sota.waitForModal('担当室に送る質問'), { place: 'person' });
  await sota.close(await sota.waitForModal('担当室に送りました。'));
  await nagi.click(await nagi.waitFor(OFFICE, '質問者：@緑川 そうた'), '回答する');
  await nagi.submit(await nagi.waitForModal('返事は「本人だけ」'), { words: '内密の返事' });
  await sota.waitFor('app', '内密の返事');
  for (const person of [kanon, sota, nagi]) {
    const root = person === kanon ? question : await person.waitFor(ids.channel, '手数料は？');
    const seen = await person.seen(ids.channel, { thread: root });
    expect(seen.filter(({ text }) => text.includes('内密の返事'))).toEqual([]);
  }
});

test('in a direct message the reply comes where the question was asked', async () => {
  await kanon.say('app', '手数料は？');
  await kanon.click(await kanon.waitFor('app', '手数料の定め'), '担当に聞く');
  await kanon.submit(await kanon.waitForModal('担当室に送る質問'), {});
  await kanon.close(await kanon.waitForModal('担当室に送りました。'));
  await nagi.click(await nagi.waitFor(OFFICE, 'Q-00001 受付'), '回答する');
  await nagi.submit(await nagi.waitForModal('本人とのダイレクトメッセージ'), { words: '返事です' });
  await kanon.waitFor('app', '［窓口の指示］');
});

test('hostile words stand as they were typed, everywhere', async () => {
  const hostile = '<!channel> <@U0STAFF02> *太字* &amp; </script>';
  await ask(kanon, { words: hostile });
  const card = await nagi.waitFor(OFFICE, 'Q-00001 受付');
  expect(card.text).toContain(hostile);
  await nagi.click(card, '回答する');
  await nagi.submit(await nagi.waitForModal('返事は「'), { words: hostile });
  await nagi.waitForModal('回答しました。');
  const question = await sota.waitFor(ids.channel, '手数料は？');
  expect((await sota.waitFor(ids.channel, '担当室の回答', { thread: question })).text).toContain(hostile);
});

test('why, one line for whoever reads, every step for the office', async () => {
  const { question, answer } = await answerIn(kanon);
  await kanon.click(answer, 'answer_why');
  expect((await kanon.waitFor(ids.channel, '語が一致しました。', { thread: question })).ephemeral).toBe(true);
  const thread = await nagi.waitFor(ids.channel, '手数料は？');
  await nagi.click(await nagi.waitFor(ids.channel, '手数料の定め', { thread }), 'answer_why');
  await nagi.waitForModal('候補（点の高い順）');
});

test('what is missing: from Home to the list, a group, its draft, and the table', async () => {
  await answerIn(kanon);
  await nagi.openHome();
  await nagi.click(await nagi.waitForHome('質問のふりかえり'), 'missing_list:2');
  const list = await nagi.waitForModal('答えの足りない質問（1件のまとまり）');
  await nagi.click(list, 'missing_open:0');
  const group = await nagi.waitForModal('知識の変更案をつくる');
  await nagi.click(group, 'change_draft:1');
  const form = await nagi.waitForModal('事柄の名前');
  expect(form.text).toContain('事柄の名前（英語）');
  await nagi.close(form);
  await nagi.close(await nagi.waitForModal('知識の変更案をつくる'));
  await nagi.click(await nagi.waitForModal('1件のまとまり'), 'missing_export');
  await nagi.waitForModal('質問の表を、アプリとのダイレクトメッセージに送ります。');
  await nagi.waitFor('app', '答えの足りない質問の表です（1件のまとまり）');
});

test('from the list to the inquiry, its reply and its draft: a fourth screen takes the place of the third', async () => {
  await ask(kanon);
  await nagi.command('/anken', '質問', ids.channel);
  await nagi.click(await nagi.waitForModal('返事を待つ問い合わせ（1件）'), 'inquiry_open:0');
  await nagi.click(await nagi.waitForModal('問い合わせ Q-00001'), 'inquiry_reply');
  await nagi.submit(await nagi.waitForModal('返事は「'), { words: '返事です' });
  await nagi.click(await nagi.waitForModal('回答しました。'), 'change_draft');
  await nagi.click(await nagi.waitForModal('知識の変更案をファイルに書き出します'), 'change_draft:2');
  const form = await nagi.waitForModal('引用する規定（2つ以上）');
  const cites = form.elements.find(({ actionId }) => actionId === 'cites')?.values ?? [];
  expect(cites).toContain('第1条');
  await nagi.submit(form, {
    title: '手数料',
    ja: '定めはありません。',
    en: 'None.',
    cites: cites.slice(0, 1),
    asksEn: 'fees',
  });
  expect((await nagi.modal())?.text).toContain('引用する規定（2つ以上）');
  expect([...scene.changes]).toEqual([]);
});
