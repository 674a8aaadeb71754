import type { Kysely, Selectable } from 'kysely';
import type { Case } from '../cases/case.ts';
import { mapPeople } from '../cases/event.ts';
import { maySee, type Relation, relationTo, type Viewer, viewOfCase, viewOfEvents } from '../cases/rights.ts';
import { createCaseLists } from './case-lists.ts';
import { eventOf, type NumberedEvent, peopleIn } from './case-rows.ts';
import type { CaseEventsTable, CasesTable } from './case-tables.ts';
import { createPeopleStore } from './people-store.ts';
import type { Tables } from './tables.ts';

/** A case with its number, its version (how many events it has) and the hash of the last one. */
export interface CaseRecord {
  readonly teamId: string;
  readonly id: string;
  readonly version: number;
  readonly head: string;
  readonly state: Case;
}

export interface SeenCase {
  readonly record: CaseRecord;
  readonly relation: Exclude<Relation, 'outsider'>;
}

/** Reading cases. What is named after a viewer shows only what that viewer may see; the rest is for the store and tools. */
export function createCaseReads(db: Kysely<Tables>, newId: () => string) {
  const people = createPeopleStore(db, newId);
  const lists = createCaseLists(db, people, named);

  return { people, find, eventsAfter, eventsOfDelivery, seenBy, historyFor, ...lists };

  /** The whole case, for whoever has already been checked; null when this workspace has none of this number. */
  async function find(team: string, id: string): Promise<CaseRecord | null> {
    const row = await db
      .selectFrom('cases')
      .selectAll()
      .where('team_id', '=', team)
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : ((await named(team, [row]))[0] ?? null);
  }

  /** The case as this person may see it; null for an outsider as for a case that does not exist. */
  async function seenBy(viewer: Viewer, id: string): Promise<SeenCase | null> {
    const record = await find(viewer.teamId, id);
    if (record === null) return null;
    const relation = relationTo(record.state, record.teamId, viewer);
    const state = viewOfCase(record.state, relation);
    return state === null || relation === 'outsider' ? null : { record: { ...record, state }, relation };
  }

  /** A page of the record as this person may read it, newest first; `before` is the last `seq` of the page before. */
  async function historyFor(
    viewer: Viewer,
    id: string,
    page: { before: number | null; limit: number },
  ): Promise<NumberedEvent[] | null> {
    const seen = await seenBy(viewer, id);
    if (seen === null) return null;
    const rows = await db
      .selectFrom('case_events')
      .selectAll()
      .where('team_id', '=', viewer.teamId)
      .where('case_id', '=', id)
      .where('seq', '<', page.before ?? Number.MAX_SAFE_INTEGER)
      .orderBy('seq', 'desc')
      .limit(page.limit)
      .execute();
    const events = await withWords(viewer.teamId, rows, maySee(seen.relation, 'staff-words'));
    return viewOfEvents(events, seen.relation);
  }

  /** What happened after a version, oldest first, with shared words only. */
  async function eventsAfter({ teamId, id }: CaseRecord, version: number): Promise<NumberedEvent[]> {
    const rows = await db
      .selectFrom('case_events')
      .selectAll()
      .where('team_id', '=', teamId)
      .where('case_id', '=', id)
      .where('seq', '>', version)
      .orderBy('seq')
      .execute();
    return withWords(teamId, rows, false);
  }

  /** What one delivery caused; empty when it has not been carried out. */
  async function eventsOfDelivery(
    team: string,
    sourceKey: string,
  ): Promise<(NumberedEvent & { caseId: string })[]> {
    const rows = await db
      .selectFrom('case_events')
      .selectAll()
      .where('team_id', '=', team)
      .where('source_key', '=', sourceKey)
      .orderBy('part')
      .execute();
    const events = await withWords(team, rows, false);
    return events.map((event, index) => ({ ...event, caseId: rows[index]?.case_id ?? '' }));
  }

  /** The staff's words are read from their own place, and only when asked for. */
  async function withWords(
    team: string,
    rows: readonly Selectable<CaseEventsTable>[],
    staff: boolean,
  ): Promise<NumberedEvent[]> {
    if (rows.length === 0) return [];
    const shared = await wordsIn('case_shared_words', team, rows);
    const kept = staff ? await wordsIn('case_staff_words', team, rows) : new Map<string, string>();
    const events = rows.map((row) => {
      const key = `${row.case_id}/${row.seq}`;
      return eventOf(row, shared.get(key) ?? kept.get(key) ?? null);
    });
    const users = await people.usersOf(team, peopleIn(events));
    return mapPeople(events, (ref) => users.get(ref) ?? ref);
  }

  async function wordsIn(
    table: 'case_shared_words' | 'case_staff_words',
    team: string,
    rows: readonly Selectable<CaseEventsTable>[],
  ): Promise<Map<string, string>> {
    const words = await db
      .selectFrom(table)
      .select(['case_id', 'seq', 'text'])
      .where('team_id', '=', team)
      .where('case_id', 'in', [...new Set(rows.map(({ case_id }) => case_id))])
      .where('seq', 'in', [...new Set(rows.map(({ seq }) => seq))])
      .where('text', 'is not', null)
      .execute();
    return new Map(words.map(({ case_id, seq, text }) => [`${case_id}/${seq}`, text ?? '']));
  }

  /** Rows with the people behind their references. */
  async function named(team: string, rows: readonly Selectable<CasesTable>[]): Promise<CaseRecord[]> {
    const states = rows.map(({ state }) => JSON.parse(state) as Case);
    const users = await people.usersOf(team, peopleIn(states));
    return rows.map((row, index) => ({
      teamId: row.team_id,
      id: row.id,
      version: row.version,
      head: row.head,
      state: mapPeople(states[index] as Case, (ref) => users.get(ref) ?? ref),
    }));
  }
}
