/** Looking at the outbox: what is planned, and what became of it. */
import type { Kysely } from 'kysely';
import { inOrder, type OutboxRow, type RowState, rowOf } from './outbox-rows.ts';
import type { Tables } from './tables.ts';

export interface LedgerQuery {
  /** Due from this moment on, and before that one. */
  readonly from: number;
  readonly to: number;
  readonly caseId?: string;
  readonly states?: readonly RowState[];
  /** `dueAt` and `key` of the last row of the page before. */
  readonly after?: { readonly dueAt: number; readonly key: string };
  /** The last due first; `after` is then the last row of the page before all the same. */
  readonly newestFirst?: boolean;
  readonly limit: number;
}

export interface SaidMessage {
  readonly rows: readonly OutboxRow[];
  readonly late: boolean;
}

/** A row with what became of it in Slack. */
export interface LedgerRow extends OutboxRow {
  readonly sent: { readonly channel: string; readonly ts: string; readonly late: boolean } | null;
  readonly attempts: number;
}

export function createOutboxReads(db: Kysely<Tables>) {
  return {
    /** What was said in the message that stands there, and whether late; no rows for any other message. */
    async messageAt(team: string, channel: string, ts: string): Promise<SaidMessage> {
      const messages = await db
        .selectFrom('outbox_messages')
        .select(['id', 'late'])
        .where('team_id', '=', team)
        .where('channel', '=', channel)
        .where('ts', '=', ts)
        .execute();
      if (messages.length === 0) return { rows: [], late: false };
      const rows = await db
        .selectFrom('outbox')
        .selectAll()
        .where('team_id', '=', team)
        .where(
          'message_id',
          'in',
          messages.map(({ id }) => id),
        )
        .where('state', '=', 'sent')
        .execute();
      return { rows: inOrder(rows), late: messages.some(({ late }) => late === 1) };
    },

    async byKeys(team: string, keys: readonly string[]): Promise<OutboxRow[]> {
      if (keys.length === 0) return [];
      const rows = await db
        .selectFrom('outbox')
        .selectAll()
        .where('team_id', '=', team)
        .where('key', 'in', [...keys])
        .execute();
      return rows.map(rowOf);
    },

    /** What is planned and what became of it, in the order it is or was due, or in the reverse one. */
    async ledger(team: string, query: LedgerQuery): Promise<LedgerRow[]> {
      const { from, to, caseId, states, after, limit } = query;
      const [beyond, order] = query.newestFirst === true ? (['<', 'desc'] as const) : (['>', 'asc'] as const);
      let rows = db
        .selectFrom('outbox')
        .leftJoin('outbox_messages as m', (join) =>
          join.onRef('m.team_id', '=', 'outbox.team_id').onRef('m.id', '=', 'outbox.message_id'),
        )
        .selectAll('outbox')
        .select(['m.channel', 'm.ts', 'm.late', 'm.attempts'])
        .where('outbox.team_id', '=', team)
        .where('outbox.due_at', '>=', from)
        .where('outbox.due_at', '<', to);
      if (caseId !== undefined) rows = rows.where('outbox.case_id', '=', caseId);
      if (states !== undefined) rows = rows.where('outbox.state', 'in', [...states]);
      if (after !== undefined) {
        rows = rows.where((eb) =>
          eb.or([
            eb('outbox.due_at', beyond, after.dueAt),
            eb.and([eb('outbox.due_at', '=', after.dueAt), eb('outbox.key', beyond, after.key)]),
          ]),
        );
      }
      const found = await rows
        .orderBy('outbox.due_at', order)
        .orderBy('outbox.key', order)
        .limit(limit)
        .execute();
      return found.map(({ channel, ts, late, attempts, ...row }) => ({
        ...rowOf(row),
        sent:
          row.state === 'sent' && channel !== null && ts !== null ? { channel, ts, late: late === 1 } : null,
        attempts: attempts ?? 0,
      }));
    },

    async countByState(team: string): Promise<ReadonlyMap<RowState, number>> {
      const rows = await db
        .selectFrom('outbox')
        .select(['state', (eb) => eb.fn.countAll<number>().as('count')])
        .where('team_id', '=', team)
        .groupBy('state')
        .execute();
      return new Map(rows.map(({ state, count }) => [state as RowState, Number(count)]));
    },
  };
}
