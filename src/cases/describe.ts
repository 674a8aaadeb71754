/** One Japanese sentence for each thing that happened: the only place that turns an event into words. */
import { formatDay } from '../calendar.ts';
import {
  type AsideGround,
  type CaseDate,
  type ChosenApis,
  type DateLabel,
  type StopGround,
  usageLabel,
} from './case.ts';
import type { CaseFact, DetailChange } from './event.ts';

const FIELD_NAMES: Readonly<Record<DetailChange['field'], string>> = {
  company: '会社名',
  service: 'サービス名',
  primary: '主たる連絡先',
  secondary: '副たる連絡先',
  channel: 'チャンネル',
};

/** 第10条第1号 to 第5号, in short. */
export const SHARED_KINDS: readonly string[] = [
  '事前打合せの内容（第10条第1号）',
  '利用申込の内容（第10条第2号）',
  '利用内容の変更の内容（第10条第3号）',
  '利用の停止・再開・終了の内容（第10条第4号）',
  'その他提供することが必要と認める内容（第10条第5号）',
];

const ASIDE_WORDS: Readonly<Record<AsideGround, string>> = {
  exempt: '適用されないため',
  condition: '条件に当たらないため',
  declined: '提供者が必要としないため',
};

/**
 * What happened, in one sentence without the person and the time. `nameOf` turns a Slack user id into what is shown,
 * a mention or a name; channels are written as `<#C…>` only through `channelOf`.
 */
export function describeEvent(
  event: CaseFact,
  nameOf: (person: string) => string,
  channelOf: (channel: string) => string = (channel) => channel,
): string {
  const person = (id: string | null) => (id === null ? 'なし' : nameOf(id));
  switch (event.kind) {
    case 'opened':
      return `案件を登録しました（${event.caseKind}、${describeApis(event.apis)}）。`;
    case 'requested':
      return `案件の受付を申し出ました（${event.caseKind}、${describeApis(event.apis)}）。`;
    case 'requestAccepted':
      return '申出を受け付けました。';
    case 'requestDeclined':
      return `申出を受け付けませんでした。理由：${event.reason}`;
    case 'detailsChanged':
      return `${event.changes.map((change) => describeChange(change, person, channelOf)).join('、')}に変えました。`;
    case 'memberAdded':
      return `${person(event.member)}をメンバーに加えました。`;
    case 'memberRemoved':
      return `${person(event.member)}をメンバーから外しました。`;
    case 'ownerChanged':
      return `担当者を${person(event.formerOwner)}から${person(event.owner)}に変えました。`;
    case 'apisChanged':
      return `APIを${describeApis(event.from)}から${describeApis(event.to)}に変え、手順を導き直しました。`;
    case 'termsAdopted':
      return `規約の版を${event.from}から${event.to}に移し、手順を導き直しました（第14条第3項）。`;
    case 'stepMoved':
      return `「${event.step}」を${event.from}から${event.to}にしました。${event.reason === null ? '' : `理由：${event.reason}`}`;
    case 'waitingSet':
      return `「${event.step}」を${event.to === null ? '誰も待っていない状態' : `${event.to}待ち`}にしました。`;
    case 'stepSetAside':
      return `「${event.step}」を${ASIDE_WORDS[event.ground]}対象外にしました（${event.basis}）。`;
    case 'stepTakenUp':
      return `「${event.step}」を対象に戻しました。`;
    case 'planApproved':
      return `企画書を${formatDay(event.on)}に承認したことを記録しました（第6条）。`;
    case 'planApprovalWithdrawn':
      return `企画書の承認の記録を取り消しました。理由：${event.reason}`;
    case 'dateSet':
      return `${describeDate(event.date)}としました${event.former === null ? '' : `（前は${formatDay(event.former.on)}）`}。`;
    case 'dateCleared':
      return `「${event.subject}」の日付（${formatDay(event.former.on)}）を消しました。`;
    case 'noteAdded':
      return `${event.audience === 'staff' ? '職員用の' : '共有の'}メモを書きました。`;
    case 'questionAsked':
      return `質問${event.question}をしました。`;
    case 'questionAnswered':
      return `質問${event.question}に回答しました。`;
    case 'useStarted':
      return `${formatDay(event.on)}に利用を開始しました${event.unfinished.length === 0 ? '' : `（未完了の手順：${event.unfinished.join('、')}）`}。`;
    case 'noticeFiled':
      return `利用の${event.act}の届出を${formatDay(event.filedOn)}に受けました${event.plannedOn === null ? '' : `（予定日は${formatDay(event.plannedOn)}）`}（第9条）。`;
    case 'noticeCarriedOut':
      return `届出のとおり、${formatDay(event.on)}に利用を${event.act}しました（第9条）。`;
    case 'noticeWithdrawn':
      return `利用の${event.act}の届出が取り下げられました。理由：${event.reason}`;
    case 'stoppedByOffice':
      return `担当室が${formatDay(event.on)}に利用を停止させました（${describeGround(event.ground)}）。`;
    case 'officeStopLifted':
      return `担当室が${formatDay(event.on)}に利用の停止を解除しました（規約に解除の手続の定めはありません）。`;
    case 'usageCorrected':
      return `利用の状態を「${usageLabel(event.from)}」から「${usageLabel(event.to)}」に訂正しました。理由：${event.reason}`;
    case 'consulted':
      return `現地調査等について、${formatDay(event.on)}に提供者と協議しました（第11条第4項）。`;
    case 'investigated':
      return `${formatDay(event.on)}に現地調査等を行いました（第11条第4項）。`;
    case 'sharedWithDepartment':
      return `${event.department}に${SHARED_KINDS[event.item - 1]}を提供しました。`;
    case 'messageLinked':
      return 'メッセージを案件に取り込みました。';
    case 'messageEdited':
      return '取り込んだメッセージが編集されました。';
    case 'messageDeleted':
      return '取り込んだメッセージが削除されました。';
    case 'correctionNoted':
      return `記録${event.entry}について訂正を書きました。`;
    case 'closed':
      return `案件を「${event.outcome}」として閉じました。${event.reason === null ? '' : `理由：${event.reason}`}`;
    case 'reopened':
      return `案件を開き直しました。理由：${event.reason}`;
  }
}

