import { type Kysely, type Selectable, sql } from 'kysely';
import type { Day } from '../calendar.ts';
import { type CaseFilter, facetOf } from '../cases/listing.ts';
import type { Viewer } from '../cases/rights.ts';
import { NO_DATE } from '../cases/standing.ts';
import { searchForm } from '../cases/words.ts';
import type { CaseRecord } from './case-reads.ts';
import type { CasesTable } from './case-tables.ts';
import { contains } from './dialect.ts';
import type { PeopleStore } from './people-store.ts';
import type { Tables } from './tables.ts';

/** Cases that match every filter. */
export interface CaseQuery {
  readonly filters: readonly CaseFilter[];
  /** Open cases unless false: then the closed ones. */
  readonly open?: boolean;
  /** Only cases with an open date before this day. */
  readonly overdueOn?: Day;
  /** Only cases unchanged since before this moment (epoch milliseconds), the quietest first. */
  readonly quietSince?: number;
}

export interface CasePage {
  readonly records: readonly CaseRecord[];
  /** Opaque; null on the last page. A forged one gives some page of the same list, never another list. */
  readonly next: string | null;
}

const MAX_PAGE = 100;
const MAX_TERMS = 8;

type Named = (team: string, rows: readonly Selectable<CasesTable>[]) => Promise<CaseRecord[]>;

