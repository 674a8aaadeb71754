/** What somebody asked the guide, judged of its answers and answered in guided conversations: outside of the cases. */
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

export interface PersonTraces {
  readonly questions: readonly { readonly at: number; readonly question: string }[];
  readonly verdicts: readonly { readonly at: number; readonly verdict: string }[];
  readonly conversations: readonly { readonly startedAt: number; readonly flow: string }[];
  readonly responses: readonly { readonly at: number; readonly event: string }[];
}

export async function tracesOf(db: Kysely<Tables>, team: string, user: string): Promise<PersonTraces> {
  const questions = await db
    .selectFrom('answers')
    .select(['asked_at as at', 'question'])
    .where('team_id', '=', team)
    .where('user_id', '=', user)
    .orderBy('asked_at')
    .execute();
  const verdicts = await db
    .selectFrom('feedback')
    .select(['given_at as at', 'verdict'])
    .where('team_id', '=', team)
    .where('user_id', '=', user)
    .orderBy('given_at')
    .execute();
  const conversations = await db
    .selectFrom('conversations')
    .select(['started_at as startedAt', 'flow'])
    .where('team_id', '=', team)
    .where('user_id', '=', user)
    .orderBy('started_at')
    .execute();
  const responses = await db
    .selectFrom('conversation_events')
    .select(['at', 'event'])
    .where('team_id', '=', team)
    .where('user_id', '=', user)
    .orderBy('at')
    .execute();
  return { questions, verdicts, conversations, responses };
}

/** Own conversations go as a whole; what was said in somebody else's stays there under nobody's name. Gives how many questions went. */
export async function eraseTraces(trx: Transaction<Tables>, team: string, user: string): Promise<number> {
  await trx.deleteFrom('feedback').where('team_id', '=', team).where('user_id', '=', user).execute();
  const { numUpdatedRows } = await trx
    .updateTable('answers')
    .set({ user_id: '', question: '' })
    .where('team_id', '=', team)
    .where('user_id', '=', user)
    .executeTakeFirst();
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
    .set({ user_id: '' })
    .where('team_id', '=', team)
    .where('user_id', '=', user)
    .execute();
  return Number(numUpdatedRows);
}
