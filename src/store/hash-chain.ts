import { createHash } from 'node:crypto';
import type { CaseEventsTable } from './case-tables.ts';

/** What the first event of a case points back to. */
export const GENESIS = '0'.repeat(64);

/** SHA-256 over the event as it is stored and the hash before it: no row can be altered, swapped or left out unseen. */
export function hashOf(row: Omit<CaseEventsTable, 'hash'>): string {
  const { team_id, case_id, seq, at, actor, standing, kind, body, source_key, part, prev } = row;
  return sha256(
    JSON.stringify([prev, team_id, case_id, seq, at, actor, standing, kind, body, source_key, part]),
  );
}

/** Stands for words in the record. Without the salt it says nothing about them. */
export function digestOf(salt: string, text: string): string {
  return sha256(`${salt}\n${text}`);
}

/** One hash over many heads, in the order given. */
export function headOfHeads(heads: Iterable<string>): string {
  const hash = createHash('sha256');
  for (const head of heads) hash.update(`${head}\n`);
  return hash.digest('hex');
}

/** JSON with sorted keys: equal values have equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, held: unknown) => {
    if (held === null || typeof held !== 'object' || Array.isArray(held)) return held;
    return Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
