/** APIs by the names people use: exact names for sure, plain words as candidates. Nothing is ever forced to a row. */
import type { Knowledge } from '../knowledge/knowledge.ts';
import { parseCanonical } from '../terms/citation.ts';

/** What a typed name is. `absent`: this version's 別表 does not hold it; `statement` says so in the knowledge's words. */
export type NamedApi =
  | { readonly kind: 'row'; readonly row: number }
  | { readonly kind: 'absent'; readonly name: string; readonly statement: string | null }
  | { readonly kind: 'ambiguous'; readonly name: string; readonly note: string };

/**
 * Reads one name, number or other name of an API: 4, 項番４, SSO, 属性連携設定API. A name that is nowhere known
 * comes back as absent, as typed.
 */
export function readApiName(knowledge: Pick<Knowledge, 'apis' | 'neighbours'>, typed: string): NamedApi {
  const name = typed.trim();
  const bare = fold(name);
  const number = /^(?:別表の?)?(?:項番|no\.?)?(\d{1,3})番?$/.exec(bare)?.[1];
  const byNumber = knowledge.apis.find(({ row }) => row === Number(number));
  if (byNumber) return { kind: 'row', row: byNumber.row };
  const api = knowledge.apis.find((one) => [one.name, ...one.aliases].some((other) => fold(other) === bare));
  if (api) return { kind: 'row', row: api.row };
  const neighbour = knowledge.neighbours.find(
    ({ kind, names, name: own }) =>
      kind === 'absent-api' && [own, ...names].some((other) => fold(other) === bare),
  );
  if (neighbour) return { kind: 'absent', name, statement: neighbour.statement.ja };
  const unclear = knowledge.apis.flatMap(({ ambiguous }) => ambiguous).find((one) => fold(one.name) === bare);
  if (unclear) return { kind: 'ambiguous', name, note: unclear.note };
  return { kind: 'absent', name, statement: null };
}

/** 項番 that come near to what somebody wants, best first, and APIs named that this version does not hold. */
export interface ApiCandidates {
  readonly rows: readonly number[];
  readonly absent: readonly string[];
}

export type FindApis = (words: string) => ApiCandidates;

/** The part of the answers' ranking that is used: what the words may be about, best first. */
type Rank = (
  text: string,
) => readonly { readonly kind: string; readonly key: string; readonly score: number }[];

const MOST_CANDIDATES = 5;
/** What scores less than this part of the best candidate is left out. */
const NEAR_ENOUGH = 0.45;

/** Finds candidates by name first, then by the words of the ranking passed in. */
export function createApiFinder(knowledge: Pick<Knowledge, 'apis' | 'neighbours'>, rank: Rank): FindApis {
  return (words) => {
    const text = fold(words);
    const named = knowledge.apis
      .filter(({ name, aliases }) => [name, ...aliases].some((one) => names(text, one)))
      .map(({ row }) => row);
    const absent = knowledge.neighbours
      .filter(({ kind, names: own }) => kind === 'absent-api' && own.some((one) => names(text, one)))
      .map(({ name }) => name);
    const ranked = rank(words).flatMap(({ kind, key, score }) => {
      const citation = kind === 'provision' ? parseCanonical(key) : null;
      return citation?.kind === 'row' ? [{ row: citation.row, score }] : [];
    });
    const least = (ranked[0]?.score ?? 0) * NEAR_ENOUGH;
    const near = ranked.filter(({ score }) => score > 0 && score >= least).map(({ row }) => row);
    return { rows: [...new Set([...named, ...near])].slice(0, MOST_CANDIDATES), absent };
  };
}

/** Names of one or two letters stand in other words too. */
function names(text: string, name: string): boolean {
  const bare = fold(name);
  return bare.length > 2 && text.includes(bare);
}

/** How two spellings are compared: width, case, spaces and the ending API do not count. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s・、。]/gu, '')
    .replace(/(api|エーピーアイ)$/u, '');
}
