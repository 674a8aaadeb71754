import { dayInTokyo, formatDay } from '../calendar.ts';
import type { Case, CaseDate } from './case.ts';
import type { CommandOf } from './command.ts';
import type { Decision, LaterCommand } from './decision.ts';
import type { DetailChange, DetailField } from './event.ts';
import { refuse } from './refusal.ts';

const FIELDS: readonly DetailField[] = ['company', 'service', 'primary', 'secondary', 'channel'];

/** The only clause of the terms that says anything about when: 「あらかじめ」. */
const CLAUSE_WITH_TIME = '第9条';

/** Who belongs to the case, its dates, what was said about it, its end. */
export function decideRecord(current: Case, command: LaterCommand): Decision {
  switch (command.kind) {
    case 'acceptRequest':
      return accept(current, command);
    case 'declineRequest':
      return current.intake === 'requested'
        ? [{ kind: 'requestDeclined', reason: command.reason }]
        : refuse('wrong-state', 'この案件は受付待ちではありません。');
    case 'amend':
      return amend(current, command);
    case 'addMember':
      return current.members.includes(command.member)
        ? refuse('nothing-to-change', 'その人はすでにこの案件のメンバーです。')
        : [{ kind: 'memberAdded', member: command.member }];
    case 'removeMember':
      return current.members.includes(command.member)
        ? [{ kind: 'memberRemoved', member: command.member }]
        : refuse('nothing-to-change', 'その人はこの案件のメンバーではありません。');
    case 'assign':
      return command.owner === current.owner
        ? refuse('nothing-to-change', '担当者は変わっていません。')
        : [{ kind: 'ownerChanged', owner: command.owner, formerOwner: current.owner }];
    case 'setDate':
      return setDate(current, command);
    case 'clearDate':
      return clearDate(current, command);
    case 'addNote':
      return addNote(command);
    case 'ask':
      return [{ kind: 'questionAsked', question: current.questionsAsked + 1, text: command.text }];
    case 'answer':
      return answer(current, command);
    case 'linkMessage':
    case 'recordMessageEdit':
    case 'recordMessageDeletion':
      return message(current, command);
    case 'noteCorrection':
      return [{ kind: 'correctionNoted', entry: command.entry, text: command.text }];
    case 'close':
      return [{ kind: 'closed', outcome: command.outcome, reason: command.reason ?? null }];
    case 'reopen':
      return current.closed === null
        ? refuse('nothing-to-change', 'この案件は閉じていません。')
        : [{ kind: 'reopened', reason: command.reason }];
    default:
      throw new Error(`${command.kind} is decided elsewhere`);
  }
}

function accept(current: Case, { owner }: CommandOf<'acceptRequest'>): Decision {
  if (current.intake !== 'requested') return refuse('wrong-state', 'この案件は受付待ちではありません。');
  if (owner === null || owner === current.owner) return [{ kind: 'requestAccepted' }];
  return [{ kind: 'requestAccepted' }, { kind: 'ownerChanged', owner, formerOwner: current.owner }];
}

/** Blank fields are absent here and stay; what `clear` names becomes empty. */
function amend(current: Case, command: CommandOf<'amend'>): Decision {
  const both = command.clear.find((field) => command[field] !== undefined);
  if (both !== undefined)
    return refuse('invalid', '同じ項目を、書き換えると同時に空にすることはできません。');
  const changes = FIELDS.flatMap((field): DetailChange[] => {
    const cleared = field !== 'company' && command.clear.includes(field);
    const to = cleared ? null : (command[field] ?? current[field]);
    return to === current[field] ? [] : [{ field, from: current[field], to }];
  });
  return changes.length === 0
    ? refuse('nothing-to-change', '変わるところがありません。空欄は「変更なし」として扱います。')
    : [{ kind: 'detailsChanged', changes }];
}

function setDate(current: Case, { subject, on, label, at }: CommandOf<'setDate'>): Decision {
  const date: CaseDate = { subject, on, label };
  const former = current.dates.find((one) => one.subject === subject) ?? null;
  if (JSON.stringify(former) === JSON.stringify(date))
    return refuse('nothing-to-change', '日付は変わっていません。');
  if (label.kind === '規約' && label.clause !== CLAUSE_WITH_TIME) {
    return refuse(
      'terms-order',
      `${label.clause}に期日の定めはありません。規約が時期に触れるのは第9条の「あらかじめ」だけです。公表資料、窓口の指示、社内目標のどれかを選んでください。`,
      CLAUSE_WITH_TIME,
    );
  }
  const told =
    label.kind === '公表資料' ? label.checkedOn : label.kind === '窓口の指示' ? label.toldOn : null;
  if (told !== null && told > dayInTokyo(at)) {
    return refuse(
      'invalid',
      `${formatDay(told)}はまだ来ていません。確かめた日・指示を受けた日を書いてください。`,
    );
  }
  return [{ kind: 'dateSet', date, former }];
}

function clearDate(current: Case, { subject }: CommandOf<'clearDate'>): Decision {
  const former = current.dates.find((date) => date.subject === subject);
  return former === undefined
    ? refuse('nothing-to-change', `「${subject}」の日付は登録されていません。`)
    : [{ kind: 'dateCleared', subject, former }];
}

function addNote({ audience, text, by }: CommandOf<'addNote'>): Decision {
  if (audience === 'staff' && by.as !== 'staff') {
    return refuse('not-allowed', '職員用のメモは担当室の職員だけが書けます。何も保存していません。');
  }
  return [{ kind: 'noteAdded', audience, text }];
}

function answer(current: Case, { question, text }: CommandOf<'answer'>): Decision {
  if (current.openQuestions.includes(question)) return [{ kind: 'questionAnswered', question, text }];
  return question <= current.questionsAsked
    ? refuse('wrong-state', `質問${question}にはすでに回答しています。`)
    : refuse('invalid', `質問${question}はありません。`);
}

/** A message is taken in once, by its place in Slack; edits and deletions of it are events of their own. */
function message(
  current: Case,
  command: CommandOf<'linkMessage' | 'recordMessageEdit' | 'recordMessageDeletion'>,
): Decision {
  const { channel, ts } = command;
  const linked = current.messages.find((one) => one.channel === channel && one.ts === ts);
  if (command.kind === 'linkMessage') {
    return linked === undefined
      ? [{ kind: 'messageLinked', channel, ts, text: command.text }]
      : refuse('nothing-to-change', 'このメッセージはすでに案件に取り込まれています。');
  }
  if (linked === undefined) return refuse('invalid', 'このメッセージは案件に取り込まれていません。');
  if (linked.deleted) return refuse('nothing-to-change', 'このメッセージはすでに削除されています。');
  return command.kind === 'recordMessageEdit'
    ? [{ kind: 'messageEdited', channel, ts, text: command.text }]
    : [{ kind: 'messageDeleted', channel, ts }];
}
