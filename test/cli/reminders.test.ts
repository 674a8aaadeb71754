import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planReminders } from '../../src/reminders/plan.ts';
import { createCaseStore } from '../../src/store/case-store.ts';
import { openStore } from '../../src/store/database.ts';
import { rules } from '../support/case-rules.ts';
import { reminderBasis } from '../support/reminding.ts';

const program = fileURLToPath(new URL('../../.build/cli/reminders.js', import.meta.url));
const run = promisify(execFile);
let dataDir = '';

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'kiyaku-preview-'));
  const db = await openStore({ databaseUrl: null, dataDir });
  const store = createCaseStore(db, {
    apiNames: new Map(),
    newId: randomUUID,
    remind: (id, state) => planReminders(id, state, reminderBasis),
  });
  const asker = { teamId: 'T01', person: 'U0STAFF01', staff: true, channels: [] };
  const now = Date.parse('2026-12-01T10:00:00+09:00');
  const change = async (id: string | null, command: Readonly<Record<string, unknown>>) => {
    const outcome = await store.carryOut({ asker, id, expected: null, command, rules, now, sourceKey: null });
    expect(outcome.kind).toBe('done');
  };
  await change(null, {
    kind: 'open',
    company: '架空ヘルス株式会社（見本）',
    caseKind: '新規',
    apis: { rows: [16], typed: [] },
    primary: 'U0HEALTH1',
    owner: 'U0STAFF01',
  });
  const label = { kind: '窓口の指示', by: '白井', toldOn: '2026-12-01' };
  await change('K-00001', { kind: 'setDate', subject: '利用申込', on: '2027-01-12', label });
  await db.destroy();
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function preview(...args: string[]): Promise<string> {
  const env = { ...process.env, DATA_DIR: dataDir, TZ: 'America/New_York' };
  return (await run(process.execPath, [program, ...args], { env })).stdout;
}

test('what would go out on a day, to whom and why, is printed with its arithmetic, and nothing is sent or written', async () => {
  const asked = ['--as-of', '2026-12-22T09:00:00+09:00', '--dry-run'];
  const printed = await preview(...asked);
  expect(printed).toContain('2026年12月22日（火）9:00（日本時間）に送るもの（予行。何も送りません）');
  expect(printed).toContain('宛先：U0HEALTH1 のダイレクトメッセージ');
  expect(printed).toContain('宛先：U0STAFF01 のダイレクトメッセージ');
  expect(printed).toContain('2027年1月12日（火）まで、あと10営業日（暦で21日）');
  expect(printed).toContain('日付の根拠：窓口の指示：白井、2026年12月1日（火）');
  expect(printed).toContain('12/29〜1/3は年末年始の閉庁、1/11は成人の日のため数えません。土日も数えません');
  expect(printed).toContain('次の朝の一覧：2026年12月22日（火）9:00（日本時間）');
  expect(printed).toContain('次の週のまとめ：2026年12月28日（月）9:00（日本時間）');
  expect(await preview(...asked)).toBe(printed);
});

test('for programs the same as JSON', async () => {
  const told = JSON.parse(await preview('--as-of', '2026-12-22T00:00:00Z', '--dry-run', '--json'));
  expect(told.asOf).toBe('2026-12-22T00:00:00.000Z');
  expect(told.messages).toHaveLength(2);
  expect(told.messages[0].reminders[0]).toMatchObject({
    caseId: 'K-00001',
    subject: '利用申込',
    on: '2027-01-12',
    rule: 'ten-days-before',
    sent: true,
  });
});

test('in the quiet hours it says when it would go out, and before anything is due that nothing is', async () => {
  expect(await preview('--as-of', '2026-12-29T10:00:00+09:00', '--dry-run')).toContain(
    '送るのは 2027年1月4日（月）8:30（日本時間） からです',
  );
  expect(await preview('--as-of', '2026-12-02', '--dry-run')).toContain('送るものはありません。');
});

test('without --dry-run, and with a day the calendar does not have, it says what was expected', async () => {
  await expect(preview()).rejects.toMatchObject({
    stderr: expect.stringContaining('--dry-run を付けてください'),
  });
  await expect(preview('--as-of', '2026-02-30', '--dry-run')).rejects.toMatchObject({
    stderr: expect.stringContaining('「2026-02-30」を時刻として読めません'),
  });
});
