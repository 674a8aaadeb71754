import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatCitation } from '../../src/terms/citation.ts';
import { provisions } from '../../src/terms/provisions.ts';
import { ids, type Scene, startScene } from '../support/scene.ts';
import { terms } from '../terms/held.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.stop());

async function answerFor(userId: string) {
  const person = scene.slack.as(userId);
  await person.say('app', '事前打合せの事項');
  return { person, answer: await person.waitFor('app', '第3条第2項') };
}

describe('the buttons under an answer', () => {
  test('open the article, turn its pages and jump anywhere', async () => {
    const { person, answer } = await answerFor(ids.provider);
    await person.click(answer, 'article_open:0');
    await person.click(await person.waitForModal('▶引用された規定 第2項'), 'article_turn:1');
    await person.click(await person.waitForModal('第4条（'), 'article_turn:0');
    const back = await person.waitForModal('▶引用された規定 第2項');
    await person.select(back, 'article_jump', '別表項番17');
    const last = await person.waitForModal('別表項番17（代理人設定）');
    expect(last.elements.map(({ actionId }) => actionId)).not.toContain('article_turn:1');
    expect(last.text).toContain(textOf('別表項番17'));
    await person.close(last);
  });

  test('open the related provisions, and from there their article', async () => {
    const { person, answer } = await answerFor(ids.colleague);
    await person.click(answer, 'related_open');
    const related = await person.waitForModal('適用されない場合があります。');
    await person.click(related, 'article_open:0');
    expect((await person.waitForModal('第16条（')).depth).toBe(2);
  });

  test('take feedback, keep every press, and thank only the person who pressed', async () => {
    const { person, answer } = await answerFor(ids.staff);
    await person.click(answer, 'feedback_helpful');
    await person.click(answer, 'feedback_wrong');
    const thanks = await person.waitFor('app', 'ご意見を記録しました');
    expect(thanks.ephemeral).toBe(true);
    const kept = await scene.db.selectFrom('feedback').selectAll().where('user_id', '=', ids.staff).execute();
    expect(kept.map(({ verdict }) => verdict)).toEqual(['helpful', 'wrong']);
    const asked = await scene.stores.answers.find(scene.slack.teamId, kept[0]?.answer_id ?? '');
    expect(asked?.question).toBe('事前打合せの事項');
  });
});

describe('the app itself', () => {
  test('has a Home tab from which the terms are read', async () => {
    const person = scene.slack.as(ids.provider);
    await person.openHome();
    const home = await person.waitForHome('聞き方');
    await person.click(home, 'article_open:0');
    await person.close(await person.waitForModal('第1条（'));
  });

  test('pins the suggested prompts above the Messages tab', async () => {
    const person = scene.slack.as(ids.colleague);
    await person.openMessages();
    await scene.slack.settled();
    await expect.poll(() => person.prompts('app')).toHaveLength(4);
    await person.prompt('app', '条文を読む');
    await person.waitFor('app', '第3条第2項');
  });
});

function textOf(label: string): string {
  const found = provisions(terms).find(({ citation }) => formatCitation(citation) === label);
  return (found?.text ?? '').replace(/\s+/g, ' ');
}
