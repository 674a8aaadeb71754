/** Which APIs a question is about, where its names alone do not tell. */
import { parseCanonical } from '../terms/citation.ts';
import type { ApisNamed } from './apis-named.ts';
import type { DecisionParts } from './decision.ts';
import type { RankedClass } from './ranking.ts';
import type { Reading } from './reading.ts';

/** A provision nearer to the question than this leaves no doubt which API is meant though none is named. */
const API_BY_LIKENESS = 0.5;
/** So much nearer than the next must it be. */
const NEAREST_BEFORE = 1.3;
/** An ambiguous name counts beside a sure one when its row comes at least this near to it. */
const COMPANION = 0.3;
/** So near, and so much nearer than the next, must the row be that is described though not named. */
const DESCRIBED = { score: 0.72, before: 1.2 };

type Parts = Pick<DecisionParts, 'knowledge' | 'rank'>;

interface NearRow {
  readonly row: number;
  readonly score: number;
}

/** The APIs a question names, and what its ambiguous names can mean, the likelier where two rows share a name. */
export function apisAsked(
  { apis, apisPerhaps, numbered }: ApisNamed,
  ranked: readonly RankedClass[],
): readonly number[] {
  if (apisPerhaps.length === 0) return apis;
  const rows = rowsAmong(ranked);
  const perhaps = likeliest(apis, apisPerhaps, rows);
  if (apis.length === 0) return perhaps;
  return numbered ? apis : withCompanions(apis, perhaps, rows);
}

/**
 * The API that a question means though none is named: a misspelt one, else the one it describes. `besideStep`: a step
 * is named, so that what is said beside it is about an API.
 */
export function apisMeant(
  reading: Reading,
  ranked: readonly RankedClass[],
  parts: Parts,
  { besideStep }: { readonly besideStep: boolean },
): readonly number[] {
  const [misspelt] = besideStep ? reading.misspelt.apis() : [];
  if (misspelt !== undefined) return [misspelt];
  const description = reading.described();
  if (description === null) return [];
  const nearest = nearestRow(ranked);
  return nearest.length > 0 || !besideStep ? nearest : apiDescribed(description, reading, parts);
}

/** The one row whose ways of asking leave no doubt. */
function nearestRow(ranked: readonly RankedClass[]): readonly number[] {
  const [best, next] = rowsAmong(ranked);
  if (!best || best.score < API_BY_LIKENESS || (next && next.score * NEAREST_BEFORE > best.score)) return [];
  return [best.row];
}

/** The API a question describes without a name (「申込みを自治体に送る」), where one row comes clearly nearest. */
function apiDescribed(
  description: string,
  { turns, meantBy }: Reading,
  { rank, knowledge }: Parts,
): readonly number[] {
  if (turns.requirement === null || turns.whichApi !== null) return [];
  const [best, next, third] = rowsAmong(rank(description, 'rows'));
  if (best === undefined || best.score < DESCRIBED.score) return [];
  const isFarBehind = (other: NearRow | undefined) =>
    other === undefined || other.score * DESCRIBED.before <= best.score;
  if (isFarBehind(next)) return [best.row];
  const pair = knowledge.apis.find(
    ({ row, yieldsTo }) =>
      yieldsTo !== undefined && [best.row, next?.row].every((one) => one === row || one === yieldsTo.row),
  );
  if (pair === undefined || !isFarBehind(third)) return [];
  return [meantBy(pair.row)];
}

function rowsAmong(ranked: readonly RankedClass[]): NearRow[] {
  return ranked.flatMap(({ kind, key, score }) => {
    const citation = kind === 'provision' ? parseCanonical(key) : null;
    return citation?.kind === 'row' ? [{ row: citation.row, score }] : [];
  });
}

/** What each ambiguous name means; nothing new where one of its meanings is among those known already. */
function likeliest(
  known: readonly number[],
  perhaps: readonly (readonly number[])[],
  rows: readonly NearRow[],
): readonly number[] {
  const meant = new Set<number>();
  for (const meanings of perhaps.toSorted((a, b) => a.length - b.length)) {
    if (meanings.some((row) => meant.has(row) || known.includes(row))) continue;
    const row = rows.find((one) => meanings.includes(one.row))?.row ?? meanings[0];
    if (row !== undefined) meant.add(row);
  }
  return [...meant].sort((a, b) => a - b);
}

/** An ambiguous name beside sure ones (「医療費・お薬・健診の三本」) is one of them when its row fits the question too. */
function withCompanions(
  apis: readonly number[],
  perhaps: readonly number[],
  rows: readonly NearRow[],
): readonly number[] {
  const score = (row: number) => rows.find((one) => one.row === row)?.score ?? 0;
  const least = Math.max(...apis.map(score)) * COMPANION;
  const companions = perhaps.filter((row) => !apis.includes(row) && score(row) >= least);
  return [...apis, ...companions].sort((a, b) => a - b);
}
