import { type Kysely, sql, type Transaction } from 'kysely';
import { engineOf, NEVER_REPLACED } from './dialect.ts';
import type { Tables } from './tables.ts';

/** Tables nothing may be taken out of. `words` may be erased, and nothing else. */
const RECORDS = ['case_events', 'case_refusals'] as const;
const WORDS = ['case_shared_words', 'case_staff_words'] as const;

/** Creates the tables of the cases with their guards. */
export async function createCases(trx: Transaction<Tables>): Promise<void> {
  await createState(trx);
  await createRecord(trx);
  await createPeople(trx);
  await guardSchema(trx);
}

async function createState(trx: Transaction<Tables>): Promise<void> {
  await trx.schema
    .createTable('cases')
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('head', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('open', 'integer', (column) => column.notNull())
    .addColumn('next_due', 'text', (column) => column.notNull())
    .addColumn('opened_at', 'integer', (column) => column.notNull())
    .addColumn('updated_at', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('cases_key', ['team_id', 'id'])
    .modifyEnd(sql`strict`)
    .execute();
  await trx.schema
    .createIndex('cases_quiet')
    .on('cases')
    .columns(['team_id', 'open', 'updated_at', 'id'])
    .execute();
  await trx.schema
    .createTable('case_numbers')
    .addColumn('team_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('last', 'integer', (column) => column.notNull())
    .modifyEnd(sql`strict`)
    .execute();
  await trx.schema
    .createTable('case_facets')
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('facet', 'text', (column) => column.notNull())
    .addColumn('open', 'integer', (column) => column.notNull())
    .addColumn('next_due', 'text', (column) => column.notNull())
    .addColumn('case_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('case_facets_key', ['team_id', 'facet', 'open', 'next_due', 'case_id'])
    .modifyEnd(sql`strict, without rowid`)
    .execute();
  await trx.schema
    .createTable('case_search')
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('case_id', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('case_search_key', ['team_id', 'case_id'])
    .modifyEnd(sql`strict, without rowid`)
    .execute();
}

async function createRecord(trx: Transaction<Tables>): Promise<void> {
  await trx.schema
    .createTable('case_events')
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('case_id', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('at', 'integer', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('standing', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('source_key', 'text')
    .addColumn('part', 'integer', (column) => column.notNull())
    .addColumn('prev', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('case_events_key', ['team_id', 'case_id', 'seq'])
    .addUniqueConstraint('case_events_source', ['team_id', 'source_key', 'part'])
    .addForeignKeyConstraint('case_events_case', ['team_id', 'case_id'], 'cases', ['team_id', 'id'])
    .modifyEnd(sql`strict`)
    .execute();
  await trx.schema.createIndex('case_events_actor').on('case_events').columns(['team_id', 'actor']).execute();
  for (const table of WORDS) {
    await trx.schema
      .createTable(table)
      .addColumn('team_id', 'text', (column) => column.notNull())
      .addColumn('case_id', 'text', (column) => column.notNull())
      .addColumn('seq', 'integer', (column) => column.notNull())
      .addColumn('author', 'text', (column) => column.notNull())
      .addColumn('salt', 'text')
      .addColumn('text', 'text')
      .addColumn('erased_at', 'integer')
      .addPrimaryKeyConstraint(`${table}_key`, ['team_id', 'case_id', 'seq'])
      .modifyEnd(sql`strict`)
      .execute();
    await trx.schema.createIndex(`${table}_author`).on(table).columns(['team_id', 'author']).execute();
  }
  await trx.schema
    .createTable('case_refusals')
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('case_id', 'text')
    .addColumn('at', 'integer', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('command', 'text', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('message', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('case_refusals_key', ['team_id', 'id'])
    .modifyEnd(sql`strict`)
    .execute();
}

async function createPeople(trx: Transaction<Tables>): Promise<void> {
  await trx.schema
    .createTable('people')
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('ref', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text')
    .addColumn('erased_at', 'integer')
    .addPrimaryKeyConstraint('people_key', ['team_id', 'ref'])
    .addUniqueConstraint('people_user', ['team_id', 'user_id'])
    .modifyEnd(sql`strict`)
    .execute();
}

async function guardSchema(trx: Transaction<Tables>): Promise<void> {
  if (engineOf(trx) === 'postgres') return guardInPostgres(trx);
  for (const table of RECORDS) {
    await forbidInSqlite(trx, table, 'update', '');
    await forbidInSqlite(trx, table, 'delete', '');
  }
  for (const table of WORDS) {
    await forbidInSqlite(
      trx,
      table,
      'update',
      'when new.text is not null or new.seq <> old.seq or new.case_id <> old.case_id',
    );
    await forbidInSqlite(trx, table, 'delete', '');
  }
  // REPLACE deletes without asking the delete triggers unless recursive_triggers is on: refused here by itself.
  await sql`create trigger case_events_no_replace before insert on case_events
    when exists (select 1 from case_events where team_id = new.team_id
      and (case_id = new.case_id and seq = new.seq or source_key = new.source_key and part = new.part))
    begin select raise(abort, ${sql.lit(`case_events: ${NEVER_REPLACED}`)}); end`.execute(trx);
}

async function forbidInSqlite(trx: Kysely<Tables>, table: string, act: 'update' | 'delete', when: string) {
  const name = sql.raw(`${table}_no_${act}`);
  await sql`create trigger ${name} before ${sql.raw(act)} on ${sql.raw(table)} ${sql.raw(when)}
    begin select raise(abort, ${sql.lit(`${table}: rows are never changed or deleted`)}); end`.execute(trx);
}

/** Triggers stop everybody; the rights stop even the owner of the tables, unless they give them back to themselves. */
async function guardInPostgres(trx: Kysely<Tables>): Promise<void> {
  await sql`create function case_record_is_kept() returns trigger language plpgsql as $$
    begin raise exception '%: rows are never changed or deleted', tg_table_name using errcode = 'restrict_violation'; end $$`.execute(
    trx,
  );
  for (const table of [...RECORDS, ...WORDS]) {
    const isWords = (WORDS as readonly string[]).includes(table);
    const when = isWords
      ? 'when (new.text is not null or new.seq <> old.seq or new.case_id <> old.case_id)'
      : '';
    await sql`create trigger ${sql.raw(`${table}_no_update`)} before update on ${sql.raw(table)}
      for each row ${sql.raw(when)} execute function case_record_is_kept()`.execute(trx);
    await sql`create trigger ${sql.raw(`${table}_no_delete`)} before delete on ${sql.raw(table)}
      for each row execute function case_record_is_kept()`.execute(trx);
    await sql`create trigger ${sql.raw(`${table}_no_truncate`)} before truncate on ${sql.raw(table)}
      for each statement execute function case_record_is_kept()`.execute(trx);
    await sql`revoke ${sql.raw(isWords ? 'delete, truncate' : 'update, delete, truncate')} on ${sql.raw(table)} from public, current_user`.execute(
      trx,
    );
  }
}
