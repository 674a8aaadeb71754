/** Rows of the outbox ↔ what is planned to be said. */
import type { Selectable } from 'kysely';
import type { PlannedRow } from './outbox-plan.ts';
import type { OutboxTable } from './outbox-tables.ts';

export const ROW_STATES = ['pending', 'sent', 'cancelled', 'missed', 'dropped', 'dead'] as const;
export type RowState = (typeof ROW_STATES)[number];

/** A planned row as it stands. Times are epoch milliseconds. */
export interface OutboxRow extends PlannedRow {
  readonly teamId: string;
  readonly state: RowState;
  readonly messageId: string | null;
  readonly reason: string | null;
  readonly createdAt: number;
  readonly settledAt: number | null;
}

export function rowOf(row: Selectable<OutboxTable>): OutboxRow {
  return {
    teamId: row.team_id,
    key: row.key,
    kind: row.kind,
    caseId: row.case_id,
    recipient: row.recipient,
    together: row.together,
    dueAt: row.due_at,
    state: row.state as RowState,
    messageId: row.message_id,
    body: JSON.parse(row.body) as unknown,
    reason: row.reason,
    createdAt: row.created_at,
    settledAt: row.settled_at,
  };
}

/**
 * As it is due. Not sorted by the database: to spare the sorting, SQLite would go through everything the workspace ever
 * planned.
 */
export function inOrder(rows: readonly Selectable<OutboxTable>[]): OutboxRow[] {
  return rows.map(rowOf).sort((a, b) => a.dueAt - b.dueAt || (a.key < b.key ? -1 : 1));
}

export type Gathered = Pick<Selectable<OutboxTable>, 'team_id' | 'key' | 'kind' | 'recipient' | 'together'>;

/** Rows of the same kind for the same recipient that go out together; any other row alone. */
export function groupsOf(rows: readonly Gathered[]): [Gathered, ...Gathered[]][] {
  const groups = new Map<string, [Gathered, ...Gathered[]]>();
  for (const row of rows) {
    const { team_id, kind, recipient, together, key } = row;
    const name = JSON.stringify([team_id, kind, recipient, together === null ? ['alone', key] : together]);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}
