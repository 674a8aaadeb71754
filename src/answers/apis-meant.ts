/** Which APIs a question is about, where its names alone do not tell. */
import { parseCanonical } from '../terms/citation.ts';
import type { ApisNamed } from './apis-named.ts';
import type { DecisionParts } from './decision.ts';
import type { RankedClass } from './ranking.ts';
import type { Reading } from './reading.ts';

/** A provision nearer to the question than this leaves no doubt which API is meant though none is named. */
const API_BY_LIKENESS = 0.5;
/** An ambiguous name counts beside a sure one when its row comes at least this near to it. */
const COMPANION = 0.3;
/** So near, and so much nearer than the next, must the row be that is described though not named. */
const DESCRIBED = { score: 0.72, before: 1.25 };

interface NearRow {
  readonly row: number;
  readonly score: number;
}

/**
 * The APIs a question names; failing that, what its ambiguous names can mean, the likelier where two rows share a
 * name; failing that, the one row whose ways of asking leave no doubt.
 */
export function apisAsked(
  { apis, apisPerhaps, numbered }: ApisNamed,
  ranked: readonly RankedClass[],
): readonly number[] {
  const rows = rowsAmong(ranked);
  const perhaps = likeliest(apis, apisPerhaps, rows);
  if (apis.length > 0) return numbered ? apis : withCompanions(apis, perhaps, rows);
  if (perhaps.length > 0) return perhaps;
  const [best, next] = rows;
  if (!best || best.score < API_BY_LIKENESS || (next && next.score > best.score * 0.85)) return [];
  return [best.row];
}

/** The API that is misspelt in the question, else the one it describes. */
export function apisMeant(
  reading: Reading,
  parts: Pick<DecisionParts, 'knowledge' | 'rank'>,
): readonly number[] {
  const [misspelt] = reading.misspelt.apis();
  return misspelt === undefined ? apiDescribed(reading, parts) : [misspelt];
}

/** The API a question describes without a name (「申込みを自治体に送る」), where one row comes clearly nearest. */
function apiDescribed(
  { besideSteps, turns, question }: Reading,
  { rank, knowledge }: Pick<DecisionParts, 'knowledge' | 'rank'>,
): readonly number[] {
  if (turns.requirement === null || turns.whichApi !== null) return [];
  const [best, next, third] = rowsAmong(rank(besideSteps(), 'rows'));
  if (best === undefined || best.score < DESCRIBED.score) return [];
  const isFarBehind = (other: NearRow | undefined) =>
    other === undefined || other.score * DESCRIBED.before <= best.score;
  if (isFarBehind(next)) return [best.row];
  const pair = knowledge.apis.find(
    ({ row, yieldsTo }) =>
      yieldsTo !== undefined && [best.row, next?.row].every((one) => one === row || one === yieldsTo.row),
  );
  if (pair?.yieldsTo === undefined || !isFarBehind(third)) return [];
  return [
    pair.yieldsTo.beside.some((words) => question.dense.includes(words)) ? pair.yieldsTo.row : pair.row,
  ];
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
