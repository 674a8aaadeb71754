/** Events → case. Knows no rules: what an event says is what happened. */
import { type Case, type CaseStep, openNotice, type Usage } from './case.ts';
import type { CaseEvent } from './event.ts';

/** The case after one more event. The first event is `opened` or `requested`; words of people are never needed. */
export function evolve(current: Case | null, event: CaseEvent): Case {
  if (event.kind === 'opened' || event.kind === 'requested') return opened(event);
  if (current === null) throw new Error(`a case cannot begin with ${event.kind}`);
  return { ...current, ...changed(current, event), changedAt: event.at };
}

/** The case after all its events, in their order. */
export function replay(events: readonly CaseEvent[]): Case | null {
  return events.reduce<Case | null>(evolve, null);
}

function opened(event: Extract<CaseEvent, { kind: 'opened' | 'requested' }>): Case {
  const { company, service, apis, termsVersion, primary, secondary, members, owner, channel, usage, steps } =
    event;
  return {
    company,
    service,
    kind: event.caseKind,
    apis,
    termsVersion,
    intake: event.kind === 'opened' ? 'accepted' : 'requested',
    closed: null,
    primary,
    secondary,
    members,
    owner,
    channel,
    steps,
    planApprovedOn: null,
    usage,
    notices: [],
    consultations: [],
    dates: [],
    questionsAsked: 0,
    openQuestions: [],
    messages: [],
    openedAt: event.at,
    changedAt: event.at,
  };
}

type Later = Exclude<CaseEvent, { kind: 'opened' | 'requested' }>;

function changed(current: Case, event: Later): Partial<Case> {
  switch (event.kind) {
    case 'requestAccepted':
      return { intake: 'accepted' };
    case 'requestDeclined':
      return { intake: 'declined' };
    case 'detailsChanged':
      return Object.fromEntries(event.changes.map(({ field, to }) => [field, to]));
    case 'memberAdded':
      return { members: [...current.members, event.member] };
    case 'memberRemoved':
      return { members: current.members.filter((member) => member !== event.member) };
    case 'ownerChanged':
      return { owner: event.owner };
    case 'apisChanged':
      return { apis: event.to, steps: event.steps };
    case 'termsAdopted':
      return { termsVersion: event.to, steps: event.steps };
    case 'stepMoved':
      return {
        steps: withStep(current, event.step, { state: event.to, waiting: event.waiting, aside: null }),
      };
    case 'waitingSet':
      return { steps: withStep(current, event.step, { waiting: event.to }) };
    case 'stepSetAside':
      return {
        steps: withStep(current, event.step, {
          state: '対象外',
          aside: event.ground,
          basis: event.basis,
          waiting: null,
        }),
      };
    case 'stepTakenUp':
      return { steps: withStep(current, event.step, { state: '未着手', aside: null, waiting: '提供者' }) };
    case 'planApproved':
      return { planApprovedOn: event.on };
    case 'planApprovalWithdrawn':
      return { planApprovedOn: null };
    case 'dateSet':
      return { dates: [...datesWithout(current, event.date.subject), event.date] };
    case 'dateCleared':
      return { dates: datesWithout(current, event.subject) };
    case 'noteAdded':
    case 'correctionNoted':
    case 'sharedWithDepartment':
    case 'investigated':
    case 'messageEdited':
      return {};
    case 'questionAsked':
      return { questionsAsked: event.question, openQuestions: [...current.openQuestions, event.question] };
    case 'questionAnswered':
      return { openQuestions: current.openQuestions.filter((open) => open !== event.question) };
    case 'useStarted':
      return { usage: { state: 'in-use', since: event.on } };
    case 'noticeFiled':
      return {
        notices: [
          ...current.notices,
          { act: event.act, filedOn: event.filedOn, plannedOn: event.plannedOn, carriedOutOn: null },
        ],
      };
    case 'noticeCarriedOut':
      return { usage: usageAfter(event), notices: carriedOut(current, event) };
    case 'noticeWithdrawn':
      return { notices: current.notices.filter((notice) => notice !== openNotice(current, event.act)) };
    case 'stoppedByOffice':
      return {
        usage: {
          state: 'stopped-by-office',
          since: event.on,
          ground: event.ground,
          before: current.usage.state === 'suspended-by-notice' ? 'suspended-by-notice' : 'in-use',
        },
      };
    case 'officeStopLifted':
      return current.usage.state === 'stopped-by-office'
        ? { usage: { state: current.usage.before, since: event.on } }
        : {};
    case 'usageCorrected':
      return { usage: event.to };
    case 'consulted':
      return { consultations: [...current.consultations, event.on] };
    case 'messageLinked':
      return { messages: [...current.messages, { channel: event.channel, ts: event.ts, deleted: false }] };
    case 'messageDeleted':
      return {
        messages: current.messages.map((message) =>
          message.channel === event.channel && message.ts === event.ts
            ? { ...message, deleted: true }
            : message,
        ),
      };
    case 'closed':
      return { closed: event.outcome };
    case 'reopened':
      return { closed: null };
  }
}

function withStep(current: Case, name: string, change: Partial<CaseStep>): CaseStep[] {
  return current.steps.map((step) => (step.name === name ? { ...step, ...change } : step));
}

function datesWithout(current: Case, subject: string) {
  return current.dates.filter((date) => date.subject !== subject);
}

function usageAfter({ act, on }: Extract<CaseEvent, { kind: 'noticeCarriedOut' }>): Usage {
  if (act === '停止') return { state: 'suspended-by-notice', since: on };
  return act === '再開' ? { state: 'in-use', since: on } : { state: 'ended', since: on };
}

function carriedOut(current: Case, event: Extract<CaseEvent, { kind: 'noticeCarriedOut' }>) {
  const open = openNotice(current, event.act);
  return current.notices.map((notice) => (notice === open ? { ...notice, carriedOutOn: event.on } : notice));
}
