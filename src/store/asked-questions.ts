import type { Kysely } from 'kysely';
import type { AskedQuestion } from '../unanswered/asked.ts';
import type { Tables } from './tables.ts';

export type AskedQuestionStore = ReturnType<typeof createAskedQuestions>;

const PAGE = 200;

/** The questions of a workspace with everything that shows whether their answers were good. */
export function createAskedQuestions(db: Kysely<Tables>) {
  return {
    /** Newest first, since a moment (epoch milliseconds), at most `most`. Read page by page, so that nobody waits. */
    async since(team: string, since: number, most: number): Promise<AskedQuestion[]> {
      const found: AskedQuestion[] = [];
      while (found.length < most) {
        const page = await pageOf(team, since, found.length, Math.min(PAGE, most - found.length));
        found.push(...page);
        if (page.length < PAGE) break;
      }
      return found;
    },
  };

  async function pageOf(
    team: string,
    since: number,
    offset: number,
    limit: number,
  ): Promise<AskedQuestion[]> {
    const answers = await db
      .selectFrom('answers')
      .select(['id', 'question', 'asked_at', 'user_id', 'channel', 'thread_ts', 'answers'])
      .where('team_id', '=', team)
      .where('asked_at', '>=', since)
      .where('question', '<>', '')
      .orderBy('asked_at', 'desc')
      .orderBy('id')
      .offset(offset)
      .limit(limit)
      .execute();
    const ids = answers.map(({ id }) => id);
    const [verdicts, toOffice] = await Promise.all([verdictsOf(team, ids), askedAbout(team, ids)]);
    return answers.map((row) => ({
      id: row.id,
      text: row.question,
      at: row.asked_at,
      place: row.channel === null ? null : `${row.user_id} ${row.channel} ${row.thread_ts ?? ''}`,
      answers: JSON.parse(row.answers) as AskedQuestion['answers'],
      verdicts: [...(verdicts.get(row.id)?.values() ?? [])],
      toOffice: toOffice.has(row.id),
    }));
  }

  /** By answer and person, the last word. */
  async function verdictsOf(team: string, ids: readonly string[]) {
    const found = new Map<string, Map<string, 'helpful' | 'wrong'>>();
    if (ids.length === 0) return found;
    const rows = await db
      .selectFrom('feedback')
      .select(['answer_id', 'user_id', 'verdict'])
      .where('team_id', '=', team)
      .where('answer_id', 'in', ids)
      .orderBy('seq')
      .execute();
    for (const { answer_id, user_id, verdict } of rows) {
      const people = found.get(answer_id) ?? new Map<string, 'helpful' | 'wrong'>();
      found.set(answer_id, people.set(user_id, verdict === 'wrong' ? 'wrong' : 'helpful'));
    }
    return found;
  }

  async function askedAbout(team: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const rows = await db
      .selectFrom('inquiries')
      .select('answer_id')
      .where('team_id', '=', team)
      .where('answer_id', 'in', ids)
      .where('state', '<>', '取下げ')
      .execute();
    return new Set(rows.map(({ answer_id }) => answer_id));
  }
}
