import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deliveryOf, isTalkAside, referenceOf } from '../../src/slack/delivery.ts';

const press = {
  type: 'block_actions',
  team: { id: 'T1' },
  user: { id: 'U1' },
  actions: [{ action_id: 'share', action_ts: '1.5' }],
};
const submission = {
  type: 'view_submission',
  team: { id: 'T1' },
  view: { id: 'V1', hash: 'h', callback_id: 'answer' },
};

describe('the key of a delivery', () => {
  it.each([
    [{ type: 'event_callback', team_id: 'T1', event_id: 'Ev1' }, 'event:Ev1'],
    [{ command: '/kiyaku', team_id: 'T1', trigger_id: '1.2' }, 'command:1.2'],
    [{ type: 'message_action', team: { id: 'T1' }, trigger_id: '1.3' }, 'shortcut:1.3'],
    [press, 'action:1.5:share:U1'],
    [submission, 'view:view_submission:V1:h:answer'],
  ])('of %j is %s', (body, key) => {
    expect(deliveryOf(body)).toMatchObject({ teamId: 'T1', key });
  });

  it('differs for another person, button or moment', () => {
    const keys = [
      press,
      { ...press, user: { id: 'U2' } },
      { ...press, actions: [{ action_id: 'choose', action_ts: '1.5' }] },
      { ...press, actions: [{ action_id: 'share', action_ts: '1.6' }] },
    ].map((body) => deliveryOf(body)?.key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is missing for anything of no known shape, whatever it is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (body) => {
        expect(deliveryOf(body)).toBeNull();
        expect(isTalkAside(body)).toBe(false);
      }),
    );
  });
});

describe('the reference number', () => {
  it('is short, says nothing, and is the same for each attempt', () => {
    const reference = referenceOf({ teamId: 'T1', key: 'event:Ev1' });
    expect(reference).toMatch(/^KG-[0-9A-F]{8}$/);
    expect(referenceOf({ teamId: 'T1', key: 'event:Ev1' })).toBe(reference);
    expect(referenceOf({ teamId: 'T2', key: 'event:Ev1' })).not.toBe(reference);
  });
});

describe('talk aside', () => {
  const message = { type: 'message', channel_type: 'channel', thread_ts: '1.1' };
  it.each([
    [message, false],
    [{ ...message, subtype: 'file_share' }, false],
    [{ ...message, subtype: 'message_changed' }, true],
    [{ ...message, bot_id: 'B1' }, true],
    [{ type: 'message', channel_type: 'channel' }, true],
    [{ type: 'message', channel_type: 'im' }, false],
    [{ type: 'app_mention' }, false],
  ])('%j: %s', (event, expected) => {
    expect(isTalkAside({ type: 'event_callback', event })).toBe(expected);
  });
});
