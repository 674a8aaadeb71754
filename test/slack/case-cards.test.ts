/** The card of a case: one message in each channel that may show it, whatever is lost, deleted or broken off. */
import { randomUUID } from 'node:crypto';
import { webApi } from '@slack/bolt';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Viewer } from '../../src/cases/rights.ts';
import { createCardKeeper } from '../../src/slack/cards/card-keeper.ts';
import { createChannelDirectory } from '../../src/slack/channels.ts';
import { createCaseCardStore } from '../../src/store/case-card-store.ts';
import { createCaseStore } from '../../src/store/case-store.ts';
import { openDatabase } from '../../src/store/database.ts';
import { NOW, rules } from '../support/case-rules.ts';

const TEAM = 'T01';
const OFFICE = 'COFFICE1';
const ROOM = 'CROOM1';
const staff: Viewer = { teamId: TEAM, person: 'USTAFF1', staff: true, channels: [] };
const provider: Viewer = { teamId: TEAM, person: 'UALPHA1', staff: false, channels: [] };

interface Said {
  ts: string;
  channel: string;
  text: string;
  thread_ts?: string;
  reply_broadcast?: boolean;
  metadata?: unknown;
  blocks?: unknown;
}
type Fate = 'ok' | 'lost' | 'dropped' | 'limited';

/** Slack's far end: keeps what is posted, and loses what the test says. */
function slackOf(fates: Fate[]) {
  const messages: Said[] = [];
  const channels = new Map([OFFICE, ROOM].map((id) => [id, { is_ext_shared: false, is_member: true }]));
  let number = 0;
  const platform = (error: string) =>
    new webApi.WebAPIPlatformError({ ok: false, error } as webApi.WebAPICallResult & { error: string });
  const fated = <T>(act: () => T): T => {
    const fate = fates.shift() ?? 'ok';
    if (fate === 'dropped') throw new Error('socket hang up');
    if (fate === 'limited') throw new webApi.WebAPIRateLimitedError(1);
    const done = act();
    if (fate === 'lost') throw new Error('socket hang up');
    return done;
  };
  const client = {
    conversations: {
      info: async ({ channel }: { channel: string }) => ({ channel: channels.get(channel) }),
      history: async ({ channel }: { channel: string }) => ({
        messages: messages.filter((one) => one.channel === channel && one.thread_ts === undefined),
      }),
      replies: async ({ channel, ts }: { channel: string; ts: string }) => {
        const found = messages.filter(
          (one) => one.channel === channel && (one.ts === ts || one.thread_ts === ts),
        );
        if (!found.some((one) => one.ts === ts)) throw platform('thread_not_found');
        return { messages: found };
      },
    },
    chat: {
      postMessage: async (said: Omit<Said, 'ts'>) =>
        fated(() => {
          number += 1;
          const ts = `${number}.000001`;
          messages.push({ ...said, ts });
          return { ok: true, ts };
        }),
      update: async ({ channel, ts, ...said }: Said) =>
        fated(() => {
          const found = messages.find((one) => one.channel === channel && one.ts === ts);
          if (found === undefined) throw platform('message_not_found');
          Object.assign(found, said);
          return { ok: true, ts };
        }),
      delete: async ({ ts }: Said) => {
        messages.splice(
          messages.findIndex((one) => one.ts === ts),
          1,
        );
      },
    },
  } as unknown as webApi.WebClient;
  return {
    client,
    messages,
    channels,
    cardsIn: (channel: string) =>
      messages.filter((one) => one.channel === channel && one.thread_ts === undefined),
  };
}

async function stage(fates: Fate[] = []) {
  const db = await openDatabase(':memory:');
  const cases = createCaseStore(db, { apiNames: new Map(), newId: randomUUID });
  const cards = createCaseCardStore(db, { newId: randomUUID });
  const slack = slackOf(fates);
  const log: string[] = [];
  const clock = { now: NOW };
  const now = () => clock.now;
  const newKeeper = () =>
    createCardKeeper({
      cases,
      cards,
      channels: createChannelDirectory({ client: slack.client, log: () => {}, now }),
      office: OFFICE,
      client: slack.client,
      log: (_, event) => log.push(event),
      now,
      sweepMillis: 3_600_000,
    });
  const act = async (asker: Viewer, id: string | null, command: Record<string, unknown>) => {
    const outcome = await cases.carryOut({
      asker,
      id,
      expected: null,
      command,
      rules,
      now: clock.now,
      sourceKey: null,
    });
    if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
    return outcome.record.id;
  };
  const open = (channel: string | null = ROOM) =>
    act(staff, null, {
      kind: 'open',
      company: '甲社',
      caseKind: '新規',
      apis: { rows: [4], typed: [] },
      primary: 'UALPHA1',
      owner: 'USTAFF2',
      channel,
    });
  /** As at a start, when the lease of whoever was broken off is over. */
  const recover = async () => {
    clock.now += 61_000;
    const keeper = newKeeper();
    await keeper.sweep();
    await keeper.idle();
    await keeper.stop();
  };
  return { db, cases, cards, slack, log, clock, newKeeper, act, open, recover };
}

