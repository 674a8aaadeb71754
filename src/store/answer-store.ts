import type { Kysely, Selectable } from 'kysely';
import type { Answer } from '../answers/answer.ts';
import { cleanJson, cleanText } from './clean-text.ts';
import type { AnswersTable, Tables } from './tables.ts';

/** An answer as it was given: to whom, where, from which version of the terms. */
export interface GivenAnswer {
  readonly id: string;
  readonly teamId: string;
  /** Inbox key of what asked: one delivery has one answer. */
  readonly sourceKey: string;
  readonly channel: string | null;
  /** Null at the top of a direct message, and for what only the asker sees. */
  readonly threadTs: string | null;
  /** Null until it stands in Slack. */
  readonly messageTs: string | null;
  readonly userId: string;
  readonly question: string;
  readonly answers: readonly Answer[];
  readonly versionId: string;
  /** Epoch milliseconds. */
  readonly askedAt: number;
}

export type AnswerStore = ReturnType<typeof createAnswerStore>;

/** What was answered where. Every question is asked within one workspace. */
export function createAnswerStore(db: Kysely<Tables>) {
  return {
    /** Keeps an answer; when this delivery was answered before, the earlier answer stands and is returned. */
    async keep(given: GivenAnswer): Promise<GivenAnswer> {
      const question = cleanText(given.question);
      const answers = cleanJson(given.answers);
      const fresh = await db
        .insertInto('answers')
        .values({
          id: given.id,
          team_id: given.teamId,
          source_key: given.sourceKey,
          channel: given.channel,
          thread_ts: given.threadTs,
          message_ts: given.messageTs,
          user_id: given.userId,
          question,
          answers,
          version_id: given.versionId,
          asked_at: given.askedAt,
          shared_at: null,
        })
        .onConflict((conflict) => conflict.columns(['team_id', 'source_key']).doNothing())
        .returning('id')
        .executeTakeFirst();
      if (fresh !== undefined) return { ...given, question, answers: JSON.parse(answers) as Answer[] };
      const kept = await db
        .selectFrom('answers')
        .selectAll()
        .where('team_id', '=', given.teamId)
        .where('source_key', '=', given.sourceKey)
        .executeTakeFirstOrThrow();
      return fromRow(kept);
    },

    async posted(team: string, id: string, messageTs: string): Promise<void> {
      await db
        .updateTable('answers')
        .set({ message_ts: messageTs })
        .where('team_id', '=', team)
        .where('id', '=', id)
        .execute();
    },

    /** True for the first call only: two clicks share an answer once. */
    async claimShare(team: string, id: string, now: number): Promise<boolean> {
      const claimed = await db
        .updateTable('answers')
        .set({ shared_at: now })
        .where('team_id', '=', team)
        .where('id', '=', id)
        .where('shared_at', 'is', null)
        .executeTakeFirst();
      return claimed.numUpdatedRows === 1n;
    },

    /** Sharing did not succeed: it may be tried again. */
    async releaseShare(team: string, id: string): Promise<void> {
      await db
        .updateTable('answers')
        .set({ shared_at: null })
        .where('team_id', '=', team)
        .where('id', '=', id)
        .execute();
    },

    /** True when its asker showed a private answer in a channel. */
    async wasShared(team: string, id: string): Promise<boolean> {
      const row = await db
        .selectFrom('answers')
        .select('shared_at')
        .where('team_id', '=', team)
        .where('id', '=', id)
        .executeTakeFirst();
      return row !== undefined && row.shared_at !== null;
    },

    async find(team: string, id: string): Promise<GivenAnswer | null> {
      const row = await db
        .selectFrom('answers')
        .selectAll()
        .where('team_id', '=', team)
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    },

    /**
     * The newest answers that stand in a thread (or at the top of a direct message), oldest first; with `before`
     * (epoch milliseconds), as it was then.
     */
    async latestIn(
      team: string,
      channel: string,
      threadTs: string | null,
      count: number,
      before = Number.MAX_SAFE_INTEGER,
    ): Promise<GivenAnswer[]> {
      const rows = await db
        .selectFrom('answers')
        .selectAll()
        .where('team_id', '=', team)
        .where('channel', '=', channel)
        .where('thread_ts', threadTs === null ? 'is' : '=', threadTs)
        .where('message_ts', 'is not', null)
        .where('asked_at', '<', before)
        .orderBy('asked_at', 'desc')
        .orderBy('id')
        .limit(count)
        .execute();
      return rows.map(fromRow).reverse();
    },
  };
}

function fromRow(row: Selectable<AnswersTable>): GivenAnswer {
  return {
    id: row.id,
    teamId: row.team_id,
    sourceKey: row.source_key,
    channel: row.channel,
    threadTs: row.thread_ts,
    messageTs: row.message_ts,
    userId: row.user_id,
    question: row.question,
    // Written by `keep` from the same type; a version that changes Answer has to migrate these rows.
    answers: JSON.parse(row.answers) as Answer[],
    versionId: row.version_id,
    askedAt: row.asked_at,
  };
}
