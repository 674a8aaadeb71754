import type { Kysely, Transaction } from 'kysely';
import {
  type Actor,
  decideInquiry,
  type InquiryCommand,
  type InquiryRefusal,
  NO_SUCH_INQUIRY,
} from '../inquiries/decide.ts';
import {
  evolveInquiry,
  type Inquiry,
  type InquiryEventBody,
  isOpen,
  type ReplyTo,
  replayInquiry,
} from '../inquiries/inquiry.ts';
import { cleanJson, cleanText } from './clean-text.ts';
import { isUniqueViolation } from './dialect.ts';
import { createInquiryReads } from './inquiry-reads.ts';
import { type InquiryRecord, namedAnew, peopleOf } from './inquiry-rows.ts';
import { createInquiryTelling } from './inquiry-telling.ts';
import { createPeopleStore } from './people-store.ts';
import type { Tables } from './tables.ts';

/** Who asks the office about which answer. */
export interface InquiryOpening {
  readonly teamId: string;
  readonly asker: string;
  readonly answerId: string;
  readonly replyTo: ReplyTo;
  readonly place: InquiryRecord['place'];
  /** What the asker adds; may be empty. */
  readonly note: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Inbox key of the delivery. */
  readonly sourceKey: string;
}

export interface InquiryRequest {
  readonly teamId: string;
  readonly actor: Actor;
  readonly id: string;
  /** The version the person saw; null where it does not matter. */
  readonly expected: number | null;
  readonly command: InquiryCommand;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Inbox key of the delivery: the same delivery changes an inquiry once. */
  readonly sourceKey: string;
}

export type InquiryOutcome =
  | { readonly kind: 'done'; readonly record: InquiryRecord; readonly repeated: boolean }
  /** This person asked about this answer before, and the office has not replied yet. */
  | { readonly kind: 'already'; readonly record: InquiryRecord }
  | InquiryRefusal
  /** Somebody else was first; `record` is how it stands now. */
  | { readonly kind: 'conflict'; readonly record: InquiryRecord };

export type InquiryStore = ReturnType<typeof createInquiryStore>;

const ATTEMPTS = 5;

