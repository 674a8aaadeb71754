/** What every surface of the cases stands on: who asks, and the one door through which cases change. */
import { dayInTokyo } from '../calendar.ts';
import type { CaseRules } from '../cases/plan.ts';
import { relationTo, type Viewer } from '../cases/rights.ts';
import type { SeenCase } from '../store/case-reads.ts';
import type { CaseOutcome, CommandBody } from '../store/case-request.ts';
import type { CaseStore } from '../store/case-store.ts';
import type { PersonPrivacy } from '../store/person-privacy.ts';
import type { CardKeeper } from './cards/card-keeper.ts';
import type { ChannelDirectory } from './channels.ts';
import type { Call, Edge } from './edge.ts';
import type { Log } from './log.ts';
import type { StaffDirectory } from './staff.ts';
import type { CaseScreen } from './views/case-view.ts';

export interface CaseDesk {
  readonly store: CaseStore;
  readonly rules: CaseRules;
  readonly staff: StaffDirectory;
  readonly log: Log;
  /** Official names by 項番. */
  readonly apiNames: ReadonlyMap<number, string>;
  readonly channels: ChannelDirectory;
  /** The messages that show cases in channels. */
  readonly cards: Pick<CardKeeper, 'touch'>;
  readonly privacy: PersonPrivacy;
}

/**
 * The person as the server knows them now. With the id of a case, Slack is asked for their channels where nothing
 * but a channel could let them see it: everybody else is not kept waiting.
 */
export async function viewerOf(
  { desk }: Edge,
  { teamId }: Pick<Call, 'teamId'>,
  person: string,
  id: string | null | undefined = null,
): Promise<Viewer> {
  const viewer: Viewer = { teamId, person, staff: await desk.staff.isStaff(person), channels: [] };
  if (viewer.staff || id == null) return viewer;
  const record = await desk.store.find(teamId, id.slice(0, 64));
  const channel = record?.state.channel ?? null;
  if (record === null || channel === null || relationTo(record.state, teamId, viewer) !== 'outsider') {
    return viewer;
  }
  const theirs = await desk.channels.channelsOf(person);
  return { ...viewer, channels: theirs.filter((one) => one === channel) };
}

/** The person with all their channels, for a list of their cases. Slack is asked only where some case has a channel. */
export async function viewerWithChannels(
  { desk }: Edge,
  { teamId }: Pick<Call, 'teamId'>,
  person: string,
): Promise<Viewer> {
  const viewer: Viewer = { teamId, person, staff: await desk.staff.isStaff(person), channels: [] };
  if (viewer.staff || !(await desk.store.someCaseHasChannel(teamId))) return viewer;
  return { ...viewer, channels: await desk.channels.channelsOf(person) };
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

/** A case as it was seen, ready to be drawn; `notice` is said above everything else. */
export function caseScreen({ desk }: Edge, seen: SeenCase, notice: CaseScreen['notice']): CaseScreen {
  return { ...seen, notice, apiNames: desk.apiNames, termsVersion: desk.rules.version };
}
