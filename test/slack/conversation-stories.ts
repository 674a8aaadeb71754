/**
 * Guided conversations as people live them, told once. They run below the browser (conversation-stories.test.ts) and
 * in it (test/browser/conversations.browser.ts).
 */
import { expect } from 'vitest';
import type { Person } from '../../src/local-slack/person.ts';
import { ids } from '../support/scene.ts';

export type Cast = (userId: string) => Promise<Person>;
export interface Story {
  readonly name: string;
  tell(cast: Cast): Promise<void>;
}

const room = ids.channel;
/** The question itself, not its place among the answers given. */
const ASKS_APIS = /どのAPIを使いますか 別表の17/;
const ASKS_PRODUCTION = /必要があると認めますか 第7条の/;

export const stories: readonly Story[] = [
  {
    name: 'from the menu to the plan in a modal, with the clause for and the clause against, and back',
    async tell(cast) {
      const person = await cast(ids.provider);
      await person.command('/tetsuzuki', '', room);
      const menu = await person.waitForModal('必要な手続を調べる');
      expect(menu.title).toBe('手続の案内');
      await person.click(menu, 'flow_start:0');
      const apis = await person.waitForModal(ASKS_APIS);
      expect(apis.text).toContain('自己情報取得');
      expect(await person.submit(apis, {})).toEqual({
        'apis-0:0': 'APIが一つも選ばれていません。一つ以上選んでください。',
      });
      await person.submit(apis, { 'apis-1': ['4'], 'apis-3': ['10'] });
      const production = await person.waitForModal(ASKS_PRODUCTION);
      await person.submit(production, { answer: 'undecided' });
      const plan = await person.waitForModal('必要な手続は9つのうち8つです');
      expect(plan.text).toContain('● 必要 事前打合せ（第3条第1項） 項番10は不要（第16条第1項）');
      expect(plan.text).toContain('項番4は「事前打合せにおいて」（第3条第2項）');
      expect(plan.text).toContain('項番10は「利用申込の際に」（第16条第1項の読替え）');
      await person.click(plan, 'flow_why:3');
      const why = await person.waitForModal('この手続を求める規定');
      expect(why.text).toContain('この手続を外す規定');
      expect(why.text).toContain(
        '項番１０に掲げるマイナポータルＡＰＩについては、第５条及び第７条の規定を適用しない',
      );
      await person.close(why);
      await person.click(await person.waitForModal('必要な手続は9つのうち8つです'), 'flow_move:10');
      const again = await person.waitForModal(ASKS_APIS);
      await person.submit(again, { 'apis-1': [], 'apis-3': ['10'] });
      const changed = await person.waitForModal('いまの選び方では尋ねないため外しました');
      expect(changed.text).toContain('必要な手続は9つのうち5つです');
      await person.close(changed);
      await person.waitForNoModal();
    },
  },
  {
    name: 'in a thread, answered in words, with a side question between and a comparison at the end',
    async tell(cast) {
      const person = await cast(ids.provider);
      await person.mention(room, '必要な手続を調べる');
      const thread = await person.waitFor(room, '必要な手続を調べる');
      await person.waitFor(room, ASKS_APIS, { thread });
      await person.say(room, '手数料はかかりますか', { thread });
      await person.waitFor(room, '手数料の定めはありません', { thread });
      await person.waitFor(room, /案内の続きは.*/, { thread });
      await person.waitFor(room, ASKS_APIS, { thread });
      await person.say(room, '4と10', { thread });
      await person.waitFor(room, ASKS_PRODUCTION, { thread });
      await person.say(room, '3', { thread });
      await person.waitFor(room, '必要な手続は9つのうち8つです', { thread });
      const colleague = await cast(ids.colleague);
      const theirs = await colleague.waitFor(room, '必要な手続を調べる');
      await colleague.say(room, '10を外すと何が変わる？', { thread: theirs });
      const compared = await person.waitFor(room, '項番10を外すと', { thread });
      expect(compared.text).toContain('「事前打合せにおいて」と「利用申込の際に」 → 「事前打合せにおいて」');
    },
  },
  {
    name: 'two people in one thread do not overwrite each other unseen',
    async tell(cast) {
      const [person, colleague] = [await cast(ids.provider), await cast(ids.colleague)];
      await person.mention(room, '変更・停止・再開・終了');
      const thread = await person.waitFor(room, '変更・停止・再開・終了');
      const card = await person.waitFor(room, '何をしようとしていますか', { thread });
      await person.click(card, 'flow_open');
      const modal = await person.waitForModal('何をしようとしていますか');
      const theirs = await colleague.waitFor(room, '変更・停止・再開・終了');
      const same = await colleague.waitFor(room, '何をしようとしていますか', { thread: theirs });
      await colleague.click(same, '利用内容を変えたい');
      await colleague.waitFor(room, '変更申請（第8条）', { thread: theirs });
      await person.submit(modal, { answer: 'end' });
      const told = await person.waitForModal('先に別の答えが記録されたため');
      expect(told.text).toContain('変更申請（第8条）');
      await person.close(told);
      await person.waitFor(room, '変更申請（第8条）', { thread });
    },
  },
];
