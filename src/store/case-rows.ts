/** Case and events ↔ rows. People are references in every row; the words of events lie apart. */
import type { Insertable, Selectable } from 'kysely';
import type { Actor, Audience, Case } from '../cases/case.ts';
import { type CaseEvent, mapPeople, wordsAudience } from '../cases/event.ts';
import { facetsOf, isOpen } from '../cases/listing.ts';
import { nextDue } from '../cases/standing.ts';
import type { CaseEventsTable, CaseFacetsTable, CasesTable, CaseWordsTable } from './case-tables.ts';
import { cleanText } from './clean-text.ts';
import { canonicalJson, digestOf, hashOf } from './hash-chain.ts';

/** Where an event goes: the case, the last event before it, and what caused it. */
export interface Chain {
  readonly team: string;
  readonly id: string;
  readonly version: number;
  readonly head: string;
  readonly sourceKey: string | null;
}

export interface EventRows {
  readonly events: readonly CaseEventsTable[];
  readonly words: readonly { readonly audience: Audience; readonly row: CaseWordsTable }[];
}

/** An event with its place in the record of its case. */
export type NumberedEvent = CaseEvent & { readonly seq: number };

/** Events that hold references already, as rows that continue the chain. `newSalt` is chance, 16 bytes or more. */
export function eventRows(chain: Chain, events: readonly CaseEvent[], newSalt: () => string): EventRows {
  const rows: CaseEventsTable[] = [];
  const words: { audience: Audience; row: CaseWordsTable }[] = [];
  for (const [part, event] of events.entries()) {
    const seq = chain.version + part + 1;
    const { by, at, kind, ...facts } = event;
    const text = 'text' in facts ? facts.text : null;
    const salt = text === null ? null : newSalt();
    const kept = text === null || salt === null ? facts : { ...facts, text: digestOf(salt, cleanText(text)) };
    const row = {
      team_id: chain.team,
      case_id: chain.id,
      seq,
      at,
      actor: by.person,
      standing: by.as,
      kind,
      body: cleanText(canonicalJson(kept)),
      source_key: chain.sourceKey,
      part,
      prev: rows.at(-1)?.hash ?? chain.head,
    };
    rows.push({ ...row, hash: hashOf(row) });
    const audience = wordsAudience(event);
    if (text !== null && audience !== null) {
      const place = { team_id: chain.team, case_id: chain.id, seq, author: by.person };
      words.push({ audience, row: { ...place, salt, text: cleanText(text), erased_at: null } });
    }
  }
  return { events: rows, words };
}

/** The event of a row, its words as given: null where erased or not for the reader. */
export function eventOf(row: Selectable<CaseEventsTable>, text: string | null): NumberedEvent {
  const facts = JSON.parse(row.body) as Record<string, unknown>;
  // Written by `eventRows` from a CaseEvent; the audit command reads every row back and replays it.
  return {
    ...facts,
    ...('text' in facts ? { text } : {}),
    kind: row.kind,
    by: { person: row.actor, as: row.standing as Actor['as'] },
    at: row.at,
    seq: row.seq,
  } as NumberedEvent;
}

/** The row of a case after its events; `state` holds references. */
export function caseRow(
  chain: Pick<Chain, 'team' | 'id'>,
  state: Case,
  last: { seq: number; hash: string },
): Insertable<CasesTable> {
  return {
    team_id: chain.team,
    id: chain.id,
    version: last.seq,
    head: last.hash,
    state: cleanText(canonicalJson(state)),
    open: isOpen(state) ? 1 : 0,
    next_due: nextDue(state),
    opened_at: state.openedAt,
    updated_at: state.changedAt,
  };
}

export function facetRows(team: string, id: string, state: Case): CaseFacetsTable[] {
  const place = { open: isOpen(state) ? 1 : 0, next_due: nextDue(state), case_id: id };
  return facetsOf(state).map((facet) => ({ team_id: team, facet: cleanText(facet), ...place }));
}

/** The people an event or a case names, each once. */
export function peopleIn(values: readonly unknown[]): string[] {
  const found = new Set<string>();
  mapPeople(values, (person) => {
    found.add(person);
    return person;
  });
  return [...found];
}
