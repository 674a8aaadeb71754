import type { Kysely, Transaction } from 'kysely';
import type { Case } from '../cases/case.ts';
import { caseId } from '../cases/case-id.ts';
import { type CaseCommand, readCommand } from '../cases/command.ts';
import { decide } from '../cases/decide.ts';
import { type CaseEvent, mapPeople } from '../cases/event.ts';
import { evolve } from '../cases/evolve.ts';
import { searchWords } from '../cases/listing.ts';
import { isRefusal, NO_SUCH_CASE, type Refusal } from '../cases/refusal.ts';
import { relationTo, standingOf, viewOfCase, viewOfEvents } from '../cases/rights.ts';
import { REMINDER } from '../reminders/plan.ts';
import { mergeFacets } from './case-facets.ts';
import { type CaseRecord, createCaseReads } from './case-reads.ts';
import type { Asker, CaseOutcome, CaseRequest, CaseStoreParts } from './case-request.ts';
import { caseRow, type EventRows, eventRows, facetRows, peopleIn } from './case-rows.ts';
import { cleanText } from './clean-text.ts';
import { isUniqueViolation } from './dialect.ts';
import { GENESIS } from './hash-chain.ts';
import { schedulePlan } from './outbox-plan.ts';
import type { Tables } from './tables.ts';

const ATTEMPTS = 5;

export type CaseStore = ReturnType<typeof createCaseStore>;

/** The one door through which cases change: command → rights → decision → events and state in one transaction. */
export function createCaseStore(db: Kysely<Tables>, { apiNames, newId, remind = () => [] }: CaseStoreParts) {
  const reads = createCaseReads(db, newId);

  return { ...reads, carryOut, recordRefusal };

  /** Carries a command out, or says why not. Every refusal is recorded; nothing else of a refused command is. */
  async function carryOut(request: CaseRequest): Promise<CaseOutcome> {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = (await findRepeated(request)) ?? (await attemptOnce(request));
      if (outcome === 'lost-race') {
        if (attempt < ATTEMPTS) continue;
        throw new Error(`case ${request.id ?? '(new)'}: lost ${ATTEMPTS} races in a row`);
      }
      if (outcome.kind === 'refused') await recordRefusal(request, outcome);
      return seenBy(request.asker, outcome);
    }
  }

  async function attemptOnce(request: CaseRequest): Promise<CaseOutcome | 'lost-race'> {
    const { asker, expected, id } = request;
    const record = id === null ? null : await reads.find(asker.teamId, id);
    if (id !== null && record === null) return NO_SUCH_CASE;
    const as = standing(asker, record);
    if (as === null) return NO_SUCH_CASE;
    if (record !== null && expected !== null && record.version !== expected) {
      return { kind: 'conflict', record, since: await reads.eventsAfter(record, expected) };
    }
    const command = readCommand({ ...request.command, by: { person: asker.person, as }, at: request.now });
    if (isRefusal(command)) return command;
    return decideAndSave(request, record, command);
  }

  async function decideAndSave(
    request: CaseRequest,
    record: CaseRecord | null,
    command: CaseCommand,
  ): Promise<CaseOutcome | 'lost-race'> {
    const events = decide(record?.state ?? null, command, request.rules);
    if (isRefusal(events)) return events;
    const refs = await reads.people.refsOf(request.asker.teamId, peopleIn([record?.state, events]));
    const toRef = (person: string) => refs.get(person) ?? person;
    const before = record === null ? null : mapPeople(record.state, toRef);
    const kept = mapPeople(events, toRef);
    const change = { before, after: after(before, kept), events: kept };
    const saved = await save(request, record, change);
    if (saved === null) return 'lost-race';
    return {
      kind: 'done',
      record: { ...saved, teamId: request.asker.teamId, state: after(record?.state ?? null, events) },
      events: events.map((event, index) => ({ ...event, seq: (record?.version ?? 0) + index + 1 })),
      repeated: false,
    };
  }

  /** State, events, words and lists in one transaction; null when somebody else changed the case first. */
  async function save(request: CaseRequest, record: CaseRecord | null, change: Change) {
    try {
      return await db.transaction().execute(async (trx) => {
        const id = record?.id ?? caseId(await nextNumber(trx, request.asker.teamId));
        const chain = {
          team: request.asker.teamId,
          id,
          version: record?.version ?? 0,
          head: record?.head ?? GENESIS,
          sourceKey: request.sourceKey === null ? null : cleanText(request.sourceKey),
        };
        const rows = eventRows(chain, change.events, newId);
        const last = rows.events.at(-1);
        if (last === undefined) throw new Error('a change has at least one event');
        const row = caseRow(chain, change.after, last);
        if (record === null) await trx.insertInto('cases').values(row).execute();
        else {
          // The comparison comes first and takes the lock: everything below stands on it.
          const won = await trx
            .updateTable('cases')
            .set(row)
            .where('team_id', '=', chain.team)
            .where('id', '=', id)
            .where('version', '=', record.version)
            .executeTakeFirst();
          if (won.numUpdatedRows !== 1n) return null;
        }
        await insertEvents(trx, rows);
        await keepLists(trx, chain, change);
        await keepReminders(trx, chain, change, request.now);
        return { id, version: last.seq, head: last.hash };
      });
    } catch (error) {
      // Another worker carried the same delivery out at the same moment: the next attempt finds it done.
      if (isUniqueViolation(error) && request.sourceKey !== null) return null;
      throw error;
    }
  }

  async function keepLists(trx: Transaction<Tables>, chain: { team: string; id: string }, change: Change) {
    const { team, id } = chain;
    const former = change.before === null ? [] : facetRows(team, id, change.before);
    await mergeFacets(trx, former, facetRows(team, id, change.after));
    const text = wordsToFind(id, change.after);
    if (change.before !== null && wordsToFind(id, change.before) === text) return;
    await trx
      .insertInto('case_search')
      .values({ team_id: team, case_id: id, text })
      .onConflict((conflict) => conflict.columns(['team_id', 'case_id']).doUpdateSet({ text }))
      .execute();
  }

  /** A date that changed takes what was planned for it along. */
  async function keepReminders(
    trx: Transaction<Tables>,
    { team, id }: { team: string; id: string },
    { before, after }: Change,
    now: number,
  ) {
    const planned = remind(id, after);
    if (planned.length === 0 && (before === null || remind(id, before).length === 0)) return;
    await schedulePlan(trx, { team, caseId: id, kind: REMINDER, now }, planned);
  }

  function wordsToFind(id: string, state: Case): string {
    return cleanText(
      searchWords(
        id,
        state,
        state.apis.rows.map((row) => apiNames.get(row) ?? ''),
      ),
    );
  }

  async function findRepeated({ sourceKey, asker }: CaseRequest): Promise<CaseOutcome | null> {
    if (sourceKey === null) return null;
    const events = await reads.eventsOfDelivery(asker.teamId, cleanText(sourceKey));
    const [first] = events;
    if (first === undefined) return null;
    const record = await reads.find(asker.teamId, first.caseId);
    if (record === null) throw new Error(`case ${first.caseId} has events and no state`);
    return {
      kind: 'done',
      record,
      events: events.map(({ caseId: _case, ...event }) => event),
      repeated: true,
    };
  }

  /** Refusals of surfaces that never come as far as a command are recorded by this too. */
  async function recordRefusal(
    { asker, id, command, now }: Pick<CaseRequest, 'asker' | 'id' | 'command' | 'now'>,
    refusal: Refusal,
  ): Promise<void> {
    const { teamId: team } = asker;
    const refs = await reads.people.refsOf(team, [cleanText(asker.person).slice(0, 64)]);
    await db
      .insertInto('case_refusals')
      .values({
        team_id: team,
        id: newId(),
        case_id: id === null ? null : cleanText(id).slice(0, 64),
        at: now,
        actor: [...refs.values()][0] ?? '',
        command: cleanText(String(command.kind)).slice(0, 64),
        code: refusal.code,
        message: refusal.message,
      })
      .execute();
  }
}

