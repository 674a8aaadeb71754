import { type Day, dayInTokyo, formatDay } from '../calendar.ts';
import { type Case, type NoticeAct, openNotice, stepOf, type Usage, usageLabel } from './case.ts';
import type { CommandOf } from './command.ts';
import { waitingAfter } from './decide-steps.ts';
import type { Decision } from './decision.ts';
import type { CaseFact } from './event.ts';
import { type Refusal, refuse } from './refusal.ts';

type UsageCommand = CommandOf<
  | 'startUse'
  | 'fileNotice'
  | 'carryOutNotice'
  | 'withdrawNotice'
  | 'stopByOffice'
  | 'liftOfficeStop'
  | 'correctUsage'
  | 'recordConsultation'
  | 'recordInvestigation'
  | 'shareWithDepartment'
>;

const NOTICE_CLAUSE = '第9条';

/** From which states of use an act of 第9条 can take effect. A stop by the office is not undone by a 再開 of the provider. */
const ACTS_FROM: Readonly<Record<NoticeAct, readonly Usage['state'][]>> = {
  停止: ['in-use'],
  再開: ['suspended-by-notice'],
  終了: ['in-use', 'suspended-by-notice', 'stopped-by-office'],
};

/** Use and its ends: started, notified by the provider (第9条), stopped by the office (第11条), looked into, passed on (第10条). */
export function decideUsage(current: Case, command: UsageCommand): Decision {
  const early = 'on' in command ? notYet(command.on, command.at) : null;
  if (early !== null) return early;
  switch (command.kind) {
    case 'startUse':
      return startUse(current, command);
    case 'fileNotice':
      return fileNotice(current, command);
    case 'carryOutNotice':
      return carryOutNotice(current, command);
    case 'withdrawNotice':
      return openNotice(current, command.act) === null
        ? noNotice(command.act)
        : [{ kind: 'noticeWithdrawn', act: command.act, reason: command.reason }];
    case 'stopByOffice':
      return stopByOffice(current, command);
    case 'liftOfficeStop':
      return liftOfficeStop(current, command);
    case 'correctUsage':
      return correctUsage(current, command);
    case 'recordConsultation':
      return [{ kind: 'consulted', on: command.on, text: command.text }];
    case 'recordInvestigation':
      return investigate(current, command);
    case 'shareWithDepartment':
      return [
        {
          kind: 'sharedWithDepartment',
          item: command.item,
          department: command.department,
          text: command.text,
        },
      ];
  }
}

/** The terms have no article on 利用開始, so nothing forbids it; unfinished steps are shown before it is recorded. */
function startUse(current: Case, { on, despiteUnfinished }: CommandOf<'startUse'>): Decision {
  if (current.usage.state !== 'not-in-use') return already(current);
  const unfinished = current.steps
    .filter(({ state, need }) => state !== '完了' && state !== '対象外' && need === 'required')
    .map(({ name }) => name);
  if (unfinished.length > 0 && !despiteUnfinished) {
    return refuse(
      'wrong-state',
      `完了していない手順があります：${unfinished.join('、')}。利用開始について規約に定めはありません。このまま記録するときは「未完了のまま記録する」を選んでください。`,
    );
  }
  return [{ kind: 'useStarted', on, unfinished }];
}

function fileNotice(current: Case, { act, filedOn, plannedOn, at }: CommandOf<'fileNotice'>): Decision {
  const early = notYet(filedOn, at);
  if (early !== null) return early;
  if (current.usage.state === 'not-in-use' || current.usage.state === 'ended')
    return notPossible(current, act);
  if (act === '再開' && current.usage.state === 'stopped-by-office') return notPossible(current, act);
  const open = openNotice(current, act);
  if (open !== null) {
    return refuse(
      'nothing-to-change',
      `${act}の届出は${formatDay(open.filedOn)}に受けています。取り下げてから改めて記録してください。`,
    );
  }
  if (plannedOn !== null && plannedOn < filedOn) {
    return refuse(
      'terms-order',
      `${act}の予定日（${formatDay(plannedOn)}）が届出の日（${formatDay(filedOn)}）より前です。届出は「あらかじめ」行うものとされています。`,
      NOTICE_CLAUSE,
    );
  }
  return [{ kind: 'noticeFiled', act, filedOn, plannedOn }, ...noticeStep(current, '提出済')];
}

