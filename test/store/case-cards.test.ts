/** Where the cards of the cases stand, on both engines: one tends at a time, doubt outlives a break, what is behind is found. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createCaseCardStore } from '../../src/store/case-card-store.ts';
import { createCaseStore } from '../../src/store/case-store.ts';
import { NOW, rules } from '../support/case-rules.ts';
import { ENGINES, emptyDatabase } from '../support/databases.ts';

describe.each(ENGINES)('%s', (engine) => {
  async function stage() {
    const db = await emptyDatabase(engine);
    const cards = createCaseCardStore(db, { newId: randomUUID });
    const cases = createCaseStore(db, { apiNames: new Map(), newId: randomUUID });
    const asker = { teamId: 'T1', person: 'USTAFF1', staff: true, channels: [] };
    const act = async (id: string | null, command: Record<string, unknown>, now = NOW) => {
      const outcome = await cases.carryOut({
        asker,
        id,
        expected: null,
        command,
        rules,
        now,
        sourceKey: null,
      });
      if (outcome.kind !== 'done') throw new Error(outcome.kind);
      return outcome.record.id;
    };
    const open = () =>
      act(null, { kind: 'open', company: '甲社', caseKind: '新規', apis: { rows: [4], typed: [] } });
    const place = { teamId: 'T1', caseId: 'K-00001', channel: 'C1' };
    return { cards, act, open, place };
  }

  it('gives a card to one at a time, and to the next once the lease is over', async () => {
    const { cards, place } = await stage();
    const both = await Promise.all([cards.tend(place, NOW), cards.tend(place, NOW)]);
    expect(both.filter((one) => one !== null)).toHaveLength(1);
    expect(await cards.tend(place, NOW + 59_000)).toBeNull();
    expect(await cards.tend(place, NOW + 61_000)).toMatchObject({ ts: null, noted: -1, doubt: null });
  });

  it('remembers a post that was begun until it is known what became of it', async () => {
    const { cards, place } = await stage();
    await cards.tend(place, NOW);
    await cards.begin(place, { since: NOW, to: 3 });
    await cards.release(place, false);
    expect((await cards.tend(place, NOW))?.doubt).toEqual({ since: NOW, to: 3 });
    await cards.release(place, true);
    expect((await cards.tend(place, NOW))?.doubt).toBeNull();
    await cards.settle(place, { ts: '1.1', shown: 3, noted: 3 });
    expect(await cards.tend(place, NOW)).toMatchObject({ ts: '1.1', shown: 3, noted: 3, doubt: null });
  });

  it('finds the cases whose cards are behind, and not those from before there were cards', async () => {
    const { cards, act, open } = await stage();
    const [first, second] = [await open(), await open()];
    const window = { since: NOW - 1, newSince: NOW - 1, limit: 10 };
    expect((await cards.stale('T1', window)).sort()).toEqual([first, second]);
    expect(await cards.stale('T1', { ...window, newSince: NOW + 1 })).toEqual([]);
    expect(await cards.stale('T2', window)).toEqual([]);
    await cards.kept('T1', first, 1);
    expect(await cards.stale('T1', window)).toEqual([second]);
    await act(first, { kind: 'addNote', audience: 'staff', text: 'メモ' });
    expect(await cards.stale('T1', { ...window, newSince: NOW + 1 })).toEqual([first]);
    await cards.kept('T1', first, 2);
    await cards.kept('T1', first, 1);
    expect(await cards.stale('T1', { ...window, newSince: NOW + 1 })).toEqual([]);
  });
});
