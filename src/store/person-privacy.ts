import type { Kysely } from 'kysely';
import { createCasePrivacy, type PersonExport } from './case-privacy.ts';
import { createPeopleStore } from './people-store.ts';
import { type ConversationTrace, conversationsOf, eraseConversations } from './person-conversations.ts';
import type { Tables } from './tables.ts';

/** Everything that is kept about one person. Words others wrote about them are not found by this. */
export interface PersonData extends PersonExport {
  readonly answers: readonly { readonly id: string; readonly at: number; readonly question: string }[];
  readonly feedback: readonly { readonly answer: string; readonly at: number; readonly verdict: string }[];
  readonly conversations: readonly ConversationTrace[];
  readonly inquiries: readonly {
    readonly id: string;
    readonly seq: number;
    readonly at: number;
    readonly kind: string;
    readonly text: string | null;
  }[];
}

export interface PrivacyAct {
  /** Slack user id or reference. */
  readonly actor: string;
  readonly subject: string;
  readonly act: 'exported' | 'erased';
  /** How many texts were erased. */
  readonly texts: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

export type PersonPrivacy = ReturnType<typeof createPersonPrivacy>;

/** Export and deletion of one person's data, within one workspace: questions, feedback, conversations, inquiries, cases. */
export function createPersonPrivacy(db: Kysely<Tables>, newId: () => string) {
  const cases = createCasePrivacy(db);
  const people = createPeopleStore(db, newId);

  return { exportPerson, erasePerson, refOf, recordAct };

  /** The reference of somebody, made where there is none: it is what is left of them once they are erased. */
  async function refOf(team: string, user: string): Promise<string> {
    return (await people.refsOf(team, [user])).get(user) ?? user;
  }

  /** Writes down that somebody took out or erased what is held about a person. Kept like the record of the cases. */
  async function recordAct(team: string, { actor, subject, act, texts, at }: PrivacyAct): Promise<void> {
    const refs = await people.refsOf(team, [actor, subject]);
    const of = (person: string) => refs.get(person) ?? person;
    await db
      .insertInto('privacy_acts')
      .values({ team_id: team, id: newId(), at, actor: of(actor), subject: of(subject), act, texts })
      .execute();
  }

  async function exportPerson(team: string, user: string): Promise<PersonData> {
    const ref = (await people.knownRefs(team, [user])).get(user) ?? null;
    const [ofCases, conversations, answers, feedback] = await Promise.all([
      cases.exportPerson(team, user),
      conversationsOf(db, team, user),
      db
        .selectFrom('answers')
        .select(['id', 'asked_at as at', 'question'])
        .where('team_id', '=', team)
        .where('user_id', '=', user)
        .orderBy('asked_at')
        .orderBy('id')
        .execute(),
      db
        .selectFrom('feedback')
        .select(['answer_id as answer', 'given_at as at', 'verdict'])
        .where('team_id', '=', team)
        .where('user_id', '=', user)
        .orderBy('given_at')
        .orderBy('answer_id')
        .execute(),
    ]);
    return {
      ...ofCases,
      answers,
      feedback,
      conversations,
      inquiries: ref === null ? [] : await inquiriesOf(team, ref),
    };
  }

  /**
   * Takes the person out: who they were and what they wrote. That something was asked, judged or replied to stays
   * under a reference nobody can resolve. Gives how many texts were erased.
   */
  async function erasePerson(team: string, user: string, now: number): Promise<number> {
    const ref = await refOf(team, user);
    const erased = await db.transaction().execute(async (trx) => {
      const answers = await trx
        .updateTable('answers')
        .set({ user_id: ref, question: '', answers: '[]', channel: null, thread_ts: null, message_ts: null })
        .where('team_id', '=', team)
        .where('user_id', '=', user)
        .executeTakeFirst();
      await trx
        .updateTable('feedback')
        .set({ user_id: ref })
        .where('team_id', '=', team)
        .where('user_id', '=', user)
        .execute();
      await eraseConversations(trx, team, user, ref);
      const words = await trx
        .updateTable('inquiry_words')
        .set({ text: null, erased_at: now })
        .where('team_id', '=', team)
        .where('author', '=', ref)
        .where('erased_at', 'is', null)
        .executeTakeFirst();
      await trx
        .updateTable('inquiries')
        .set({ channel: null, thread_ts: null })
        .where('team_id', '=', team)
        .where('asker', '=', ref)
        .execute();
      return Number(answers.numUpdatedRows) + Number(words.numUpdatedRows);
    });
    // Last, because it makes the reference one that nobody can resolve: until then all of this can be repeated.
    return erased + (await cases.erasePerson(team, user, now));
  }

  async function inquiriesOf(team: string, ref: string): Promise<PersonData['inquiries']> {
    return db
      .selectFrom('inquiry_events as event')
      .leftJoin('inquiry_words as words', (join) =>
        join
          .onRef('words.team_id', '=', 'event.team_id')
          .onRef('words.inquiry_id', '=', 'event.inquiry_id')
          .onRef('words.seq', '=', 'event.seq'),
      )
      .select(['event.inquiry_id as id', 'event.seq', 'event.at', 'event.kind', 'words.text'])
      .where('event.team_id', '=', team)
      .where('event.actor', '=', ref)
      .orderBy('event.inquiry_id')
      .orderBy('event.seq')
      .execute();
  }
}