/** Lists and searches, each a short walk along an index. The overdue come first, then what is due next. */
export function createCaseLists(db: Kysely<Tables>, people: PeopleStore, named: Named) {
  return {
    listForStaff,
    countForStaff,
    listForProvider,
    searchForStaff,
    someCaseHasChannel,
    casesOfChannel,
    casesWithMessage,
  };

  /** A page of cases. Only for viewers the server knows as staff: anybody else gets an empty page. */
  async function listForStaff(
    viewer: Viewer,
    query: CaseQuery,
    page: { after: string | null; limit: number },
  ): Promise<CasePage> {
    if (!viewer.staff) return { records: [], next: null };
    const facets = await facetsOfQuery(viewer.teamId, query);
    if (facets === null) return { records: [], next: null };
    const limit = Math.min(Math.max(page.limit, 1), MAX_PAGE);
    return query.quietSince === undefined
      ? byDue(viewer.teamId, facets, query, page.after, limit)
      : byQuiet(viewer.teamId, facets, query, query.quietSince, page.after, limit);
  }

  /** How many cases match; `atMost` bounds the work, and the answer. */
  async function countForStaff(viewer: Viewer, query: CaseQuery, atMost = 10_000): Promise<number> {
    if (!viewer.staff) return 0;
    const facets = await facetsOfQuery(viewer.teamId, query);
    if (facets === null) return 0;
    const { count } = await db
      .selectFrom(dueRows(viewer.teamId, facets, query).select('f.case_id').limit(atMost).as('found'))
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** The cases of a person: as contact, as member, or through a channel Slack has confirmed. Open ones first. */
  async function listForProvider(viewer: Viewer, limit: number): Promise<CaseRecord[]> {
    const refs = await people.knownRefs(viewer.teamId, [viewer.person]);
    const facets = [
      ...[...refs.values()].map((person) => facetOf({ by: 'person', person })),
      ...viewer.channels.map((channel) => facetOf({ by: 'channel', channel })),
    ];
    if (facets.length === 0) return [];
    const rows = await db
      .selectFrom('case_facets as f')
      .select(['f.case_id', 'f.open', 'f.next_due'])
      .distinct()
      .where('f.team_id', '=', viewer.teamId)
      .where('f.facet', 'in', facets)
      .orderBy('f.open', 'desc')
      .orderBy('f.next_due')
      .orderBy('f.case_id')
      .limit(Math.min(Math.max(limit, 1), MAX_PAGE))
      .execute();
    return inOrder(
      viewer.teamId,
      rows.map(({ case_id }) => case_id),
    );
  }

  /** Cases whose number, company, service, APIs or kind contain every word; the newest first. */
  async function searchForStaff(viewer: Viewer, typed: string, limit: number): Promise<CaseRecord[]> {
    const terms = typed
      .split(/[\s、,]+/u)
      .map(searchForm)
      .filter((term) => term !== '');
    if (!viewer.staff || terms.length === 0) return [];
    let found = db
      .selectFrom('case_search as s')
      .select('s.case_id')
      .where('s.team_id', '=', viewer.teamId)
      .orderBy('s.case_id', 'desc')
      .limit(Math.min(Math.max(limit, 1), MAX_PAGE));
    for (const term of terms.slice(0, MAX_TERMS)) {
      found = found.where((eb) => contains(db, eb.ref('s.text'), term));
    }
    const ids = (await found.execute()).map(({ case_id }) => case_id);
    return inOrder(viewer.teamId, ids);
  }

  async function byDue(
    team: string,
    facets: readonly string[],
    query: CaseQuery,
    after: string | null,
    limit: number,
  ): Promise<CasePage> {
    const [due = '', id = ''] = after?.split('|') ?? [];
    let rows = dueRows(team, facets, query)
      .select(['f.case_id', 'f.next_due'])
      .orderBy('f.next_due')
      .orderBy('f.case_id')
      .limit(limit + 1);
    if (after !== null) {
      rows = rows.where((eb) => eb(eb.refTuple('f.next_due', 'f.case_id'), '>', eb.tuple(due, id)));
    }
    const found = await rows.execute();
    const last = found.length > limit ? found[limit - 1] : undefined;
    return {
      records: await inOrder(
        team,
        found.slice(0, limit).map(({ case_id }) => case_id),
      ),
      next: last === undefined ? null : `${last.next_due}|${last.case_id}`,
    };
  }

  async function byQuiet(
    team: string,
    facets: readonly string[],
    query: CaseQuery,
    quietSince: number,
    after: string | null,
    limit: number,
  ): Promise<CasePage> {
    const [time = '', id = ''] = after?.split('|') ?? [];
    // Ids first: whole cases would be carried through the sort.
    let rows = db
      .selectFrom('cases as c')
      .select(['c.id', 'c.updated_at'])
      .where('c.team_id', '=', team)
      .where('c.open', '=', query.open === false ? 0 : 1)
      .where('c.updated_at', '<', quietSince)
      .orderBy('c.updated_at')
      .orderBy('c.id')
      .limit(limit + 1);
    if (query.overdueOn !== undefined) rows = rows.where('c.next_due', '<', query.overdueOn);
    if (/^\d{1,15}$/.test(time)) {
      rows = rows.where((eb) => eb(eb.refTuple('c.updated_at', 'c.id'), '>', eb.tuple(Number(time), id)));
    }
    for (const facet of facets) {
      const carried = carries(team, facet, { open: 'c.open', due: 'c.next_due', id: 'c.id' });
      rows = rows.where(({ exists }) => exists(carried));
    }
    const found = await rows.execute();
    const last = found.length > limit ? found[limit - 1] : undefined;
    return {
      records: await inOrder(
        team,
        found.slice(0, limit).map(({ id: one }) => one),
      ),
      next: last === undefined ? null : `${last.updated_at}|${last.id}`,
    };
  }

  /** Walks the index of the first facet; the others are looked up by their whole key. */
  function dueRows(team: string, [first = 'all', ...others]: readonly string[], query: CaseQuery) {
    let rows = db
      .selectFrom('case_facets as f')
      .where('f.team_id', '=', team)
      .where('f.facet', '=', first)
      .where('f.open', '=', query.open === false ? 0 : 1)
      .where('f.next_due', query.overdueOn === undefined ? '<=' : '<', query.overdueOn ?? NO_DATE);
    for (const facet of others) {
      const carried = carries(team, facet, { open: 'f.open', due: 'f.next_due', id: 'f.case_id' });
      rows = rows.where(({ exists }) => exists(carried));
    }
    return rows;
  }

  /** Whether the case in this row carries a facet, looked up by its whole key. `row`: columns of the query around it. */
  function carries(team: string, facet: string, row: { open: string; due: string; id: string }) {
    return db
      .selectFrom('case_facets as g')
      .select(sql.lit(1).as('one'))
      .where('g.team_id', '=', team)
      .where('g.facet', '=', facet)
      .where('g.open', '=', sql.ref<number>(row.open))
      .where('g.next_due', '=', sql.ref<string>(row.due))
      .where('g.case_id', '=', sql.ref<string>(row.id));
  }

  /** Whether any case of the workspace belongs to a channel. */
  async function someCaseHasChannel(team: string): Promise<boolean> {
    return (await idsWith(team, facetOf({ by: 'in-channel' }), 1)).length > 0;
  }

  /** The numbers of the cases that belong to a channel, open ones first. For the server: it says nothing about rights. */
  async function casesOfChannel(team: string, channel: string, limit: number): Promise<string[]> {
    return idsWith(team, facetOf({ by: 'channel', channel }), limit);
  }

  /** The numbers of the cases this message was taken into. For the server. */
  async function casesWithMessage(team: string, channel: string, ts: string): Promise<string[]> {
    return idsWith(team, facetOf({ by: 'message', channel, ts }), MAX_PAGE);
  }

  async function idsWith(team: string, facet: string, limit: number): Promise<string[]> {
    const rows = await db
      .selectFrom('case_facets')
      .select('case_id')
      .where('team_id', '=', team)
      .where('facet', '=', facet)
      .orderBy('open', 'desc')
      .orderBy('case_id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ case_id }) => case_id);
  }

  /** The facets to look for; null when a person in them has nothing to do with any case. */
  async function facetsOfQuery(team: string, { filters, quietSince }: CaseQuery): Promise<string[] | null> {
    const wanted = filters.filter(({ by }) => by !== 'all');
    const persons = wanted.flatMap((filter) => ('person' in filter ? [filter.person] : []));
    const refs = await people.knownRefs(team, persons);
    if (persons.some((person) => !refs.has(person))) return null;
    const facets = wanted.map((filter) =>
      facetOf('person' in filter ? { ...filter, person: refs.get(filter.person) ?? '' } : filter),
    );
    return facets.length === 0 && quietSince === undefined ? ['all'] : facets;
  }

  async function inOrder(team: string, ids: readonly string[]): Promise<CaseRecord[]> {
    if (ids.length === 0) return [];
    const rows = await db
      .selectFrom('cases')
      .selectAll()
      .where('team_id', '=', team)
      .where('id', 'in', ids)
      .execute();
    const records = new Map((await named(team, rows)).map((record) => [record.id, record]));
    return ids.flatMap((id) => records.get(id) ?? []);
  }
}