function carryOutNotice(current: Case, { act, on }: CommandOf<'carryOutNotice'>): Decision {
  if (!ACTS_FROM[act].includes(current.usage.state)) return notPossible(current, act);
  const notice = openNotice(current, act);
  if (notice === null) return noNotice(act);
  if (on < notice.filedOn) {
    return refuse(
      'terms-order',
      `${act}の日（${formatDay(on)}）が届出の日（${formatDay(notice.filedOn)}）より前です。届出は「あらかじめ」行うものとされています。`,
      NOTICE_CLAUSE,
    );
  }
  return [{ kind: 'noticeCarriedOut', act, on }, ...noticeStep(current, '完了')];
}

/** The step of 第9条 goes along with the 届出. */
function noticeStep(current: Case, to: '提出済' | '完了'): CaseFact[] {
  const step = stepOf(current, '停止再開終了届出');
  if (step === null || step.state === to) return [];
  const takenUp: CaseFact[] = step.state === '対象外' ? [{ kind: 'stepTakenUp', step: step.name }] : [];
  const from = step.state === '対象外' ? '未着手' : step.state;
  return [
    ...takenUp,
    { kind: 'stepMoved', step: step.name, from, to, waiting: waitingAfter(to), reason: null },
  ];
}

function stopByOffice(current: Case, { on, ground, text }: CommandOf<'stopByOffice'>): Decision {
  const { state } = current.usage;
  if (state === 'in-use' || state === 'suspended-by-notice')
    return [{ kind: 'stoppedByOffice', on, ground, text }];
  return refuse(
    'wrong-state',
    `この案件は「${usageLabel(current.usage)}」です。担当室による停止は、利用中か届出による停止中の案件に記録します。`,
    `第11条第${ground.paragraph}項`,
  );
}

/** The terms say nothing on the end of such a stop: what is recorded is the office's own decision. */
function liftOfficeStop(current: Case, { on, text }: CommandOf<'liftOfficeStop'>): Decision {
  if (current.usage.state !== 'stopped-by-office') {
    return refuse(
      'wrong-state',
      `この案件は「${usageLabel(current.usage)}」です。担当室による停止は記録されていません。`,
    );
  }
  if (on >= current.usage.since) return [{ kind: 'officeStopLifted', on, text }];
  return refuse('invalid', `解除の日が停止の日（${formatDay(current.usage.since)}）より前です。`);
}

function correctUsage(current: Case, { to, reason }: CommandOf<'correctUsage'>): Decision {
  if (JSON.stringify(to) === JSON.stringify(current.usage)) {
    return refuse('nothing-to-change', `すでに「${usageLabel(to)}」です。`);
  }
  return [{ kind: 'usageCorrected', from: current.usage, to, reason }];
}

/** 「Ｗｅｂサービス提供者等と協議の上」: the consultation comes first. */
function investigate(current: Case, { on, text }: CommandOf<'recordInvestigation'>): Decision {
  if (current.consultations.some((consulted) => consulted <= on)) return [{ kind: 'investigated', on, text }];
  return refuse(
    'terms-order',
    '現地調査等は提供者との協議の上で行うものとされています。先に協議を記録してください。',
    '第11条第4項',
  );
}

function notPossible(current: Case, act: NoticeAct): Refusal {
  const { usage } = current;
  if (act === '再開' && usage.state === 'stopped-by-office') {
    return refuse(
      'wrong-state',
      '担当室による停止（第11条）は、第9条の再開の届出では解けません。規約に解除の手続の定めはありません。担当室が解除したときは「停止を解除する」で記録してください。',
      '第11条',
    );
  }
  return refuse('wrong-state', `この案件は「${usageLabel(usage)}」です。${act}はできません。`, NOTICE_CLAUSE);
}

function noNotice(act: NoticeAct): Refusal {
  return refuse(
    'terms-order',
    `${act}の届出が記録されていません。届出は「あらかじめ」行うものとされています。`,
    NOTICE_CLAUSE,
  );
}

function already({ usage }: Case): Refusal {
  return refuse('wrong-state', `この案件はすでに「${usageLabel(usage)}」です。`);
}

function notYet(day: Day, at: number): Refusal | null {
  if (day <= dayInTokyo(at)) return null;
  return refuse(
    'invalid',
    `${formatDay(day)}はまだ来ていません。起きたことだけを記録します。予定は日付として登録してください。`,
  );
}
