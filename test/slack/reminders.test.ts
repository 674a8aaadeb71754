/** Reminders reach the right person on the right business day, once: through the real bot, over a clock that is moved. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../src/local-slack/person.ts';
import { keepStanding } from '../../src/slack/reminders/standing.ts';
import { rules } from '../support/case-rules.ts';
import { remindingOn } from '../support/reminding.ts';
import { ids, type Scene, startScene } from '../support/scene.ts';

const at = (moment: string): number => Date.parse(`${moment}+09:00`);

let scene: Scene;
let now = at('2026-12-01T10:00');
let provider: Person;
let staff: Person;
let stranger: Person;

beforeAll(async () => {
  scene = await startScene({ now: () => now });
  provider = scene.slack.as(ids.provider);
  staff = scene.slack.as(ids.staff);
  stranger = scene.slack.as('U0KURASI1');
});
afterAll(async () => {
  await scene.stop();
  expect(
    scene.log.filter(({ level }) => level === 'error').map((one) => String(one.cause).slice(0, 1500)),
  ).toEqual([]);
});

const office = () => ({ teamId: scene.slack.teamId, person: ids.staff, staff: true, channels: [] });

async function command(id: string | null, what: Readonly<Record<string, unknown>>): Promise<string> {
  const request = { asker: office(), id, expected: null, command: what, rules, now, sourceKey: null };
  const outcome = await scene.stores.cases.carryOut(request);
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.record.id;
}

async function datedCase(
  company: string,
  on: string,
  label: unknown = { kind: '窓口の指示', by: '白井', toldOn: '2026-12-01' },
) {
  const id = await command(null, {
    kind: 'open',
    company,
    caseKind: '新規',
    apis: { rows: [16], typed: [] },
    primary: ids.provider,
    owner: ids.staff,
  });
  await command(id, { kind: 'setDate', subject: '接続確認環境試験', on, label });
  return id;
}

async function settle(): Promise<void> {
  await expect
    .poll(async () => {
      const open = await scene.db
        .selectFrom('outbox')
        .select('key')
        .where('state', '=', 'pending')
        .where('due_at', '<=', now)
        .execute();
      return open.length;
    })
    .toBe(0);
}

const states = async (id: string) => {
  const rows = await scene.stores.outbox.ledger(scene.slack.teamId, {
    from: 0,
    to: Number.MAX_SAFE_INTEGER,
    caseId: id,
    limit: 500,
  });
  return rows
    .filter(({ state }) => state !== 'pending')
    .map(({ body, state }) => `${(body as { rule: string }).rule}:${state}`);
};

describe('a date of a case', () => {
  let id = '';

  test('is reminded of ten business days before, over the closing of the year, to contact and owner and nobody else', async () => {
    id = await datedCase('架空ヘルス株式会社（見本）', '2027-01-12');
    now = at('2026-12-22T08:59');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await states(id)).toEqual([]);
    now = at('2026-12-22T09:00');
    await settle();
    const told = await provider.waitFor('app', '期限のお知らせ');
    expect(told.text).toContain(`${id} 架空ヘルス株式会社（見本）`);
    expect(told.text).toContain('2027年1月12日（火）まで、あと10営業日（暦で21日）');
    expect(told.text).toContain('窓口の指示：白井、2026年12月1日（火）');
    expect(told.text).toContain(
      '10営業日前（12/29〜1/3は年末年始の閉庁、1/11は成人の日のため数えません。土日も数えません）の2026年12月22日（火）',
    );
    expect((await staff.waitFor('app', '期限のお知らせ')).text).toContain(id);
    expect(await states(id)).toEqual(['ten-days-before:sent', 'ten-days-before:sent']);
    expect((await stranger.seen('app')).filter(({ text }) => text.includes(id))).toEqual([]);
  });

  test('is put off, comes back, and is acknowledged; the message says so', async () => {
    const told = await provider.waitFor('app', '期限のお知らせ');
    await provider.select(told, 'reminder_later:0', 'hour:0');
    await provider.waitFor('app', '2026年12月22日（火）10:00（日本時間）に改めて知らせる');
    now = at('2026-12-22T10:00');
    await settle();
    await expect
      .poll(
        async () => (await provider.seen('app')).filter(({ text }) => text.includes('あと10営業日')).length,
      )
      .toBe(2);
    const again = (await provider.seen('app')).at(-1);
    if (again === undefined) throw new Error('no message');
    await provider.click(again, 'reminder_seen:0');
    await provider.waitFor('app', '確認しました');
    const acts = await scene.db.selectFrom('reminder_acts').select('act').orderBy('at').execute();
    expect(acts.map(({ act }) => act)).toEqual(['snoozed', 'acknowledged']);
  });

  test('that moves takes its reminders along, in the same transaction', async () => {
    await command(id, {
      kind: 'setDate',
      subject: '接続確認環境試験',
      on: '2027-01-29',
      label: { kind: '社内目標' },
    });
    const pending = await scene.stores.outbox.ledger(scene.slack.teamId, {
      from: 0,
      to: Number.MAX_SAFE_INTEGER,
      caseId: id,
      states: ['pending'],
      limit: 500,
    });
    expect(pending.length).toBeGreaterThan(3);
    expect(new Set(pending.map(({ body }) => (body as { on: string }).on))).toEqual(new Set(['2027-01-29']));
    // A goal the office set itself is told to nobody on the provider's side.
    const refs = await scene.stores.cases.people.refsOf(scene.slack.teamId, [ids.provider]);
    expect(pending.filter(({ recipient }) => recipient.includes(refs.get(ids.provider) ?? '?'))).toEqual([]);
  });

  test('that nobody acknowledges is told to the office, and no more once somebody has', async () => {
    const other = await datedCase('架空ヘルス株式会社（二件目）', '2027-02-01');
    now = at('2027-02-04T09:00');
    await settle();
    const escalated = await staff.waitFor('C0STAFF01', '確認されていない期限があります');
    expect(escalated.text).toContain(other);
    expect(escalated.text).toContain('2027年2月1日（月）を3営業日');
  });

  test('that is over says nothing that was useful only before it: it is listed as missed', async () => {
    const list = await states('K-00002');
    expect(list).toContain('on-the-day:missed');
    expect(list).toContain('three-days-before:missed');
    expect(list).toContain('overdue:sent');
  });

  test('is done by a press of the owner: the step moves, the rest of the reminders is cancelled', async () => {
    const told = (await staff.seen('app')).findLast(({ text }) => text.includes('K-00002'));
    if (told === undefined) throw new Error('no reminder');
    // The owner's one message holds both cases; the second is this one.
    await staff.click(told, 'reminder_done:1');
    await staff.waitFor('app', '手続の状態を進めました');
    const { state } = (await scene.stores.cases.find(scene.slack.teamId, 'K-00002')) ?? {};
    expect(state?.steps.find(({ name }) => name === '接続確認環境試験')?.state).toBe('完了');
    const pending = await scene.stores.outbox.ledger(scene.slack.teamId, {
      from: 0,
      to: Number.MAX_SAFE_INTEGER,
      caseId: 'K-00002',
      states: ['pending'],
      limit: 500,
    });
    expect(pending).toEqual([]);
  });
});

test('staff see beforehand what goes out and why, and afterwards what became of it, as a table too', async () => {
  const third = await datedCase('架空くらしサービス株式会社（見本）', '2027-03-31');
  await staff.command('/anken', '通知', ids.channel);
  const planned = await staff.waitForModal('これから送るもの（早い順）');
  expect(planned.text).toContain(
    `${third} 架空くらしサービス株式会社（見本） 接続確認環境試験 2027年3月31日（水）`,
  );
  expect(planned.text).toMatch(
    /理由：規則 ten-days-before。10営業日前（.*3\/2.は春分の日.*土日も数えません）/,
  );
  await staff.click(planned, 'reminder_ledger:1');
  const past = await staff.waitForModal('これまでの記録（30日前まで、新しい順）');
  expect(past.text).toMatch(/送らず（役目を終えた）：送る前に期限を過ぎました/);
  await staff.click(past, 'reminder_export');
  await staff.waitForModal('ダイレクトメッセージに送りました');
  expect((await staff.waitFor('app', '通知の記録です')).text).toMatch(/\d+件/);
  for (let view = await staff.modal(); view !== undefined; view = await staff.modal())
    await staff.close(view);
  await provider.command('/anken', '通知', ids.channel);
  await provider.waitFor(ids.channel, '担当室の職員だけが使えます');
});

test('on Monday the office gets one summary with a picture, planned by itself', async () => {
  now = at('2027-02-05T10:00');
  const { reminding, cases, inbox } = { reminding: remindingOn(scene.db), ...scene.stores };
  await keepStanding({ cases, inbox, reminding }, now);
  await keepStanding({ cases, inbox, reminding }, now + 86_400_000);
  now = at('2027-02-08T09:00');
  await settle();
  const summary = await staff.waitFor('C0STAFF01', '2027年2月8日（月）の案件のまとめ');
  expect(summary.text).toContain('期限切れ 1件');
  expect(summary.text).toContain('進行中の手順：');
  const weekly = await scene.db
    .selectFrom('outbox')
    .select(['key', 'state'])
    .where('kind', '=', 'weekly')
    .execute();
  expect(weekly).toContainEqual({ key: 'weekly|2027-02-08', state: 'sent' });
});
