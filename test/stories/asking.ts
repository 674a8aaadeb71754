/** The ways to ask: mention, thread, /kiyaku, shortcut, direct message. */
import { expect } from 'vitest';
import { ask, askAlone, bot, people, room, type Story, wording } from './story.ts';

export const asking: Story[] = [
  {
    name: 'a mention in a channel is answered in its thread, where everybody goes on without a mention',
    async tell(cast) {
      const [kanon, sota] = [await cast(people.kanon), await cast(people.sota)];
      const { question, answer } = await ask(
        kanon,
        '別表の3番のAPIは事前打合せが必要ですか',
        '不要：事前打合せ（別表項番3）',
      );
      expect(answer).toMatchObject({ author: bot, threadTs: question.ts, ephemeral: false });
      expect(answer.text).toContain(wording('第16条第1項'));
      const thread = await sota.waitFor(room, '別表の3番');
      await sota.say(room, 'じゃあ4番は？', { thread });
      const next = await kanon.waitFor(room, '必要：事前打合せ（別表項番4）', { thread: question });
      expect(next.text).toContain(wording('第3条第1項'));
    },
  },
  {
    name: 'two questions in one message get two answers, each with its own clause',
    async tell(cast) {
      const kanon = await cast(people.kanon);
      const { answer } = await ask(
        kanon,
        '仕様書を委託先に見せてもいいですか。それから、利用料はかかりますか',
        '利用規約に定めがありません：利用料',
      );
      expect(answer.text).toContain(wording('第12条第2項第3号'));
      expect(answer.text).toContain('担当者による判断が必要です');
    },
  },
  {
    name: '/kiyaku answers its sender alone until it is shared, with who shared it',
    async tell(cast) {
      const [kanon, sota] = [await cast(people.kanon), await cast(people.sota)];
      await kanon.command('/kiyaku', '利用申込のときに提出するものは何ですか', room);
      const answer = await kanon.waitFor(room, wording('第6条'));
      expect(answer.ephemeral).toBe(true);
      await kanon.say(room, '少し待ってください');
      await sota.waitFor(room, '少し待ってください');
      expect((await sota.seen(room)).filter(({ author }) => author === bot)).toEqual([]);
      await kanon.click(answer, 'この回答を共有');
      const shared = await sota.waitFor(room, 'さんが共有しました。');
      expect(shared.text).toContain('@青葉 かのん（架空ヘルス）');
      expect(shared.text).toContain('質問：利用申込のときに提出するものは何ですか');
      expect(shared.text).toContain(wording('第6条'));
      await kanon.waitFor(room, 'チャンネルに共有しました。');
    },
  },
  {
    name: '/kiyaku shows a provision by its number, however it is written',
    async tell(cast) {
      const kanon = await cast(people.kanon);
      await kanon.command('/kiyaku', '第11条2項', room);
      await kanon.waitFor(room, wording('第11条第2項'));
      await kanon.command('/kiyaku', '別表4', room);
      await kanon.waitFor(room, wording('別表項番4'));
    },
  },
  {
    name: '/kiyaku alone, and /kiyaku help, say how to ask',
    async tell(cast) {
      const [kanon, sota] = [await cast(people.kanon), await cast(people.sota)];
      await kanon.command('/kiyaku', '', room);
      expect((await kanon.waitFor(room, '規約ガイドの使い方')).ephemeral).toBe(true);
      await sota.command('/kiyaku', 'help', room);
      expect((await sota.waitFor(room, '規約ガイドの使い方')).text).toContain('聞き方');
    },
  },
  {
    name: 'a shortcut on what somebody else wrote opens the answer for the person who asked, and for nobody else',
    async tell(cast) {
      const [kanon, nagi] = [await cast(people.kanon), await cast(people.nagi)];
      await kanon.say(room, '医療費のAPIだけ使いたいのですが、企画書は要りますか');
      const message = await nagi.waitFor(room, '医療費のAPIだけ');
      await nagi.shortcut('ask_about_message', message);
      const answer = await nagi.waitForModal('必要：企画書添付（別表項番7）');
      expect(answer.title).toBe('回答');
      expect(await kanon.modal()).toBeUndefined();
      await nagi.click(answer, '第6条を開く');
      const above = await nagi.waitForModal('引用された規定');
      expect(above.depth).toBe(2);
      await nagi.close(above);
      await nagi.close(await nagi.waitForModal('必要：企画書添付（別表項番7）'));
      await nagi.waitForNoModal();
      expect((await kanon.seen(room)).filter(({ author }) => author === bot)).toEqual([]);
    },
  },
  {
    name: 'a direct message begins with a suggested question and goes on from it',
    async tell(cast) {
      const [kanon, sota] = [await cast(people.kanon), await cast(people.sota)];
      expect(await kanon.prompts('app')).toContain('変更や停止の届出');
      await kanon.prompt('app', '変更や停止の届出');
      await kanon.waitFor('app', wording('第9条'));
      await askAlone(kanon, 'SSOだけ使うとき、事前打合せは必要ですか', '不要：事前打合せ（別表項番1）');
      await askAlone(kanon, '医療費も足したら？', '必要：事前打合せ（別表項番1、7）');
      expect((await sota.seen('app')).filter(({ author }) => author === bot)).toEqual([]);
    },
  },
];
