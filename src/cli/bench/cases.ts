/** What a change of a case costs, on both engines, beside the raw figures. */
import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { dayInTokyo } from '../../calendar.ts';
import type { Viewer } from '../../cases/rights.ts';
import { createCaseStore } from '../../store/case-store.ts';
import type { Engine } from '../../store/dialect.ts';
import type { Tables } from '../../store/tables.ts';
import { median, percentile } from '../figures.ts';
import { withDatabase } from './databases.ts';
import { fillCases } from './fill-cases.ts';
import { loadRules } from './rules.ts';
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
  }
  return {
    name: 'cases',
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

async function timed(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await run();
  return performance.now() - begun;
}
