/** A clock that jumps, stands still and runs backwards, and a process that is down over New Year. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { type LocalSlack, startLocalSlack } from '../../../src/local-slack/start.ts';
import { rules } from '../../support/case-rules.ts';
import { ids, manifest, startBotOn } from '../../support/scene.ts';

const at = (moment: string): number => Date.parse(`${moment}+09:00`);
const HOUR = 3_600_000;
type Running = Awaited<ReturnType<typeof startBotOn>>;

async function workspace(): Promise<{ slack: LocalSlack; file: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'kiyaku-clock-'));
  const slack = await startLocalSlack({ manifest, rateLimits: false });
  onTestFinished(async () => {
    await slack.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return { slack, file: join(folder, 'kiyaku.db') };
}

async function datedCase({ stores }: Running, teamId: string, company: string, on: string, now: number) {
  const asker = { teamId, person: ids.staff, staff: true, channels: [] };
  const request = { asker, expected: null, rules, now, sourceKey: null };
  const opening = { kind: 'open', company, caseKind: '新規', apis: { rows: [16], typed: [] } };
  const opened = await stores.cases.carryOut({
    ...request,
    id: null,
    command: { ...opening, primary: ids.provider, owner: ids.staff },
  });
  if (opened.kind !== 'done') throw new Error(JSON.stringify(opened));
  const label = { kind: '窓口の指示', by: '白井', toldOn: '2026-12-01' };
  const { id } = opened.record;
  await stores.cases.carryOut({
    ...request,
    id,
    command: { kind: 'setDate', subject: '接続確認環境試験', on, label },
  });
  return id;
}

/** Until nothing is left that could be sent at this moment. */
async function settled({ db }: Running, now: () => number): Promise<void> {
  await expect
    .poll(
      async () => {
        const rows = await db
          .selectFrom('outbox')
          .select('key')
          .where('state', '=', 'pending')
          .where('message_id', 'is', null)
          .where('due_at', '<=', now())
          .execute();
        const open = await db
          .selectFrom('outbox_messages')
          .select('id')
          .where('state', '=', 'open')
          // Due, or being sent.
          .where(({ eb, or }) => or([eb('next_at', '<=', now()), eb('token', 'is not', null)]))
          .execute();
        return rows.length + open.length;
      },
      { timeout: 8_000, interval: 15 },
    )
    .toBe(0);
}

async function statesOf({ stores }: Running, teamId: string, caseId: string): Promise<string[]> {
  const rows = await stores.outbox.ledger(teamId, {
    from: 0,
    to: Number.MAX_SAFE_INTEGER,
    caseId,
    limit: 500,
  });
  const told = rows.filter(({ state }) => state !== 'pending');
  return told.map(({ body, state }) => `${(body as { rule: string }).rule}:${state}`).toSorted();
}

test('down over New Year: what is still of use is said once and marked late, the rest is listed as missed', async () => {
  const { slack, file } = await workspace();
  let now = at('2026-12-21T10:00');
  const first = await startBotOn(slack, { file, now: () => now });
  const over = await datedCase(first, slack.teamId, '年末の会社（見本）', '2026-12-28', now);
  const coming = await datedCase(first, slack.teamId, '年始の会社（見本）', '2027-01-05', now);
  await first.stopBot();

  now = at('2027-01-01T12:00');
  const second = await startBotOn(slack, { file, now: () => now, standMillis: 50 });
  onTestFinished(() => second.stopBot());
  const provider = slack.as(ids.provider);
  const heard = async () =>
    (await provider.seen('app')).filter(({ text }) => text.includes('期限のお知らせ'));
  await settled(second, () => now);
  expect(await heard()).toEqual([]);
  now = at('2027-01-04T00:00');
  await expect
    .poll(() => second.db.selectFrom('case_counts').select('day').where('day', '=', '2027-01-04').execute())
    .toHaveLength(1);
  now = at('2027-01-04T08:29');
  await settled(second, () => now);
  expect(await heard()).toEqual([]);

  now = at('2027-01-04T08:30');
  await provider.waitFor('app', '遅れて届いたお知らせです');
  await settled(second, () => now);
  const told = await heard();
  expect(told).toHaveLength(1);
  expect(told[0]?.text).toContain(`${coming} 年始の会社（見本）`);
  expect(told[0]?.text).toContain('あと1営業日（暦で1日）');
  expect(told[0]?.text).not.toContain(over);
  expect(await statesOf(second, slack.teamId, over)).toEqual([
    ...['on-the-day:missed', 'on-the-day:missed'],
    ...['three-days-before:missed', 'three-days-before:missed'],
  ]);

  // At nine the overdue one is due in the usual way: it is not late, and the owner has it in the list of the morning.
  now = at('2027-01-04T09:00');
  const list = await slack.as(ids.staff).waitFor('app', '2027年1月4日（月）の朝の一覧：期限のお知らせ');
  expect(list.text).toContain(`${over} 年末の会社（見本）`);
  expect(list.text).toMatch(/ほかの期限が過ぎた・近い案件（1件）.*年始の会社（見本）/);
  await settled(second, () => now);
  expect((await heard()).map(({ text }) => text.includes('遅れて'))).toEqual([true, false]);
  expect(
    (await statesOf(second, slack.teamId, over)).filter((state) => state === 'overdue:sent'),
  ).toHaveLength(2);
});

