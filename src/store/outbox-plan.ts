/** What is planned to go out for a case, kept equal to what follows from the case: in the transaction that changes it. */
import type { Kysely } from 'kysely';
import { cleanJson, cleanText } from './clean-text.ts';
import type { Tables } from './tables.ts';

/** One thing one recipient is to be told. `dueAt` in epoch milliseconds. */
export interface PlannedRow {
  readonly key: string;
  readonly kind: string;
  readonly caseId: string | null;
  readonly recipient: string;
  readonly together: string | null;
  readonly dueAt: number;
  /** Facts as JSON, people as references. */
  readonly body: unknown;
}

/** Whose plan is replaced: all rows of this kind of this case. */
export interface PlanScope {
  readonly team: string;
  readonly caseId: string;
  readonly kind: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Adds rows; a key that exists stays as it is, sent or not. `db` may be an open transaction. */
export async function enqueueRows(
  db: Kysely<Tables>,
  team: string,
  rows: readonly PlannedRow[],
  now: number,
): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto('outbox')
    .values(rows.map((row) => newRow(team, row, now)))
    .onConflict((conflict) => conflict.columns(['team_id', 'key']).doNothing())
    .execute();
}

/**
 * Makes what is pending for a case equal to `planned`, inside the transaction of the change: what is not planned any
 * more is cancelled, what is new is added, what moved is moved, and what was cancelled before comes back. What was
 * sent, missed or given up stays so. A row whose message is on its way stays in that message, also when it comes back:
 * in a second one it would be said twice. Whoever sends asks again whether it is still of use. What would have been
 * due before `now` is not added any more; what was planned in time stays.
 */
export async function schedulePlan(
  trx: Kysely<Tables>,
  { team, caseId, kind, now }: PlanScope,
  planned: readonly PlannedRow[],
): Promise<void> {
  const held = await trx
    .selectFrom('outbox')
    .leftJoin('outbox_messages as m', (join) =>
      join
        .onRef('m.team_id', '=', 'outbox.team_id')
        .onRef('m.id', '=', 'outbox.message_id')
        .on('m.state', '=', 'open'),
    )
    .select([
      'outbox.key',
      'outbox.state',
      'outbox.due_at',
      'outbox.recipient',
      'outbox.body',
      'm.id as onItsWay',
    ])
    .where('outbox.team_id', '=', team)
    .where('outbox.case_id', '=', caseId)
    .where('outbox.kind', '=', kind)
    .where('outbox.state', 'in', ['pending', 'cancelled'])
    .execute();
  const byKey = new Map(held.map((row) => [row.key, row]));
  const wanted = new Set(planned.map(({ key }) => key));
  const gone = held.filter((row) => row.state === 'pending' && !wanted.has(row.key)).map(({ key }) => key);
  await cancelRows(trx, team, gone, 'replaced', now);
  await enqueueRows(
    trx,
    team,
    planned.filter(({ key, dueAt }) => !byKey.has(key) && dueAt >= now),
    now,
  );
  for (const row of planned) {
    const former = byKey.get(row.key);
    if (former === undefined) continue;
    const fresh = newRow(team, row, now);
    const same =
      former.state === 'pending' &&
      former.due_at === fresh.due_at &&
      former.recipient === fresh.recipient &&
      former.body === fresh.body;
    const isOver = former.state === 'cancelled' && row.dueAt < now && former.onItsWay === null;
    if (same || isOver || (former.state === 'pending' && former.onItsWay !== null)) continue;
    // The row stays in its message, or out of any: only gathering and sending put it in or take it out.
    const { created_at: _created, message_id: _message, ...change } = fresh;
    await trx
      .updateTable('outbox')
      .set(change)
      .where('team_id', '=', team)
      .where('key', '=', fresh.key)
      .where('state', 'in', ['pending', 'cancelled'])
      .$if(former.onItsWay === null, (query) => query.where('message_id', 'is', null))
      .execute();
  }
}

/** Cancels what is still pending of these keys. */
export async function cancelRows(
  db: Kysely<Tables>,
  team: string,
  keys: readonly string[],
  reason: string,
  now: number,
): Promise<void> {
  if (keys.length === 0) return;
  await db
    .updateTable('outbox')
    .set({ state: 'cancelled', reason, settled_at: now })
    .where('team_id', '=', team)
    .where('key', 'in', [...keys])
    .where('state', '=', 'pending')
    .execute();
}

function newRow(team: string, row: PlannedRow, now: number) {
  return {
    team_id: team,
    key: cleanText(row.key),
    kind: row.kind,
    case_id: row.caseId,
    recipient: row.recipient,
    together: row.together,
    due_at: row.dueAt,
    state: 'pending',
    message_id: null,
    body: cleanJson(row.body),
    reason: null,
    created_at: now,
    settled_at: null,
  };
}
