/** Generated commands: likely enough to reach deep states, wild enough to be refused often. */

import fc from 'fast-check';
import { addDays } from '../../src/calendar.ts';
import {
  CASE_KINDS,
  NOTICE_ACTS,
  OTHER_DATE_SUBJECTS,
  OUTCOMES,
  PARTIES,
  STEP_STATES,
} from '../../src/cases/case.ts';
import type { CaseCommandInput, CommandKind } from '../../src/cases/command.ts';
import type { CommandBody } from '../../src/store/case-request.ts';
import { STEP_NAMES } from '../../src/terms/steps.ts';
import { officialNames } from '../terms/held.ts';
import { NOW, rules, TODAY } from './case-rules.ts';

export { NOW, rules, TODAY };
export const apiNames = new Map(officialNames.map((name, index) => [index + 1, name]));

/** People of the tests: two of staff, three of provider A, one of B, one of neither. */
export const STAFF = ['USTAFF1', 'USTAFF2'];
export const PROVIDERS = ['UA1', 'UA2', 'UA3', 'UB1', 'UX1'];

const user = fc.constantFrom(...STAFF, ...PROVIDERS);
const channel = fc.constantFrom('CA', 'CB', 'CGENERAL');
const day = fc.integer({ min: -40, max: 20 }).map((count) => addDays(TODAY, count));
const words = fc.oneof(
  fc.constantFrom('追記です', '=SUM(A1)', '\u202e逆さ', '👩‍👩‍👧‍👦', 'メモ'.repeat(30)),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
);
const company = fc.constantFrom('株式会社あおぞら', 'みどり健康', 'ＡＢＣ商事', '東西データ');
const apis = fc.record({
  rows: fc.uniqueArray(fc.integer({ min: 1, max: 18 }), { maxLength: 4 }),
  typed: fc.subarray(['属性連携設定', 'PMH情報連携']),
});
const step = fc.constantFrom(...STEP_NAMES);
const act = fc.constantFrom(...NOTICE_ACTS);
const label = fc.oneof(
  fc.constant({ kind: '社内目標' as const }),
  fc.constantFrom('第9条', '第5条').map((clause) => ({ kind: '規約' as const, clause })),
  day.map((checkedOn) => ({ kind: '公表資料' as const, address: 'https://myna.go.jp/html/api/', checkedOn })),
  day.map((toldOn) => ({ kind: '窓口の指示' as const, by: '窓口 佐藤', toldOn })),
);
const ground = fc.oneof(
  fc.record({
    paragraph: fc.constant(2 as const),
    item: fc.integer({ min: 1, max: 6 }),
    found: fc.constantFrom('行った' as const, '行うおそれ' as const),
  }),
  fc.record({ paragraph: fc.constant(3 as const), item: fc.integer({ min: 1, max: 2 }) }),
);
const subject = fc.oneof(
  fc.constant('利用申込' as const),
  fc.constantFrom(...STEP_NAMES, ...OTHER_DATE_SUBJECTS),
);
const ts = fc.constantFrom('1.1', '2.2');
const messageChannel = fc.constant('CA');
const opening = {
  company,
  service: fc.option(words),
  caseKind: fc.constantFrom(...CASE_KINDS),
  apis,
  primary: fc.option(fc.constantFrom(...PROVIDERS)),
  secondary: fc.option(fc.constantFrom(...PROVIDERS)),
  members: fc.subarray(PROVIDERS),
  channel: fc.option(channel),
};
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

type BodyOf<K extends CommandKind> = Omit<Extract<CaseCommandInput, { kind: K }>, 'kind' | 'by' | 'at'>;
type Generators = { readonly [K in CommandKind]: fc.Arbitrary<BodyOf<K>> };

