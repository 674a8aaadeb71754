import type { Kysely, Selectable } from 'kysely';
import type { Case } from '../cases/case.ts';
import { evolve } from '../cases/evolve.ts';
import { type CaseRecordProblem, groupBy, type Head, problem } from './audit-report.ts';
import { eventOf } from './case-rows.ts';
import type { CaseEventsTable, CasesTable, CaseWordsTable } from './case-tables.ts';
import { cleanText } from './clean-text.ts';
import { canonicalJson, digestOf, GENESIS, hashOf } from './hash-chain.ts';
import type { Tables } from './tables.ts';

const BATCH = 500;

export interface AuditReport {
  readonly cases: number;
  readonly events: number;
  /** Broken places, at most one for each case and check: what follows a broken link is not told apart. */
  readonly problems: readonly CaseRecordProblem[];
  /** The last link of every case, in order of team and number. */
  readonly heads: readonly Head[];
}

/**
 * Reads every case of every workspace: the chain holds link by link, the words are those that were written or are
 * erased, and the replay of the events is the stored state. Rows cut off at the end, or a record rewritten as a whole,
 * show only against heads that were kept elsewhere (`compareHeads`).
 */
export async function auditCases(db: Kysely<Tables>): Promise<AuditReport> {
  const problems: CaseRecordProblem[] = [];
  const heads: Head[] = [];
  let events = 0;
  for await (const batch of caseBatches(db)) {
    const rows = await rowsOf(db, batch);
    for (const row of batch) {
      const key = `${row.team_id}/${row.id}`;
      const chain = rows.events.get(key) ?? [];
      events += chain.length;
      problems.push(...checkCase(row, chain, rows.words));
      heads.push({ team: row.team_id, id: row.id, version: row.version, hash: row.head });
    }
  }
  problems.push(...(await orphans(db)));
  return { cases: heads.length, events, problems, heads };
}

type EventRow = Selectable<CaseEventsTable>;
type WordsRow = Selectable<CaseWordsTable>;

function checkCase(
  row: Selectable<CasesTable>,
  chain: readonly EventRow[],
  words: ReadonlyMap<string, WordsRow>,
): CaseRecordProblem[] {
  let prev = GENESIS;
  for (const [index, event] of chain.entries()) {
    if (event.seq !== index + 1) return [problem(event, '番号が続いていません。行が抜けています。')];
    if (event.prev !== prev) return [problem(event, '前の行につながっていません。')];
    if (hashOf(event) !== event.hash) return [problem(event, '内容が書き換えられています。')];
    prev = event.hash;
  }
  const last = { team_id: row.team_id, case_id: row.id, seq: row.version };
  if (row.version !== chain.length) {
    return [problem(last, `記録は${chain.length}行ですが、案件は${row.version}行あるとしています。`)];
  }
  if (row.head !== prev) return [problem(last, '案件が指す最後のハッシュと、記録の最後が違います。')];
  return [...checkWords(chain, words), ...checkReplay(row, chain)];
}

function checkWords(chain: readonly EventRow[], words: ReadonlyMap<string, WordsRow>): CaseRecordProblem[] {
  for (const event of chain) {
    const { text: digest } = JSON.parse(event.body) as { text?: string | null };
    if (typeof digest !== 'string') continue;
    const held = words.get(`${event.team_id}/${event.case_id}/${event.seq}`);
    if (held === undefined) return [problem(event, '文章の行がありません。')];
    const erased = held.erased_at !== null && held.text === null;
    if (erased) continue;
    if (held.text === null || digestOf(held.salt ?? '', held.text) !== digest) {
      return [problem(event, '文章が書き換えられています。')];
    }
  }
  return [];
}

function checkReplay(row: Selectable<CasesTable>, chain: readonly EventRow[]): CaseRecordProblem[] {
  let state: Case | null = null;
  for (const event of chain) {
    try {
      const { seq: _seq, ...fact } = eventOf(event, null);
      state = evolve(state, fact);
    } catch (error) {
      return [problem(event, `再生できません（${String(error)}）。`)];
    }
  }
  if (cleanText(canonicalJson(state)) === row.state) return [];
  return [
    problem(
      { team_id: row.team_id, case_id: row.id, seq: row.version },
      '記録を再生した結果と、保存されている状態が違います。',
    ),
  ];
}

async function* caseBatches(db: Kysely<Tables>): AsyncGenerator<Selectable<CasesTable>[]> {
  let after: { team_id: string; id: string } = { team_id: '', id: '' };
  for (;;) {
    const { team_id, id } = after;
    const batch = await db
      .selectFrom('cases')
      .selectAll()
      .where((eb) => eb(eb.refTuple('team_id', 'id'), '>', eb.tuple(team_id, id)))
      .orderBy('team_id')
      .orderBy('id')
      .limit(BATCH)
      .execute();
    const last = batch.at(-1);
    if (last === undefined) return;
    yield batch;
    after = last;
  }
}

/** Events and words of a batch. A batch may span workspaces; each row is filed under its own. */
async function rowsOf(db: Kysely<Tables>, batch: readonly Selectable<CasesTable>[]) {
  const teams = [...new Set(batch.map(({ team_id }) => team_id))];
  const ids = batch.map(({ id }) => id);
  const rows = await db
    .selectFrom('case_events')
    .selectAll()
    .where('team_id', 'in', teams)
    .where('case_id', 'in', ids)
    .orderBy('team_id')
    .orderBy('case_id')
    .orderBy('seq')
    .execute();
  const events = groupBy(rows, ({ team_id, case_id }) => `${team_id}/${case_id}`);
  const words = new Map<string, WordsRow>();
  for (const table of ['case_shared_words', 'case_staff_words'] as const) {
    const held = await db
      .selectFrom(table)
      .selectAll()
      .where('team_id', 'in', teams)
      .where('case_id', 'in', ids)
      .execute();
    for (const row of held) words.set(`${row.team_id}/${row.case_id}/${row.seq}`, row);
  }
  return { events, words };
}

/** Events whose case is gone: the case's row was deleted past the foreign key. */
async function orphans(db: Kysely<Tables>): Promise<CaseRecordProblem[]> {
  const rows = await db
    .selectFrom('case_events as e')
    .leftJoin('cases as c', (join) =>
      join.onRef('c.team_id', '=', 'e.team_id').onRef('c.id', '=', 'e.case_id'),
    )
    .select(['e.team_id', 'e.case_id', 'e.seq'])
    .where('c.id', 'is', null)
    .limit(100)
    .execute();
  return rows.map((row) => problem(row, '案件の行がありません。'));
}
