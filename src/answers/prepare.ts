import type { Knowledge } from '../knowledge/knowledge.ts';
import { createListener, createReadAloud } from '../search/analysis.ts';
import type { Tokenize } from '../search/tokens.ts';
import type { Terms } from '../terms/model.ts';
import { prepareRanking, type RankingData } from './ranking.ts';
import { type NameData, prepareNames } from './reading.ts';

/** What answering needs beside the texts themselves: plain data and number columns, fit for a flat file. */
export interface Prepared {
  readonly names: NameData;
  readonly ranking: RankingData;
}

/** Reads every text once; the same for the same terms, knowledge and dictionary. */
export function prepare(terms: Terms, knowledge: Knowledge, tokenize: Tokenize): Prepared {
  const readAloud = createReadAloud(tokenize);
  return {
    names: prepareNames(terms, knowledge, readAloud),
    ranking: prepareRanking(terms, knowledge, createListener(tokenize), readAloud),
  };
}