/** The one door through which inquiries change: rights → decision → event and state in one transaction. */
export function createInquiryStore(db: Kysely<Tables>, newId: () => string) {
  const people = createPeopleStore(db, newId);
  const reads = createInquiryReads(db, people);

  return { ...reads, ...createInquiryTelling(db), open, carryOut, recordRefusal };

  /** Saves a new inquiry before anything is posted. */
  async function open(opening: InquiryOpening): Promise<InquiryOutcome> {
    for (let attempt = 1; ; attempt += 1) {
      const before = await repeated(opening.teamId, opening.sourceKey);
      if (before !== null) return before;
      const standing = await reads.openOf(opening.teamId, opening.answerId, opening.asker);
      if (standing !== null && isOpen(standing.inquiry)) {
        // It may be this very delivery, carried out elsewhere a moment ago.
        const here = await repeated(opening.teamId, opening.sourceKey);
        return here ?? { kind: 'already', record: standing };
      }
      const id = await attemptOpening(opening);
      if (id !== null) return { kind: 'done', record: await there(opening.teamId, id), repeated: false };
      if (attempt === ATTEMPTS) throw new Error(`inquiry: lost ${ATTEMPTS} races in a row`);
    }
  }

  /** Carries a command out, or says why not. Every refusal is recorded; nothing else of a refused command is. */
  async function carryOut(request: InquiryRequest): Promise<InquiryOutcome> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const outcome = (await repeated(request.teamId, request.sourceKey)) ?? (await attemptOnce(request));
      if (outcome === 'lost-race') continue;
      if (outcome.kind === 'done') return outcome;
      // What stands in the way may be this very delivery, carried out elsewhere a moment ago.
      const here = await repeated(request.teamId, request.sourceKey);
      if (here === null && outcome.kind === 'refused') await recordRefusal(request, outcome);
      return here ?? outcome;
    }
    throw new Error(`inquiry ${request.id}: lost ${ATTEMPTS} races in a row`);
  }

  async function attemptOnce(request: InquiryRequest): Promise<InquiryOutcome | 'lost-race'> {
    const { teamId, actor, expected, command, now } = request;
    const record = await reads.find(teamId, request.id);
    if (record === null) return NO_SUCH_INQUIRY;
    const decided = decideInquiry(record.inquiry, command, actor);
    if (decided.kind === 'refused') return decided;
    const { version } = record.inquiry;
    if (expected !== null && expected !== version) return { kind: 'conflict', record };
    const event = { ...decided, seq: version + 1, at: now, actor: actor.person };
    const after = evolveInquiry(record.inquiry, event);
    const ref = await refsOf(teamId, [
      actor.person,
      after.asker,
      ...peopleOf(decided),
      ...named(after.owner),
    ]);
    const saved = await inTransaction(async (trx) => {
      const won = await trx
        .updateTable('inquiries')
        .set(stateColumns(after, ref))
        .where('team_id', '=', teamId)
        .where('id', '=', record.id)
        .where('version', '=', version)
        .executeTakeFirst();
      if (won.numUpdatedRows !== 1n) return false;
      await insertEvent(trx, { ...request, id: record.id, seq: event.seq, body: decided, ref });
      return true;
    });
    if (!saved) return 'lost-race';
    return { kind: 'done', record: await there(teamId, record.id), repeated: false };
  }

  async function attemptOpening(opening: InquiryOpening): Promise<string | null> {
    const { teamId, asker, answerId, replyTo, place, now, note, sourceKey } = opening;
    const body = { kind: 'opened', answerId, replyTo } as const;
    const first = replayInquiry([{ ...body, seq: 1, at: now, actor: asker }]);
    const ref = await refsOf(teamId, [asker]);
    const id = inquiryId((await lastNumber(teamId)) + 1);
    const saved = await inTransaction(async (trx) => {
      await trx
        .insertInto('inquiries')
        .values({
          team_id: teamId,
          id,
          answer_id: cleanText(answerId),
          asker: ref(asker),
          channel: place?.channel ?? null,
          thread_ts: place?.threadTs ?? null,
          ...stateColumns(first, ref),
          opened_at: now,
          card_channel: null,
          card_ts: null,
          card_version: 0,
          told: 0,
          tries: 0,
          due_at: 0,
        })
        .execute();
      const command = { kind: 'supplement', text: note } as const;
      await insertEvent(trx, {
        teamId,
        actor: { person: asker, staff: false },
        now,
        sourceKey,
        command,
        id,
        seq: 1,
        body,
        ref,
      });
      return true;
    });
    return saved ? id : null;
  }

  /** False when somebody else was first: a number, an event or an open inquiry of that kind exists already. */
  async function inTransaction(act: (trx: Transaction<Tables>) => Promise<boolean>): Promise<boolean> {
    try {
      return await db.transaction().execute(act);
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  async function insertEvent(
    trx: Transaction<Tables>,
    given: Pick<InquiryRequest, 'teamId' | 'actor' | 'id' | 'now' | 'sourceKey' | 'command'> & {
      readonly seq: number;
      readonly body: InquiryEventBody;
      readonly ref: (person: string) => string;
    },
  ): Promise<void> {
    const { teamId, id, seq, ref, body, command } = given;
    const actor = ref(given.actor.person);
    await trx
      .insertInto('inquiry_events')
      .values({
        team_id: teamId,
        inquiry_id: id,
        seq,
        at: given.now,
        actor,
        kind: body.kind,
        body: cleanJson(namedAnew(body, ref)),
        source_key: cleanText(given.sourceKey),
      })
      .execute();
    const text = 'text' in command ? cleanText(command.text).trim() : '';
    if (text === '') return;
    const words = { team_id: teamId, inquiry_id: id, seq, author: actor, text, erased_at: null };
    await trx.insertInto('inquiry_words').values(words).execute();
  }

  async function repeated(team: string, sourceKey: string): Promise<InquiryOutcome | null> {
    const row = await db
      .selectFrom('inquiry_events')
      .select('inquiry_id')
      .where('team_id', '=', team)
      .where('source_key', '=', cleanText(sourceKey))
      .executeTakeFirst();
    return row === undefined
      ? null
      : { kind: 'done', record: await there(team, row.inquiry_id), repeated: true };
  }

  async function recordRefusal(
    {
      teamId,
      actor,
      id,
      command,
      now,
    }: Pick<InquiryRequest, 'teamId' | 'actor' | 'now'> & {
      readonly id: string | null;
      readonly command: { readonly kind: string };
    },
    { code }: Pick<InquiryRefusal, 'code'>,
  ): Promise<void> {
    const ref = await refsOf(teamId, [actor.person]);
    await db
      .insertInto('inquiry_refusals')
      .values({
        team_id: teamId,
        id: newId(),
        inquiry_id: id === null ? null : cleanText(id).slice(0, 64),
        at: now,
        actor: ref(actor.person),
        command: command.kind,
        code,
      })
      .execute();
  }

  async function refsOf(team: string, named: readonly string[]): Promise<(person: string) => string> {
    const refs = await people.refsOf(team, [...new Set(named)]);
    return (person) => refs.get(person) ?? person;
  }

  async function lastNumber(team: string): Promise<number> {
    const row = await db
      .selectFrom('inquiries')
      .select('id')
      .where('team_id', '=', team)
      .orderBy((eb) => eb.fn('length', ['id']), 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return Number(row?.id.slice(2) ?? 0);
  }

  async function there(team: string, id: string): Promise<InquiryRecord> {
    const record = await reads.find(team, id);
    if (record === null) throw new Error(`inquiry ${id} has events and no state`);
    return record;
  }
}

/** Q-00001; longer from 100,000 on. */
function inquiryId(number: number): string {
  return `Q-${String(number).padStart(5, '0')}`;
}

function stateColumns(after: Inquiry, ref: (person: string) => string) {
  return {
    state: after.state,
    owner: after.owner === null ? null : ref(after.owner),
    version: after.version,
    open: isOpen(after) ? 1 : 0,
    updated_at: after.changedAt,
  };
}

function named(person: string | null): string[] {
  return person === null ? [] : [person];
}
