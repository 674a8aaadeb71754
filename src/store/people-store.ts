import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** A reference never looks like a Slack id: P- and a random part. An erased person stays one. */
const REFERENCE = 'P-';

export type PeopleStore = ReturnType<typeof createPeopleStore>;

/** True for somebody whose data was erased: only the reference is left. */
export function isErased(person: string): boolean {
  return person.startsWith(REFERENCE);
}

/**
 * Slack user ids ↔ references. The record holds references only, so that a person can be erased from it
 * without breaking its chain.
 */
export function createPeopleStore(db: Kysely<Tables>, newId: () => string) {
  return {
    /** References of these people, created where missing; references are returned as they are. */
    async refsOf(team: string, people: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const named = people.filter((person) => !isErased(person));
      const known = await this.knownRefs(team, named);
      const missing = named.filter((person) => !known.has(person));
      if (missing.length > 0) {
        await db
          .insertInto('people')
          .values(
            missing.map((user_id) => ({
              team_id: team,
              ref: `${REFERENCE}${newId()}`,
              user_id,
              erased_at: null,
            })),
          )
          .onConflict((conflict) => conflict.columns(['team_id', 'user_id']).doNothing())
          .execute();
      }
      const all = missing.length === 0 ? known : await this.knownRefs(team, named);
      return new Map(people.map((person) => [person, all.get(person) ?? person]));
    },

    /** References of those of these people who ever had to do with a case. */
    async knownRefs(team: string, people: readonly string[]): Promise<ReadonlyMap<string, string>> {
      if (people.length === 0) return new Map();
      const rows = await db
        .selectFrom('people')
        .select(['ref', 'user_id'])
        .where('team_id', '=', team)
        .where('user_id', 'in', people)
        .execute();
      return new Map(rows.map(({ ref, user_id }) => [user_id ?? ref, ref]));
    },

    /** The people behind references; an erased one stays a reference. */
    async usersOf(team: string, refs: readonly string[]): Promise<ReadonlyMap<string, string>> {
      if (refs.length === 0) return new Map();
      const rows = await db
        .selectFrom('people')
        .select(['ref', 'user_id'])
        .where('team_id', '=', team)
        .where('ref', 'in', refs)
        .execute();
      return new Map(rows.map(({ ref, user_id }) => [ref, user_id ?? ref]));
    },
  };
}
