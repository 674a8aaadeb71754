/** What somebody answered in guided conversations. */
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

export interface ConversationTrace {
  readonly conversation: string;
  readonly flow: string;
  readonly at: number;
  /** ConversationEvent as JSON. */
  readonly event: string;
}

export async function conversationsOf(
  db: Kysely<Tables>,
  team: string,
  user: string,
): Promise<ConversationTrace[]> {
  return db
    .selectFrom('conversation_events as event')
    .innerJoin('conversations as held', (join) =>
      join.onRef('held.team_id', '=', 'event.team_id').onRef('held.id', '=', 'event.conversation_id'),
    )
    .select(['event.conversation_id as conversation', 'held.flow', 'event.at', 'event.event'])
    .where('event.team_id', '=', team)
    .where('event.user_id', '=', user)
    .orderBy('event.at')
    .orderBy('event.seq')
    .execute();
}

/** Own conversations go as a whole; what was answered in somebody else's stays there under `ref`, which nobody can resolve. */
export async function eraseConversations(
  trx: Transaction<Tables>,
  team: string,
  user: string,
  ref: string,
): Promise<void> {
  const own = trx
    .selectFrom('conversations')
    .select('id')
    .where('team_id', '=', team)
    .where('user_id', '=', user);
  await trx
    .deleteFrom('conversation_events')
    .where('team_id', '=', team)
    .where('conversation_id', 'in', own)
    .execute();
  await trx.deleteFrom('conversations').where('team_id', '=', team).where('user_id', '=', user).execute();
  await trx
    .updateTable('conversation_events')
    .set({ user_id: ref })
    .where('team_id', '=', team)
    .where('user_id', '=', user)
    .execute();
}
