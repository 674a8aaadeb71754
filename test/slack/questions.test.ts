import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ids, type Scene, startScene } from '../support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.stop());

describe('a question in Slack', () => {
  test('by mention is answered in its thread, and the thread goes on without a new mention', async () => {
    const person = scene.slack.as(ids.provider);
    await person.mention(ids.channel, '事前打合せで決めることは？');
    const question = await person.waitFor(ids.channel, '事前打合せで決めることは？');
    const answer = await person.waitFor(ids.channel, '第3条第2項', { thread: question });
    expect(answer).toMatchObject({ author: '規約ガイド', threadTs: question.ts, ephemeral: false });
    await scene.slack.as(ids.colleague).say(ids.channel, 'では項番4は？', { thread: question });
    await person.waitFor(ids.channel, /前の質問：.*事前打合せで決めることは？/, { thread: question });
  });

  test('in such a thread stays unanswered when it is small talk or meant for somebody else', async () => {
    const person = scene.slack.as(ids.provider);
    await person.mention(ids.channel, '静かなスレッド');
    const question = await person.waitFor(ids.channel, '静かなスレッド');
    await person.waitFor(ids.channel, '第3条第2項', { thread: question });
    await person.say(ids.channel, '今日は天気がいいですね', { thread: question });
    await person.say(ids.channel, '@midori.sota 第3条を見ましたか', { thread: question });
    await person.say(ids.channel, '第20条は？', { thread: question });
    await person.waitFor(ids.channel, '「第20条」はありません', { thread: question });
    const seen = await person.seen(ids.channel, { thread: question });
    expect(seen.filter(({ author }) => author === '規約ガイド')).toHaveLength(2);
  });

  test('is not answered in a channel without a mention, nor in a thread the bot was never in', async () => {
    const person = scene.slack.as(ids.provider);
    await person.say(ids.channel, '独り言です');
    const alone = await person.waitFor(ids.channel, '独り言です');
    await person.say(ids.channel, '第3条の話です', { thread: alone });
    await scene.slack.settled();
    expect(await person.seen(ids.channel, { thread: alone })).toHaveLength(2);
  });

  test('in a direct message is answered where it was asked, with what was asked before', async () => {
    const person = scene.slack.as(ids.colleague);
    await person.say('app', '一つ目の質問');
    const first = await person.waitFor('app', '第3条第2項');
    expect(first.threadTs).toBeUndefined();
    await person.say('app', '二つ目の質問');
    await person.waitFor('app', '前の質問：一つ目の質問');
  });

  test('by /kiyaku is answered for the asker alone, and shared once with a button', async () => {
    const person = scene.slack.as(ids.provider);
    await person.command('/kiyaku', '共有する質問', ids.channel);
    const answer = await person.waitFor(ids.channel, '第3条第2項');
    expect(answer.ephemeral).toBe(true);
    const seenByOthers = await scene.slack.as(ids.colleague).seen(ids.channel);
    expect(seenByOthers.some(({ text }) => text.includes('共有する質問'))).toBe(false);
    await person.click(answer, 'share');
    const shared = await scene.slack.as(ids.colleague).waitFor(ids.channel, '質問：共有する質問');
    expect(shared.text).toContain('さんが共有しました');
    await person.click(answer, 'share');
    await person.waitFor(ids.channel, 'すでに共有されています');
    const all = await scene.slack.as(ids.colleague).seen(ids.channel);
    expect(all.filter(({ text }) => text.includes('質問：共有する質問'))).toHaveLength(1);
  });

  test.each(['', 'help', 'ヘルプ', '  HELP '])('/kiyaku %j helps', async (text) => {
    const person = scene.slack.as(ids.staff);
    await person.command('/kiyaku', text, 'app');
    expect((await person.waitFor('app', '規約ガイドの使い方')).ephemeral).toBe(true);
  });

  test("by the shortcut on anybody's message opens the answer in a modal", async () => {
    await scene.slack.as(ids.colleague).say(ids.channel, '手数料はいくらでしょう');
    const person = scene.slack.as(ids.provider);
    const message = await person.waitFor(ids.channel, '手数料はいくらでしょう');
    await person.shortcut('ask_about_message', message);
    const modal = await person.waitForModal('利用規約に定めがありません：手数料');
    await person.click(modal, 'feedback_helpful');
    await person.waitForModal('ご意見を記録しました');
    await person.close(await person.waitForModal('ご意見を記録しました'));
  });
});

test('a message without words, asked about, says so', async () => {
  const person = scene.slack.as(ids.provider);
  await postPicture(scene);
  const message = await person.waitFor(ids.channel, '写真だけ');
  await person.shortcut('ask_about_message', message);
  await person.close(await person.waitForModal('読み取れる文章がありません'));
});

describe('the candidates of an ambiguous question', () => {
  test('are replaced by the provision that was chosen', async () => {
    const person = scene.slack.as(ids.colleague);
    await person.say('app', '選んでください');
    const question = await person.waitFor('app', 'どの規定についてのご質問ですか');
    await person.click(question, 'choose:1');
    const chosen = await person.waitFor('app', '選ばれた規定：第8条');
    expect(chosen.ts).toBe(question.ts);
    expect(chosen.text).not.toContain('どの規定についてのご質問ですか');
  });

  test('can be chosen in the private answer to /kiyaku, which can still be shared', async () => {
    const person = scene.slack.as(ids.staff);
    await person.command('/kiyaku', '選ぶ', ids.channel);
    await person.click(await person.waitFor(ids.channel, 'どの規定についてのご質問ですか'), 'choose:0');
    const chosen = await person.waitFor(ids.channel, '選ばれた規定：第6条第1項');
    expect(chosen.elements.map(({ actionId }) => actionId)).toContain('share');
  });

  test('can be chosen in a modal', async () => {
    const person = scene.slack.as(ids.staff);
    await person.say(ids.channel, 'どれを選ぶべきか');
    await person.shortcut('ask_about_message', await person.waitFor(ids.channel, 'どれを選ぶべきか'));
    await person.click(await person.waitForModal('どの規定についてのご質問ですか'), 'choose:0');
    await person.close(await person.waitForModal('選ばれた規定：第6条第1項'));
  });
});

/** A message that has no text of its own. */
async function postPicture({ slack }: Scene): Promise<void> {
  const blocks = [{ type: 'header', text: { type: 'plain_text', text: '写真だけ' } }];
  await fetch(`${slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel: ids.channelId, blocks }),
  });
}
