/** Command → events, or a refusal that names the clause. Pure: time and person come inside the command. */
import type { Case } from './case.ts';
import type { CaseCommand } from './command.ts';
import { decideOpening } from './decide-opening.ts';
import { decideRecord } from './decide-record.ts';
import { decideSteps } from './decide-steps.ts';
import { decideUsage } from './decide-usage.ts';
import type { Decision, LaterCommand } from './decision.ts';
import type { CaseEvent } from './event.ts';
import type { CaseRules } from './plan.ts';
import { isRefusal, NO_SUCH_CASE, type Refusal, refuse } from './refusal.ts';
import { decidesOwnCase, mayCommand } from './rights.ts';

/** What stays possible on a case that is closed, or a request that is not (yet) accepted. */
const ON_CLOSED = new Set([
  'reopen',
  'addNote',
  'recordMessageEdit',
  'recordMessageDeletion',
  'noteCorrection',
]);
const ON_REQUESTED = new Set([
  'acceptRequest',
  'declineRequest',
  'amend',
  'assign',
  'ask',
  'answer',
  'linkMessage',
]);

/**
 * Decides a command on a case (null: there is none yet). The events carry everything that happened, at least one;
 * a refusal means that nothing did.
 */
export function decide(
  current: Case | null,
  command: CaseCommand,
  rules: CaseRules,
): readonly CaseEvent[] | Refusal {
  const facts = decideFacts(current, command, rules);
  if (isRefusal(facts)) return facts;
  return facts.map((fact) => ({ ...fact, by: command.by, at: command.at }));
}

function decideFacts(current: Case | null, command: CaseCommand, rules: CaseRules): Decision {
  if (!mayCommand(command.by.as, command.kind)) {
    return refuse('not-allowed', 'この操作は担当室の職員だけができます。何も変わっていません。');
  }
  if (command.kind === 'open' || command.kind === 'request') {
    return current === null
      ? decideOpening(command, rules)
      : refuse('wrong-state', 'この案件はすでに登録されています。');
  }
  if (current === null) return NO_SUCH_CASE;
  return closedOff(current, command) ?? decideLater(current, command, rules);
}

function closedOff(current: Case, command: LaterCommand): Refusal | null {
  if (decidesOwnCase(current, command.by, command.kind)) {
    return refuse(
      'not-allowed',
      '自分が連絡先になっている案件の承認・受付はできません。別の職員に頼んでください。',
    );
  }
  if (current.closed !== null && !ON_CLOSED.has(command.kind)) {
    return refuse(
      'wrong-state',
      `この案件は「${current.closed}」で閉じています。続けるには、先に案件を開き直してください。`,
    );
  }
  if (current.intake === 'accepted' || ON_CLOSED.has(command.kind) || ON_REQUESTED.has(command.kind))
    return null;
  return current.intake === 'requested'
    ? refuse('wrong-state', 'この案件はまだ受け付けられていません。先に「受け付ける」を押してください。')
    : refuse('wrong-state', 'この申出は受け付けられませんでした。新しく案件を登録してください。');
}

function decideLater(current: Case, command: LaterCommand, rules: CaseRules): Decision {
  switch (command.kind) {
    case 'chooseApis':
    case 'adoptTerms':
    case 'moveStep':
    case 'waitFor':
    case 'setStepAside':
    case 'takeUpStep':
    case 'approvePlan':
    case 'withdrawPlanApproval':
      return decideSteps(current, command, rules);
    case 'startUse':
    case 'fileNotice':
    case 'carryOutNotice':
    case 'withdrawNotice':
    case 'stopByOffice':
    case 'liftOfficeStop':
    case 'correctUsage':
    case 'recordConsultation':
    case 'recordInvestigation':
    case 'shareWithDepartment':
      return decideUsage(current, command);
    default:
      return decideRecord(current, command);
  }
}
