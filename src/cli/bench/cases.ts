/** What a change of a case and a look for due reminders cost, on both engines, beside the raw figures. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { readKnowledge } from '../../boot/read-knowledge.ts';
import { addDays, dayInTokyo } from '../../calendar.ts';
import type { CaseRules } from '../../cases/plan.ts';
import type { Viewer } from '../../cases/rights.ts';
import { createCaseStore } from '../../store/case-store.ts';
import { openStore } from '../../store/database.ts';
import type { Engine } from '../../store/dialect.ts';
import { createOutboxStore } from '../../store/outbox-store.ts';
import type { Tables } from '../../store/tables.ts';
import { median, percentile } from '../figures.ts';
import { fillCases } from './fill-cases.ts';
import { createTestDatabase, startPostgres } from './postgres.ts';
import type { BenchOptions, BenchRow, BenchSection } from './section.ts';

const NOW = Date.UTC(2026, 10, 23, 3);
const STAFF: Viewer = { teamId: 'T1', person: 'USTAFF3', staff: true, channels: [] };

export async function benchCases({ quick }: BenchOptions): Promise<BenchSection> {
  const rows: BenchRow[] = [];
  const known = loadRules();
  for (const engine of ['sqlite', 'postgres'] as const) {
    for (const size of quick ? [50, 150] : [2_000, 20_000]) {
      await withDatabase(engine, async (db) => {
        await fillCases(db, known.rules, known.apiNames, size, NOW);
        rows.push(...(await casesAt(db, engine, known, size, quick)));
      });
    }
    await withDatabase(engine, async (db) => void rows.push(...(await dueScans(db, engine, quick))));
  }
  return {
    name: 'cases and reminders',
    rows,
    notes: [
      'raw: one row in one transaction on the same database, the same disk and the same moment',
      'PostgreSQL: a server of its own on a unix socket, with fsync on as an operator has it',
    ],
  };
}

async function casesAt(
  db: Kysely<Tables>,
  engine: Engine,
  { rules, apiNames }: ReturnType<typeof loadRules>,
  size: number,
  quick: boolean,
): Promise<BenchRow[]> {
  const store = createCaseStore(db, { apiNames, newId: randomUUID });
  const rounds = quick ? 10 : 150;
  const id = (round: number) => `K-${String(((round * 7_919) % size) + 1).padStart(5, '0')}`;
  const raw: number[] = [];
  const change: number[] = [];
  const list: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    raw.push(await timed(() => rawRow(db)));
    const command = { kind: 'addNote', audience: 'shared', text: `追記${round}` };
    const request = {
      asker: STAFF,
      id: id(round),
      expected: null,
      command,
      rules,
      now: NOW,
      sourceKey: randomUUID(),
    };
    change.push(await timed(() => store.carryOut(request)));
    const page = { after: null, limit: 20 };
    list.push(
      await timed(() => store.listForStaff(STAFF, { filters: [], overdueOn: dayInTokyo(NOW) }, page)),
    );
  }
  const label = `${engine}, ${size.toLocaleString('en')} cases`;
  return [
    {
      what: `one change, ${label}`,
      ours: median(change),
      unit: 'ms',
      baseline: { name: 'raw transaction', value: median(raw) },
      target: null,
    },
    {
      what: `overdue list p95, ${label}`,
      ours: percentile(list, 0.95),
      unit: 'ms',
      baseline: null,
      target: { atMost: 100 },
    },
  ];
}

async function rawRow(db: Kysely<Tables>): Promise<void> {
  await db
    .insertInto('case_refusals')
    .values({
      team_id: 'T1',
      id: randomUUID(),
      case_id: null,
      at: NOW,
      actor: '',
      command: '',
      code: '',
      message: '',
    })
    .execute();
}

/** Nothing is due: how long a look takes while more and more is planned. */
async function dueScans(db: Kysely<Tables>, engine: Engine, quick: boolean): Promise<BenchRow[]> {
  const store = createOutboxStore(db, { newId: randomUUID });
  const sizes = quick ? [200, 1_000] : [10_000, 100_000];
  const scans: number[] = [];
  let planned = 0;
  for (const size of sizes) {
    for (; planned < size; planned += 1_000) {
      const rows = Array.from({ length: Math.min(1_000, size - planned) }, (_, index) => ({
        key: `bench|${planned + index}`,
        kind: 'reminder',
        caseId: null,
        recipient: 'office',
        together: null,
        dueAt: Date.parse(`${addDays('2027-01-01', (planned + index) % 300)}T00:00:00Z`),
        body: {},
      }));
      await store.enqueue('T1', rows, NOW);
    }
    const times: number[] = [];
    for (let round = 0; round < (quick ? 5 : 100); round += 1) {
      times.push(
        await timed(async () => {
          await store.gather(NOW, 100);
          await store.claim({ now: NOW, leaseMillis: 1_000, limit: 10 });
        }),
      );
    }
    scans.push(median(times));
  }
  const [small = 1, large = 1] = scans;
  return [
    {
      what: `look for what is due, ${sizes[1]?.toLocaleString('en')} planned, ${engine}`,
      ours: large,
      unit: 'ms',
      baseline: { name: `${sizes[0]?.toLocaleString('en')} planned`, value: small },
      target: { atMost: 2 },
    },
  ];
}

async function withDatabase(engine: Engine, run: (db: Kysely<Tables>) => Promise<void>): Promise<void> {
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

function loadRules(): { rules: CaseRules; apiNames: ReadonlyMap<number, string> } {
  const { loaded } = readKnowledge();
  if (loaded === null) throw new Error('knowledge/ does not load');
  const rows = loaded.terms.terms.table.rows;
  return {
    rules: {
      version: loaded.terms.source.id,
      steps: loaded.terms.rules,
      rows: rows.map(({ number }) => number),
    },
    apiNames: new Map(rows.map(({ number, name }) => [number, name])),
  };
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await run();
  return performance.now() - begun;
}
