/** Small things kept by kind and id: open modals, Home tabs, direct messages, read marks, prompts, files. */
import type { Db } from './database.ts';

export type Records = ReturnType<typeof makeRecords>;

export function makeRecords(db: Db) {
  const read = db.prepare<[string, string], { json: string }>(
    'SELECT json FROM record WHERE kind = ? AND id = ?',
  );
  const list = db.prepare<[string], { id: string; json: string }>(
    'SELECT id, json FROM record WHERE kind = ? ORDER BY id',
  );
  const write = db.prepare<[string, string, string]>(
    'INSERT INTO record VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET json = excluded.json',
  );
  const remove = db.prepare<[string, string]>('DELETE FROM record WHERE kind = ? AND id = ?');
  return {
    get<T>(kind: string, id: string): T | undefined {
      const row = read.get(kind, id);
      return row === undefined ? undefined : (JSON.parse(row.json) as T);
    },
    all<T>(kind: string): T[] {
      return list.all(kind).map((row) => JSON.parse(row.json) as T);
    },
    put(kind: string, id: string, value: unknown): void {
      write.run(kind, id, JSON.stringify(value));
    },
    drop(kind: string, id: string): void {
      remove.run(kind, id);
    },
  };
}
