import type { Transaction } from 'kysely';
import type { CaseFacetsTable } from './case-tables.ts';
import type { Tables } from './tables.ts';

/** Turns the list entries a case had into those it has, touching only the difference. */
export async function mergeFacets(
  trx: Transaction<Tables>,
  former: readonly CaseFacetsTable[],
  current: readonly CaseFacetsTable[],
): Promise<void> {
  const key = ({ facet, open, next_due }: CaseFacetsTable) => `${facet}\n${open}\n${next_due}`;
  const kept = new Set(current.map(key));
  const had = new Set(former.map(key));
  const gone = former.filter((row) => !kept.has(key(row)));
  const added = current.filter((row) => !had.has(key(row)));
  const [first] = gone;
  // A case has one `open` and one `next_due` at a time: its former entries differ in nothing but the facet.
  if (first !== undefined) {
    await trx
      .deleteFrom('case_facets')
      .where('team_id', '=', first.team_id)
      .where(
        'facet',
        'in',
        gone.map(({ facet }) => facet),
      )
      .where('open', '=', first.open)
      .where('next_due', '=', first.next_due)
      .where('case_id', '=', first.case_id)
      .execute();
  }
  if (added.length > 0) await trx.insertInto('case_facets').values(added).execute();
}
