/** A workspace with the real bot for one story: real Bolt, real SQLite, the real guide. */
import { expect } from 'vitest';
import { guide } from '../support/guide.ts';
import { type Scene, startScene } from '../support/scene.ts';
import type { Clock, Kept, Story } from './story.ts';

export type Stage = Scene & { readonly clock: Clock };

export async function startStage(story: Pick<Story, 'answering' | 'begins'>): Promise<Stage> {
  const { answering = (real) => real, begins } = story;
  // Moved, but running: nothing waits for ever.
  let ahead = begins === undefined ? 0 : inJapan(begins) - Date.now();
  const set = (moment: number) => {
    ahead = moment - Date.now();
  };
  const scene = await startScene({
    answering: answering(guide().answerer),
    ...(begins === undefined ? {} : { now: () => Date.now() + ahead, standMillis: 50 }),
  });
  const moveTo = async (moment: string) => {
    if (begins === undefined) throw new Error('the clock of this story is that of the machine');
    const day = moment.slice(0, 10);
    set(Math.max(Date.now() + ahead, inJapan(`${day}T00:00`)));
    await expect.poll(() => isCounted(scene, day), { timeout: 5_000 }).toBe(true);
    set(inJapan(moment));
  };
  return { ...scene, clock: { moveTo } };
}

async function isCounted({ db }: Scene, day: string): Promise<boolean> {
  const row = await db.selectFrom('case_counts').select('day').where('day', '=', day).executeTakeFirst();
  return row !== undefined;
}

function inJapan(moment: string): number {
  return Date.parse(`${moment}+09:00`);
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
