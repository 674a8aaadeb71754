/** Where something goes and who reads it there, found out anew each time: rights fail closed. */
import type { webApi } from '@slack/bolt';
import type { Place } from '../../cases/rights.ts';
import { readRecipient } from '../../reminders/recipient.ts';
import type { CaseStore } from '../../store/case-store.ts';
import type { StaffDirectory } from '../staff.ts';

export interface PlaceFinder {
  readonly client: webApi.WebClient;
  readonly cases: CaseStore;
  readonly staff: StaffDirectory;
}

export type FoundPlace =
  | { readonly kind: 'found'; readonly to: string; readonly place: Place }
  /** Nothing may go there; why, for the ledger. */
  | { readonly kind: 'nowhere'; readonly reason: string };

/** Throws what Slack's trouble throws: then it is asked again later. */
export async function findPlace(
  { client, cases, staff }: PlaceFinder,
  teamId: string,
  recipient: string,
): Promise<FoundPlace> {
  const read = readRecipient(recipient);
  if (read === null) return nowhere(`宛先「${recipient}」を読み取れません`);
  if (read.kind === 'person') {
    const person = (await cases.people.usersOf(teamId, [read.ref])).get(read.ref) ?? read.ref;
    if (!/^[UW][A-Z0-9]+$/.test(person)) return nowhere('この人の情報は消去されています');
    const viewer = { teamId, person, staff: await staff.knowStaff(person), channels: [] };
    return { kind: 'found', to: person, place: { kind: 'private', to: viewer } };
  }
  const channel = read.kind === 'office' ? staff.channel : read.channel;
  if (channel === null) return nowhere('担当室のチャンネル（STAFF_CHANNEL）が設定されていません');
  const info = await client.conversations.info({ channel });
  if (info.channel?.is_ext_shared !== false) return nowhere('ほかの組織と共有されているチャンネルです');
  const staffOnly = read.kind === 'office';
  return { kind: 'found', to: channel, place: { kind: 'channel', channel, extShared: false, staffOnly } };
}

function nowhere(reason: string): FoundPlace {
  return { kind: 'nowhere', reason };
}
