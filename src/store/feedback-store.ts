import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

export type FeedbackVerdict = 'helpful' | 'wrong';

export interface Feedback {
  readonly teamId: string;
  readonly answerId: string;
  readonly userId: string;
  readonly verdict: FeedbackVerdict;
  /** Epoch milliseconds. */
  readonly givenAt: number;
}

export type FeedbackStore = ReturnType<typeof createFeedbackStore>;

/** What people said of an answer. Every press is kept; the last word of each person counts. */
export function createFeedbackStore(db: Kysely<Tables>) {
  return {
    /** The answer has to exist in the same workspace: anything else is refused by the foreign key. */
    async add(feedback: Feedback): Promise<void> {
      await db
        .insertInto('feedback')
        .values((eb) => ({
          team_id: feedback.teamId,
          answer_id: feedback.answerId,
          user_id: feedback.userId,
          seq: eb
            .selectFrom('feedback')
            .select((inner) => inner.fn.coalesce(inner(inner.fn.max('seq'), '+', 1), inner.lit(1)).as('next'))
            .where('team_id', '=', feedback.teamId)
            .where('answer_id', '=', feedback.answerId)
            .where('user_id', '=', feedback.userId),
          verdict: feedback.verdict,
          given_at: feedback.givenAt,
        }))
        .execute();
    },

    /** Everything said of one answer, in the order it was said. */
    async all(team: string, answerId: string): Promise<Feedback[]> {
      const rows = await db
        .selectFrom('feedback')
        .selectAll()
        .where('team_id', '=', team)
        .where('answer_id', '=', answerId)
        .orderBy('user_id')
        .orderBy('seq')
        .execute();
      return rows.map((row) => ({
        teamId: row.team_id,
        answerId: row.answer_id,
        userId: row.user_id,
        verdict: row.verdict as FeedbackVerdict,
        givenAt: row.given_at,
      }));
    },

    /** The last word of each person. */
    async lastWords(team: string, answerId: string): Promise<Feedback[]> {
      const all = await this.all(team, answerId);
      return [...new Map(all.map((feedback) => [feedback.userId, feedback])).values()];
    },
  };
}
