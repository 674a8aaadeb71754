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
  readonly limit: number;
}

/** A row with what became of it in Slack. */
export interface LedgerRow extends OutboxRow {
  readonly sent: { readonly channel: string; readonly ts: string; readonly late: boolean } | null;
  readonly attempts: number;
}

export function createOutboxReads(db: Kysely<Tables>) {
  return {
    /** The rows said in the message that stands there; empty for any other message. */
    async rowsAt(team: string, channel: string, ts: string): Promise<OutboxRow[]> {
      const messages = await db
        .selectFrom('outbox_messages')
        .select('id')
        .where('team_id', '=', team)
        .where('channel', '=', channel)
        .where('ts', '=', ts)
        .execute();
      if (messages.length === 0) return [];
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
      return inOrder(rows);
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

    /** What is planned and what became of it, in the order it is or was due. */
    async ledger(team: string, query: LedgerQuery): Promise<LedgerRow[]> {
      const { from, to, caseId, states, after, limit } = query;
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
            eb('outbox.due_at', '>', after.dueAt),
            eb.and([eb('outbox.due_at', '=', after.dueAt), eb('outbox.key', '>', after.key)]),
          ]),
        );
      }
      const found = await rows.orderBy('outbox.due_at').orderBy('outbox.key').limit(limit).execute();
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
