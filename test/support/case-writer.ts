/**
 * A process that changes cases until it is killed: DATABASE is a file or a postgres URL. Prints each change it was
 * told is saved. Bundled and started by the crash test.
 */
import { randomUUID } from 'node:crypto';
import { createCaseStore } from '../../src/store/case-store.ts';
import { openStore } from '../../src/store/database.ts';
import { NOW, rules } from './case-rules.ts';

const [database = '', name = ''] = process.argv.slice(2);
const isUrl = database.startsWith('postgres:');
const db = await openStore({ databaseUrl: isUrl ? database : null, dataDir: database });
const store = createCaseStore(db, { apiNames: new Map(), newId: randomUUID });
const asker = { teamId: 'T1', person: 'USTAFF1', staff: true, channels: [] };
for (let number = 0; ; number += 1) {
  const sourceKey = `${name}-${number}`;
  const command = number % 7 === 0 ? opening() : change(number);
  const id = number % 7 === 0 ? null : ((await newest()) ?? 'K-00001');
  const outcome = await store.carryOut({ asker, id, expected: null, command, rules, now: NOW, sourceKey });
  if (outcome.kind === 'done') process.stdout.write(`${sourceKey}\n`);
}

async function newest(): Promise<string | null> {
  const row = await db.selectFrom('case_numbers').select('last').executeTakeFirst();
  return row === undefined ? null : `K-${String(row.last).padStart(5, '0')}`;
}

function opening() {
  return { kind: 'open', company: '株式会社あおぞら', caseKind: '新規', apis: { rows: [16], typed: [] } };
}

function change(number: number) {
  if (number % 3 === 0)
    return { kind: 'addNote', audience: number % 2 === 0 ? 'staff' : 'shared', text: `メモ${number}` };
  if (number % 3 === 1)
    return { kind: 'correctUsage', to: { state: 'in-use', since: null }, reason: `訂正${number}` };
  return { kind: 'fileNotice', act: '停止', filedOn: '2026-11-01' };
}
