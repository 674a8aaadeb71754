import type { Database, Statement } from 'better-sqlite3';
import type { SqliteDatabase } from 'kysely';

/** Statements differ by their lists of values too: past this many they are compiled anew. */
const MOST_KEPT = 500;

/**
 * A SQLite file that compiles each statement once, where Kysely asks for it with every query. Only right while no
 * statement is read row by row (`stream()`): one that is being read cannot be run again meanwhile.
 */
export function withStatementCache(file: Database): SqliteDatabase {
  const kept = new Map<string, Statement>();
  return {
    close: () => file.close(),
    prepare(sql) {
      const known = kept.get(sql);
      if (known !== undefined) return known;
      if (kept.size >= MOST_KEPT) kept.clear();
      const statement = file.prepare(sql);
      kept.set(sql, statement);
      return statement;
    },
  };
}
