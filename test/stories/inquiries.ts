/** A person behind the answers: asking the office, its reply in the thread, and what becomes of it. */
import { expect } from 'vitest';
import { ask, people, room, type Story, wording } from './story.ts';

const office = 'C0STAFF01';
const question = '利用料はいくらですか';
const reply = '利用料の定めはありません。予算の見積りは、次の打合せでお伝えします。';

export const inquiries: Story[] = [
  {
    name: 'a question goes on to the office with 担当に聞く; somebody takes it, and the reply stands in the thread as the word of the office',
    async tell(cast) {
      const [kanon, sota] = [await cast(people.kanon), await cast(people.sota)];
      const nagi = await cast(people.nagi);
      const asked = await ask(kanon, question, '利用規約に定めがありません');
      await kanon.click(asked.answer, '担当に聞く');
      const form = await kanon.waitForModal('担当室に送る質問');
      expect(form.text).toContain(question);
      expect(await kanon.submit(form, { words: '年間の予算を組むために知りたいです' })).toEqual({});
      const status = await kanon.waitForModal('担当室に送りました。');
      expect(status.text).toContain('Q-00001 受付');
      await kanon.close(status);

      const card = await nagi.waitFor(office, '問い合わせ Q-00001 受付');
      expect(card.text).toContain(question);
      expect(card.text).toContain('年間の予算を組むために知りたいです');
      expect(card.text).not.toContain(room);
      await nagi.click(card, '担当する');
      const mine = await nagi.waitFor(office, '問い合わせ Q-00001 対応中');
      expect(mine.ts).toBe(card.ts);
      await nagi.click(mine, '回答する');
      expect(
        await nagi.submit(await nagi.waitForModal('返事は「質問のあったスレッド'), { words: reply }),
      ).toEqual({});
      await nagi.close(await nagi.waitForModal('回答しました。'));

      const thread = await sota.waitFor(room, question);
      const answered = await sota.waitFor(room, reply, { thread });
      expect(answered.text).toContain('担当室の回答');
      expect(answered.text).toContain('利用規約の一部ではありません');
      expect(answered.text).not.toMatch(/年間の予算を組むため|白井 なぎ/);
      await nagi.waitFor(office, '問い合わせ Q-00001 回答済');

      await kanon.click(await kanon.waitFor(room, reply, { thread: asked.question }), 'さらに聞く');
      await kanon.submit(await kanon.waitForModal('担当室に伝えること'), { words: '打合せはいつですか' });
      await kanon.close(await kanon.waitForModal('担当室に送りました。'));
      await nagi.waitFor(office, '打合せはいつですか', {
        thread: await nagi.waitFor(office, 'Q-00001 対応中'),
      });
    },
  },
  {
    name: 'a private answer stays private: the reply comes as a direct message, and the channel never hears of it',
    async tell(cast) {
      const [kanon, sota] = [await cast(people.kanon), await cast(people.sota)];
      const nagi = await cast(people.nagi);
      await kanon.command('/kiyaku', question, room);
      await kanon.click(await kanon.waitFor(room, '利用規約に定めがありません'), '担当に聞く');
      const form = await kanon.waitForModal('返事は、あなただけに届きます');
      await kanon.submit(form, {});
      await kanon.close(await kanon.waitForModal('担当室に送りました。'));
      const card = await nagi.waitFor(office, 'Q-00001 受付');
      await nagi.click(card, '回答する');
      await nagi.submit(await nagi.waitForModal('返事は「本人だけ」'), { words: reply });
      await nagi.close(await nagi.waitForModal('回答しました。'));
      await kanon.waitFor('app', reply);
      for (const person of [kanon, sota]) {
        expect((await person.seen(room)).filter(({ text }) => text.includes(reply))).toEqual([]);
      }
    },
  },
  {
    name: 'なぜこの条文？ says in one line which words led to the answer, and shows the office every step',
    async tell(cast) {
      const [kanon, nagi] = [await cast(people.kanon), await cast(people.nagi)];
      const { question: asked, answer } = await ask(kanon, '利用をやめたい', wording('第9条'));
      await kanon.click(answer, 'なぜこの条文？');
      const why = await kanon.waitFor(room, 'という尋ね方に近いと判断しました。', { thread: asked });
      expect(why.ephemeral).toBe(true);
      const thread = await nagi.waitFor(room, '利用をやめたい');
      await nagi.click(await nagi.waitFor(room, wording('第9条'), { thread }), 'なぜこの条文？');
      const steps = await nagi.waitForModal('候補（点の高い順）');
      expect(steps.text).toMatch(/規定 第9条.*近さ/);
    },
  },
];
