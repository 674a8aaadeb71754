import type { webApi } from '@slack/bolt';
import { describeError, type Log } from './log.ts';

/** Who belongs to the office: a Slack user group, a list of user ids, or both. None set: there are no staff. */
export interface StaffSettings {
  readonly usergroup: string | null;
  readonly users: readonly string[];
  /** Where the office reads what providers ask of it; null when there is no such channel. */
  readonly channel: string | null;
}

export interface StaffDirectory {
  /** False when nobody is set: then nothing that staff would have to do is offered to anybody. */
  readonly configured: boolean;
  readonly channel: string | null;
  /** Asked for every action. False where the user group cannot be read, unless the person is on the list. */
  isStaff(person: string): Promise<boolean>;
  /** As `isStaff`, for what can wait: throws where the user group cannot be read, instead of taking staff for strangers. */
  knowStaff(person: string): Promise<boolean>;
}

/** How long a user group is believed without asking again, in milliseconds. */
const BELIEVED_FOR = 60_000;

export function createStaffDirectory(
  { usergroup, users, channel }: StaffSettings,
  parts: { readonly client: webApi.WebClient; readonly log: Log; readonly now: () => number },
): StaffDirectory {
  let known: { readonly at: number; readonly members: ReadonlySet<string> } | null = null;
  return {
    configured: usergroup !== null || users.length > 0,
    channel,
    async isStaff(person) {
      try {
        return await knowStaff(person);
      } catch (cause) {
        parts.log('error', 'staff.unknown', { cause: describeError(cause) });
        return false;
      }
    },
    knowStaff,
  };

  async function knowStaff(person: string): Promise<boolean> {
    return users.includes(person) || (usergroup !== null && (await membersOf(usergroup)).has(person));
  }

  async function membersOf(group: string): Promise<ReadonlySet<string>> {
    const at = parts.now();
    // A clock that was set back must not keep somebody in the group for longer.
    if (known !== null && Math.abs(at - known.at) < BELIEVED_FOR) return known.members;
    known = null;
    const answer = await parts.client.usergroups.users.list({ usergroup: group });
    known = { at, members: new Set(answer.users ?? []) };
    return known.members;
  }
}
