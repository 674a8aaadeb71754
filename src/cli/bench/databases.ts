/** An empty database of either engine for a part of the bench, on a disk that keeps what it is told to keep. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { openStore } from '../../store/database.ts';
import type { Engine } from '../../store/dialect.ts';
import type { Tables } from '../../store/tables.ts';
import { createTestDatabase, startPostgres } from './postgres.ts';

export async function withDatabase(
  engine: Engine,
  run: (db: Kysely<Tables>) => Promise<void>,
): Promise<void> {
  if (engine === 'sqlite') {
    const dataDir = mkdtempSync(join(tmpdir(), 'kiyaku-bench-'));
    const db = await openStore({ databaseUrl: null, dataDir });
    try {
      await run(db);
    } finally {
      await db.destroy();
      rmSync(dataDir, { recursive: true });
    }
    return;
  }
  const server = await startPostgres([]);
  const { url } = await createTestDatabase(server.socket);
  const db = await openStore({ databaseUrl: url, dataDir: '' });
  try {
    await run(db);
  } finally {
    await db.destroy();
    await server.stop();
  }
}
