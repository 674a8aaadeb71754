import { readKnowledge } from '../../boot/read-knowledge.ts';
import type { CaseRules } from '../../cases/plan.ts';

/** What cases are planned by, as it is in knowledge/, and the official names of the APIs by 項番. */
export function loadRules(): { rules: CaseRules; apiNames: ReadonlyMap<number, string> } {
  const { loaded } = readKnowledge();
  if (loaded === null) throw new Error('knowledge/ does not load');
  const rows = loaded.terms.terms.table.rows;
  return {
    rules: {
      version: loaded.terms.source.id,
      steps: loaded.terms.rules,
      rows: rows.map(({ number }) => number),
    },
    apiNames: new Map(rows.map(({ number, name }) => [number, name])),
  };
}
