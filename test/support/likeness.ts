import { conceptsOf, usualQuestions } from '../../src/answers/ranking.ts';
import { createLikeness } from '../../src/unanswered/likeness.ts';
import { knowledge } from '../conversations/held.ts';
import { tokenize } from '../search/support/tokenize.ts';

/** The comparison of questions as the bot makes it. */
export const likeness = createLikeness({
  tokenize,
  concepts: conceptsOf(knowledge),
  usual: usualQuestions(knowledge),
});
