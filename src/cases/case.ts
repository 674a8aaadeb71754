/** 申請案件: one company's way to one use of the APIs, as the office records it. */
import type { Day } from '../calendar.ts';
import type { StepName, StepValue } from '../terms/steps.ts';

export const CASE_KINDS = ['新規', '変更', '停止・再開・終了'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

export const STEP_STATES = ['未着手', '準備中', '提出済', '確認中', '差戻し', '完了', '対象外'] as const;
export type StepState = (typeof STEP_STATES)[number];

/** Who is being waited for. */
export const PARTIES = ['提供者', '担当室'] as const;
export type Party = (typeof PARTIES)[number];

/** Acts of the provider that 第9条 wants notified beforehand. */
export const NOTICE_ACTS = ['停止', '再開', '終了'] as const;
export type NoticeAct = (typeof NOTICE_ACTS)[number];

/** Staff-only and shared words never lie in the same place. */
export type Audience = 'staff' | 'shared';

/** Who does something: a Slack user id, and in what standing. The server found the standing out, never the client. */
export interface Actor {
  readonly person: string;
  readonly as: 'staff' | 'provider' | 'system';
}

/** APIs by 項番 of the version the case stands under; others as they were typed, never forced to a row. */
export interface ChosenApis {
  readonly rows: readonly number[];
  readonly typed: readonly string[];
}

/** Why a step is 対象外: 第16条 takes it out, its condition has not come up, or the provider needs it not (第7条). */
export type AsideGround = 'exempt' | 'condition' | 'declined';

/** One of the nine steps in this case. `basis` and `rows` come from the plan of the chosen APIs. */
export interface CaseStep {
  readonly name: StepName;
  readonly need: StepValue;
  /** 項番 that need it or may use it. */
  readonly rows: readonly number[];
  /** Canonical citation: the clause of the step, or the clause that takes it out. */
  readonly basis: string;
  readonly state: StepState;
  /** Set while the state is 対象外. */
  readonly aside: AsideGround | null;
  readonly waiting: Party | null;
}

/** Where a date comes from. The terms themselves set none but 「あらかじめ」 (第9条). */
export type DateLabel =
  | { readonly kind: '規約'; readonly clause: string }
  | { readonly kind: '公表資料'; readonly address: string; readonly checkedOn: Day }
  | { readonly kind: '窓口の指示'; readonly by: string; readonly toldOn: Day }
  | { readonly kind: '社内目標' };

export const OTHER_DATE_SUBJECTS = ['利用開始', '利用停止', '利用再開', '利用終了', '案件全体'] as const;
export type DateSubject = StepName | (typeof OTHER_DATE_SUBJECTS)[number];

export interface CaseDate {
  readonly subject: DateSubject;
  readonly on: Day;
  readonly label: DateLabel;
}

/** The ground of a stop by the office: an act of 第11条第1項, done or feared (第2項), or a condition not met (第3項). */
export type StopGround =
  | { readonly paragraph: 2; readonly item: number; readonly found: '行った' | '行うおそれ' }
  | { readonly paragraph: 3; readonly item: number };

/** Five different things; `since` is null where nobody has said. */
export type Usage =
  | { readonly state: 'not-in-use' }
  | { readonly state: 'in-use'; readonly since: Day | null }
  | { readonly state: 'suspended-by-notice'; readonly since: Day | null }
  | {
      readonly state: 'stopped-by-office';
      readonly since: Day;
      /** Null only in what a provider is shown. */
      readonly ground: StopGround | null;
      readonly before: 'in-use' | 'suspended-by-notice';
    }
  | { readonly state: 'ended'; readonly since: Day };

/** A 届出 of 第9条. */
export interface Notice {
  readonly act: NoticeAct;
  readonly filedOn: Day;
  readonly plannedOn: Day | null;
  readonly carriedOutOn: Day | null;
}

/** A request is a case that staff have not accepted yet. */
export type Intake = 'requested' | 'accepted' | 'declined';

export const OUTCOMES = ['完了', '取下げ'] as const;
export type CloseOutcome = (typeof OUTCOMES)[number];

/** A message that fed the case. */
export interface LinkedMessage {
  readonly channel: string;
  readonly ts: string;
  readonly deleted: boolean;
}

export interface Case {
  readonly company: string;
  readonly service: string | null;
  readonly kind: CaseKind;
  readonly apis: ChosenApis;
  readonly termsVersion: string;
  readonly intake: Intake;
  readonly closed: CloseOutcome | null;
  /** Slack user ids. */
  readonly primary: string | null;
  readonly secondary: string | null;
  readonly members: readonly string[];
  readonly owner: string | null;
  /** Slack channel id. */
  readonly channel: string | null;
  readonly steps: readonly CaseStep[];
  /** When the office approved the 企画書 (第6条). */
  readonly planApprovedOn: Day | null;
  readonly usage: Usage;
  readonly notices: readonly Notice[];
  /** Days of the 協議 that 第11条第4項 wants before a 現地調査等. */
  readonly consultations: readonly Day[];
  readonly dates: readonly CaseDate[];
  readonly questionsAsked: number;
  readonly openQuestions: readonly number[];
  readonly messages: readonly LinkedMessage[];
  /** Epoch milliseconds. */
  readonly openedAt: number;
  readonly changedAt: number;
}

export function stepOf(current: Case, name: StepName): CaseStep | null {
  return current.steps.find((step) => step.name === name) ?? null;
}

/** The 届出 of this act that has not been carried out yet; there is never more than one. */
export function openNotice(current: Case, act: NoticeAct): Notice | null {
  return current.notices.find((notice) => notice.act === act && notice.carriedOutOn === null) ?? null;
}

/** The label of a state of use in Japanese. */
export function usageLabel({ state }: Usage): string {
  return USAGE_LABELS[state];
}

const USAGE_LABELS: Readonly<Record<Usage['state'], string>> = {
  'not-in-use': '利用前',
  'in-use': '利用中',
  'suspended-by-notice': '届出による停止中（第9条）',
  'stopped-by-office': '担当室による停止中（第11条）',
  ended: '利用終了',
};
