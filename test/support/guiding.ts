/** The real flows, rules and knowledge for tests of the Slack edge. */
import { createQuoter } from '../../src/answers/quote.ts';
import { createApiFinder } from '../../src/conversations/api-names.ts';
import type { Guiding } from '../../src/slack/guiding.ts';
import { facts, flows, knowledge, terms } from '../conversations/held.ts';

export const guiding: Guiding = {
  flows,
  facts,
  knowledge,
  quoter: createQuoter(terms),
  findApis: createApiFinder(knowledge),
};
