/** What happened in a case. These are the audit rows: names in the past tense, never changed, only added to. */
import type { Day } from '../calendar.ts';
import type { StepName } from '../terms/steps.ts';
import type {
  Actor,
  AsideGround,
  Audience,
  CaseDate,
  CaseKind,
  CaseStep,
  ChosenApis,
  CloseOutcome,
  DateSubject,
  NoticeAct,
  Party,
  StepState,
  StopGround,
  Usage,
} from './case.ts';

/** Opening facts, the same for a request of a provider and a case opened by staff. */
interface Opening {
  readonly company: string;
  readonly service: string | null;
  readonly caseKind: CaseKind;
  readonly apis: ChosenApis;
  readonly termsVersion: string;
  readonly primary: string | null;
  readonly secondary: string | null;
  readonly members: readonly string[];
  readonly owner: string | null;
  readonly channel: string | null;
  readonly usage: Usage;
  /** The plan as it was derived then: a replay needs no rules. */
  readonly steps: readonly CaseStep[];
}

export type DetailField = 'company' | 'service' | 'primary' | 'secondary' | 'channel';

export interface DetailChange {
  readonly field: DetailField;
  readonly from: string | null;
  readonly to: string | null;
}

/** Free words of people. Kept apart from the record by audience, so that they can be erased; null once erased or withheld. */
type Words = { readonly text: string | null };

export type CaseFact =
  | ({ readonly kind: 'opened' } & Opening)
  | ({ readonly kind: 'requested' } & Opening)
  | { readonly kind: 'requestAccepted' }
  | { readonly kind: 'requestDeclined'; readonly reason: string }
  | { readonly kind: 'detailsChanged'; readonly changes: readonly DetailChange[] }
  | { readonly kind: 'memberAdded'; readonly member: string }
  | { readonly kind: 'memberRemoved'; readonly member: string }
  | { readonly kind: 'ownerChanged'; readonly owner: string | null; readonly formerOwner: string | null }
  | {
      readonly kind: 'apisChanged';
      readonly from: ChosenApis;
      readonly to: ChosenApis;
      readonly steps: readonly CaseStep[];
    }
  | {
      readonly kind: 'termsAdopted';
      readonly from: string;
      readonly to: string;
      readonly steps: readonly CaseStep[];
    }
  | {
      readonly kind: 'stepMoved';
      readonly step: StepName;
      readonly from: StepState;
      readonly to: StepState;
      readonly waiting: Party | null;
      readonly reason: string | null;
    }
  | {
      readonly kind: 'waitingSet';
      readonly step: StepName;
      readonly from: Party | null;
      readonly to: Party | null;
    }
  | {
      readonly kind: 'stepSetAside';
      readonly step: StepName;
      readonly ground: AsideGround;
      readonly basis: string;
    }
  | { readonly kind: 'stepTakenUp'; readonly step: StepName }
  | { readonly kind: 'planApproved'; readonly on: Day }
  | { readonly kind: 'planApprovalWithdrawn'; readonly reason: string }
  | { readonly kind: 'dateSet'; readonly date: CaseDate; readonly former: CaseDate | null }
  | { readonly kind: 'dateCleared'; readonly subject: DateSubject; readonly former: CaseDate }
  | ({ readonly kind: 'noteAdded'; readonly audience: Audience } & Words)
  | ({ readonly kind: 'questionAsked'; readonly question: number } & Words)
  | ({ readonly kind: 'questionAnswered'; readonly question: number } & Words)
  | { readonly kind: 'useStarted'; readonly on: Day; readonly unfinished: readonly StepName[] }
  | {
      readonly kind: 'noticeFiled';
      readonly act: NoticeAct;
      readonly filedOn: Day;
      readonly plannedOn: Day | null;
    }
  | { readonly kind: 'noticeCarriedOut'; readonly act: NoticeAct; readonly on: Day }
  | { readonly kind: 'noticeWithdrawn'; readonly act: NoticeAct; readonly reason: string }
  | ({ readonly kind: 'stoppedByOffice'; readonly on: Day; readonly ground: StopGround | null } & Words)
  | ({ readonly kind: 'officeStopLifted'; readonly on: Day } & Words)
  | { readonly kind: 'usageCorrected'; readonly from: Usage; readonly to: Usage; readonly reason: string }
  | ({ readonly kind: 'consulted'; readonly on: Day } & Words)
  | ({ readonly kind: 'investigated'; readonly on: Day } & Words)
  | ({ readonly kind: 'sharedWithDepartment'; readonly item: number; readonly department: string } & Words)
  | ({ readonly kind: 'messageLinked'; readonly channel: string; readonly ts: string } & Words)
  | ({ readonly kind: 'messageEdited'; readonly channel: string; readonly ts: string } & Words)
  | { readonly kind: 'messageDeleted'; readonly channel: string; readonly ts: string }
  | ({ readonly kind: 'correctionNoted'; readonly entry: number } & Words)
  | { readonly kind: 'closed'; readonly outcome: CloseOutcome; readonly reason: string | null }
  | { readonly kind: 'reopened'; readonly reason: string };