/** 項番4・16、別表にないAPI「属性連携設定」 */
export function describeApis({ rows, typed }: ChosenApis): string {
  const held = rows.length === 0 ? [] : [`項番${rows.join('・')}`];
  const others = typed.map((name) => `別表にないAPI「${name}」`);
  return [...held, ...others].join('、');
}

/** 「利用申込」の日付を2027年4月1日（木）（窓口の指示：…） */
export function describeDate({ subject, on, label }: CaseDate): string {
  return `「${subject}」の日付を${formatDay(on)}（${describeLabel(label)}）`;
}

/** Where a date comes from, in full. */
export function describeLabel(label: DateLabel): string {
  switch (label.kind) {
    case '規約':
      return `規約：${label.clause}`;
    case '公表資料':
      return `公表資料：${label.address}、${formatDay(label.checkedOn)}に確認`;
    case '窓口の指示':
      return `窓口の指示：${label.by}、${formatDay(label.toldOn)}`;
    case '社内目標':
      return '社内目標';
  }
}

/** 第11条第2項（第1項第3号の行為を行うおそれ） or 第11条第3項第1号. */
export function describeGround(ground: StopGround | null): string {
  if (ground === null) return '第11条';
  if (ground.paragraph === 3) return `第11条第3項第${ground.item}号`;
  return `第11条第2項：第1項第${ground.item}号の行為を${ground.found}`;
}

function describeChange(
  { field, to }: DetailChange,
  person: (id: string | null) => string,
  channelOf: (channel: string) => string,
): string {
  if (to === null) return `${FIELD_NAMES[field]}を空欄`;
  if (field === 'primary' || field === 'secondary') return `${FIELD_NAMES[field]}を${person(to)}`;
  return `${FIELD_NAMES[field]}を${field === 'channel' ? channelOf(to) : `「${to}」`}`;
}
