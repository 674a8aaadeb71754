/** The dates of a case come back to the people they concern, at their time and in office hours. */
import { expect } from 'vitest';
import type { Person } from '../../src/local-slack/person.ts';
import { askForCase, closeAll } from './cases.ts';
import { people, room, type Story } from './story.ts';

const office = 'C0STAFF01';

export const reminders: Story[] = [
  {
    name: 'a reminder arrives over the closing of the year, is put off, comes back, and is done by both sides',
    begins: '2026-12-21T10:00',
    async tell(cast, _, clock) {
      const [kanon, nagi] = [await cast(people.kanon), await cast(people.nagi)];
      await askForCase(kanon);
      await accept(nagi);
      await setDate(nagi, 'K-00001', { subject: '事前打合せ', on: '1/12' });
      await nagi.waitForModal('「1/12」を2027年1月12日（火）と読みました。');
      await closeAll(nagi);

      await clock.moveTo('2026-12-22T09:00');
      const told = await kanon.waitFor('app', 'まで、あと10営業日（暦で21日）');
      expect(told.text).toContain('日付の根拠：窓口の指示：白井');
      expect(told.text).toContain('12/29〜1/3は年末年始の閉庁、1/11は成人の日のため数えません');
      await kanon.select(told, 'reminder_later:0', 'hour:0');
      await kanon.waitFor('app', '2026年12月22日（火）10:00（日本時間）に改めて知らせる');

      await clock.moveTo('2026-12-22T10:00');
      await expect.poll(() => countOf(kanon, 'あと10営業日'), { timeout: 8_000 }).toBe(2);
      await kanon.click(await kanon.waitFor('app', 'あと10営業日'), '完了にする（提出した）');
      await kanon.waitFor('app', '手続の状態を進めました');
      await nagi.waitFor(office, '未着手から提出済にしました');

      const list = await nagi.waitFor('app', '2026年12月22日（火）の朝の一覧：期限のお知らせ');
      await nagi.click(list, '完了にする');
      await nagi.waitFor('app', '手続の状態を進めました');
      await kanon.waitFor('app', '提出済から完了にしました');
      await clock.moveTo('2027-01-12T12:00');
      await nagi.command('/anken', '通知', room);
      const planned = await nagi.waitForModal('これから送るもの（早い順）');
      expect(planned.text).not.toContain('架空ヘルス');
      await closeAll(nagi);
      expect(await countOf(kanon, '期限のお知らせ')).toBe(2);
    },
  },
  {
    name: 'a date nobody confirms is told to the office; what was confirmed there stands in the record',
    begins: '2026-12-23T10:00',
    async tell(cast, _, clock) {
      const [kanon, nagi] = [await cast(people.kanon), await cast(people.nagi)];
      await askForCase(kanon);
      await accept(nagi);
      await setDate(nagi, 'K-00001', { subject: '事前打合せ', on: '明日' });
      await closeAll(nagi);
      await clock.moveTo('2026-12-25T09:00');
      await kanon.waitFor('app', '2026年12月24日（木）を1営業日（暦で1日）過ぎています');

      await clock.moveTo('2027-01-04T09:00');
      const escalated = await nagi.waitFor(office, '確認されていない期限があります');
      expect(escalated.text).toContain('2026年12月24日（木）を3営業日（暦で11日）過ぎています');
      await nagi.click(escalated, '確認した');
      await nagi.waitFor(office, '確認しました');
      await nagi.command('/anken', '通知', room);
      await nagi.click(await nagi.waitForModal('これから送るもの'), 'これまでの記録');
      const record = await nagi.waitForModal('これまでの記録（30日前まで、新しい順）');
      expect(record.text).toMatch(/確認：\s*@?白井 なぎ/);
      await closeAll(nagi);
    },
  },
  {
    name: 'on Monday morning an owner has one message for all of their cases, and the office one summary with a picture',
    begins: '2026-12-10T10:00',
    async tell(cast, _, clock) {
      const [rin, nagi] = [await cast('U0KURASI1'), await cast(people.nagi)];
      for (const [number, on] of ['2026-12-14', '2026-12-17', '2026-12-21'].entries()) {
        await openCase(nagi, `見本の会社${number + 1}`);
        const source = 'https://myna.go.jp/html/api/index.html';
        await setDate(nagi, null, { subject: '接続確認環境試験', on, label: '公表資料', source });
        await closeAll(nagi);
      }
      await clock.moveTo('2026-12-14T09:00');
      const list = await nagi.waitFor('app', '2026年12月14日（月）の朝の一覧：期限のお知らせ（2件）');
      expect(list.text).toMatch(
        /見本の会社1.*今日です.*見本の会社2.*あと3営業日.*ほかの期限が過ぎた・近い案件（1件）.*見本の会社3/,
      );
      expect(list.text).toContain(
        '公表資料：https://myna.go.jp/html/api/index.html、2026年12月10日（木）に確認',
      );
      const summary = await nagi.waitFor(office, '2026年12月14日（月）の案件のまとめ', { timeout: 8_000 });
      expect(summary.text).toContain('期限切れ 0件');
      expect(await countOf(nagi, '期限のお知らせ')).toBe(1);
      expect((await rin.seen('app')).filter(({ text }) => text.includes('見本の会社'))).toEqual([]);
    },
  },
];

async function accept(nagi: Person): Promise<void> {
  await nagi.click(await nagi.waitFor(office, '案件の受付を申し出ました'), '案件を開く');
  await nagi.click(await nagi.waitForModal('受付待ち'), '受け付ける');
  await nagi.submit(await nagi.waitForModal(/^受け付ける/), { owner: nagi.id });
  await nagi.waitForModal('申出を受け付けました。');
  await closeAll(nagi);
}

/** A case of the person's own, left open on the screen. */
async function openCase(person: Person, company: string): Promise<void> {
  await person.command('/anken', '新規', room);
  const form = await person.waitForModal('主たる連絡先');
  expect(await person.submit(form, { company, caseKind: '新規', rows: ['16'] })).toEqual({});
  await person.click(await person.waitForModal('手順（完了'), '担当者');
  await person.submit(await person.waitForModal(/^担当者/), { owner: person.id });
  await person.waitForModal('担当者をなしから');
}

/** `id` null: of the case that stands on the screen. */
async function setDate(person: Person, id: string | null, values: Record<string, string>): Promise<void> {
  if (id !== null) await person.command('/anken', id, room);
  await person.click(await person.waitForModal('手順（完了'), '期限');
  const form = await person.waitForModal('何の日付か');
  expect(await person.submit(form, { label: '窓口の指示', source: '白井', ...values })).toEqual({});
  await person.waitForModal('と読みました。');
}

async function countOf(person: Person, words: string): Promise<number> {
  return (await person.seen('app')).filter(({ text }) => text.includes(words)).length;
}
