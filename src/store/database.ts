import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { postgresDialect } from './dialect.ts';
import { migrate } from './migrations.ts';
import { withStatementCache } from './statement-cache.ts';
import type { Tables } from './tables.ts';

/**
 * Opens the SQLite file (its folder is created) and migrates it. `:memory:` is a database of its own.
 * SQLite allows one process at a time here: PostgreSQL is for more.
 */
export async function openDatabase(path: string): Promise<Kysely<Tables>> {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const file = new Database(path);
  file.pragma('journal_mode = WAL');
  // better-sqlite3 reopens a WAL file with NORMAL, which loses commits at power loss: FULL on every open.
  file.pragma('synchronous = FULL');
  file.pragma('foreign_keys = ON');
  // Without it REPLACE deletes rows past the triggers that forbid deleting.
  file.pragma('recursive_triggers = ON');
  file.pragma('busy_timeout = 5000');
  // 64 MB in place of 2: what is listed and searched stays in memory.
  file.pragma('cache_size = -65536');
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: withStatementCache(file) }) });
  await migrate(db);
  return db;
}

/** Opens a PostgreSQL database by its URL and migrates it; any number of processes may do so at once. */
export async function openPostgres(url: string): Promise<Kysely<Tables>> {
  const db = new Kysely<Tables>({ dialect: postgresDialect(url) });
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

/** The database the settings name: PostgreSQL where there is a URL, else the SQLite file in `dataDir`. */
export function openStore(settings: {
  databaseUrl: string | null;
  dataDir: string;
}): Promise<Kysely<Tables>> {
  return settings.databaseUrl === null
    ? openDatabase(databaseFile(settings.dataDir))
    : openPostgres(settings.databaseUrl);
}

export function databaseFile(dataDir: string): string {
  return join(dataDir, 'guide.db');
}
