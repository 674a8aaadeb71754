import type { webApi } from '@slack/bolt';
import { expect, test } from 'vitest';
import { createStaffDirectory } from '../../src/slack/staff.ts';

const MINUTE = 60_000;

function directory(settings: { usergroup?: string; users?: string[] } = {}) {
  const world = { now: 0, members: ['U01'], asked: 0, down: false, complaints: 0 };
  const list = async () => {
    world.asked += 1;
    if (world.down) throw new Error('ratelimited');
    return { ok: true, users: world.members };
  };
  const client = { usergroups: { users: { list } } } as unknown as webApi.WebClient;
  const staff = createStaffDirectory(
    { usergroup: null, users: [], channel: null, ...settings },
    {
      client,
      now: () => world.now,
      log: () => {
        world.complaints += 1;
      },
    },
  );
  return { world, staff };
}

test('without settings nobody is staff, and Slack is not asked', async () => {
  const { world, staff } = directory();
  expect([staff.configured, await staff.isStaff('U01'), world.asked]).toEqual([false, false, 0]);
});

test('the group is asked at most once a minute, and somebody taken out of it is out after that', async () => {
  const { world, staff } = directory({ usergroup: 'S01' });
  expect(await staff.isStaff('U01')).toBe(true);
  world.members = [];
  world.now = MINUTE - 1;
  expect([await staff.isStaff('U01'), world.asked]).toEqual([true, 1]);
  world.now = MINUTE;
  expect([await staff.isStaff('U01'), world.asked]).toEqual([false, 2]);
});

test('where the group cannot be read nobody in it is staff; those on the list still are', async () => {
  const { world, staff } = directory({ usergroup: 'S01', users: ['U09'] });
  expect(await staff.isStaff('U01')).toBe(true);
  world.down = true;
  world.now = MINUTE;
  expect([await staff.isStaff('U01'), await staff.isStaff('U09'), world.complaints]).toEqual([
    false,
    true,
    1,
  ]);
  await expect(staff.knowStaff('U01')).rejects.toThrow('ratelimited');
  world.down = false;
  expect(await staff.isStaff('U01')).toBe(true);
});

test('a clock that is set back keeps nobody in the group', async () => {
  const { world, staff } = directory({ usergroup: 'S01' });
  expect(await staff.isStaff('U01')).toBe(true);
  world.members = [];
  world.now = -60 * MINUTE;
  expect(await staff.isStaff('U01')).toBe(false);
});
