import { sql, type Transaction } from 'kysely';
import { engineOf } from './dialect.ts';
import type { Tables } from './tables.ts';

export async function createReminders(trx: Transaction<Tables>): Promise<void> {
  await trx.schema
    .createTable('reminder_acts')
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('about', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('act', 'text', (column) => column.notNull())
    .addColumn('until', 'integer')
    .addColumn('at', 'integer', (column) => column.notNull())
    .addColumn('source_key', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('reminder_acts_key', ['team_id', 'source_key', 'key'])
    .modifyEnd(sql`strict`)
    .execute();
  await trx.schema
    .createIndex('reminder_acts_about')
    .on('reminder_acts')
    .columns(['team_id', 'about'])
    .execute();
  await trx.schema.createIndex('reminder_acts_of').on('reminder_acts').columns(['team_id', 'key']).execute();
  await guardActs(trx);
  await trx.schema
    .createTable('reminder_basis')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .modifyEnd(sql`strict`)
    .execute();
  await trx.schema
    .createTable('case_counts')
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('open', 'integer', (column) => column.notNull())
    .addColumn('overdue', 'integer', (column) => column.notNull())
    .addColumn('for_office', 'integer', (column) => column.notNull())
    .addColumn('for_provider', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('case_counts_key', ['team_id', 'day'])
    .modifyEnd(sql`strict`)
    .execute();
}

/** Who confirmed what is part of the record. */
async function guardActs(trx: Transaction<Tables>): Promise<void> {
  const acts = engineOf(trx) === 'postgres' ? ['update', 'delete', 'truncate'] : ['update', 'delete'];
  for (const act of acts) {
    const name = sql.raw(`reminder_acts_no_${act}`);
    await (engineOf(trx) === 'postgres'
      ? sql`create trigger ${name} before ${sql.raw(act)} on reminder_acts
          for each ${sql.raw(act === 'truncate' ? 'statement' : 'row')} execute function case_record_is_kept()`
      : sql`create trigger ${name} before ${sql.raw(act)} on reminder_acts
          begin select raise(abort, 'reminder_acts: rows are never changed or deleted'); end`
    ).execute(trx);
  }
}
