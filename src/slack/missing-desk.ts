/** What is missing, worked out for staff when they look; kept a short while, because they turn pages. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { AskedQuestionStore } from '../store/asked-questions.ts';
import type { Likeness } from '../unanswered/likeness.ts';
import { type MissingGroup, type MissingReport, missingStepByStep } from '../unanswered/report.ts';
import type { Edge } from './edge.ts';
import { withoutMentions } from './views/text.ts';

export interface MissingDesk {
  readonly questions: AskedQuestionStore;
  readonly likeness: Likeness;
}

export interface MissingView {
  readonly report: MissingReport;
  /** Epoch milliseconds: questions since then are counted. */
  readonly since: number;
  /** There were more questions than are read; the newest are in it. */
  readonly cut: boolean;
}

/** How far back questions are looked at, in days. */
export const DAYS_BACK = 90;
const MOST_QUESTIONS = 5_000;
const KEPT_FOR = 60_000;
/** Others wait no longer than this, in milliseconds. */
const SLICE = 20;

const kept = new WeakMap<
  MissingDesk,
  Map<string, { readonly at: number; readonly view: Promise<MissingView> }>
>();

/** The report of one workspace. */
export function missingIn(edge: Edge, team: string): Promise<MissingView> {
  const teams = kept.get(edge.missing) ?? new Map();
  kept.set(edge.missing, teams);
  const known = teams.get(team);
  if (known !== undefined && edge.now() - known.at < KEPT_FOR) return known.view;
  const view = workOut(edge, team);
  teams.set(team, { at: edge.now(), view });
  view.catch(() => teams.delete(team));
  return view;
}

export async function missingGroup(edge: Edge, team: string, id: string): Promise<MissingGroup | null> {
  const { report } = await missingIn(edge, team);
  return report.groups.find((group) => group.id === id) ?? null;
}

async function workOut({ missing, now }: Edge, team: string): Promise<MissingView> {
  const since = now() - DAYS_BACK * 86_400_000;
  const asked = await missing.questions.since(team, since, MOST_QUESTIONS);
  const questions = asked.map((one) => ({ ...one, text: withoutMentions(one.text) }));
  const steps = missingStepByStep(questions, missing.likeness);
  for (let pause = performance.now() + SLICE; ; ) {
    const step = steps.next();
    if (step.done === true) return { report: step.value, since, cut: asked.length === MOST_QUESTIONS };
    if (performance.now() < pause) continue;
    await breathe();
    pause = performance.now() + SLICE;
  }
}
