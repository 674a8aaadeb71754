/** An application from both sides: a provider is guided and asks, the office decides, each sees what is theirs. */
import { expect } from 'vitest';
import type { Person } from '../../src/local-slack/person.ts';
import { people, room, type Story } from './story.ts';

const office = 'C0STAFF01';
const company = '架空ヘルス株式会社（見本）';

export const cases: Story[] = [
  {
    name: 'a provider is guided and asks for a case; the office accepts, sends back with a reason and stops with its ground',
    async tell(cast) {
      const [kanon, nagi] = [await cast(people.kanon), await cast(people.nagi)];
      await askForCase(kanon);
      await kanon.openHome();
      await kanon.waitForHome('担当室が受け付けるのを待っています。');

      await nagi.click(await nagi.waitFor(office, '受付待ち'), '開く');
      await nagi.click(await nagi.waitForModal('受付待ち'), '受け付ける');
      await nagi.submit(await nagi.waitForModal(/^受け付ける/));
      await nagi.waitForModal('申出を受け付けました。');
      await closeAll(nagi);

      await kanon.click(await kanon.waitFor('app', '申出を受け付けました。'), '案件を開く');
      await kanon.click(await kanon.waitForModal('手順（完了'), '提出した');
      await kanon.submit(await kanon.waitForModal('提出した手順'), { step: '事前打合せ' });
      await kanon.waitForModal('未着手から提出済にしました');
      await closeAll(kanon);

      await nagi.command('/anken', '担当室待ち', room);
      await nagi.click(await nagi.waitForModal(company), 'case_open:0');
      await nagi.click(await nagi.waitForModal('手順（完了'), '差し戻す');
      await nagi.submit(await nagi.waitForModal('提供者に伝わる理由'), { reason: '議題がありません' });
      await nagi.waitForModal('理由：議題がありません');
      await closeAll(nagi);
      await kanon.waitFor('app', '理由：議題がありません');
      await kanon.openHome();
      const home = await kanon.waitForHome('差し戻されています。理由は「経過」にあります。');
      await kanon.click(home, '質問する');
      await kanon.submit(await kanon.waitForModal('担当室への質問'), { text: '議題は何行ですか' });
      await kanon.waitForModal('質問1をしました');
      await closeAll(kanon);
      expect((await nagi.waitFor(office, '質問1をしました')).text).toContain('青葉 かのん');

      await nagi.command('/anken', 'K-00001', room);
      await choose(nagi, 'startUse', '利用を開始した日', { on: '今日', despite: 'yes' });
      await nagi.waitForModal('利用を開始しました');
      await choose(nagi, 'stop', '根拠となる事実', {
        ground: '2-1',
        found: '行うおそれ',
        on: '今日',
        text: '内輪の調べ',
      });
      await nagi.waitForModal('第11条第2項：第1項第1号の行為を行うおそれ');

      await kanon.click(await kanon.waitFor('app', '利用を停止させました'), '案件を開く');
      const seen = await kanon.waitForModal('担当室による停止中');
      const heard = (await kanon.seen('app')).map(({ text }) => text).join('\n');
      expect(`${seen.text}${heard}`).not.toMatch(/おそれ|内輪の調べ|担当者/);
    },
  },
  {
    name: 'the office gives the case its channel; its card stands there current, a colleague asks through it and a message is taken in',
    async tell(cast) {
      const [kanon, nagi] = [await cast(people.kanon), await cast(people.nagi)];
      await askForCase(kanon);
      await nagi.waitFor(office, '受付待ち');
      await nagi.command('/anken', '受け付ける K-00001 自分', room);
      await nagi.waitFor(room, '申出を受け付けました。');
      await nagi.command('/anken', 'チャンネル K-00001 ここ', room);
      await nagi.waitFor(room, 'チャンネルを');
      const sota = await cast(people.sota);
      const card = await sota.waitFor(room, /K-00001.*待っている相手/);
      await sota.click(card, '提出した');
      await sota.submit(await sota.waitForModal('提出した手順'), { step: '事前打合せ' });
      await sota.waitForModal('未着手から提出済にしました');
      await closeAll(sota);
      const current = await sota.waitFor(room, '事前打合せ（提出済）');
      expect([current.ts, current.text.includes('担当者')]).toEqual([card.ts, false]);
      expect((await nagi.waitFor(office, '事前打合せ（提出済）')).text).toContain('担当者 @白井 なぎ');

      await sota.say(room, '打合せの議題を送ります');
      const said = await nagi.waitFor(room, '打合せの議題を送ります');
      await nagi.shortcut('record_in_case', said);
      await nagi.submit(await nagi.waitForModal('このメッセージを、案件の記録に写します'));
      await nagi.waitForModal('メッセージを1件記録しました。');
      await closeAll(nagi);
    },
  },
  {
    name: 'another provider and a colleague outside the case see nothing of it, and /anken tells them nothing',
    async tell(cast) {
      const kanon = await cast(people.kanon);
      await askForCase(kanon);
      for (const person of [await cast(people.sota), await cast('U0KURASI1')]) {
        await person.openHome();
        expect((await person.waitForHome('手続の案内')).text).not.toContain('K-00001');
        const place = person.id === people.sota ? room : '架空くらし-相談';
        await person.command('/anken', 'K-00001', place);
        const told = await person.waitFor(place, '担当室の職員だけが使えます');
        expect(told.text).not.toMatch(/架空ヘルス|K-00001/);
      }
    },
  },
];

/** From the guided conversation to the request. */
export async function askForCase(person: Person): Promise<void> {
  await person.command('/tetsuzuki', '4', room);
  const asked = await person.waitForModal('本番環境での試験の必要がある');
  const choices = asked.elements.find(({ type }) => type === 'radio_buttons');
  await person.submit(asked, { [choices?.actionId ?? '']: choices?.values[0] ?? '' });
  await person.click(await person.waitForModal('必要な手続は9つのうち'), 'この計画で相談を申し込む');
  const form = await person.waitForModal('別表にないAPI');
  expect(await person.submit(form, { company })).toEqual({});
  await person.waitForModal('案件の受付を申し出ました');
  await closeAll(person);
}

/** An entry of その他の操作, filled in. */
async function choose(
  person: Person,
  form: string,
  shown: string,
  values: Record<string, string>,
): Promise<void> {
  const view = await person.waitForModal('手順（完了');
  const select = view.elements.find(({ actionId }) => actionId === 'case_more');
  const value = select?.values.find((one) => one.endsWith(`:${form}`)) ?? '';
  await person.select(view, 'case_more', value);
  await person.submit(await person.waitForModal(shown), values);
}

/** One after the other: the page takes a moment to put away what was closed. */
export async function closeAll(person: Person): Promise<void> {
  for (let view = await person.modal(); view !== undefined; view = await person.modal()) {
    const { viewId } = view;
    await person.close(view);
    await expect.poll(async () => (await person.modal())?.viewId).not.toBe(viewId);
  }
}