interface Change {
  readonly before: Case | null;
  readonly after: Case;
  readonly events: readonly CaseEvent[];
}

function after(before: Case | null, events: readonly CaseEvent[]): Case {
  const state = events.reduce<Case | null>(evolve, before);
  if (state === null) throw new Error('a change has at least one event');
  return state;
}

/** Null for somebody to whom this case does not exist. Without a case anybody may ask for one; staff may open one. */
function standing(asker: Asker, record: CaseRecord | null) {
  if ('system' in asker) return 'system';
  if (record === null) return asker.staff ? 'staff' : 'provider';
  return standingOf(relationTo(record.state, record.teamId, asker));
}

/** What leaves the store goes through the asker's eyes, conflicts and repetitions too. */
function seenBy(asker: Asker, outcome: CaseOutcome): CaseOutcome {
  if (outcome.kind === 'refused' || 'system' in asker) return outcome;
  const { record } = outcome;
  const relation = relationTo(record.state, record.teamId, asker);
  const state = viewOfCase(record.state, relation);
  if (state === null) return NO_SUCH_CASE;
  const seen = { ...record, state };
  if (outcome.kind === 'conflict')
    return { ...outcome, record: seen, since: viewOfEvents(outcome.since, relation) };
  return { ...outcome, record: seen, events: viewOfEvents(outcome.events, relation) };
}

async function nextNumber(trx: Transaction<Tables>, team: string): Promise<number> {
  const { last } = await trx
    .insertInto('case_numbers')
    .values({ team_id: team, last: 1 })
    .onConflict((conflict) =>
      conflict.column('team_id').doUpdateSet((eb) => ({ last: eb('case_numbers.last', '+', 1) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return last;
}

async function insertEvents(trx: Transaction<Tables>, rows: EventRows): Promise<void> {
  await trx
    .insertInto('case_events')
    .values([...rows.events])
    .execute();
  for (const { audience, row } of rows.words) {
    await trx
      .insertInto(audience === 'staff' ? 'case_staff_words' : 'case_shared_words')
      .values(row)
      .execute();
  }
}
