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
  {
    name: 'staff turn a reply into the draft of a change of the knowledge, which nobody applies',
    async tell(cast, kept) {
      const [kanon, nagi] = [await cast(people.kanon), await cast(people.nagi)];
      await kanon.command('/kiyaku', question, room);
      await kanon.click(await kanon.waitFor(room, '利用規約に定めがありません'), '担当に聞く');
      await kanon.submit(await kanon.waitForModal('返事は、あなただけに届きます'), {});
      await kanon.close(await kanon.waitForModal('担当室に送りました。'));
      await nagi.click(await nagi.waitFor(office, 'Q-00001 受付'), '回答する');
      await nagi.submit(await nagi.waitForModal('返事は「本人だけ」'), { words: reply });
      await nagi.close(await nagi.waitForModal('回答しました。'));

      await nagi.click(await nagi.waitFor(office, 'Q-00001 回答済'), '知識に加える案');
      await nagi.click(await nagi.waitForModal('知識の変更案をファイルに書き出します'), '定めのない事柄の案');
      const form = await nagi.waitForModal('事柄の名前');
      expect(form.elements.find(({ actionId }) => actionId === 'outside')).toBeDefined();
      expect(
        await nagi.submit(form, {
          topic: '予算の見積り',
          topicEn: 'budget estimate',
          ja: '予算の見積りについて、利用規約に定めはありません。',
          en: 'The terms say nothing about estimates.',
          asksEn: 'how much should we budget',
        }),
      ).toEqual({});
      const drafted = await nagi.waitForModal('知識はまだ変わっていません。');
      expect(drafted.text).toContain('kind: gap');
      const [file] = [...kept.changes()];
      expect(file?.[0]).toMatch(/^\d{4}-\d{2}-\d{2}-q-00001-gap-[0-9a-f]{8}\.yaml$/);
      expect(file?.[1]).toContain('窓口の指示');
      expect(file?.[1]).not.toMatch(/U0HEALTH1|青葉|C0HEALTH1/);
    },
  },
  {
    name: 'staff look at what is missing: similar questions together, silence as 不明, the draft one press away',
    async tell(cast, kept) {
      const [kanon, sota] = [await cast(people.kanon), await cast(people.sota)];
      const nagi = await cast(people.nagi);
      await ask(kanon, '利用料はいくらですか', '利用規約に定めがありません');
      await ask(sota, '利用料はいくらなのでしょうか', '利用規約に定めがありません');
      await ask(kanon, '利用をやめたい', wording('第9条'));
      const { question: asked, answer } = await ask(
        sota,
        '利用申込のときに提出するものは何ですか',
        wording('第6条'),
      );
      await sota.click(answer, '違う');
      await sota.waitFor(room, 'ご意見を記録しました：違う', { thread: asked });

      await nagi.command('/anken', '質問', room);
      const list = await nagi.waitForModal('答えの足りない質問（2件のまとまり）');
      expect(list.text).toContain(
        '違う 1　聞き直し 0　定めなし 2　範囲外 0　役に立った 0　不明 1'.replaceAll('　', ' '),
      );
      expect(list.text).toContain('2件 定めなし 2');
      await nagi.click(list, 'missing_open:1');
      const group = await nagi.waitForModal('知識の変更案をつくる');
      expect(group.text).toContain('第6条');
      await nagi.click(group, '尋ね方を加える案');
      const form = await nagi.waitForModal('どれについての質問ですか');
      const target = form.elements.find(({ actionId }) => actionId === 'target')?.values[0] ?? '';
      await nagi.submit(form, { target });
      await nagi.waitForModal('知識はまだ変わっていません。');
      expect([...kept.changes().values()].join('')).toContain('kind: paraphrase');

      await sota.command('/anken', '質問', room);
      await sota.waitFor(room, '担当室の職員だけが使えます');
    },
  },
];
