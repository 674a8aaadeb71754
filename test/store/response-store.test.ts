/** What the store of conversations promises, held by both engines. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConversationEvent } from '../../src/conversations/replay.ts';
import { createResponseStore, type NewConversation } from '../../src/store/response-store.ts';
import { ENGINES, emptyDatabase } from '../support/databases.ts';

const fresh = (more: Partial<NewConversation> = {}): NewConversation => ({
  id: randomUUID(),
  teamId: 'T1',
  flow: 'which-steps',
  userId: 'U1',
  channel: 'C1',
  threadTs: null,
  sourceKey: randomUUID(),
  at: 1_000,
  ...more,
});
const apis = (rows: number[]): ConversationEvent => ({
  kind: 'answered',
  step: 'apis',
  response: { kind: 'apis', rows, absent: [] },
});
const by = (userId = 'U1', sourceKey: string = randomUUID()) => ({ userId, sourceKey, at: 2_000 });

describe.each(ENGINES)('the store of conversations on %s', (engine) => {
  const emptyStore = async () => createResponseStore(await emptyDatabase(engine));

  it('starts one conversation for one delivery', async () => {
    const store = await emptyStore();
    const first = await store.start(fresh({ sourceKey: 'command:1' }));
    const again = await store.start(fresh({ sourceKey: 'command:1' }));
    expect(again.id).toBe(first.id);
    expect((await store.start(fresh({ sourceKey: 'command:1', teamId: 'T2' }))).id).not.toBe(first.id);
  });

  it('gives back what was answered, whatever was typed', async () => {
    const store = await emptyStore();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (typed) => {
        const started = await store.start(fresh());
        const text = typed.replaceAll('\u0000', '').toWellFormed();
        const event = { kind: 'answered', step: 'wish', response: { kind: 'text', text: typed } } as const;
        const { conversation } = await store.append(started, 0, event, by());
        expect(conversation.events).toEqual([{ ...event, response: { kind: 'text', text } }]);
      }),
      { numRuns: 30 },
    );
  });

  it('of two people on the same screen the first is saved, and the second sees what stands there', async () => {
    const store = await emptyStore();
    const started = await store.start(fresh());
    const both = await Promise.all([
      store.append(started, 0, apis([4]), by('U1')),
      store.append(started, 0, apis([10]), by('U2')),
    ]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['conflict', 'saved']);
    const kept = await store.find('T1', started.id);
    expect(kept?.events).toHaveLength(1);
    expect(both.every(({ conversation }) => conversation.version === 1)).toBe(true);
  });

  it('takes the same delivery once, and says so', async () => {
    const store = await emptyStore();
    const started = await store.start(fresh());
    const once = by('U1', 'event:Ev1');
    await store.append(started, 0, apis([4]), once);
    const again = await store.append(started, 0, apis([10]), once);
    expect(again).toMatchObject({ kind: 'saved', conversation: { version: 1, events: [apis([4])] } });
    expect(await store.took(started, 'event:Ev1')).toBe(true);
    expect(await store.took(started, 'event:Ev2')).toBe(false);
  });

  it('keeps workspaces apart', async () => {
    const store = await emptyStore();
    const started = await store.start(fresh({ threadTs: '1.1' }));
    expect(await store.find('T2', started.id)).toBeNull();
    expect(await store.inThread('T2', 'C1', '1.1')).toBeNull();
    expect(await store.latestOf('T2', 'U1', 3)).toEqual([]);
    expect((await store.inThread('T1', 'C1', '1.1'))?.id).toBe(started.id);
  });

  it('finds the newest in a thread, and what a person touched last', async () => {
    const store = await emptyStore();
    const old = await store.start(fresh({ threadTs: '1.1', at: 1_000 }));
    const young = await store.start(fresh({ threadTs: '1.1', at: 1_500 }));
    expect((await store.inThread('T1', 'C1', '1.1'))?.id).toBe(young.id);
    await store.append(old, 0, apis([4]), by());
    expect((await store.latestOf('T1', 'U1', 2)).map(({ id }) => id)).toEqual([old.id, young.id]);
    await store.placed(old, { channel: 'C2', threadTs: '2.2', messageTs: '2.3' });
    expect(await store.inThread('T1', 'C2', '2.2')).toMatchObject({ id: old.id, messageTs: '2.3' });
  });
});