/** A fact with who did it and when (epoch milliseconds). */
export type CaseEvent = CaseFact & { readonly by: Actor; readonly at: number };
export type EventKind = CaseEvent['kind'];

/** Where an event's words are kept; null when it has none. Exhaustive on purpose: a new event has to choose. */
export const WORDS_KEPT: Readonly<Record<EventKind, Audience | 'as-noted' | null>> = {
  opened: null,
  requested: null,
  requestAccepted: null,
  requestDeclined: null,
  detailsChanged: null,
  memberAdded: null,
  memberRemoved: null,
  ownerChanged: null,
  apisChanged: null,
  termsAdopted: null,
  stepMoved: null,
  waitingSet: null,
  stepSetAside: null,
  stepTakenUp: null,
  planApproved: null,
  planApprovalWithdrawn: null,
  dateSet: null,
  dateCleared: null,
  noteAdded: 'as-noted',
  questionAsked: 'shared',
  questionAnswered: 'shared',
  useStarted: null,
  noticeFiled: null,
  noticeCarriedOut: null,
  noticeWithdrawn: null,
  stoppedByOffice: 'staff',
  officeStopLifted: 'staff',
  usageCorrected: null,
  consulted: 'staff',
  investigated: 'staff',
  sharedWithDepartment: 'staff',
  messageLinked: 'shared',
  messageEdited: 'shared',
  messageDeleted: null,
  correctionNoted: 'staff',
  closed: null,
  reopened: null,
};

export const EVENT_KINDS = Object.keys(WORDS_KEPT) as readonly EventKind[];

/** In whose place the words of this event lie; null when it has none. */
export function wordsAudience(event: CaseFact): Audience | null {
  if (event.kind === 'noteAdded') return event.audience;
  const kept = WORDS_KEPT[event.kind];
  return kept === 'as-noted' ? null : kept;
}

/** Keys whose values are Slack user ids, in events and in cases: the store replaces them by references. */
export const PERSON_KEYS: ReadonlySet<string> = new Set([
  'person',
  'member',
  'members',
  'owner',
  'formerOwner',
  'primary',
  'secondary',
]);

/**
 * The same value with every person replaced by `replace`. Details of a change name their field, so `from` and `to`
 * of primary and secondary count as persons too.
 */
export function mapPeople<T>(value: T, replace: (person: string) => string): T {
  return mapValue(value, false, replace) as T;
}

function mapValue(value: unknown, isPerson: boolean, replace: (person: string) => string): unknown {
  if (typeof value === 'string') return isPerson ? replace(value) : value;
  if (Array.isArray(value)) return value.map((one) => mapValue(one, isPerson, replace));
  if (value === null || typeof value !== 'object') return value;
  const named = 'field' in value && PERSON_KEYS.has(String(value.field));
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [
      key,
      mapValue(held, PERSON_KEYS.has(key) || (named && (key === 'from' || key === 'to')), replace),
    ]),
  );
}