test('a case has one card in the office’s channel and one in its own, each as its readers may know it', async () => {
  const { slack, newKeeper, act, open, db } = await stage();
  const keeper = newKeeper();
  const id = await open();
  await act(staff, id, {
    kind: 'setDate',
    subject: '利用申込',
    on: '2027-01-08',
    label: { kind: '社内目標' },
  });
  await act(staff, id, { kind: 'moveStep', step: '事前打合せ', to: '提出済' });
  keeper.touch(TEAM, id);
  await keeper.idle();
  const shown = (channel: string) => JSON.stringify(slack.cardsIn(channel));
  expect(slack.cardsIn(OFFICE)).toHaveLength(1);
  expect(slack.cardsIn(ROOM)).toHaveLength(1);
  expect(shown(OFFICE)).toMatch(/USTAFF2.*|社内目標/);
  expect(shown(OFFICE)).toContain('社内目標');
  expect(shown(ROOM)).not.toMatch(/USTAFF2|社内目標|担当者/);
  expect(shown(ROOM)).toContain('事前打合せ（提出済）');
  await db.destroy();
});

test('a change draws the card anew and is told below it; what a provider did is shown in the office’s channel too', async () => {
  const { slack, newKeeper, act, open, db } = await stage();
  const keeper = newKeeper();
  const id = await open();
  keeper.touch(TEAM, id);
  await keeper.idle();
  await act(provider, id, { kind: 'ask', text: '様式はどれですか' });
  keeper.touch(TEAM, id);
  await keeper.idle();
  await act(staff, id, { kind: 'addNote', audience: 'staff', text: '内輪' });
  keeper.touch(TEAM, id);
  await keeper.idle();
  expect(slack.cardsIn(OFFICE)).toHaveLength(1);
  expect(JSON.stringify(slack.cardsIn(OFFICE))).toContain('質問1');
  const notes = (channel: string) =>
    slack.messages.filter((one) => one.channel === channel && one.thread_ts !== undefined);
  expect(notes(OFFICE).map(({ text, reply_broadcast }) => [text, reply_broadcast ?? false])).toEqual([
    ['K-00001　甲社：質問1をしました。', true],
    ['K-00001　甲社：職員用のメモを書きました。', false],
  ]);
  expect(notes(ROOM).map(({ text }) => text)).toEqual(['K-00001　甲社：質問1をしました。']);
  expect(JSON.stringify(slack.messages)).not.toMatch(/内輪|様式はどれ/);
  await db.destroy();
});

describe('where another organisation reads along', () => {
  test('no card is posted', async () => {
    const { slack, newKeeper, open, db } = await stage();
    for (const channel of slack.channels.values()) channel.is_ext_shared = true;
    const keeper = newKeeper();
    keeper.touch(TEAM, await open());
    await keeper.idle();
    expect(slack.messages).toEqual([]);
    await db.destroy();
  });

  test('a card that stood there before is emptied at the next change, and stands there once more when it may', async () => {
    const { slack, newKeeper, act, open, db } = await stage();
    const keeper = newKeeper();
    const id = await open();
    keeper.touch(TEAM, id);
    await keeper.idle();
    const room = slack.channels.get(ROOM);
    if (room !== undefined) room.is_ext_shared = true;
    await act(staff, id, { kind: 'moveStep', step: '事前打合せ', to: '提出済' });
    keeper.touch(TEAM, id);
    await keeper.idle();
    expect(JSON.stringify(slack.cardsIn(ROOM))).not.toMatch(/甲社|K-0000|提出済/);
    if (room !== undefined) room.is_ext_shared = false;
    await act(staff, id, { kind: 'moveStep', step: '事前打合せ', to: '確認中' });
    keeper.touch(TEAM, id);
    await keeper.idle();
    expect(JSON.stringify(slack.cardsIn(ROOM))).toContain('確認中');
    await db.destroy();
  });

  test('a case that leaves its channel takes its card along', async () => {
    const { slack, newKeeper, act, open, db } = await stage();
    const keeper = newKeeper();
    const id = await open();
    keeper.touch(TEAM, id);
    await keeper.idle();
    await act(staff, id, { kind: 'amend', clear: ['channel'] });
    keeper.touch(TEAM, id);
    await keeper.idle();
    expect(JSON.stringify(slack.cardsIn(ROOM))).not.toMatch(/甲社|K-0000/);
    expect(slack.cardsIn(OFFICE)).toHaveLength(1);
    await db.destroy();
  });
});

