/** However many rows there are: what the sender asks every second goes to the rows it is about, and to no others. */
import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import { type CompiledQuery, Kysely, SqliteDialect } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { migrate } from '../../src/store/migrations.ts';
import { schedulePlan } from '../../src/store/outbox-plan.ts';
import { createOutboxStore } from '../../src/store/outbox-store.ts';
import type { Tables } from '../../src/store/tables.ts';

const NOW = Date.UTC(2026, 11, 1);

it.each([
  ['before SQLite has looked at the data', false],
  ['after it has', true],
])('no statement of the sender goes through the outbox, %s', async (_when, analyzed) => {
  const file = new Database(':memory:');
  const statements = new Map<string, CompiledQuery>();
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: file }),
    log: ({ query }) => void statements.set(query.sql, query),
  });
  onTestFinished(() => db.destroy());
  await migrate(db);
  const store = createOutboxStore(db, { newId: randomUUID });
  const rows = Array.from({ length: 900 }, (_, index) => ({
    key: `k${index}`,
    kind: 'reminder',
    caseId: null,
    recipient: `C${index % 7}`,
    together: index % 2 === 0 ? 'together' : null,
    dueAt: index < 300 ? NOW : NOW + index * 1_000,
    body: {},
  }));
  await store.enqueue('T1', rows, NOW);
  if (analyzed) file.exec('analyze');
  statements.clear();
  const planned = {
    ...rows[0],
    key: 'planned',
    caseId: 'K-1',
    kind: 'reminder',
    recipient: 'C1',
    together: null,
  };
  const plan = (dueAt: number) =>
    db
      .transaction()
      .execute((trx) =>
        schedulePlan(trx, { team: 'T1', caseId: 'K-1', kind: 'reminder', now: NOW }, [
          { ...planned, dueAt, body: {} },
        ]),
      );
  await plan(NOW + 1);
  await plan(NOW + 2);
  await store.recall(NOW, 1_000);
  await store.gather(NOW, 500);
  const [first, second, third] = await store.claim({ now: NOW, leaseMillis: 1_000, limit: 50 });
  if (first === undefined || second === undefined || third === undefined) throw new Error('nothing to claim');
  const leftOut = [{ key: first.rows[0]?.key ?? '', state: 'missed' as const, reason: '' }];
  await store.begin(first, { channel: 'C1', late: false, leftOut }, NOW, 0);
  await store.finish(first, { kind: 'sent', ts: '1.1' }, NOW);
  await store.finish(second, { kind: 'dropped', leftOut: [] }, NOW);
  await store.finish(third, { kind: 'deferred', until: NOW, reason: '' }, NOW);
  await store.messageAt('T1', 'C1', '1.1');
  await store.byKeys('T1', ['k1', 'k2']);
  await store.forget(NOW, 10);

  const asked = [...statements.values()].filter(({ sql }) => /^(select|update|delete)/.test(sql));
  expect(asked.length).toBeGreaterThan(10);
  const wide = asked.flatMap(({ sql, parameters }) => {
    const plan = file.prepare(`explain query plan ${sql}`).all(...parameters) as { detail: string }[];
    return plan.map(({ detail }) => ({ detail, sql })).filter(({ detail }) => isWide(detail));
  });
  expect(wide).toEqual([]);
});

/** All rows, or all rows of the workspace. */
function isWide(detail: string): boolean {
  return /^SCAN (?:outbox|m\b)/.test(detail) || /\(team_id=\?\)$/.test(detail) || detail.includes('ANY(');
}
