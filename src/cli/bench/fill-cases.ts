/** Made-up cases for the bench, by the same decisions and rows as real ones, many to a transaction. */
import type { Insertable, Kysely, Transaction } from 'kysely';
import { addDays, dayInTokyo } from '../../calendar.ts';
import type { Case } from '../../cases/case.ts';
import { caseId } from '../../cases/case-id.ts';
import { readCommand } from '../../cases/command.ts';
import { decide } from '../../cases/decide.ts';
import { type CaseEvent, mapPeople } from '../../cases/event.ts';
import { replay } from '../../cases/evolve.ts';
import { searchWords } from '../../cases/listing.ts';
import type { CaseRules } from '../../cases/plan.ts';
import { isRefusal } from '../../cases/refusal.ts';
import { caseRow, eventRows, facetRows } from '../../store/case-rows.ts';
import { GENESIS } from '../../store/hash-chain.ts';
import type { Tables } from '../../store/tables.ts';

const DAY_MS = 86_400_000;
const BATCH = 200;

/** Fills an empty database; gives the number of events. */
export async function fillCases(
  db: Kysely<Tables>,
  rules: CaseRules,
  apiNames: ReadonlyMap<number, string>,
  count: number,
  now: number,
): Promise<number> {
  let events = 0;
  await fillPeople(db, count);
  for (let from = 1; from <= count; from += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, count - from + 1) }, (_, index) => from + index);
    const made = numbers.map((number) => makeCase(number, rules, apiNames, now));
    await db.transaction().execute((trx) => insertAll(trx, made));
    events += made.reduce((sum, one) => sum + one.rows.events.length, 0);
  }
  await db.insertInto('case_numbers').values({ team_id: 'T1', last: count }).execute();
  return events;
}

function refOf(person: string): string {
  return `P-${person}`;
}

async function fillPeople(db: Kysely<Tables>, count: number): Promise<void> {
  const people = [
    ...Array.from({ length: 20 }, (_, index) => `USTAFF${index}`),
    ...Array.from({ length: Math.ceil(count / 5) }, (_, index) => `UP${index}`),
  ];
  for (let from = 0; from < people.length; from += 1_000) {
    const rows = people.slice(from, from + 1_000).map((user_id) => ({
      team_id: 'T1',
      ref: refOf(user_id),
      user_id,
      erased_at: null,
    }));
    await db.insertInto('people').values(rows).execute();
  }
}

function makeCase(number: number, rules: CaseRules, apiNames: ReadonlyMap<number, string>, now: number) {
  const id = caseId(number);
  const opened = now - (number % 400) * DAY_MS;
  const events: CaseEvent[] = [];
  const staff = `USTAFF${number % 20}`;
  commandsOf(number, dayInTokyo(now)).forEach((body, index) => {
    const command = readCommand({
      ...body,
      by: { person: staff, as: 'staff' },
      at: Math.min(opened + index * DAY_MS, now),
    });
    if (isRefusal(command)) throw new Error(command.message);
    const decided = decide(replay(events), command, rules);
    if (!isRefusal(decided)) events.push(...decided);
  });
  const kept = mapPeople(events, refOf);
  const state = replay(kept);
  if (state === null) throw new Error('a made-up case has events');
  const chain = { team: 'T1', id, version: 0, head: GENESIS, sourceKey: null };
  const rows = eventRows(chain, kept, () => `salt-${number}`);
  const last = rows.events.at(-1);
  if (last === undefined) throw new Error('a made-up case has events');
  return {
    state: caseRow(chain, state, last),
    rows,
    facets: facetRows('T1', id, state),
    search: { team_id: 'T1', case_id: id, text: textOf(id, state, apiNames) },
  };
}

function textOf(id: string, state: Case, apiNames: ReadonlyMap<number, string>): string {
  return searchWords(
    id,
    state,
    state.apis.rows.map((row) => apiNames.get(row) ?? ''),
  );
}

/** About nine changes; which ones depends on the number alone. */
function commandsOf(number: number, today: string): Record<string, unknown>[] {
  const person = `UP${Math.floor(number / 5)}`;
  const rows = number % 3 === 0 ? [(number % 17) + 1] : [(number % 17) + 1, ((number * 7) % 17) + 1];
  const due = addDays(today, (number % 120) - 20);
  const move = (step: string, to: string) => ({ kind: 'moveStep', step, to });
  const walk: Record<string, unknown>[] = [
    {
      kind: 'open',
      company: `株式会社みらい${number}`,
      service: `くらしサービス${number % 1_000}`,
      caseKind: '新規',
      apis: { rows, typed: number % 50 === 0 ? ['属性連携設定'] : [] },
      primary: person,
      channel: `C${number}`,
      owner: number % 9 === 0 ? null : `USTAFF${number % 20}`,
    },
    { kind: 'setDate', subject: '利用申込', on: due, label: { kind: '社内目標' } },
    move('仕様書開示申請', '提出済'),
    { kind: 'addNote', audience: 'shared', text: '書類を受け取りました。内容を確認します。' },
    move('仕様書開示申請', '完了'),
    move('事前打合せ', '完了'),
    move('接続確認環境試験', '準備中'),
    { kind: 'addNote', audience: 'staff', text: '前回の試験の結果を照会中。' },
    { kind: 'approvePlan', on: addDays(today, -1) },
    move('利用申込', '提出済'),
    ...(number % 6 === 0 ? [{ kind: 'close', outcome: '完了' }] : []),
  ];
  return walk.slice(0, 1 + (number % walk.length));
}

async function insertAll(
  trx: Transaction<Tables>,
  made: readonly ReturnType<typeof makeCase>[],
): Promise<void> {
  await trx
    .insertInto('cases')
    .values(made.map(({ state }) => state))
    .execute();
  await inChunks(
    made.flatMap(({ rows }) => [...rows.events]),
    (values) => trx.insertInto('case_events').values(values).execute(),
  );
  for (const [audience, table] of [
    ['staff', 'case_staff_words'],
    ['shared', 'case_shared_words'],
  ] as const) {
    const words = made.flatMap(({ rows }) =>
      rows.words.filter((one) => one.audience === audience).map(({ row }) => row),
    );
    await inChunks(words, (values) => trx.insertInto(table).values(values).execute());
  }
  await inChunks(
    made.flatMap(({ facets }) => facets),
    (values) => trx.insertInto('case_facets').values(values).execute(),
  );
  await inChunks(
    made.map(({ search }) => search),
    (values) => trx.insertInto('case_search').values(values).execute(),
  );
}

async function inChunks<T extends Insertable<Tables[keyof Tables]>>(
  values: readonly T[],
  insert: (chunk: T[]) => Promise<unknown>,
) {
  for (let from = 0; from < values.length; from += 500) await insert(values.slice(from, from + 500));
}
