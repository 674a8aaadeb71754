import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

const WORDS = ['case_shared_words', 'case_staff_words'] as const;

/** Everything the cases hold about one person. Words others wrote about them are not found by this. */
export interface PersonExport {
  readonly cases: readonly { readonly id: string; readonly as: readonly string[] }[];
  readonly acts: readonly {
    readonly id: string;
    readonly seq: number;
    readonly at: number;
    readonly kind: string;
  }[];
  readonly words: readonly { readonly id: string; readonly seq: number; readonly text: string }[];
}

/** Export and deletion of one person's data, within one workspace. */
export function createCasePrivacy(db: Kysely<Tables>) {
  return {
    async exportPerson(team: string, user: string): Promise<PersonExport> {
      const ref = await refOf(team, user);
      if (ref === null) return { cases: [], acts: [], words: [] };
      const facets = await db
        .selectFrom('case_facets')
        .select(['case_id', 'facet'])
        .where('team_id', '=', team)
        .where('facet', 'in', [`person:${ref}`, `owner:${ref}`])
        .orderBy('case_id')
        .execute();
      const acts = await db
        .selectFrom('case_events')
        .select(['case_id as id', 'seq', 'at', 'kind'])
        .where('team_id', '=', team)
        .where('actor', '=', ref)
        .orderBy('case_id')
        .orderBy('seq')
        .execute();
      const words = (await Promise.all(WORDS.map((table) => wordsIn(table, team, ref)))).flat();
      const cases = [...new Set(facets.map(({ case_id }) => case_id))].map((id) => ({
        id,
        as: facets
          .filter(({ case_id }) => case_id === id)
          .map(({ facet }) => facet.slice(0, facet.indexOf(':'))),
      }));
      return { cases, acts, words };
    },

    /**
     * Takes the person out: who they were and what they wrote. What happened stays in the record under a reference
     * that nobody can resolve any more, and the chains still hold. Gives how many texts were erased.
     */
    async erasePerson(team: string, user: string, now: number): Promise<number> {
      return db.transaction().execute(async (trx) => {
        const erased = await trx
          .updateTable('people')
          .set({ user_id: null, erased_at: now })
          .where('team_id', '=', team)
          .where('user_id', '=', user)
          .returning('ref')
          .executeTakeFirst();
        if (erased === undefined) return 0;
        let count = 0;
        for (const table of WORDS) {
          const { numUpdatedRows } = await trx
            .updateTable(table)
            .set({ text: null, salt: null, erased_at: now })
            .where('team_id', '=', team)
            .where('author', '=', erased.ref)
            .where('erased_at', 'is', null)
            .executeTakeFirst();
          count += Number(numUpdatedRows);
        }
        return count;
      });
    },
  };

  async function refOf(team: string, user: string): Promise<string | null> {
    const row = await db
      .selectFrom('people')
      .select('ref')
      .where('team_id', '=', team)
      .where('user_id', '=', user)
      .executeTakeFirst();
    return row?.ref ?? null;
  }

  async function wordsIn(table: (typeof WORDS)[number], team: string, author: string) {
    const rows = await db
      .selectFrom(table)
      .select(['case_id as id', 'seq', 'text'])
      .where('team_id', '=', team)
      .where('author', '=', author)
      .where('text', 'is not', null)
      .orderBy('case_id')
      .orderBy('seq')
      .execute();
    return rows.map(({ id, seq, text }) => ({ id, seq, text: text ?? '' }));
  }
}
