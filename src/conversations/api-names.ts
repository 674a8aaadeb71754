/** APIs by the names people use: exact names for sure, plain words as candidates. Nothing is ever forced to a row. */
import type { Knowledge } from '../knowledge/knowledge.ts';
import { pairsOf } from '../search/characters.ts';

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
  const number = /^(?:別表の?)?(?:項番|no\.?)?(\d{1,3})番?$/.exec(bare.replace(/^api/, ''))?.[1];
  const byNumber = knowledge.apis.find(({ row }) => row === Number(number));
  if (byNumber) return { kind: 'row', row: byNumber.row };
  const api = knowledge.apis.find((one) => [one.name, ...one.aliases].some((other) => isSame(bare, other)));
  if (api) return { kind: 'row', row: api.row };
  const neighbour = knowledge.neighbours.find(
    ({ kind, names, name: own }) =>
      kind === 'absent-api' && [own, ...names].some((other) => isSame(bare, other)),
  );
  if (neighbour) return { kind: 'absent', name, statement: neighbour.statement.ja };
  const unclear = knowledge.apis.flatMap(({ ambiguous }) => ambiguous).find((one) => isSame(bare, one.name));
  if (unclear) return { kind: 'ambiguous', name, note: unclear.note };
  return { kind: 'absent', name, statement: null };
}

/** 項番 that come near to what somebody wants, best first, and APIs named that this version does not hold. */
export interface ApiCandidates {
  readonly rows: readonly number[];
  readonly absent: readonly string[];
}

export type FindApis = (words: string) => ApiCandidates;

const MOST_CANDIDATES = 5;
/** What is less than this part as near as the best candidate is left out. */
const NEAR_ENOUGH = 0.6;
/** Below this likeness nothing was recognised. */
const LEAST = 0.12;

/** Finds candidates by name first, then by the likeness of the words to the ways people ask for each API. */
export function createApiFinder(knowledge: Pick<Knowledge, 'apis' | 'neighbours' | 'provisions'>): FindApis {
  const phrases = knowledge.apis.map(({ row, name, aliases, ambiguous, purpose }) => {
    const asks = knowledge.provisions.find(({ cite }) => cite === `別表項番${row}`)?.asks;
    const texts = [name, ...aliases, ...ambiguous.map((one) => one.name), purpose.ja, purpose.en];
    return { row, phrases: [...texts, ...(asks?.ja ?? []), ...(asks?.en ?? [])].map(pairsIn) };
  });
  const weight = rarity(phrases.map((one) => new Set(one.phrases.flatMap((pairs) => [...pairs]))));
  return (words) => {
    const text = fold(words);
    const named = knowledge.apis
      .filter(({ name, aliases }) => [name, ...aliases].some((one) => names(text, one)))
      .map(({ row }) => row);
    const absent = knowledge.neighbours
      .filter(({ kind, names: own }) => kind === 'absent-api' && own.some((one) => names(text, one)))
      .map(({ name }) => name);
    const asked = pairsIn(words);
    const ranked = phrases
      .map((one) => ({ row: one.row, score: likenessTo(one.phrases, asked, weight) }))
      .sort((a, b) => b.score - a.score);
    const least = Math.max(LEAST, (ranked[0]?.score ?? 0) * NEAR_ENOUGH);
    const near = ranked.filter(({ score }) => score >= least).map(({ row }) => row);
    return { rows: [...new Set([...named, ...near])].slice(0, MOST_CANDIDATES), absent };
  };
}

type Weight = (pair: string) => number;

/** The nearest phrase counts most, the next ones confirm it. */
function likenessTo(
  phrases: readonly ReadonlySet<string>[],
  asked: ReadonlySet<string>,
  weight: Weight,
): number {
  const [first = 0, second = 0, third = 0] = phrases
    .map((phrase) => likeness(phrase, asked, weight))
    .sort((a, b) => b - a);
  return 0.6 * first + 0.25 * second + 0.15 * third;
}

/** Of the pairs of letters both hold, by how telling each is; 0 to 1. */
function likeness(phrase: ReadonlySet<string>, asked: ReadonlySet<string>, weight: Weight): number {
  let shared = 0;
  for (const pair of asked) if (phrase.has(pair)) shared += weight(pair);
  const whole = total(phrase, weight) + total(asked, weight);
  return whole === 0 ? 0 : (2 * shared) / whole;
}

function total(pairs: ReadonlySet<string>, weight: Weight): number {
  let sum = 0;
  for (const pair of pairs) sum += weight(pair);
  return sum;
}

/** A pair that stands in the words of few APIs tells more. */
function rarity(documents: readonly ReadonlySet<string>[]): Weight {
  const counts = new Map<string, number>();
  for (const pairs of documents) for (const pair of pairs) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  const most = documents.length + 1;
  // Squared: endings like 「したい」 stand in all of them and must not carry a match.
  return (pair) => Math.log(most / (counts.get(pair) ?? 1)) ** 2;
}

function pairsIn(text: string): Set<string> {
  return new Set(pairsOf([...fold(text)]));
}

/** Names of one or two letters stand in other words too. */
function names(text: string, name: string): boolean {
  const bare = fold(name);
  return bare.length > 2 && text.includes(bare);
}

/** A name may be typed with the ending API; one that is safe only with it (自己情報API) has to be. */
function isSame(bare: string, name: string): boolean {
  const known = fold(name);
  return known === bare || known === bare.replace(/(api|エーピーアイ)$/u, '');
}

/** How two spellings are compared: width, case and spaces do not count. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s・、。]/gu, '');
}
