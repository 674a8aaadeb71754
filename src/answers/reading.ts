import type { Knowledge } from '../knowledge/knowledge.ts';
import type { PhrasingKnowledge } from '../knowledge/schema.ts';
import { createAnalyser } from '../search/analysis.ts';
import type { Concept } from '../search/concepts.ts';
import type { Tokenize } from '../search/tokens.ts';
import { formatCitation } from '../terms/citation.ts';
import { definitions } from '../terms/definitions.ts';
import { type CitationMention, findCitations } from '../terms/find-citations.ts';
import type { Terms } from '../terms/model.ts';
import type { StepName } from '../terms/steps.ts';
import { clausesOf, createFragmentFinder, type Question } from './question.ts';

/** The turns of phrase of a question that decide what kind of answer is wanted; null where absent. */
export interface Turns {
  readonly requirement: string | null;
  readonly definition: string | null;
  readonly procedure: string | null;
  readonly whichApi: string | null;
  /** A number, a price, a place or a file is asked for: what the terms hardly ever hold. */
  readonly amount: string | null;
  readonly check: string | null;
  readonly officeStops: string | null;
  readonly providerStops: string | null;
}

/** What was recognised in a question before any search. */
export interface Reading {
  readonly question: Question;
  readonly citations: readonly CitationMention[];
  /** 項番 named by number or by one of their names, ascending. */
  readonly apis: readonly number[];
  /** The question without the names and numbers of APIs: what is asked about them. */
  readonly withoutApis: string;
  /** For each ambiguous name in the question, the 項番 it may mean (among other things). */
  readonly apisPerhaps: readonly (readonly number[])[];
  /** Canonical citations of the definitions of the terms that stand in the question. */
  readonly defined: ReadonlySet<string>;
  /** Steps named, in the order of phrasing.yaml. */
  readonly steps: readonly StepName[];
  /** The same clause by clause, with whether the clause asks for a requirement. */
  readonly stepsByClause: readonly { readonly steps: readonly StepName[]; readonly requirement: boolean }[];
  readonly turns: Turns;
}

/** Prepares everything that reading a question needs; the result reads one question without side effects. */
export function createReader(
  terms: Terms,
  knowledge: Knowledge,
  tokenize: Tokenize,
): (question: Question) => Reading {
  const namesIn = createSpotter(tokenize, apiNames(knowledge));
  const withoutNames = createNameRemover(knowledge);
  const definedIn = createSpotter(
    tokenize,
    definitions(terms).map(({ term, citation }) => ({ id: formatCitation(citation), words: [term] })),
  );
  const stepsIn = createSpotter(
    tokenize,
    knowledge.phrasing.steps.map(({ step, words }) => ({ id: step, words })),
  );
  const turnsIn = createTurnFinder(knowledge.phrasing);
  return (question) => {
    const citations = findCitations(terms, question.shown);
    const numbered = citations.flatMap(({ result }) =>
      result.kind === 'found' && result.citation.kind === 'row' ? [result.citation.row] : [],
    );
    const named = namesIn(question.plain).map((rows) => rows.split(' ').map(Number));
    const sure = named.flatMap((rows) => (rows.length === 1 ? rows : []));
    return {
      question,
      citations,
      apis: [...new Set([...numbered, ...sure])].sort((a, b) => a - b),
      withoutApis: withoutNames(question.plain),
      apisPerhaps: named.filter((rows) => rows.length > 1).map((rows) => rows.filter((row) => row > 0)),
      defined: new Set(definedIn(question.plain)),
      steps: stepsIn(question.plain),
      stepsByClause: clausesOf(question).map((clause) => ({
        steps: stepsIn(clause),
        requirement: turnsIn({ ...question, dense: clause.replaceAll(' ', '') }).requirement !== null,
      })),
      turns: turnsIn(question),
    };
  };
}

/** Text → ids of the names that stand in it, written or (kana, romaji, wrong kanji) by their reading. */
function createSpotter<T extends string | number>(
  tokenize: Tokenize,
  names: readonly { readonly id: T; readonly words: readonly string[] }[],
): (text: string) => T[] {
  const concepts = names.map(({ id, words }): Concept => ({ id: String(id), words }));
  const analyse = createAnalyser({ tokenize, concepts });
  return (text) => {
    const found = new Set(analyse(text).features.concepts);
    return names.map(({ id }) => id).filter((id) => found.has(String(id)));
  };
}

/**
 * Sure and ambiguous names in one list, so that the longest wins (民間送達サービス連携 over 民間送達). The id of a name
 * holds the rows it may mean; 0 stands for something else.
 */
function apiNames(knowledge: Knowledge): { id: string; words: string[] }[] {
  const sure = knowledge.apis.map(({ row, name, aliases }) => ({
    id: String(row),
    words: [name, ...aliases].flatMap(withApiEnding),
  }));
  const rowsOf = new Map<string, number[]>();
  for (const { row, ambiguous } of knowledge.apis) {
    for (const { name } of ambiguous) rowsOf.set(name, [...(rowsOf.get(name) ?? []), row]);
  }
  return [...sure, ...[...rowsOf].map(([name, rows]) => ({ id: [0, ...rows].join(' '), words: [name] }))];
}

/** Takes the official and other names of APIs out of a text, longest first, with 「項番4」 and the word API. */
function createNameRemover(knowledge: Knowledge): (plain: string) => string {
  const names = knowledge.apis
    .flatMap(({ name, aliases }) => [name, ...aliases])
    .map((name) => name.normalize('NFKC').toLowerCase())
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`(?:${names.join('|')}|(?:別表の?)?項番[0-9の、・,と及びからまで]*|api)`, 'gu');
  return (plain) => plain.replace(pattern, ' ').replace(/\s+/gu, ' ').trim();
}

function withApiEnding(name: string): string[] {
  return [name, `${name}api`];
}

function createTurnFinder(phrasing: PhrasingKnowledge): (question: Question) => Turns {
  const find = {
    requirement: createFragmentFinder(phrasing.requirement),
    definition: createFragmentFinder(phrasing.definition),
    procedure: createFragmentFinder(phrasing.procedure),
    whichApi: createFragmentFinder(phrasing.which_api),
    amount: createFragmentFinder(phrasing.amount),
    check: createFragmentFinder(phrasing.check),
    officeStops: createFragmentFinder(phrasing.voice.office_stops),
    providerStops: createFragmentFinder(phrasing.voice.provider_stops),
  };
  return (question) => ({
    requirement: find.requirement(question),
    definition: find.definition(question),
    procedure: find.procedure(question),
    whichApi: find.whichApi(question),
    amount: find.amount(question),
    check: find.check(question),
    officeStops: find.officeStops(question),
    providerStops: find.providerStops(question),
  });
}
