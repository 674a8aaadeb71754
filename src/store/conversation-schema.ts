import { sql, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

export async function createConversations(trx: Transaction<Tables>): Promise<void> {
  await trx.schema
    .createTable('conversations')
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('flow', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('channel', 'text')
    .addColumn('thread_ts', 'text')
    .addColumn('message_ts', 'text')
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('source_key', 'text', (column) => column.notNull())
    .addColumn('started_at', 'integer', (column) => column.notNull())
    .addColumn('updated_at', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('conversations_key', ['team_id', 'id'])
    .addUniqueConstraint('conversations_source', ['team_id', 'source_key'])
    .modifyEnd(sql`strict`)
    .execute();
  await trx.schema
    .createIndex('conversations_place')
    .on('conversations')
    .columns(['team_id', 'channel', 'thread_ts', 'started_at'])
    .execute();
  await trx.schema
    .createIndex('conversations_person')
    .on('conversations')
    .columns(['team_id', 'user_id', 'updated_at'])
    .execute();
  await trx.schema
    .createTable('conversation_events')
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('conversation_id', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('source_key', 'text', (column) => column.notNull())
    .addColumn('at', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('conversation_events_key', ['team_id', 'conversation_id', 'seq'])
    .addUniqueConstraint('conversation_events_source', ['team_id', 'conversation_id', 'source_key'])
    .addForeignKeyConstraint('conversation_events_of', ['team_id', 'conversation_id'], 'conversations', [
      'team_id',
      'id',
    ])
    .modifyEnd(sql`strict`)
    .execute();
}
