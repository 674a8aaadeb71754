import type { Kysely, Selectable } from 'kysely';
import { type Actor, maySeeInquiry } from '../inquiries/decide.ts';
import { eventOf, type InquiryRecord, namedAnew, peopleOf, recordOf } from './inquiry-rows.ts';
import type { InquiriesTable } from './inquiry-tables.ts';
import type { PeopleStore } from './people-store.ts';
import type { Tables } from './tables.ts';

/** Looking at inquiries, each within one workspace. */
export function createInquiryReads(db: Kysely<Tables>, people: PeopleStore) {
  return { find, seenBy, openOf, listForStaff, countForStaff };

  /** For the bot itself; people are shown what `seenBy` gives. */
  async function find(team: string, id: string): Promise<InquiryRecord | null> {
    const row = await db
      .selectFrom('inquiries')
      .selectAll()
      .where('team_id', '=', team)
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : withRecord(row);
  }

  /** Null for whoever may not know of it, as if there were none. */
  async function seenBy(team: string, actor: Actor, id: string): Promise<InquiryRecord | null> {
    const record = await find(team, id);
    return record !== null && maySeeInquiry(record.inquiry, actor) ? record : null;
  }

  /** What this person asked the office about this answer last; null when they did not. */
  async function openOf(team: string, answerId: string, person: string): Promise<InquiryRecord | null> {
    const asker = (await people.knownRefs(team, [person])).get(person);
    if (asker === undefined) return null;
    const row = await db
      .selectFrom('inquiries')
      .selectAll()
      .where('team_id', '=', team)
      .where('answer_id', '=', answerId)
      .where('asker', '=', asker)
      .where('state', '<>', '取下げ')
      .orderBy('opened_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : withRecord(row);
  }

  /** `open`: what the office still owes, the oldest first; otherwise what is settled, the newest first. */
  async function listForStaff(team: string, open: boolean, limit: number): Promise<InquiryRecord[]> {
    const rows = await db
      .selectFrom('inquiries')
      .selectAll()
      .where('team_id', '=', team)
      .where('open', '=', open ? 1 : 0)
      .orderBy('opened_at', open ? 'asc' : 'desc')
      .orderBy('id', open ? 'asc' : 'desc')
      .limit(limit)
      .execute();
    return Promise.all(rows.map(withRecord));
  }

  async function countForStaff(team: string, open: boolean): Promise<number> {
    const { count } = await db
      .selectFrom('inquiries')
      .select((eb) => eb.fn.countAll<number | bigint | string>().as('count'))
      .where('team_id', '=', team)
      .where('open', '=', open ? 1 : 0)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  async function withRecord(row: Selectable<InquiriesTable>): Promise<InquiryRecord> {
    const [eventRows, words] = await Promise.all([
      db
        .selectFrom('inquiry_events')
        .selectAll()
        .where('team_id', '=', row.team_id)
        .where('inquiry_id', '=', row.id)
        .orderBy('seq')
        .execute(),
      db
        .selectFrom('inquiry_words')
        .selectAll()
        .where('team_id', '=', row.team_id)
        .where('inquiry_id', '=', row.id)
        .execute(),
    ]);
    const kept = eventRows.map(eventOf);
    const refs = [...new Set(kept.flatMap((event) => [event.actor, ...peopleOf(event)]))];
    const users = await people.usersOf(row.team_id, refs);
    const name = (ref: string) => users.get(ref) ?? ref;
    const events = kept.map((event) => ({ ...namedAnew(event, name), actor: name(event.actor) }));
    return recordOf(row, events, words);
  }
}
