import { dayInTokyo, formatDay } from '../calendar.ts';
import type { StepName } from '../terms/steps.ts';
import { type Case, type CaseStep, type Party, type StepState, stepOf } from './case.ts';
import type { CommandOf } from './command.ts';
import { apiProblem, tidyApis } from './decide-opening.ts';
import type { Decision } from './decision.ts';
import { type CaseRules, replan } from './plan.ts';
import { type Refusal, refuse } from './refusal.ts';

type StepCommand = CommandOf<
  | 'chooseApis'
  | 'adoptTerms'
  | 'moveStep'
  | 'waitFor'
  | 'setStepAside'
  | 'takeUpStep'
  | 'approvePlan'
  | 'withdrawPlanApproval'
>;

/** How far a step has come. 差戻し and 対象外 stand outside. */
const PROGRESS: Readonly<Record<string, number>> = { 未着手: 0, 準備中: 1, 提出済: 2, 確認中: 3, 完了: 4 };

/** Acts that 第6条 lets follow only on an approved 企画書. */
const AFTER_APPROVAL: readonly StepName[] = ['利用申込', '企画書添付'];
const PLAN_CLAUSE = '第6条';

export function decideSteps(current: Case, command: StepCommand, rules: CaseRules): Decision {
  switch (command.kind) {
    case 'chooseApis':
      return chooseApis(current, command, rules);
    case 'adoptTerms':
      return adoptTerms(current, rules);
    case 'moveStep':
      return moveStep(current, command);
    case 'waitFor':
      return waitFor(current, command);
    case 'setStepAside':
      return setAside(current, command);
    case 'takeUpStep':
      return takeUp(current, command);
    case 'approvePlan':
      return approvePlan(current, command);
    case 'withdrawPlanApproval':
      return withdrawApproval(current, command);
  }
}

/** Who is being waited for once a step has come to this state. */
export function waitingAfter(state: StepState): Party | null {
  if (state === '完了' || state === '対象外') return null;
  return state === '提出済' || state === '確認中' ? '担当室' : '提供者';
}

function chooseApis(current: Case, command: CommandOf<'chooseApis'>, rules: CaseRules): Decision {
  const to = tidyApis(command.apis);
  const wrong = apiProblem(to, rules);
  if (wrong !== null) return wrong;
  if (JSON.stringify(to) === JSON.stringify(tidyApis(current.apis))) return unchanged();
  const steps = replan(rules, current.kind, to, current.steps);
  return needsPlanFirst(current, steps) ?? [{ kind: 'apisChanged', from: current.apis, to, steps }];
}

function adoptTerms(current: Case, rules: CaseRules): Decision {
  if (rules.version === current.termsVersion) return unchanged();
  const wrong = apiProblem(current.apis, rules);
  if (wrong !== null) return wrong;
  const steps = replan(rules, current.kind, current.apis, current.steps);
  return (
    needsPlanFirst(current, steps) ?? [
      { kind: 'termsAdopted', from: current.termsVersion, to: rules.version, steps },
    ]
  );
}

/** A new plan may ask for an approved 企画書 where the 利用申込 has already gone out without one. */
function needsPlanFirst(current: Case, steps: readonly CaseStep[]): Refusal | null {
  const out = steps.some(({ name, state }) => AFTER_APPROVAL.includes(name) && isBeyondPreparation(state));
  if (!out || !needsPlan(steps) || current.planApprovedOn !== null) return null;
  return refuse(
    'terms-order',
    'このAPIの利用申込には、事前打合せを経て承認された企画書の添付が必要です。利用申込はすでに提出済みです。先に利用申込を「準備中」に戻すか、別の案件として登録してください。',
    PLAN_CLAUSE,
  );
}

function moveStep(current: Case, { step: name, to, reason, by }: CommandOf<'moveStep'>): Decision {
  const step = stepOf(current, name);
  if (step === null) return refuse('invalid', `この案件に手順「${name}」はありません。`);
  const { state: from } = step;
  if (from === '対象外') return outOfScope(step);
  if (to === '対象外') return refuse('invalid', '対象外にするには「対象外にする」を使ってください。');
  if (from === to) return refuse('nothing-to-change', `「${name}」はすでに「${to}」です。`);
  const refused =
    (by.as === 'provider' ? providerMove(step, to) : null) ?? moveProblem(current, step, to, reason ?? null);
  if (refused !== null) return refused;
  return [{ kind: 'stepMoved', step: name, from, to, waiting: waitingAfter(to), reason: reason ?? null }];
}

function providerMove({ name, state }: CaseStep, to: StepState): Refusal | null {
  const own = to === '準備中' || to === '提出済';
  if (own && ['未着手', '準備中', '差戻し'].includes(state)) return null;
  return refuse(
    'not-allowed',
    `「${name}」は「${state}」です。提供者の方ができるのは、準備を始めることと、提出したと伝えることです。ほかは担当室に質問してください。`,
  );
}

