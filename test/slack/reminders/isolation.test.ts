/** A reminder reaches nobody who may not see its case: asked when it is sent, for every recipient and every change since. */
import { randomUUID } from 'node:crypto';
import type { webApi } from '@slack/bolt';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planMorning } from '../../../src/reminders/morning.ts';
import { REMINDER } from '../../../src/reminders/plan.ts';
import { writeRecipient } from '../../../src/reminders/recipient.ts';
import { reminderComposer } from '../../../src/slack/reminders/compose-reminders.ts';
import type { StaffDirectory } from '../../../src/slack/staff.ts';
import { type CaseStore, createCaseStore } from '../../../src/store/case-store.ts';
import { openDatabase } from '../../../src/store/database.ts';
import type { OutboxRow } from '../../../src/store/outbox-rows.ts';
import type { Tables } from '../../../src/store/tables.ts';
import { NOW, rules } from '../../support/case-rules.ts';
import { calendar } from '../../support/office-calendar.ts';
import { remindingOn } from '../../support/reminding.ts';

const TEAM = 'T01';
const SECRET = '秘密甲社';
const CASE = 'K-00001';
const ON = '2026-12-10';
/** A business day, in office hours. */
const AT = Date.parse('2026-12-10T09:00:00+09:00');
const PERSONS = ['UCONTACT1', 'USECOND1', 'UMEMBER1', 'UOWNER1', 'USTAFF1', 'UOTHER1'];
const SHARED = { internal: false, shared: true, unknown: undefined } as const;

let db: Kysely<Tables>;
let store: CaseStore;

beforeAll(async () => {
  db = await openDatabase(':memory:');
  store = createCaseStore(db, { apiNames: new Map(), newId: randomUUID });
  await act(null, {
    kind: 'open',
    company: SECRET,
    caseKind: '新規',
    apis: { rows: [16], typed: [] },
    primary: 'UCONTACT1',
    secondary: 'USECOND1',
    members: ['UMEMBER1'],
    owner: 'UOWNER1',
    channel: 'CCASE1',
  });
  const label = { kind: '窓口の指示', by: '白井', toldOn: '2026-11-01' };
  await act(CASE, { kind: 'setDate', subject: '案件全体', on: ON, label });
  await act(CASE, { kind: 'setDate', subject: '接続確認環境試験', on: ON, label: { kind: '社内目標' } });
});
afterAll(() => db.destroy());

async function act(id: string | null, command: Readonly<Record<string, unknown>>): Promise<void> {
  const asker = { teamId: TEAM, person: 'USTAFF1', staff: true, channels: [] };
  const outcome = await store.carryOut({
    asker,
    id,
    expected: null,
    command,
    rules,
    now: NOW,
    sourceKey: null,
  });
  expect(outcome.kind).toBe('done');
}

function rowFor(recipient: string, subject: string, teamId = TEAM): OutboxRow {
  return {
    teamId,
    key: `${recipient}|${subject}`,
    kind: REMINDER,
    caseId: CASE,
    recipient,
    together: recipient,
    dueAt: AT,
    body: { subject, on: ON, rule: 'on-the-day', number: 0 },
    state: 'pending',
    messageId: 'm',
    reason: null,
    createdAt: 0,
    settledAt: null,
  };
}

interface World {
  readonly staff: readonly string[];
  readonly shared?: boolean | undefined;
  readonly staffKnown?: boolean;
}

async function composed(rows: readonly OutboxRow[], { staff, shared, staffKnown = true }: World, now = AT) {
  const client = {
    conversations: { info: async () => ({ ok: true, channel: { is_ext_shared: shared } }) },
  } as unknown as webApi.WebClient;
  const knowStaff = async (person: string) => {
    if (!staffKnown) throw new Error('ratelimited');
    return staff.includes(person);
  };
  const directory: StaffDirectory = { configured: true, channel: 'COFFICE1', isStaff: knowStaff, knowStaff };
  const compose = reminderComposer({ client, cases: store, staff: directory }, remindingOn(db));
  const [first] = rows;
  if (first === undefined) throw new Error('no rows');
  const { teamId, recipient } = first;
  return compose(
    {
      teamId,
      id: 'm',
      kind: REMINDER,
      recipient,
      token: 't',
      firstTry: null,
      attempts: 0,
      rows,
      leaseEnds: 0,
      triedIn: null,
    },
    now,
  );
}

