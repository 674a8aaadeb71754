/** What the inquiries stand on at the edge: who asks, whether there is an office, and who may ask about an answer. */
import type { webApi } from '@slack/bolt';
import type { Actor } from '../inquiries/decide.ts';
import type { GivenAnswer } from '../store/answer-store.ts';
import type { InquiryStore } from '../store/inquiry-store.ts';
import type { Call, Edge } from './edge.ts';
import type { InquiryCourier } from './inquiry-courier.ts';
import { describeError } from './log.ts';

export interface InquiryDesk {
  readonly store: InquiryStore;
  readonly courier: InquiryCourier;
  /** Keeps the draft of a change of the knowledge for review; a file of this name that exists stays as it is. */
  readonly saveChange: (name: string, text: string) => Promise<void>;
}

/** True where questions can be handed on: there are staff, and a channel they read. */
export function hasOffice({ desk }: Pick<Edge, 'desk'>): boolean {
  return desk.staff.configured && desk.staff.channel !== null;
}

/** The person as the server knows them now. */
export async function actorOf({ desk }: Edge, person: string): Promise<Actor> {
  return { person, staff: await desk.staff.isStaff(person) };
}

/**
 * The office's channel; null while there is none, the bot is not in it, or people of another organisation could
 * read along.
 */
export async function officeChannel(
  channel: string | null,
  client: webApi.WebClient,
): Promise<string | null> {
  if (channel === null) return null;
  const { channel: found } = await client.conversations.info({ channel });
  return found?.is_ext_shared === false && found.is_member !== false ? channel : null;
}

/**
 * Who asked, who reads the channel the answer stands in, or anybody once its asker has shared it. Membership is asked
 * of Slack; where that cannot be found out, the answer is no.
 */
export async function mayAskAbout(
  edge: Edge,
  { client, teamId }: Call,
  { id, userId, channel }: GivenAnswer,
  person: string,
): Promise<boolean> {
  if (userId === person) return true;
  if (channel === null) return edge.answers.wasShared(teamId, id);
  if (channel.startsWith('D')) return false;
  try {
    return await isMember(client, channel, person);
  } catch (cause) {
    edge.desk.log('warn', 'channel.members-unknown', { cause: describeError(cause) });
    return false;
  }
}

async function isMember(client: webApi.WebClient, channel: string, person: string): Promise<boolean> {
  let cursor = '';
  do {
    const page = { channel, limit: 1_000, ...(cursor === '' ? {} : { cursor }) };
    const { members = [], response_metadata } = await client.conversations.members(page);
    if (members.includes(person)) return true;
    cursor = response_metadata?.next_cursor ?? '';
  } while (cursor !== '');
  return false;
}
