/** An empty, migrated database of either engine, gone when the test file ends. */
import type { Kysely } from 'kysely';
import { inject, onTestFinished } from 'vitest';
import { openDatabase, openPostgres } from '../../src/store/database.ts';
import type { Engine } from '../../src/store/dialect.ts';
import type { Tables } from '../../src/store/tables.ts';
import { createTestDatabase } from './postgres.ts';

export const ENGINES: readonly Engine[] = ['sqlite', 'postgres'];

/** To be called inside a test. */
export async function emptyDatabase(engine: Engine): Promise<Kysely<Tables>> {
  if (engine === 'sqlite') {
    const db = await openDatabase(':memory:');
    onTestFinished(() => db.destroy());
    return db;
  }
  const { url, drop } = await createTestDatabase(inject('postgresSocket'));
  const db = await openPostgres(url);
  onTestFinished(async () => {
    await db.destroy();
    await drop();
  });
  return db;
}
