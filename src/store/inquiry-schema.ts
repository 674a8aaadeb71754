import { type Kysely, sql, type Transaction } from 'kysely';
import { engineOf, NEVER_REPLACED } from './dialect.ts';
import type { Tables } from './tables.ts';

/** Nothing is taken out of these; of the words only the text may go. */
const RECORDS = ['inquiry_events', 'inquiry_refusals'] as const;
const WORDS = 'inquiry_words';
const ONLY_ERASED =
  'when (new.text is not null or new.seq <> old.seq or new.inquiry_id <> old.inquiry_id or new.team_id <> old.team_id)';

/** Creates the tables of the inquiries with their guards. */
export async function createInquiries(trx: Transaction<Tables>): Promise<void> {
  await createState(trx);
  await createRecord(trx);
  await (engineOf(trx) === 'postgres' ? guardInPostgres(trx) : guardInSqlite(trx));
}

async function createState(trx: Transaction<Tables>): Promise<void> {
  await trx.schema
    .createTable('inquiries')
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('answer_id', 'text', (column) => column.notNull())
    .addColumn('asker', 'text', (column) => column.notNull())
    .addColumn('channel', 'text')
    .addColumn('thread_ts', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('owner', 'text')
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('open', 'integer', (column) => column.notNull())
    .addColumn('opened_at', 'integer', (column) => column.notNull())
    .addColumn('updated_at', 'integer', (column) => column.notNull())
    .addColumn('card_channel', 'text')
    .addColumn('card_ts', 'text')
    .addColumn('card_version', 'integer', (column) => column.notNull())
    .addColumn('told', 'integer', (column) => column.notNull())
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('due_at', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('inquiries_key', ['team_id', 'id'])
    .modifyEnd(sql`strict`)
    .execute();
  await sql`create unique index inquiries_once on inquiries (team_id, answer_id, asker) where open = 1`.execute(
    trx,
  );
  await sql`create index inquiries_untold on inquiries (due_at) where card_version < version or told < version`.execute(
    trx,
  );
  await trx.schema
    .createIndex('inquiries_list')
    .on('inquiries')
    .columns(['team_id', 'open', 'opened_at'])
    .execute();
}

async function createRecord(trx: Transaction<Tables>): Promise<void> {
  await trx.schema
    .createTable('inquiry_events')
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('inquiry_id', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('at', 'integer', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('source_key', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('inquiry_events_key', ['team_id', 'inquiry_id', 'seq'])
    .addUniqueConstraint('inquiry_events_source', ['team_id', 'source_key'])
    .addForeignKeyConstraint('inquiry_events_of', ['team_id', 'inquiry_id'], 'inquiries', ['team_id', 'id'])
    .modifyEnd(sql`strict`)
    .execute();
  await trx.schema
    .createTable(WORDS)
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('inquiry_id', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('text', 'text')
    .addColumn('erased_at', 'integer')
    .addPrimaryKeyConstraint('inquiry_words_key', ['team_id', 'inquiry_id', 'seq'])
    .modifyEnd(sql`strict`)
    .execute();
  await trx.schema.createIndex('inquiry_words_author').on(WORDS).columns(['team_id', 'author']).execute();
  await trx.schema
    .createTable('inquiry_refusals')
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('inquiry_id', 'text')
    .addColumn('at', 'integer', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('command', 'text', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('inquiry_refusals_key', ['team_id', 'id'])
    .modifyEnd(sql`strict`)
    .execute();
}

async function guardInSqlite(trx: Kysely<Tables>): Promise<void> {
  const forbid = (table: string, act: 'update' | 'delete', when: string) =>
    sql`create trigger ${sql.raw(`${table}_no_${act}`)} before ${sql.raw(act)} on ${sql.raw(table)} ${sql.raw(when)}
      begin select raise(abort, ${sql.lit(`${table}: rows are never changed or deleted`)}); end`.execute(trx);
  for (const table of [...RECORDS, WORDS]) {
    await forbid(table, 'update', table === WORDS ? ONLY_ERASED : '');
    await forbid(table, 'delete', '');
  }
  // REPLACE deletes without asking the delete triggers unless recursive_triggers is on: refused here by itself.
  await sql`create trigger inquiry_events_no_replace before insert on inquiry_events
    when exists (select 1 from inquiry_events where team_id = new.team_id
      and (inquiry_id = new.inquiry_id and seq = new.seq or source_key = new.source_key))
    begin select raise(abort, ${sql.lit(`inquiry_events: ${NEVER_REPLACED}`)}); end`.execute(trx);
}

/** `case_record_is_kept` comes with the tables of the cases. */
async function guardInPostgres(trx: Kysely<Tables>): Promise<void> {
  for (const table of [...RECORDS, WORDS]) {
    const on = sql.raw(table);
    const when = sql.raw(table === WORDS ? ONLY_ERASED : '');
    await sql`create trigger ${sql.raw(`${table}_no_update`)} before update on ${on}
      for each row ${when} execute function case_record_is_kept()`.execute(trx);
    await sql`create trigger ${sql.raw(`${table}_no_delete`)} before delete on ${on}
      for each row execute function case_record_is_kept()`.execute(trx);
    await sql`create trigger ${sql.raw(`${table}_no_truncate`)} before truncate on ${on}
      for each statement execute function case_record_is_kept()`.execute(trx);
    await sql`revoke ${sql.raw(table === WORDS ? 'delete, truncate' : 'update, delete, truncate')} on ${on} from public, current_user`.execute(
      trx,
    );
  }
}
