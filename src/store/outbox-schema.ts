import { sql, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** The partial indexes hold only what still has to go out, so that looking for it costs the same at any size. */
export async function createOutbox(trx: Transaction<Tables>): Promise<void> {
  await trx.schema
    .createTable('outbox')
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('case_id', 'text')
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('together', 'text')
    .addColumn('due_at', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text')
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('created_at', 'integer', (column) => column.notNull())
    .addColumn('settled_at', 'integer')
    .addPrimaryKeyConstraint('outbox_key', ['team_id', 'key'])
    .modifyEnd(sql`strict`)
    .execute();
  await sql`create index outbox_due on outbox (due_at) where state = 'pending' and message_id is null`.execute(
    trx,
  );
  await sql`create index outbox_settled on outbox (settled_at) where settled_at is not null`.execute(trx);
  await trx.schema.createIndex('outbox_case').on('outbox').columns(['team_id', 'case_id']).execute();
  // Without the rows that are in no message: SQLite would go through all of those when it looks for what is due.
  await sql`create index outbox_message on outbox (team_id, message_id) where message_id is not null`.execute(
    trx,
  );
  await trx.schema.createIndex('outbox_ledger').on('outbox').columns(['team_id', 'due_at', 'key']).execute();
  await trx.schema
    .createTable('outbox_messages')
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('next_at', 'integer', (column) => column.notNull())
    .addColumn('token', 'text')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('first_try', 'integer')
    .addColumn('last_try', 'integer')
    .addColumn('channel', 'text')
    .addColumn('ts', 'text')
    .addColumn('late', 'integer', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('created_at', 'integer', (column) => column.notNull())
    .addColumn('settled_at', 'integer')
    .addPrimaryKeyConstraint('outbox_messages_key', ['team_id', 'id'])
    .modifyEnd(sql`strict`)
    .execute();
  await sql`create index outbox_messages_next on outbox_messages (next_at) where state = 'open'`.execute(trx);
  await sql`create index outbox_messages_settled on outbox_messages (settled_at) where settled_at is not null`.execute(
    trx,
  );
  await sql`create index inbox_handled on inbox (received_at) where state = 'handled'`.execute(trx);
  await trx.schema
    .createIndex('outbox_messages_place')
    .on('outbox_messages')
    .columns(['team_id', 'channel', 'ts'])
    .execute();
}