test('a deleted card is posted again, and a card we may not change gives way to a new one', async () => {
  const { slack, newKeeper, act, open, db } = await stage();
  const keeper = newKeeper();
  const id = await open(null);
  keeper.touch(TEAM, id);
  await keeper.idle();
  slack.messages.length = 0;
  await act(staff, id, { kind: 'moveStep', step: '事前打合せ', to: '提出済' });
  keeper.touch(TEAM, id);
  await keeper.idle();
  expect(slack.cardsIn(OFFICE)).toHaveLength(1);
  const update = slack.client.chat.update.bind(slack.client.chat);
  Object.assign(slack.client.chat, {
    update: async () => {
      Object.assign(slack.client.chat, { update });
      throw new webApi.WebAPIPlatformError({ ok: false, error: 'cant_update_message' } as never);
    },
  });
  await act(staff, id, { kind: 'moveStep', step: '事前打合せ', to: '確認中' });
  keeper.touch(TEAM, id);
  await keeper.idle();
  expect(slack.cardsIn(OFFICE)).toHaveLength(1);
  expect(JSON.stringify(slack.cardsIn(OFFICE))).toContain('確認中');
  await db.destroy();
});

test('nothing is drawn once it was stopped', async () => {
  const { slack, newKeeper, open, db } = await stage();
  const keeper = newKeeper();
  const id = await open();
  await keeper.stop();
  keeper.touch(TEAM, id);
  await keeper.sweep();
  await keeper.idle();
  expect(slack.messages).toEqual([]);
  await db.destroy();
});

const fate = fc.constantFrom<Fate>('ok', 'lost', 'dropped', 'limited');
const deed = fc.record({ note: fc.boolean(), touched: fc.boolean(), restart: fc.boolean() });

test('whatever is lost on the way and however often it is broken off, there is one card, current, and each change told once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fate, { maxLength: 14 }),
      fc.array(deed, { maxLength: 6 }),
      async (lot, deeds) => {
        const { slack, newKeeper, act, open, recover, db } = await stage([...lot]);
        let keeper = newKeeper();
        const id = await open();
        let count = 0;
        for (const { note, touched, restart } of deeds) {
          if (note) {
            count += 1;
            const label = { kind: '窓口の指示', by: '佐藤', toldOn: '2026-11-01' };
            const on = `2027-01-${String(count).padStart(2, '0')}`;
            await act(staff, id, { kind: 'setDate', subject: '案件全体', on, label });
          }
          if (touched) keeper.touch(TEAM, id);
          await keeper.idle();
          if (!restart) continue;
          await keeper.stop();
          keeper = newKeeper();
        }
        await keeper.stop();
        for (let left = 0; left < lot.length + 2; left += 1) await recover();
        for (const channel of [OFFICE, ROOM]) {
          expect(slack.cardsIn(channel)).toHaveLength(1);
          const told = slack.messages
            .filter((one) => one.channel === channel && one.thread_ts !== undefined)
            .map(({ text }) => text)
            .join();
          // What happened before there was a card is told by the card alone.
          for (let day = 1; day <= count; day += 1) {
            const times = told.split(`日付を2027年1月${day}日`).length - 1;
            expect(times).toBeLessThanOrEqual(1);
            if (day === count) expect(times).toBe(1);
          }
          expect(JSON.stringify(slack.cardsIn(channel))).toContain(
            count === 0 ? '利用前' : `2027年1月${count}日`,
          );
        }
        await db.destroy();
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);
