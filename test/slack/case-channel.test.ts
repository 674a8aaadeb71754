/** A case belongs to a channel: whoever is in it sees the case, its messages feed it, and its card stands there. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person, SeenView } from '../../src/local-slack/person.ts';
import { ids, type Scene, startScene } from '../support/scene.ts';

const OFFICE = 'C0STAFF01';
let scene: Scene;
let staff: Person;
let colleague: Person;
let stranger: Person;

beforeAll(async () => {
  scene = await startScene();
  staff = scene.slack.as(ids.staff);
  colleague = scene.slack.as(ids.colleague);
  stranger = scene.slack.as('U0KURASI1');
  await anken('新規');
  const form = await staff.waitForModal('会社名');
  await staff.submit(form, { company: '架空ヘルス株式会社（見本）', rows: ['4'], primary: ids.provider });
  await staff.waitForModal('案件を登録しました');
  await closeAll(staff);
});
afterAll(async () => {
  await scene.stop();
  expect(
    scene.log.filter(({ level }) => level === 'error').map((one) => String(one.cause).slice(0, 1500)),
  ).toEqual([]);
});

const anken = (text: string, place = ids.channel) => staff.command('/anken', text, place);

async function closeAll(person: Person): Promise<void> {
  for (let view = await person.modal(); view !== undefined; view = await person.modal()) {
    await person.close(view);
  }
}

async function place(channel: string): Promise<Record<string, string>> {
  await anken('チャンネル K-00001');
  const form = await staff.waitForModal('案件のチャンネル');
  return staff.submit(form, { channel });
}

const history = async (): Promise<SeenView> => {
  await anken('経過 K-00001');
  return staff.waitForModal('案件を登録しました');
};

describe('the channel of a case', () => {
  test('is refused where the bot is not, and in the office’s own channel, and it is said why', async () => {
    expect((await place('C0LOUNGE1')).channel).toContain('/invite @規約ガイド');
    await closeAll(staff);
    expect((await place(OFFICE)).channel).toContain('担当室のチャンネル');
    await closeAll(staff);
  });

  test('before it is set, a colleague of the contact sees nothing', async () => {
    await colleague.openHome();
    expect((await colleague.waitForHome('手続の案内')).text).not.toContain('K-00001');
  });

  test('once it is set, whoever is in it sees the case on Home, in the card and through its buttons', async () => {
    expect(await place(ids.channelId)).toEqual({});
    await staff.waitForModal('チャンネルを');
    await closeAll(staff);
    const card = await colleague.waitFor(ids.channel, /K-00001.*待っている相手/);
    expect(card.text).not.toMatch(/担当者|社内目標/);
    await colleague.click(card, '質問する');
    await colleague.submit(await colleague.waitForModal('担当室への質問'), { text: '会議はいつですか' });
    await colleague.waitForModal('質問1をしました');
    await closeAll(colleague);
    await colleague.openHome();
    await colleague.waitForHome('K-00001');
    await colleague.waitFor(ids.channel, '質問1をしました', { thread: card });
    await staff.waitFor(OFFICE, '質問1をしました');
  });

  test('staff who press what is for the provider get the case, with what is theirs', async () => {
    const card = await staff.waitFor(ids.channel, /K-00001.*待っている相手/);
    await staff.click(card, '提出した');
    expect((await staff.waitForModal('手順（完了')).elements.map(({ label }) => label)).toContain('進める');
    await closeAll(staff);
  });

  test('another company’s case may not be set to it', async () => {
    await anken('新規');
    await staff.submit(await staff.waitForModal('会社名'), { company: '乙社', rows: ['4'] });
    await staff.waitForModal('案件を登録しました');
    await closeAll(staff);
    await anken('チャンネル K-00002 ここ');
    const told = await staff.waitFor(ids.channel, '別の会社の案件（K-00001）');
    expect(told.ephemeral).toBe(true);
  });

  test('somebody outside of it sees nothing, whatever they press', async () => {
    await stranger.openHome();
    expect((await stranger.waitForHome('手続の案内')).text).not.toContain('K-00001');
  });
});

describe('messages of the channel', () => {
  test('are taken into the case with what was said before them in the thread, and followed', async () => {
    await colleague.say(ids.channel, '資料の件です');
    const first = await colleague.waitFor(ids.channel, '資料の件です');
    await colleague.say(ids.channel, '二枚目を直しました', { thread: first });
    const second = await colleague.waitFor(ids.channel, '二枚目を直しました', { thread: first });
    await colleague.say(ids.channel, 'これは後の話です', { thread: first });
    await staff.shortcut('record_in_case', second);
    const form = await staff.waitForModal('このメッセージを、案件の記録に写します');
    expect(await staff.submit(form)).toEqual({});
    await staff.waitForModal('メッセージを2件記録しました。');
    await closeAll(staff);
    const record = await history();
    expect(record.text).toMatch(/二枚目を直しました.*資料の件です/);
    expect(record.text).not.toContain('これは後の話です');
    await closeAll(staff);

    await colleague.edit(second, '三枚目を直しました');
    await expect.poll(async () => kinds()).toContain('messageEdited');
    await colleague.remove(second);
    await expect.poll(async () => kinds()).toContain('messageDeleted');
    const after = await history();
    expect(after.text).toContain('三枚目を直しました');
    expect(after.text).toContain('取り込んだメッセージが削除されました。');
    await closeAll(staff);
  });

  test('are taken in by whoever is in the channel, once', async () => {
    await colleague.say(ids.channel, '提供者からの連絡です');
    const said = await colleague.waitFor(ids.channel, '提供者からの連絡です');
    for (const result of ['メッセージを1件記録しました。', '（1件はすでに記録されています）']) {
      await colleague.shortcut('record_in_case', said);
      await colleague.submit(await colleague.waitForModal('このメッセージを、案件の記録に写します'));
      await colleague.waitForModal(result);
      await closeAll(colleague);
    }
  });

  test('of another company’s channel, and of the office’s, are not taken in', async () => {
    await stranger.say('架空くらし-相談', '別の会社の話です');
    const theirs = await staff.waitFor('架空くらし-相談', '別の会社の話です');
    await stranger.shortcut('record_in_case', await stranger.waitFor('架空くらし-相談', '別の会社の話です'));
    await stranger.waitForModal('記録できる案件がありません');
    await closeAll(stranger);
    await staff.say(OFFICE, '内輪の相談です');
    await staff.shortcut('record_in_case', await staff.waitFor(OFFICE, '内輪の相談です'));
    await staff.submit(await staff.waitForModal('案件の番号'), { number: 'K-00001' });
    await staff.waitForModal('担当室のチャンネルの発言は');
    await closeAll(staff);
    await staff.shortcut('record_in_case', theirs);
    const bad = await staff.submit(await staff.waitForModal('案件の番号'), { number: 'なにか' });
    expect(bad.number).toContain('K-00012 の形');
    await closeAll(staff);
  });

  test('that stand in no case are edited and deleted unread', async () => {
    await colleague.say(ids.channel, 'ただの雑談');
    const said = await colleague.waitFor(ids.channel, 'ただの雑談');
    const before = await inbox();
    await colleague.edit(said, 'ただの雑談でした');
    await colleague.remove(await colleague.waitFor(ids.channel, 'ただの雑談でした'));
    await colleague.mention(ids.channel, '第6条');
    await expect.poll(async () => (await inbox()).length).toBeGreaterThan(before.length);
    expect(JSON.stringify(await inbox())).not.toContain('雑談');
  });
});

test('without its channel the case is seen by its contacts alone again, and its card is emptied', async () => {
  await anken('チャンネル K-00001 なし');
  await staff.waitFor(ids.channel, 'チャンネルを空欄');
  await colleague.waitFor(ids.channel, 'このチャンネルでは、案件のカードの表示を終えました。');
  await colleague.openHome();
  await expect.poll(async () => (await colleague.home())?.text).not.toContain('K-00001');
});

async function kinds(): Promise<string[]> {
  const rows = await scene.db
    .selectFrom('case_events')
    .select('kind')
    .where('case_id', '=', 'K-00001')
    .execute();
  return rows.map(({ kind }) => kind);
}

function inbox() {
  return scene.db.selectFrom('inbox').select(['key', 'body']).execute();
}
