import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** How many questions and texts went. */
export interface Forgotten {
  readonly questions: number;
  readonly texts: number;
}

/**
 * Lets go of what is older than `before` (epoch milliseconds), in all workspaces: questions with their answers and
 * feedback, and what was written in inquiries that are settled. What an unsettled inquiry rests on stays. The record
 * of an inquiry (what happened when) stays without its words. Cases are not touched.
 */
export async function forgetOld(db: Kysely<Tables>, before: number, now: number): Promise<Forgotten> {
  return db.transaction().execute(async (trx) => {
    const texts = await trx
      .updateTable('inquiry_words')
      .set({ text: null, erased_at: now })
      .where('erased_at', 'is', null)
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('inquiries')
            .select('id')
            .whereRef('inquiries.team_id', '=', 'inquiry_words.team_id')
            .whereRef('inquiries.id', '=', 'inquiry_words.inquiry_id')
            .where('open', '=', 0)
            .where('updated_at', '<', before),
        ),
      )
      .executeTakeFirst();
    const old = trx
      .selectFrom('answers as old')
      .select(['old.team_id', 'old.id'])
      .where('old.asked_at', '<', before)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('inquiries')
              .select('inquiries.id')
              .whereRef('inquiries.team_id', '=', 'old.team_id')
              .whereRef('inquiries.answer_id', '=', 'old.id')
              .where((of) => of.or([of('open', '=', 1), of('updated_at', '>=', before)])),
          ),
        ),
      );
    await trx
      .deleteFrom('feedback')
      .where((eb) => eb(eb.refTuple('team_id', 'answer_id'), 'in', old.$asTuple('team_id', 'id')))
      .execute();
    const questions = await trx
      .deleteFrom('answers')
      .where((eb) => eb(eb.refTuple('team_id', 'id'), 'in', old.$asTuple('team_id', 'id')))
      .executeTakeFirst();
    return { questions: Number(questions.numDeletedRows), texts: Number(texts.numUpdatedRows) };
  });
}
