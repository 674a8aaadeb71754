import { conceptsOf } from '../../src/answers/ranking.ts';
import { createLikeness, type Likeness } from '../../src/unanswered/likeness.ts';
import { knowledge } from '../conversations/held.ts';
import { tokenize } from '../search/support/tokenize.ts';

/** The comparison of questions as the bot makes it; prepared when it is first wanted. */
export const likeness: Likeness = (texts) =>
  createLikeness({ tokenize, concepts: conceptsOf(knowledge) })(texts);
