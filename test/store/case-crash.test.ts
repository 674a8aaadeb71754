/** kill -9 in the middle of writes: each change has its audit rows and its state, or neither. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { auditCases } from '../../src/store/case-audit.ts';
import { openStore } from '../../src/store/database.ts';
import { ENGINES } from '../support/databases.ts';
import { createTestDatabase } from '../support/postgres.ts';

/** `npm run trial:crash` kills a hundred times. */
const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 3);
const root = fileURLToPath(new URL('../..', import.meta.url));
const writer = join(root, '.build/test/case-writer.js');

beforeAll(async () => {
  await build({
    entryPoints: [join(root, 'test/support/case-writer.ts')],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outfile: writer,
    // The writer reads knowledge/ relative to where its source lies.
    define: { 'import.meta.url': JSON.stringify(new URL('../support/case-writer.ts', import.meta.url).href) },
    logLevel: 'error',
  });
});

describe.each(ENGINES)('a process killed in the middle of writing on %s', (engine) => {
  it(`leaves every change whole or not at all, ${ROUNDS} times`, {
    timeout: 20_000 + ROUNDS * 5_000,
  }, async () => {
    const { settings, database, writers } = await place(engine);
    const told: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const running = Array.from({ length: writers }, (_, index) => start(database, `r${round}w${index}`));
      await Promise.all(running.map(({ wrote }) => wrote));
      // Another moment each time, somewhere inside a transaction.
      await sleep((round * 37) % 150);
      for (const one of running) told.push(...(await one.kill()));
    }
    const db = await openStore(settings);
    onTestFinished(() => db.destroy());
    const report = await auditCases(db);
    expect(report.problems).toEqual([]);
    const saved = await db
      .selectFrom('case_events')
      .select([
        'source_key',
        ({ fn }) => fn.countAll<number>().as('n'),
        ({ fn }) => fn.max('part').as('last'),
      ])
      .groupBy('source_key')
      .execute();
    // Whatever the process was told is saved is there, once, all parts of it.
    const keys = new Map(saved.map(({ source_key, n, last }) => [source_key, [Number(n), Number(last) + 1]]));
    for (const key of told) expect([key, keys.has(key)]).toEqual([key, true]);
    for (const [count, parts] of keys.values()) expect(count).toBe(parts);
    // No more than one change of each killed process is there without its having been told.
    expect(keys.size - told.length).toBeLessThanOrEqual(ROUNDS * writers);
    expect(told.length).toBeGreaterThanOrEqual(ROUNDS);
  });
});

async function place(engine: string) {
  if (engine === 'sqlite') {
    const dataDir = mkdtempSync(join(tmpdir(), 'kiyaku-crash-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true }));
    return { settings: { databaseUrl: null, dataDir }, database: dataDir, writers: 1 };
  }
  const { url, drop } = await createTestDatabase(inject('postgresSocket'));
  onTestFinished(drop);
  return { settings: { databaseUrl: url, dataDir: '' }, database: url, writers: 2 };
}

/** A writer; `wrote` once it has saved something, `kill` gives what it was told is saved. */
function start(database: string, name: string) {
  const child = spawn(process.execPath, [writer, database, name], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const wrote = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      resolve();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.once('close', () => reject(new Error(`the writer ended by itself: ${errors}`)));
  });
  return {
    wrote,
    async kill(): Promise<string[]> {
      child.kill('SIGKILL');
      await ended;
      return output.split('\n').slice(0, -1);
    },
  };
}
