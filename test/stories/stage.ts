/** A workspace with the real bot for one story: real Bolt, real SQLite, the real guide. */
import { guide } from '../support/guide.ts';
import { type Scene, startScene } from '../support/scene.ts';
import type { Kept, Story } from './story.ts';

export function startStage({ answering = (real) => real }: Pick<Story, 'answering'>): Promise<Scene> {
  return startScene({ answering: answering(guide().answerer) });
}

export function keptBy({ db, changes }: Scene): Kept {
  return {
    changes: () => changes,
    async feedbackOf(userId) {
      const rows = await db
        .selectFrom('feedback')
        .select('verdict')
        .where('user_id', '=', userId)
        .orderBy('given_at')
        .execute();
      return rows.map(({ verdict }) => verdict);
    },
  };
}
