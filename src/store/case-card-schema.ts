import { sql, type Transaction } from 'kysely';
import { engineOf } from './dialect.ts';
import type { Tables } from './tables.ts';

export async function createCaseCards(trx: Transaction<Tables>): Promise<void> {
  await trx.schema
    .createTable('case_cards')
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('case_id', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('ts', 'text')
    .addColumn('shown', 'integer', (column) => column.notNull())
    .addColumn('noted', 'integer', (column) => column.notNull())
    .addColumn('tended_since', 'integer')
    .addColumn('doubt_since', 'integer')
    .addColumn('doubt_to', 'integer')
    .addPrimaryKeyConstraint('case_cards_key', ['team_id', 'case_id', 'channel'])
    .modifyEnd(sql`strict`)
    .execute();
  await trx.schema
    .createTable('case_cards_kept')
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('case_id', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('case_cards_kept_key', ['team_id', 'case_id'])
    .modifyEnd(sql`strict`)
    .execute();
  await trx.schema
    .createTable('privacy_acts')
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('at', 'integer', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('act', 'text', (column) => column.notNull())
    .addColumn('texts', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('privacy_acts_key', ['team_id', 'id'])
    .modifyEnd(sql`strict`)
    .execute();
  await guardActs(trx);
}

async function guardActs(trx: Transaction<Tables>): Promise<void> {
  const isPostgres = engineOf(trx) === 'postgres';
  for (const act of isPostgres ? ['update', 'delete', 'truncate'] : ['update', 'delete']) {
    const name = sql.raw(`privacy_acts_no_${act}`);
    await (isPostgres
      ? sql`create trigger ${name} before ${sql.raw(act)} on privacy_acts
          for each ${sql.raw(act === 'truncate' ? 'statement' : 'row')} execute function case_record_is_kept()`
      : sql`create trigger ${name} before ${sql.raw(act)} on privacy_acts
          begin select raise(abort, 'privacy_acts: rows are never changed or deleted'); end`
    ).execute(trx);
  }
}
