/** What is still to be told of inquiries, so that it is told once, also after a crash. */
import type { Kysely } from 'kysely';
import type { CardPlace } from './inquiry-rows.ts';
import type { Tables } from './tables.ts';

export interface InquiryKey {
  readonly team: string;
  readonly id: string;
}

export function createInquiryTelling(db: Kysely<Tables>) {
  const one = ({ team, id }: InquiryKey) =>
    db.updateTable('inquiries').where('team_id', '=', team).where('id', '=', id);

  return {
    /** Of all workspaces, those with something to tell that nobody is telling now. */
    async untold(now: number, limit: number): Promise<InquiryKey[]> {
      const rows = await db
        .selectFrom('inquiries')
        .select(['team_id as team', 'id'])
        .where('due_at', '<=', now)
        .where((eb) =>
          eb.or([eb('card_version', '<', eb.ref('version')), eb('told', '<', eb.ref('version'))]),
        )
        .orderBy('due_at')
        .limit(limit)
        .execute();
      return rows;
    },

    /** What an earlier run had claimed when it ended is taken up at once. */
    async releaseTelling(): Promise<void> {
      await db
        .updateTable('inquiries')
        .set({ due_at: 0 })
        .where((eb) =>
          eb.or([eb('card_version', '<', eb.ref('version')), eb('told', '<', eb.ref('version'))]),
        )
        .execute();
    },

    /** True for one of several who would tell; nobody else may before `until`. */
    async claimTelling(key: InquiryKey, now: number, until: number): Promise<boolean> {
      const claimed = await one(key)
        .set((eb) => ({ due_at: until, tries: eb('tries', '+', 1) }))
        .where('due_at', '<=', now)
        .where((eb) =>
          eb.or([eb('card_version', '<', eb.ref('version')), eb('told', '<', eb.ref('version'))]),
        )
        .executeTakeFirst();
      return claimed.numUpdatedRows === 1n;
    },

    /** Everybody concerned knows of this event; what comes next is tried for the first time. */
    async toldOf(key: InquiryKey, seq: number): Promise<void> {
      await one(key).set({ told: seq, tries: 1 }).where('told', '<', seq).execute();
    },

    async cardStands(key: InquiryKey, { channel, ts }: CardPlace, version: number): Promise<void> {
      await one(key).set({ card_channel: channel, card_ts: ts, card_version: version }).execute();
    },

    /** Everything was told that was known when it was read. */
    async toldAll(key: InquiryKey): Promise<void> {
      await one(key).set({ due_at: 0, tries: 0 }).execute();
    },

    /** It failed, and is tried again from then on. */
    async tellLater(key: InquiryKey, dueAt: number): Promise<void> {
      await one(key).set({ due_at: dueAt }).execute();
    },
  };
}
