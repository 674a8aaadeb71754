/**
 * `npm run -s bench:cases -- [--cases 100000]` fills a database with made-up cases and measures what people wait for.
 * SQLite in a temporary folder (`--dir` keeps one and uses it again), or the PostgreSQL of DATABASE_URL.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Kysely } from 'kysely';
import { addDays, dayInTokyo } from '../calendar.ts';
import type { CaseRules } from '../cases/plan.ts';
import type { Viewer } from '../cases/rights.ts';
import { type CaseStore, createCaseStore } from '../store/case-store.ts';
import { openStore } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { fillCases } from './bench/fill-cases.ts';
import { loadRules } from './bench/rules.ts';
import { runCli } from './run.ts';
import { storeSettings } from './store-settings.ts';

const NOW = Date.UTC(2026, 10, 23, 3);
const TODAY = dayInTokyo(NOW);
const ROUNDS = 200;

await runCli(async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { cases: { type: 'string', default: '100000' }, dir: { type: 'string' } },
  });
  const { databaseUrl } = storeSettings(process.env);
  const folder = values.dir ?? mkdtempSync(join(tmpdir(), 'kiyaku-bench-'));
  const db = await openStore({ databaseUrl, dataDir: folder });
  try {
    const { rules, apiNames } = loadRules();
    const count = Number(values.cases);
    const started = performance.now();
    const events = (await isEmpty(db)) ? await fillCases(db, rules, apiNames, count, NOW) : 'the same';
    console.log(
      `${databaseUrl === null ? 'SQLite' : 'PostgreSQL'}: ${count} cases, ${events} events, filled in ${seconds(started)} s`,
    );
    const store = createCaseStore(db, { apiNames, newId: randomUUID });
    for (const [name, run] of Object.entries(questions(store, count))) report(name, await timed(run));
    await reportChanges(db, store, rules, count);
  } finally {
    await db.destroy();
    if (values.dir === undefined) rmSync(folder, { recursive: true });
  }
});

async function isEmpty(db: Kysely<Tables>): Promise<boolean> {
  return (await db.selectFrom('case_numbers').select('last').executeTakeFirst()) === undefined;
}

type Question = (round: number) => Promise<unknown>;

function questions(store: CaseStore, count: number): Record<string, Question> {
  const staff: Viewer = { teamId: 'T1', person: 'USTAFF3', staff: true, channels: [] };
  const first = { after: null, limit: 20 };
  const id = (round: number) => `K-${String(((round * 7_919) % count) + 1).padStart(5, '0')}`;
  return {
    'list all': () => store.listForStaff(staff, { filters: [] }, first),
    'list overdue': () => store.listForStaff(staff, { filters: [], overdueOn: TODAY }, first),
    'list page 50': () =>
      store.listForStaff(staff, { filters: [] }, { after: `${addDays(TODAY, 3)}|K-00000`, limit: 20 }),
    'list mine': () => store.listForStaff(staff, { filters: [{ by: 'owner', person: 'USTAFF3' }] }, first),
    'list waiting for us': () =>
      store.listForStaff(staff, { filters: [{ by: 'waiting', party: '担当室' }] }, first),
    'list mine, waiting, overdue': () =>
      store.listForStaff(
        staff,
        {
          filters: [
            { by: 'owner', person: 'USTAFF3' },
            { by: 'waiting', party: '担当室' },
          ],
          overdueOn: TODAY,
        },
        first,
      ),
    'list by API': (round) =>
      store.listForStaff(staff, { filters: [{ by: 'row', row: (round % 17) + 1 }] }, first),
    'list by company': (round) =>
      store.listForStaff(staff, { filters: [{ by: 'company', company: `株式会社みらい${round}` }] }, first),
    'list by step': () =>
      store.listForStaff(staff, { filters: [{ by: 'step', step: '利用申込', state: '提出済' }] }, first),
    'list quiet for two weeks': () =>
      store.listForStaff(staff, { filters: [], quietSince: NOW - 14 * 86_400_000 }, first),
    'list mine and quiet': () =>
      store.listForStaff(
        staff,
        { filters: [{ by: 'owner', person: 'USTAFF3' }], quietSince: NOW - 14 * 86_400_000 },
        first,
      ),
    'board (page and four counts)': async () => {
      await store.listForStaff(staff, { filters: [] }, { after: null, limit: 10 });
      await store.countForStaff(staff, { filters: [], overdueOn: TODAY });
      await store.countForStaff(staff, { filters: [{ by: 'waiting', party: '担当室' }] });
      await store.countForStaff(staff, { filters: [{ by: 'unowned' }] });
      await store.countForStaff(staff, { filters: [{ by: 'owner', person: 'USTAFF3' }] });
    },
    'search one case': (round) => store.searchForStaff(staff, `みらい${(round * 37) % count}`, 20),
    'search two words': () => store.searchForStaff(staff, 'みらい 就労証明書', 20),
    'search nothing found': () => store.searchForStaff(staff, 'どこにもない会社', 20),
    show: (round) => store.seenBy(staff, id(round)),
    history: (round) => store.historyFor(staff, id(round), { before: null, limit: 20 }),
    'provider’s home': (round) => store.listForProvider({ ...staff, staff: false, person: `UP${round}` }, 10),
  };
}

/** A change with its event, state, lists and search words, beside the floor: one row in one transaction. */
async function reportChanges(db: Kysely<Tables>, store: CaseStore, rules: CaseRules, count: number) {
  const staff: Viewer = { teamId: 'T1', person: 'USTAFF3', staff: true, channels: [] };
  const id = (round: number) => `K-${String(((round * 104_729) % count) + 1).padStart(5, '0')}`;
  report(
    'floor: one row, one transaction',
    await timed((round) =>
      db
        .insertInto('case_refusals')
        .values({
          team_id: 'T1',
          id: `${round}-${randomUUID()}`,
          case_id: null,
          at: NOW,
          actor: '',
          command: '',
          code: '',
          message: '',
        })
        .execute(),
    ),
  );
  const change = (command: Record<string, unknown>) => (round: number) =>
    store.carryOut({
      asker: staff,
      id: id(round),
      expected: null,
      command,
      rules,
      now: NOW,
      sourceKey: randomUUID(),
    });
  report('change: shared note', await timed(change({ kind: 'addNote', audience: 'shared', text: '追記' })));
  report(
    'change: due date (moves every list entry)',
    await timed(
      change({ kind: 'setDate', subject: '案件全体', on: '2026-10-01', label: { kind: '社内目標' } }),
    ),
  );
  report('change: step', await timed(change({ kind: 'moveStep', step: '接続確認環境試験', to: '提出済' })));
}

async function timed(run: Question): Promise<number[]> {
  await run(0);
  const times: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const started = performance.now();
    await run(round);
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b);
}

function report(name: string, times: readonly number[]): void {
  const at = (share: number) => (times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(2).padStart(8);
  console.log(`${name.padEnd(44)} p50${at(0.5)}  p95${at(0.95)}  max${at(1)} ms`);
}

function seconds(started: number): string {
  return ((performance.now() - started) / 1000).toFixed(1);
}