const refOf = async (person: string) => (await store.people.refsOf(TEAM, [person])).get(person) ?? '';
const personRow = async (person: string, subject: string) =>
  rowFor(writeRecipient({ kind: 'person', ref: await refOf(person) }), subject);

describe('a person', () => {
  it.each(PERSONS.flatMap((person) => [true, false].map((staff) => ({ person, staff }))))(
    '$person (of the office: $staff) is told exactly what they may see',
    async ({ person, staff }) => {
      const world = { staff: staff ? [person] : [] };
      const related = ['UCONTACT1', 'USECOND1', 'UMEMBER1'].includes(person);
      for (const [subject, allowed] of [
        ['案件全体', staff || related],
        ['接続確認環境試験', staff],
      ] as const) {
        const made = await composed([await personRow(person, subject)], world);
        expect([subject, made.kind]).toEqual([subject, allowed ? 'message' : 'nothing']);
        if (made.kind === 'message') expect(made).toMatchObject({ to: person, late: false });
        if (made.kind === 'nothing') expect(made.leftOut).toMatchObject([{ state: 'dropped' }]);
        expect(JSON.stringify(made).includes(SECRET)).toBe(allowed);
      }
    },
  );

  it('who cannot be looked up is waited for: nothing is told and nothing is lost', async () => {
    const row = await personRow('UOWNER1', '案件全体');
    await expect(composed([row], { staff: ['UOWNER1'], staffKnown: false })).rejects.toThrow('ratelimited');
  });

  it('gets no list of the morning without being of the office', async () => {
    const ref = await refOf('UOWNER1');
    const rows = planMorning(ON, [ref], remindingOn(db).rules, calendar).map((one) => ({
      ...rowFor(one.recipient, '案件全体'),
      ...one,
    }));
    const told = await composed(rows, { staff: ['UOWNER1'] });
    expect(told.kind).toBe('message');
    expect(JSON.stringify(told)).toContain(SECRET);
    const refused = await composed(rows, { staff: [] });
    expect(refused).toMatchObject({ kind: 'nothing', leftOut: [{ state: 'dropped' }] });
    expect(JSON.stringify(refused)).not.toContain(SECRET);
  });
});

describe('a channel', () => {
  it.each(
    ['CCASE1', 'COTHER1'].flatMap((channel) =>
      (Object.keys(SHARED) as (keyof typeof SHARED)[]).map((how) => ({ channel, how })),
    ),
  )('$channel ($how) is told of the case only as its own, internal channel', async ({ channel, how }) => {
    const recipient = writeRecipient({ kind: 'channel', channel });
    for (const [subject, forProvider] of [
      ['案件全体', true],
      ['接続確認環境試験', false],
    ] as const) {
      const made = await composed([rowFor(recipient, subject)], { staff: [], shared: SHARED[how] });
      const allowed = channel === 'CCASE1' && how === 'internal' && forProvider;
      expect([subject, made.kind]).toEqual([subject, allowed ? 'message' : 'nothing']);
      expect(JSON.stringify(made).includes(SECRET)).toBe(allowed);
    }
  });

  it.each(Object.entries(SHARED))(
    'of the office (%s) is told only while it is internal',
    async (how, shared) => {
      const recipient = writeRecipient({ kind: 'office' });
      const made = await composed([rowFor(recipient, '接続確認環境試験')], { staff: [], shared });
      expect(made.kind).toBe(how === 'internal' ? 'message' : 'nothing');
      expect(JSON.stringify(made).includes(SECRET)).toBe(how === 'internal');
    },
  );
});

it('another workspace’s case does not exist', async () => {
  const recipient = writeRecipient({ kind: 'person', ref: 'UCONTACT1' });
  const made = await composed([rowFor(recipient, '案件全体', 'T02')], { staff: ['UCONTACT1'] });
  expect(made.kind).toBe('nothing');
  expect(JSON.stringify(made)).not.toContain(SECRET);
});

it.each(['2026-12-10T08:29', '2026-12-10T18:00', '2026-12-12T10:00', '2026-12-31T10:00'])(
  'at %s nothing is told: it waits for the next morning the office is open',
  async (moment) => {
    const row = await personRow('UCONTACT1', '案件全体');
    const made = await composed([row], { staff: [] }, Date.parse(`${moment}:00+09:00`));
    expect(made.kind).toBe('later');
  },
);
