/** Who may see and do what. The one place every surface asks; facts about a person come from the server, never from the client. */
import type { Actor, Case, Usage } from './case.ts';
import type { CommandKind } from './command.ts';
import { type CaseEvent, type EventKind, wordsAudience } from './event.ts';

/** A person as the server knows them now. Where a fact could not be found out it is false or empty: rights fail closed. */
export interface Viewer {
  readonly teamId: string;
  readonly person: string;
  readonly staff: boolean;
  /** Channels whose membership of this person was confirmed by Slack. */
  readonly channels: readonly string[];
}

export const RELATIONS = ['staff', 'contact', 'member', 'outsider'] as const;
export type Relation = (typeof RELATIONS)[number];

/** What of a case there is to see. */
export const ASPECTS = ['summary', 'shared-words', 'staff-words', 'record', 'full-record'] as const;
export type Aspect = (typeof ASPECTS)[number];

const SEES: Readonly<Record<Relation, readonly Aspect[]>> = {
  staff: ASPECTS,
  contact: ['summary', 'shared-words', 'record'],
  member: ['summary', 'shared-words', 'record'],
  outsider: [],
};

const PROVIDER_COMMANDS: ReadonlySet<CommandKind> = new Set<CommandKind>([
  'moveStep',
  'setStepAside',
  'takeUpStep',
  'addNote',
  'ask',
]);
const SYSTEM_COMMANDS: ReadonlySet<CommandKind> = new Set<CommandKind>([
  'linkMessage',
  'recordMessageEdit',
  'recordMessageDeletion',
]);
/** Acts of the office that a person who stands on the provider's side of the same case may not do. */
const OFFICE_DECISIONS: ReadonlySet<CommandKind> = new Set<CommandKind>([
  'acceptRequest',
  'approvePlan',
  'startUse',
]);

/** Events that only staff see. Their words lie in the staff's place too. */
const STAFF_EVENTS: ReadonlySet<EventKind> = new Set<EventKind>([
  'ownerChanged',
  'sharedWithDepartment',
  'investigated',
  'consulted',
  'correctionNoted',
]);

/** How a person stands to a case of their own team. Another team's case does not exist for anybody. */
export function relationTo(current: Case, caseTeam: string, viewer: Viewer): Relation {
  if (viewer.teamId !== caseTeam) return 'outsider';
  if (viewer.staff) return 'staff';
  if (viewer.person === current.primary || viewer.person === current.secondary) return 'contact';
  const inChannel = current.channel !== null && viewer.channels.includes(current.channel);
  return inChannel || current.members.includes(viewer.person) ? 'member' : 'outsider';
}

export function maySee(relation: Relation, aspect: Aspect): boolean {
  return SEES[relation].includes(aspect);
}

/** In what standing a person acts on a case; null when not at all. */
export function standingOf(relation: Relation): Actor['as'] | null {
  if (relation === 'staff') return 'staff';
  return relation === 'outsider' ? null : 'provider';
}

/** Whether a command of this kind may be given in this standing at all; the case may still refuse it. */
export function mayCommand(as: Actor['as'], kind: CommandKind): boolean {
  if (as === 'system') return SYSTEM_COMMANDS.has(kind);
  if (kind === 'request') return true;
  return as === 'staff' || PROVIDER_COMMANDS.has(kind);
}

/** True when staff would decide about a case in which they stand on the provider's side. */
export function decidesOwnCase(current: Case, { person }: Actor, kind: CommandKind): boolean {
  if (!OFFICE_DECISIONS.has(kind)) return false;
  return current.primary === person || current.secondary === person || current.members.includes(person);
}

/** Where something would be shown. `extShared`: the channel is shared with another organisation (Slack Connect). */
export type Place =
  | { readonly kind: 'private'; readonly to: Viewer }
  | {
      readonly kind: 'channel';
      readonly channel: string;
      readonly extShared: boolean;
      readonly staffOnly: boolean;
    };

/**
 * Which relation a place may be served as; `outsider` means: no case data there. A channel is as open as its
 * least entitled reader: the case's own channel reads as a member, a staff channel as staff, any other one not at all.
 */
export function relationOfPlace(current: Case, caseTeam: string, place: Place): Relation {
  if (place.kind === 'private') return relationTo(current, caseTeam, place.to);
  if (place.extShared) return 'outsider';
  if (place.staffOnly) return 'staff';
  return place.channel === current.channel ? 'member' : 'outsider';
}

/** The case as this relation may know it; null for outsiders. Staff words are not part of a case in the first place. */
export function viewOfCase(current: Case, relation: Relation): Case | null {
  if (!maySee(relation, 'summary')) return null;
  if (relation === 'staff') return current;
  return {
    ...current,
    owner: null,
    consultations: [],
    dates: current.dates.filter(({ label }) => label.kind !== '社内目標'),
    // The ground of a stop is told to the provider by the office, not by this bot.
    usage: withoutGround(current.usage),
  };
}

/** The events this relation may read, words withheld where they are not theirs. */
export function viewOfEvents<E extends CaseEvent>(events: readonly E[], relation: Relation): E[] {
  if (maySee(relation, 'full-record')) return [...events];
  if (!maySee(relation, 'record')) return [];
  return events.filter((event) => !isForStaff(event)).map(withoutStaffWords);
}

function isForStaff(event: CaseEvent): boolean {
  if (event.kind === 'noteAdded') return event.audience === 'staff';
  if (event.kind === 'dateSet') return event.date.label.kind === '社内目標';
  if (event.kind === 'dateCleared') return event.former.label.kind === '社内目標';
  return STAFF_EVENTS.has(event.kind);
}

function withoutGround(usage: Usage): Usage {
  return usage.state === 'stopped-by-office' ? { ...usage, ground: null } : usage;
}

function withoutStaffWords<E extends CaseEvent>(event: E): E {
  if (event.kind === 'stoppedByOffice') return { ...event, ground: null, text: null };
  if (event.kind === 'usageCorrected') return { ...event, from: withoutGround(event.from) };
  if (event.kind === 'opened') return { ...event, owner: null };
  if (event.kind === 'dateSet' && event.former?.label.kind === '社内目標') return { ...event, former: null };
  return 'text' in event && wordsAudience(event) === 'staff' ? { ...event, text: null } : event;
}
