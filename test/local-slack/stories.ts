/**
 * What people do and see in the workspace with the sample bot, told once. They run below the browser
 * (stories.test.ts) and in it (test/browser/local-slack.browser.ts).
 */
import { expect } from 'vitest';
import type { Person } from '../../src/local-slack/person.ts';
import { sampleIds as ids } from '../support/local-slack.ts';

export type Cast = (userId: string) => Promise<Person>;
export type Story = { name: string; tell(cast: Cast): Promise<void> };

const room = '架空ヘルス-相談';

export const stories: Story[] = [
  {
    name: 'a question in a channel is answered in its thread, and a follow-up needs no mention',
    async tell(cast) {
      const kanon = await cast(ids.provider);
      await kanon.mention(room, '第6条について');
      const question = await kanon.waitFor(room, '第6条について');
      const answer = await kanon.waitFor(room, '見本の条文', { thread: question });
      expect(answer.text).toContain('第6条（見本の見出し）');
      expect(answer.text).toContain('お尋ね: @見本アプリ 第6条について');
      expect(answer.author).toBe('見本アプリ');
      await kanon.say(room, 'その次は?', { thread: question });
      await kanon.waitFor(room, '続きの質問ですね: その次は?', { thread: question });
      const sota = await cast(ids.colleague);
      expect((await sota.waitFor(room, '第6条について')).replyCount).toBe(3);
    },
  },
  {
    name: 'a slash command answers its sender alone',
    async tell(cast) {
      const [kanon, sota] = [await cast(ids.provider), await cast(ids.colleague)];
      await kanon.command('/ask', '第6条の秘密の質問', room);
      const answer = await kanon.waitFor(room, '秘密の質問');
      expect(answer.ephemeral).toBe(true);
      await kanon.say(room, '見えますか');
      await sota.waitFor(room, '見えますか');
      const others = await sota.seen(room);
      expect(others.filter((message) => message.text.includes('秘密の質問'))).toEqual([]);
    },
  },
  {
    name: 'an article opens in a modal whose pages turn, another one stacks on it and goes away again',
    async tell(cast) {
      const kanon = await cast(ids.provider);
      await kanon.command('/ask', '条文', room);
      await kanon.click(await kanon.waitFor(room, 'お尋ね: 条文'), '条文を開く');
      const first = await kanon.waitForModal('1 ページ目');
      expect(first.title).toBe('条文');
      await kanon.click(first, '次のページ');
      const second = await kanon.waitForModal('2 ページ目');
      await kanon.click(second, '関連');
      const above = await kanon.waitForModal('関連する条文');
      expect(above.depth).toBe(2);
      await kanon.close(above);
      await kanon.click(await kanon.waitForModal('2 ページ目'), '前へ');
      await kanon.close(await kanon.waitForModal('1 ページ目'));
      await kanon.waitForNoModal();
    },
  },
  {
    name: 'a form complains where something is missing, where the app objects, and is then taken',
    async tell(cast) {
      const kanon = await cast(ids.provider);
      await kanon.command('/form', '', room);
      const form = await kanon.waitForModal('相談の受付（見本）');
      expect(await kanon.submit(form)).toEqual({ name: 'この項目は必須です。' });
      expect(await kanon.submit(form, { name_text: '実在の会社' })).toEqual({
        name: '見本の名前を入力してください',
      });
      const whole = { name_text: '見本サービス', api: 'api-1', step_radio: 'build', day_pick: '2026-04-01' };
      expect(await kanon.submit(form, whole)).toEqual({});
      await kanon.waitForNoModal();
      await kanon.waitFor('app', '受け付けました: 見本サービス');
    },
  },
  {
    name: 'feedback is pressed on an answer, and only its reader hears back',
    async tell(cast) {
      const [kanon, sota] = [await cast(ids.provider), await cast(ids.colleague)];
      await kanon.mention(room, '評価のため');
      const question = await kanon.waitFor(room, '評価のため');
      const answer = await kanon.waitFor(room, '見本の条文', { thread: question });
      await kanon.click(answer, 'feedback', 'good');
      expect((await kanon.waitFor(room, '役に立ったと記録しました')).ephemeral).toBe(true);
      const others = await sota.seen(room);
      expect(others.some((message) => message.text.includes('記録しました'))).toBe(false);
    },
  },
  {
    name: 'a message shortcut takes up what somebody else wrote',
    async tell(cast) {
      const [kanon, nagi] = [await cast(ids.provider), await cast(ids.staff)];
      await kanon.say(room, '調べてほしい発言');
      await nagi.shortcut('look_up', await nagi.waitFor(room, '調べてほしい発言'));
      const view = await nagi.waitForModal('「調べてほしい発言」');
      expect(await kanon.modal()).toBeUndefined();
      await nagi.close(view);
    },
  },
  {
    name: 'a direct message stays between the person and the app; Home is each person’s own',
    async tell(cast) {
      const [kanon, sota] = [await cast(ids.provider), await cast(ids.colleague)];
      await kanon.say('app', '内緒の質問');
      await kanon.waitFor('app', 'DM で受け取りました: 内緒の質問');
      expect(await sota.seen('app')).toEqual([]);
      await kanon.openHome();
      const home = await kanon.waitForHome('ようこそ');
      await kanon.select(home, 'choose_api', '4');
      await kanon.click(home, '条文を開く');
      await kanon.close(await kanon.waitForModal('1 ページ目'));
    },
  },
  {
    name: 'markup and mentions that are typed are only text; edits and deletions are seen by all',
    async tell(cast) {
      const [kanon, sota] = [await cast(ids.provider), await cast(ids.colleague)];
      const typed = '<img src=x onerror=alert(1)> <!channel> &amp; <@U0STAFF01>';
      await kanon.say(room, typed);
      const message = await sota.waitFor(room, '<img src=x');
      expect(message.text).toBe(typed);
      await kanon.edit(await kanon.waitFor(room, '<img src=x'), '書き直しました');
      expect((await sota.waitFor(room, '書き直しました')).edited).toBe(true);
      await kanon.remove(await kanon.waitFor(room, '書き直しました'));
      await kanon.say(room, '消しました');
      await sota.waitFor(room, '消しました');
      expect((await sota.seen(room)).some((one) => one.text.includes('書き直し'))).toBe(false);
    },
  },
  {
    name: 'a suggested question is asked by pressing it',
    async tell(cast) {
      const kanon = await cast(ids.provider);
      expect(await kanon.prompts(room)).toContain('第6条を見る');
      await kanon.prompt(room, '第6条を見る');
      const question = await kanon.waitFor(room, '@見本アプリ 第6条');
      await kanon.waitFor(room, '見本の条文', { thread: question });
    },
  },
];
