import { type Kysely, sql, type Transaction } from 'kysely';
import { createCaseCards } from './case-card-schema.ts';
import { createCases } from './case-schema.ts';
import { createConversations } from './conversation-schema.ts';
import { engineOf } from './dialect.ts';
import { createInquiries } from './inquiry-schema.ts';
import { createOutbox } from './outbox-schema.ts';
import { createReminders } from './reminder-schema.ts';
import type { Tables } from './tables.ts';

interface Migration {
  readonly id: string;
  readonly up: (trx: Transaction<Tables>) => Promise<void>;
}

/** Any number, the same in every process. */
const MIGRATION_LOCK = 5_018_042;

/** In order, append-only: a migration that has been released is never edited. */
export const MIGRATIONS: readonly Migration[] = [
  { id: '001-inbox', up: createInbox },
  { id: '002-answers', up: createAnswers },
  { id: '003-feedback', up: createFeedback },
  { id: '004-cases', up: createCases },
  { id: '005-conversations', up: createConversations },
  { id: '006-outbox', up: createOutbox },
  { id: '007-reminders', up: createReminders },
  { id: '008-inquiries', up: createInquiries },
  { id: '009-case-cards', up: createCaseCards },
];

/**
 * Brings a database to the newest schema. Each migration runs in its own transaction together with its
 * record, because a migration that fails half-way would otherwise leave half its tables behind.
 * Throws when the database knows a migration that this program does not: it was written by a newer one.
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  await db.connection().execute(async (connection) => {
    const locked = engineOf(connection) === 'postgres';
    // Several processes may start at once: one migrates, the others wait and find it done.
    if (locked) await sql`select pg_advisory_lock(${sql.lit(MIGRATION_LOCK)})`.execute(connection);
    try {
      await applyMissing(connection);
    } finally {
      if (locked) await sql`select pg_advisory_unlock(${sql.lit(MIGRATION_LOCK)})`.execute(connection);
    }
  });
}

async function applyMissing(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('migrations')
    .ifNotExists()
    .addColumn('id', 'text', (column) => column.primaryKey())
    .modifyEnd(sql`strict`)
    .execute();
  const done = await sql<{ id: string }>`select id from migrations`.execute(db);
  const known = new Set(MIGRATIONS.map(({ id }) => id));
  const unknown = done.rows.filter(({ id }) => !known.has(id));
  if (unknown.length > 0) {
    throw new Error(`the database is newer than this program: ${unknown.map(({ id }) => id).join(', ')}`);
  }
  const applied = new Set(done.rows.map(({ id }) => id));
  for (const { id, up } of MIGRATIONS.filter((migration) => !applied.has(migration.id))) {
    await db.transaction().execute(async (trx) => {
      await sql`insert into migrations (id) values (${id})`.execute(trx);
      await up(trx);
    });
  }
}

async function createInbox(trx: Transaction<Tables>): Promise<void> {
  await trx.schema
    .createTable('inbox')
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('received_at', 'integer', (column) => column.notNull())
    .addColumn('due_at', 'integer', (column) => column.notNull())
    .addColumn('last_error', 'text')
    .addPrimaryKeyConstraint('inbox_key', ['team_id', 'key'])
    .modifyEnd(sql`strict`)
    .execute();
  await sql`create index inbox_due on inbox (team_id, due_at) where state = 'received'`.execute(trx);
}

async function createAnswers(trx: Transaction<Tables>): Promise<void> {
  await trx.schema
    .createTable('answers')
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('source_key', 'text', (column) => column.notNull())
    .addColumn('channel', 'text')
    .addColumn('thread_ts', 'text')
    .addColumn('message_ts', 'text')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('question', 'text', (column) => column.notNull())
    .addColumn('answers', 'text', (column) => column.notNull())
    .addColumn('version_id', 'text', (column) => column.notNull())
    .addColumn('asked_at', 'integer', (column) => column.notNull())
    .addColumn('shared_at', 'integer')
    .addPrimaryKeyConstraint('answers_id', ['team_id', 'id'])
    .addUniqueConstraint('answers_source', ['team_id', 'source_key'])
    .modifyEnd(sql`strict`)
    .execute();
  await trx.schema
    .createIndex('answers_place')
    .on('answers')
    .columns(['team_id', 'channel', 'thread_ts', 'asked_at'])
    .execute();
}

async function createFeedback(trx: Transaction<Tables>): Promise<void> {
  await trx.schema
    .createTable('feedback')
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('answer_id', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('verdict', 'text', (column) => column.notNull())
    .addColumn('given_at', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('feedback_key', ['team_id', 'answer_id', 'user_id', 'seq'])
    .addForeignKeyConstraint('feedback_answer', ['team_id', 'answer_id'], 'answers', ['team_id', 'id'])
    .modifyEnd(sql`strict`)
    .execute();
}
