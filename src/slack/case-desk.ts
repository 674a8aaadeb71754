/** What every surface of the cases stands on: who asks, and the one door through which cases change. */
import { dayInTokyo } from '../calendar.ts';
import type { CaseRules } from '../cases/plan.ts';
import type { Viewer } from '../cases/rights.ts';
import type { CaseOutcome, CommandBody } from '../store/case-request.ts';
import type { CaseStore } from '../store/case-store.ts';
import type { Call, Edge } from './edge.ts';
import type { Log } from './log.ts';
import type { StaffDirectory } from './staff.ts';

export interface CaseDesk {
  readonly store: CaseStore;
  readonly rules: CaseRules;
  readonly staff: StaffDirectory;
  readonly log: Log;
  /** Official names by 項番. */
  readonly apiNames: ReadonlyMap<number, string>;
}

/** The person as the server knows them now. Channels are not confirmed with Slack: they give nobody a right. */
export async function viewerOf({ desk }: Edge, { teamId }: Call, person: string): Promise<Viewer> {
  return { teamId, person, staff: await desk.staff.isStaff(person), channels: [] };
}

/** Carries out what a screen asked; `id` null opens a case. The same delivery changes a case once. */
export async function carryOut(
  { desk, now }: Edge,
  call: Call,
  viewer: Viewer,
  what: { readonly id: string | null; readonly expected: number | null },
  command: CommandBody | Readonly<Record<string, unknown>>,
): Promise<CaseOutcome> {
  return desk.store.carryOut({
    asker: viewer,
    ...what,
    command,
    rules: desk.rules,
    now: now(),
    sourceKey: call.key,
  });
}

/** Writes down that somebody asked for what is not theirs. */
export async function recordRefused(
  { desk, now }: Edge,
  viewer: Viewer,
  id: string | null,
  what: string,
  message: string,
): Promise<void> {
  await desk.store.recordRefusal(
    { asker: viewer, id, command: { kind: what }, now: now() },
    { kind: 'refused', code: 'not-allowed', message, basis: null },
  );
}

export function today({ now }: Edge): string {
  return dayInTokyo(now());
}
