/** Reading the terms themselves: modals whose pages turn. */
import { expect } from 'vitest';
import { askAlone, people, type Story, wording } from './story.ts';

export const reading: Story[] = [
  {
    name: 'the whole article opens with the cited 項 marked; its pages turn and a list jumps anywhere',
    async tell(cast) {
      const kanon = await cast(people.kanon);
      const answer = await askAlone(kanon, '第3条第2項', wording('第3条第2項'));
      await kanon.click(answer, '第3条を開く');
      const article = await kanon.waitForModal('第3条（事前打合せ）');
      expect(article.text).toContain('▶引用された規定 第2項');
      expect(article.text).toContain(wording('第3条第2項第1号'));
      await kanon.click(article, '次へ：第4条');
      await kanon.click(await kanon.waitForModal(wording('第4条')), '前へ：第3条');
      const back = await kanon.waitForModal('▶引用された規定 第2項');
      await kanon.select(back, 'article_jump', '第11条');
      const jumped = await kanon.waitForModal(wording('第11条第4項'));
      expect(jumped.text).not.toContain('▶引用された規定');
      await kanon.select(jumped, 'article_jump', '別表項番7');
      await kanon.close(await kanon.waitForModal(wording('別表項番7')));
      await kanon.waitForNoModal();
    },
  },
  {
    name: 'the provisions that bear on an answer are shown in full, each with its reason and its article',
    async tell(cast) {
      const kanon = await cast(people.kanon);
      const answer = await askAlone(kanon, '第3条第2項', wording('第3条第2項'));
      await kanon.click(answer, '関係する規定');
      const related = await kanon.waitForModal('関係する規定');
      expect(related.text).toContain(wording('第16条第1項'));
      expect(related.text).toContain('利用停止の根拠です。');
      await kanon.click(related, '条文を開く');
      const article = await kanon.waitForModal('第16条（適用除外等）');
      expect(article.depth).toBe(2);
      await kanon.close(article);
      await kanon.close(await kanon.waitForModal('利用停止の根拠です。'));
      await kanon.waitForNoModal();
    },
  },
  {
    name: 'Home says how to ask and opens the terms from their first article',
    async tell(cast) {
      const kanon = await cast(people.kanon);
      await kanon.openHome();
      const home = await kanon.waitForHome('聞き方');
      await kanon.click(home, '利用規約を第1条から読む');
      const first = await kanon.waitForModal(wording('第1条'));
      expect(first.elements.map(({ label }) => label)).not.toContain('前へ：第1条');
      await kanon.close(first);
    },
  },
];