/** One generator for each command: a new command has to bring its own. */
const generators: Generators = {
  open: fc.record({ ...opening, owner: fc.option(fc.constantFrom(...STAFF)) }),
  request: fc.record(opening),
  acceptRequest: fc.record({ owner: fc.option(fc.constantFrom(...STAFF)) }),
  declineRequest: fc.record({ reason: words }),
  amend: fc.record({
    company: maybe(fc.oneof(company, fc.constant(''))),
    service: maybe(fc.oneof(words, fc.constant(' '))),
    primary: maybe(user),
    channel: maybe(channel),
    clear: fc.subarray(['service', 'primary', 'secondary', 'channel'] as const),
  }),
  addMember: fc.record({ member: user }),
  removeMember: fc.record({ member: user }),
  assign: fc.record({ owner: fc.option(fc.constantFrom(...STAFF)) }),
  chooseApis: fc.record({ apis }),
  adoptTerms: fc.constant({}),
  moveStep: fc.record({ step, to: fc.constantFrom(...STEP_STATES), reason: maybe(words) }),
  waitFor: fc.record({ step, party: fc.constantFrom(...PARTIES) }),
  setStepAside: fc.record({ step }),
  takeUpStep: fc.record({ step }),
  approvePlan: fc.record({ on: day }),
  withdrawPlanApproval: fc.record({ reason: words }),
  setDate: fc.record({ subject, on: day, label }),
  clearDate: fc.record({ subject }),
  addNote: fc.record({ audience: fc.constantFrom('staff' as const, 'shared' as const), text: words }),
  ask: fc.record({ text: words }),
  answer: fc.record({ question: fc.integer({ min: 1, max: 3 }), text: words }),
  startUse: fc.record({ on: day, despiteUnfinished: fc.boolean() }),
  fileNotice: fc.record({ act, filedOn: day, plannedOn: fc.option(day) }),
  carryOutNotice: fc.record({ act, on: day }),
  withdrawNotice: fc.record({ act, reason: words }),
  stopByOffice: fc.record({ on: day, ground, text: words }),
  liftOfficeStop: fc.record({ on: day, text: words }),
  correctUsage: fc.record({
    to: fc.oneof(
      fc.constantFrom({ state: 'not-in-use' as const }, { state: 'in-use' as const, since: null }),
      day.map((since) => ({ state: 'ended' as const, since })),
    ),
    reason: words,
  }),
  recordConsultation: fc.record({ on: day, text: words }),
  recordInvestigation: fc.record({ on: day, text: words }),
  shareWithDepartment: fc.record({
    item: fc.integer({ min: 1, max: 5 }),
    department: fc.constant('厚生労働省'),
    text: words,
  }),
  linkMessage: fc.record({ channel: messageChannel, ts, text: words }),
  recordMessageEdit: fc.record({ channel: messageChannel, ts, text: words }),
  recordMessageDeletion: fc.record({ channel: messageChannel, ts }),
  noteCorrection: fc.record({ entry: fc.integer({ min: 1, max: 5 }), text: words }),
  close: fc.record({ outcome: fc.constantFrom(...OUTCOMES), reason: maybe(words) }),
  reopen: fc.record({ reason: words }),
};

const WEIGHTS: Partial<Record<CommandKind, number>> = {
  moveStep: 14,
  approvePlan: 4,
  startUse: 4,
  fileNotice: 4,
  stopByOffice: 5,
  liftOfficeStop: 5,
  setDate: 5,
  clearDate: 5,
  recordMessageDeletion: 5,
  close: 2,
  reopen: 6,
};

/** The body of a command of one kind. */
export function commandOf(kind: CommandKind): fc.Arbitrary<CommandBody> {
  return generators[kind].map((body) => withoutUndefined({ kind, ...body }) as CommandBody);
}

export const openingCommand: fc.Arbitrary<CommandBody> = fc.oneof(commandOf('open'), commandOf('request'));

/** Any command, those that lead on more often. */
export const anyCommand: fc.Arbitrary<CommandBody> = fc.oneof(
  ...(Object.keys(generators) as CommandKind[]).map((kind) => ({
    arbitrary: commandOf(kind),
    weight: WEIGHTS[kind] ?? 2,
  })),
);

/** What has to have happened before the rarer events can. */
const leadingOn: readonly CommandBody[] = [
  { kind: 'acceptRequest' },
  { kind: 'moveStep', step: '事前打合せ', to: '完了' },
  { kind: 'approvePlan', on: TODAY },
  { kind: 'startUse', on: addDays(TODAY, -30), despiteUnfinished: true },
  { kind: 'fileNotice', act: '停止', filedOn: addDays(TODAY, -20) },
  { kind: 'recordConsultation', on: addDays(TODAY, -30), text: '日程' },
  { kind: 'ask', text: '質問' },
  { kind: 'setStepAside', step: '本番環境試験' },
  { kind: 'linkMessage', channel: 'CA', ts: '1.1', text: '本文' },
];

const person = fc.oneof({ arbitrary: fc.constantFrom(...STAFF), weight: 5 }, fc.constantFrom(...PROVIDERS));

/** A likely walk of a case: an opening and what follows, each by somebody. */
export const walk = fc
  .record({
    first: openingCommand,
    leading: fc.subarray([...leadingOn]),
    later: fc.array(fc.record({ command: anyCommand, by: person }), { maxLength: 30 }),
  })
  .map(({ first, leading, later }) => ({
    first,
    later: [...leading.map((command) => ({ command, by: 'USTAFF2' })), ...later],
  }));

function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined));
}
