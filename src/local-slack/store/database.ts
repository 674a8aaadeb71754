/** The SQLite file of the stand-in: messages and files in tables, the small rest as JSON records by kind. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

export type Db = Database.Database;

/** `:memory:` or a file path; WAL so that a reader never waits for a writer. */
export function openDatabase(file: string): Db {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.exec(`
    CREATE TABLE IF NOT EXISTS message (
      channel TEXT NOT NULL,
      ts TEXT NOT NULL,
      thread_ts TEXT,
      reader TEXT,
      json TEXT NOT NULL,
      PRIMARY KEY (channel, ts)
    ) STRICT;
    CREATE INDEX IF NOT EXISTS message_thread ON message (channel, thread_ts, ts);
    CREATE TABLE IF NOT EXISTS record (
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      json TEXT NOT NULL,
      PRIMARY KEY (kind, id)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS file_content (id TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
  `);
  return db;
}