function moveProblem(current: Case, step: CaseStep, to: StepState, reason: string | null): Refusal | null {
  if (to === '差戻し' && step.state !== '提出済' && step.state !== '確認中') {
    return refuse(
      'wrong-state',
      `「${step.name}」は「${step.state}」です。差し戻せるのは提出済か確認中の手順です。`,
    );
  }
  const backwards = to === '差戻し' || (PROGRESS[to] ?? 0) < (PROGRESS[step.state] ?? 0);
  if (backwards && reason === null) {
    return refuse('invalid', `「${step.name}」を「${step.state}」から「${to}」に戻す理由を書いてください。`);
  }
  const waits = AFTER_APPROVAL.includes(step.name) && isBeyondPreparation(to) && needsPlan(current.steps);
  if (!waits || current.planApprovedOn !== null) return null;
  return refuse(
    'terms-order',
    `「${step.name}」には、事前打合せを経て担当室が承認した企画書が要ります。企画書の承認がまだ記録されていません。`,
    PLAN_CLAUSE,
  );
}

function waitFor(current: Case, { step: name, party }: CommandOf<'waitFor'>): Decision {
  const step = stepOf(current, name);
  if (step === null) return refuse('invalid', `この案件に手順「${name}」はありません。`);
  if (step.state === '対象外') return outOfScope(step);
  if (step.state === '完了') return refuse('wrong-state', `「${name}」は完了しています。`);
  if (step.waiting === party) return refuse('nothing-to-change', `「${name}」はすでに${party}待ちです。`);
  return [{ kind: 'waitingSet', step: name, from: step.waiting, to: party }];
}

/** Only what the terms leave to the provider (第7条), or what came up and fell away again, can be set aside by people. */
function setAside(current: Case, { step: name }: CommandOf<'setStepAside'>): Decision {
  const step = stepOf(current, name);
  if (step === null) return refuse('invalid', `この案件に手順「${name}」はありません。`);
  if (step.state === '対象外')
    return refuse('nothing-to-change', `「${name}」はすでに対象外です（${step.basis}）。`);
  if (step.state !== '未着手' && step.state !== '準備中') {
    return refuse(
      'wrong-state',
      `「${name}」は「${step.state}」です。提出したあとの手順は対象外にできません。`,
    );
  }
  if (step.need === 'optional') {
    return [{ kind: 'stepSetAside', step: name, ground: 'declined', basis: step.basis }];
  }
  if (name === '変更申請' || name === '停止再開終了届出') {
    return [{ kind: 'stepSetAside', step: name, ground: 'condition', basis: step.basis }];
  }
  return refuse('terms-order', `「${name}」は規約が求める手順なので、対象外にできません。`, step.basis);
}

function takeUp(current: Case, { step: name }: CommandOf<'takeUpStep'>): Decision {
  const step = stepOf(current, name);
  if (step === null) return refuse('invalid', `この案件に手順「${name}」はありません。`);
  if (step.state !== '対象外') return refuse('nothing-to-change', `「${name}」は対象外ではありません。`);
  if (step.aside === 'exempt') return outOfScope(step);
  const steps = current.steps.map((one) => (one === step ? { ...one, state: '未着手' as const } : one));
  return needsPlanFirst(current, steps) ?? [{ kind: 'stepTakenUp', step: name }];
}

/** 「事前打合せを経て…承認した…企画書」: the meeting comes before the approval. */
function approvePlan(current: Case, { on, at }: CommandOf<'approvePlan'>): Decision {
  const document = stepOf(current, '企画書添付');
  if (document === null || document.state === '対象外') {
    return refuse(
      'terms-order',
      '選ばれているAPIには企画書の添付が要りません。',
      document?.basis ?? PLAN_CLAUSE,
    );
  }
  if (current.planApprovedOn !== null) {
    return refuse('nothing-to-change', `企画書は${formatDay(current.planApprovedOn)}に承認されています。`);
  }
  if (on > dayInTokyo(at))
    return refuse('invalid', `${formatDay(on)}はまだ来ていません。承認した日を書いてください。`);
  if (stepOf(current, '事前打合せ')?.state !== '完了') {
    return refuse(
      'terms-order',
      '企画書は事前打合せを経て承認されます。先に「事前打合せ」を完了にしてください。',
      PLAN_CLAUSE,
    );
  }
  return [{ kind: 'planApproved', on }];
}

function withdrawApproval(current: Case, { reason }: CommandOf<'withdrawPlanApproval'>): Decision {
  if (current.planApprovedOn === null)
    return refuse('nothing-to-change', '企画書の承認は記録されていません。');
  const out = current.steps.find(
    ({ name, state }) => AFTER_APPROVAL.includes(name) && isBeyondPreparation(state),
  );
  if (out === undefined) return [{ kind: 'planApprovalWithdrawn', reason }];
  return refuse(
    'terms-order',
    `「${out.name}」が「${out.state}」です。承認を取り消すには、先にその手順を「準備中」に戻してください。`,
    PLAN_CLAUSE,
  );
}

function needsPlan(steps: readonly CaseStep[]): boolean {
  return steps.some(({ name, state }) => name === '企画書添付' && state !== '対象外');
}

function isBeyondPreparation(state: StepState): boolean {
  return state === '提出済' || state === '確認中' || state === '完了' || state === '差戻し';
}

function outOfScope({ name, basis, aside }: CaseStep): Refusal {
  const why = aside === 'exempt' ? '選ばれているAPIには適用されません' : 'この案件では対象外です';
  return refuse('terms-order', `「${name}」は${why}。`, basis);
}

function unchanged(): Refusal {
  return refuse('nothing-to-change', '変わるところがありません。');
}
