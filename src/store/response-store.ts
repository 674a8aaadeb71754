import type { Kysely, Selectable } from 'kysely';
import { parseEvent } from '../conversations/event.ts';
import type { ConversationEvent } from '../conversations/replay.ts';
import { cleanJson, cleanText } from './clean-text.ts';
import type { ConversationsTable } from './conversation-tables.ts';
import type { Tables } from './tables.ts';

export interface Conversation {
  readonly id: string;
  readonly teamId: string;
  readonly flow: string;
  /** Who started it. */
  readonly userId: string;
  readonly channel: string | null;
  readonly threadTs: string | null;
  readonly messageTs: string | null;
  /** The number of its events: what the next one is expected to follow. */
  readonly version: number;
  readonly events: readonly ConversationEvent[];
  /** Who brought the last event; the starter when there is none. */
  readonly lastBy: string;
}

export interface NewConversation {
  readonly id: string;
  readonly teamId: string;
  readonly flow: string;
  readonly userId: string;
  readonly channel: string | null;
  readonly threadTs: string | null;
  /** Inbox key of what started it: one delivery starts one conversation. */
  readonly sourceKey: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What comes of saving: `conflict` when somebody else was faster, with what stands there now. */
export type Saved =
  | { readonly kind: 'saved'; readonly conversation: Conversation }
  | { readonly kind: 'conflict'; readonly conversation: Conversation };

export type ResponseStore = ReturnType<typeof createResponseStore>;

/** The answers of guided conversations, each stored when given. Every question is asked within one workspace. */
export function createResponseStore(db: Kysely<Tables>) {
  const store = {
    /** When this delivery started one before, that one is returned. */
    async start(fresh: NewConversation): Promise<Conversation> {
      await db
        .insertInto('conversations')
        .values({
          team_id: fresh.teamId,
          id: fresh.id,
          flow: fresh.flow,
          user_id: fresh.userId,
          channel: fresh.channel,
          thread_ts: fresh.threadTs,
          message_ts: null,
          version: 0,
          source_key: fresh.sourceKey,
          started_at: fresh.at,
          updated_at: fresh.at,
        })
        .onConflict((conflict) => conflict.columns(['team_id', 'source_key']).doNothing())
        .execute();
      const { id } = await db
        .selectFrom('conversations')
        .select('id')
        .where('team_id', '=', fresh.teamId)
        .where('source_key', '=', fresh.sourceKey)
        .executeTakeFirstOrThrow();
      return found(await store.find(fresh.teamId, id));
    },

    async find(team: string, id: string): Promise<Conversation | null> {
      const row = await db
        .selectFrom('conversations')
        .selectAll()
        .where('team_id', '=', team)
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined ? null : withEvents(row);
    },

    /**
     * Appends an event that follows exactly `expected` others; in one transaction, so that of two people one is
     * first and the other is told. The same delivery again changes nothing and counts as saved.
     */
    async append(
      { teamId, id }: Pick<Conversation, 'teamId' | 'id'>,
      expected: number,
      event: ConversationEvent,
      by: { readonly userId: string; readonly sourceKey: string; readonly at: number },
    ): Promise<Saved> {
      const isRepeated = await holds(teamId, id, by.sourceKey);
      const kind = isRepeated || (await appendAt(teamId, id, expected, event, by)) ? 'saved' : 'conflict';
      return { kind, conversation: found(await store.find(teamId, id)) };
    },

    /** True when this delivery brought an event already. */
    took: ({ teamId, id }: Pick<Conversation, 'teamId' | 'id'>, sourceKey: string): Promise<boolean> =>
      holds(teamId, id, sourceKey),

    /** The card stands there now; a conversation that began in a modal may move into a thread. */
    async placed(
      { teamId, id }: Pick<Conversation, 'teamId' | 'id'>,
      place: { readonly channel: string; readonly threadTs: string; readonly messageTs: string },
    ): Promise<void> {
      await db
        .updateTable('conversations')
        .set({ channel: place.channel, thread_ts: place.threadTs, message_ts: place.messageTs })
        .where('team_id', '=', teamId)
        .where('id', '=', id)
        .execute();
    },

    /** The newest conversation in a thread. */
    async inThread(team: string, channel: string, threadTs: string): Promise<Conversation | null> {
      const row = await db
        .selectFrom('conversations')
        .selectAll()
        .where('team_id', '=', team)
        .where('channel', '=', channel)
        .where('thread_ts', '=', threadTs)
        .orderBy('started_at', 'desc')
        .orderBy('id')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : withEvents(row);
    },

    /** What a person started last, newest first. */
    async latestOf(team: string, userId: string, count: number): Promise<Conversation[]> {
      const rows = await db
        .selectFrom('conversations')
        .selectAll()
        .where('team_id', '=', team)
        .where('user_id', '=', userId)
        .orderBy('updated_at', 'desc')
        .orderBy('id')
        .limit(count)
        .execute();
      return Promise.all(rows.map(withEvents));
    },
  };
  return store;

  async function appendAt(
    team: string,
    id: string,
    expected: number,
    event: ConversationEvent,
    by: { readonly userId: string; readonly sourceKey: string; readonly at: number },
  ): Promise<boolean> {
    return db.transaction().execute(async (trx) => {
      const moved = await trx
        .updateTable('conversations')
        .set({ version: expected + 1, updated_at: by.at })
        .where('team_id', '=', team)
        .where('id', '=', id)
        .where('version', '=', expected)
        .executeTakeFirst();
      if (moved.numUpdatedRows !== 1n) return false;
      await trx
        .insertInto('conversation_events')
        .values({
          team_id: team,
          conversation_id: id,
          seq: expected + 1,
          event: cleanJson(event),
          user_id: by.userId,
          source_key: cleanText(by.sourceKey),
          at: by.at,
        })
        .execute();
      return true;
    });
  }

  async function holds(team: string, id: string, sourceKey: string): Promise<boolean> {
    const row = await db
      .selectFrom('conversation_events')
      .select('seq')
      .where('team_id', '=', team)
      .where('conversation_id', '=', id)
      .where('source_key', '=', cleanText(sourceKey))
      .executeTakeFirst();
    return row !== undefined;
  }

  async function withEvents(row: Selectable<ConversationsTable>): Promise<Conversation> {
    const events = await db
      .selectFrom('conversation_events')
      .select(['event', 'user_id'])
      .where('team_id', '=', row.team_id)
      .where('conversation_id', '=', row.id)
      .orderBy('seq')
      .execute();
    return {
      id: row.id,
      teamId: row.team_id,
      flow: row.flow,
      userId: row.user_id,
      channel: row.channel,
      threadTs: row.thread_ts,
      messageTs: row.message_ts,
      version: events.length,
      events: events.map(({ event }) => parseEvent(event)),
      lastBy: events.at(-1)?.user_id ?? row.user_id,
    };
  }
}

function found(conversation: Conversation | null): Conversation {
  if (conversation === null) throw new Error('the conversation is not in the store');
  return conversation;
}
