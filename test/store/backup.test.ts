import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backUp, restore } from '../../src/store/backup.ts';
import { auditCases } from '../../src/store/case-audit.ts';
import { createCaseStore } from '../../src/store/case-store.ts';
import { databaseFile, openStore } from '../../src/store/database.ts';
import { apiNames, NOW, rules } from '../support/arbitrary-cases.ts';

const STAMP = '2026-11-23-120000';

async function running() {
  const dataDir = mkdtempSync(join(tmpdir(), 'kiyaku-backup-'));
  const db = await openStore({ databaseUrl: null, dataDir });
  const store = createCaseStore(db, { apiNames, newId: randomUUID });
  const write = (company: string) =>
    store.carryOut({
      asker: { teamId: 'T1', person: 'USTAFF1', staff: true, channels: [] },
      id: null,
      expected: null,
      command: { kind: 'open', company, caseKind: '新規', apis: { rows: [16], typed: [] } },
      rules,
      now: NOW,
      sourceKey: null,
    });
  onTestFinished(async () => {
    await db.destroy();
    rmSync(dataDir, { recursive: true });
  });
  return { dataDir, db, write, file: databaseFile(dataDir), copy: join(dataDir, 'copies', 'a.db') };
}

describe('a backup', () => {
  it('taken while the bot writes is whole, and comes back with its record intact', async () => {
    const { dataDir, db, write, file, copy } = await running();
    for (let number = 0; number < 30; number += 1) await write(`会社${number}`);
    let writing = true;
    const going = (async () => {
      for (let number = 0; writing; number += 1) {
        await write(`後の会社${number}`);
        // SQLite answers without leaving the turn: without this nothing else would ever run.
        await nextTurn();
      }
    })();
    const contents = await backUp(file, copy);
    writing = false;
    await going;
    expect(contents.cases).toBeGreaterThanOrEqual(30);
    expect(contents.events).toBe(contents.cases);
    const later = (await auditCases(db)).cases;
    expect(later).toBeGreaterThanOrEqual(contents.cases);
    await db.destroy();
    const { former } = restore(copy, file, STAMP);
    expect(former).toBe(`${file}.before-${STAMP}`);
    const restored = await openStore({ databaseUrl: null, dataDir });
    expect(await auditCases(restored)).toMatchObject({ cases: contents.cases, problems: [] });
    await restored.destroy();
    expect(new Database(former ?? '').prepare('select count(*) as n from cases').get()).toEqual({ n: later });
  });

  it('is not put back while the bot has the database open', async () => {
    const { db, write, file, copy } = await running();
    await write('会社');
    await backUp(file, copy);
    expect(() => restore(copy, file, STAMP)).toThrow('使われています');
    await write('次の会社');
    expect((await auditCases(db)).cases).toBe(2);
  });

  it('never takes the place of another file, and a damaged or foreign one is refused', async () => {
    const { db, file, copy, write, dataDir } = await running();
    await write('会社');
    await backUp(file, copy);
    await expect(backUp(file, copy)).rejects.toThrow('すでにあります');
    await expect(backUp(join(dataDir, 'none.db'), join(dataDir, 'b.db'))).rejects.toThrow('ありません');
    const text = join(dataDir, 'text.db');
    writeFileSync(text, 'これはデータベースではありません'.repeat(100));
    const damaged = join(dataDir, 'damaged.db');
    const bytes = readFileSync(copy);
    bytes.fill(0x5a, 4_096 * 3, 4_096 * 6);
    writeFileSync(damaged, bytes);
    const other = join(dataDir, 'other.db');
    new Database(other).exec('create table t (a)').close();
    await sql`insert into migrations (id) values ('999-future')`.execute(db);
    const newer = join(dataDir, 'newer.db');
    await expect(backUp(file, newer)).rejects.toThrow('新しい版');
    await db.destroy();
    const before = readFileSync(file);
    for (const wrong of [text, damaged, other, join(dataDir, 'none.db')]) {
      expect(() => restore(wrong, file, STAMP)).toThrow(/[ぁ-ん]/);
    }
    expect(existsSync(newer)).toBe(false);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});
