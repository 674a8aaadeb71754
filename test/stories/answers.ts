/** Every kind of answer, asked in every kind of wording. */
import { expect } from 'vitest';
import { ask, askAlone, bot, people, room, type Story, wording } from './story.ts';

export const answers: Story[] = [
  {
    name: 'whether a step is needed is said in one word, with the clause for it and the clause against it',
    async tell(cast) {
      const kanon = await cast(people.kanon);
      const mixed = await askAlone(
        kanon,
        'SSOと医療費を両方使うとき事前打合せは要る？',
        '必要：事前打合せ（別表項番1、7）',
      );
      expect(mixed.text).toContain('医療費情報取得（項番7）は必要、シングルサインオン（項番1）は不要です。');
      for (const clause of ['第3条第1項', '第16条第1項']) expect(mixed.text).toContain(wording(clause));
      const optional = await askAlone(
        kanon,
        '医療費のAPIで本番環境試験は必要ですか',
        '任意：本番環境試験（別表項番7）',
      );
      expect(optional.text).toContain(wording('第7条'));
    },
  },
  {
    name: 'a list is answered with every one of its items, a definition with the definition',
    async tell(cast) {
      const [kanon, sota] = [await cast(people.kanon), await cast(people.sota)];
      const list = await askAlone(kanon, '禁止されている行為は何ですか', wording('第11条第1項第6号'));
      for (const item of [1, 2, 3, 4, 5]) expect(list.text).toContain(wording(`第11条第1項第${item}号`));
      await askAlone(sota, '確認等システムとは何ですか', wording('別表項番7'));
    },
  },
  {
    name: 'what the terms leave open is said to be open, with what comes near',
    async tell(cast) {
      const kanon = await cast(people.kanon);
      const fee = await askAlone(kanon, '利用料はいくらですか', '利用規約に定めがありません：利用料');
      expect(fee.text).toContain('近い規定');
      const contact = await askAlone(kanon, '問い合わせ先はどこですか', '利用規約の外で分かっていること');
      expect(contact.text).toContain('公表資料の写し・要確認');
    },
  },
  {
    name: 'a provision that this version does not have is named as missing',
    async tell(cast) {
      const kanon = await cast(people.kanon);
      const missing = await askAlone(
        kanon,
        '第20条には何が書いてありますか',
        'この版に「第20条」はありません',
      );
      expect(missing.text).toContain('第16条までです');
    },
  },
  {
    name: 'what is none of the terms’ business is said to be so, and small talk in a thread is left alone',
    async tell(cast) {
      const [kanon, sota] = [await cast(people.kanon), await cast(people.sota)];
      await askAlone(kanon, '今日の天気は？', '利用規約についてのご質問ではないようです');
      const scheme = await askAlone(kanon, 'マイナンバーカードの更新方法は？', '対象外です');
      expect(scheme.text).toContain('関係する制度：');
      const { question } = await ask(kanon, '第6条', wording('第6条'));
      await sota.say(room, '今日は天気がいいですね', { thread: await sota.waitFor(room, '第6条') });
      await sota.say(room, '第20条は？', { thread: question });
      await sota.waitFor(room, 'この版に「第20条」はありません', { thread: question });
      const thread = await kanon.seen(room, { thread: question });
      expect(thread.filter(({ author }) => author === bot)).toHaveLength(2);
    },
  },
  {
    name: 'English, kana and romaji are understood; English is answered in English too',
    async tell(cast) {
      const [kanon, sota, nagi] = [
        await cast(people.kanon),
        await cast(people.sota),
        await cast(people.nagi),
      ];
      const english = await askAlone(
        kanon,
        'Do I need a preliminary meeting to use the medical expense API?',
        '必要：事前打合せ（別表項番7）',
      );
      expect(english.text).toContain('is required');
      await askAlone(sota, 'じぜんうちあわせはひつようですか', wording('第3条第1項'));
      await askAlone(nagi, 'riyou moushikomi no houhou', wording('第6条'));
    },
  },
];