test('a clock that jumps, stands still and runs backwards sends nothing twice and forgets nothing', async () => {
  const move = fc.oneof(
    fc.constant(0),
    fc.integer({ min: -72, max: -1 }),
    { arbitrary: fc.integer({ min: 1, max: 24 }), weight: 3 },
    { arbitrary: fc.integer({ min: 48, max: 400 }), weight: 2 },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 6, maxLength: 12 }), async (moves) => {
      const { slack, file } = await workspace();
      let now = at('2026-12-10T10:00');
      let furthest = now;
      const bot = await startBotOn(slack, { file, now: () => now });
      try {
        for (const on of ['2026-12-28', '2027-01-05', '2027-01-12'])
          await datedCase(bot, slack.teamId, `会社${on}（見本）`, on, now);
        for (const hours of moves) {
          now += hours * HOUR;
          furthest = Math.max(furthest, now);
          await settled(bot, () => now);
        }
        // Into office hours, after everything that was due.
        now = at('2027-03-01T10:00') + Math.max(0, furthest - at('2027-03-01T10:00'));
        while (!(await nothingWaits(bot, now))) {
          now += HOUR;
          await settled(bot, () => now);
        }
        const messages = await bot.db.selectFrom('outbox_messages').selectAll().execute();
        const sent = messages.filter(({ state }) => state === 'sent');
        const heard = await Promise.all(
          [ids.provider, ids.staff].map(async (person) => (await slack.as(person).seen('app')).length),
        );
        const office = (await slack.as(ids.staff).seen('C0STAFF01')).filter(({ text }) =>
          text.includes('期限'),
        );
        const inDirect = sent.filter(({ recipient }) => recipient.startsWith('person:')).length;
        expect(heard.reduce((sum, count) => sum + count, 0)).toBe(inDirect);
        expect(office.length).toBe(sent.length - inDirect);
        expect(new Set(sent.map(({ channel, ts }) => `${channel} ${ts}`)).size).toBe(sent.length);
        const rows = await bot.stores.outbox.countByState(slack.teamId);
        expect([rows.get('pending') ?? 0, rows.get('dead') ?? 0]).toEqual([0, 0]);
        expect(rows.get('sent') ?? 0).toBeGreaterThan(0);
      } finally {
        await bot.stopBot();
      }
    }),
    { numRuns: 3, endOnFailure: true },
  );
}, 60_000);

/** True when everything that was planned is settled. */
async function nothingWaits(bot: Running, now: number): Promise<boolean> {
  await settled(bot, () => now);
  const { length } = await bot.db.selectFrom('outbox').select('key').where('state', '=', 'pending').execute();
  return length === 0;
}

test('a clock that stands still loses nothing: what is due goes out, and only once', async () => {
  const { slack, file } = await workspace();
  const now = at('2026-12-22T09:00');
  const bot = await startBotOn(slack, { file, now: () => now });
  onTestFinished(() => bot.stopBot());
  const id = await datedCase(bot, slack.teamId, '静かな会社（見本）', '2027-01-12', now);
  await slack.as(ids.provider).waitFor('app', id);
  await sleep(200);
  expect((await slack.as(ids.provider).seen('app')).filter(({ text }) => text.includes(id))).toHaveLength(1);
});
