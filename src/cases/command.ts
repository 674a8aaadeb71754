/** What people ask of a case: commands, read strictly at the edge. Messages are Japanese, for the person who typed. */
import { z } from 'zod';
import { isDay } from '../calendar.ts';
import { parseCanonical } from '../terms/citation.ts';
import { STEP_NAMES } from '../terms/steps.ts';
import { CASE_KINDS, NOTICE_ACTS, OTHER_DATE_SUBJECTS, OUTCOMES, PARTIES, STEP_STATES } from './case.ts';
import { type Refusal, refuse } from './refusal.ts';
import { cleanName, cleanProse, lengthOf } from './words.ts';

export const NAME_LIMIT = 200;
export const PROSE_LIMIT = 10_000;
const LIST_LIMIT = 200;

const name = (label: string, limit = NAME_LIMIT) => words(label, limit, cleanName);
const prose = (label: string) => words(label, PROSE_LIMIT, cleanProse);
const reason = words('理由', 1_000, cleanProse);
const user = z.string().regex(/^[UW][A-Z0-9]{1,20}$/, 'SlackのユーザーID（U…）ではありません。');
const channel = z.string().regex(/^[CGD][A-Z0-9]{1,20}$/, 'SlackのチャンネルID（C…）ではありません。');
const ts = z.string().regex(/^\d{1,12}\.\d{1,6}$/, 'メッセージの番号（ts）ではありません。');
const day = z.string().refine(isDay, { error: '日付は 2027-04-01 の形の、暦にある日にしてください。' });
const rows = z.array(z.number().int().min(1).max(999)).max(LIST_LIMIT);
const apis = z.strictObject({ rows, typed: z.array(name('API名')).max(LIST_LIMIT) });
const step = z.enum(STEP_NAMES);
const label = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('規約'),
    clause: z
      .string()
      .refine((text) => parseCanonical(text) !== null, '条項は「第9条」の形で書いてください。'),
  }),
  z.strictObject({
    kind: z.literal('公表資料'),
    address: z
      .string()
      .regex(/^https?:\/\/[^\s<>|]{3,500}$/, '公表資料の所在は http(s) のURLで書いてください。'),
    checkedOn: day,
  }),
  z.strictObject({ kind: z.literal('窓口の指示'), by: name('指示した人'), toldOn: day }),
  z.strictObject({ kind: z.literal('社内目標') }),
]);
const subject = z.enum([...STEP_NAMES, ...OTHER_DATE_SUBJECTS]);
const ground = z.discriminatedUnion('paragraph', [
  z.strictObject({
    paragraph: z.literal(2),
    item: z.number().int().min(1).max(6),
    found: z.enum(['行った', '行うおそれ']),
  }),
  z.strictObject({ paragraph: z.literal(3), item: z.number().int().min(1).max(2) }),
]);
const usage = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('not-in-use') }),
  z.strictObject({ state: z.literal('in-use'), since: day.nullable() }),
  z.strictObject({ state: z.literal('suspended-by-notice'), since: day.nullable() }),
  z.strictObject({ state: z.literal('ended'), since: day }),
]);

const opening = {
  company: name('会社名'),
  service: name('サービス名').nullable().default(null),
  caseKind: z.enum(CASE_KINDS),
  apis,
  primary: user.nullable().default(null),
  secondary: user.nullable().default(null),
  members: z.array(user).max(LIST_LIMIT).default([]),
  channel: channel.nullable().default(null),
};
const clearable = z.enum(['service', 'primary', 'secondary', 'channel']);

/** Who asks and when: put there by the server. */
const meta = {
  by: z.strictObject({ person: user, as: z.enum(['staff', 'provider', 'system']) }),
  at: z.number().int().nonnegative(),
};

function command<K extends string, S extends z.ZodRawShape>(kind: K, shape: S) {
  return z.strictObject({ kind: z.literal(kind), ...shape, ...meta });
}

const caseCommand = z.discriminatedUnion('kind', [
  command('open', {
    ...opening,
    owner: user.nullable().default(null),
    usage: usage.nullable().default(null),
  }),
  command('request', opening),
  command('acceptRequest', { owner: user.nullable().default(null) }),
  command('declineRequest', { reason }),
  /** Absent or blank fields stay as they are; `clear` empties. */
  command('amend', {
    company: unlessBlank(name('会社名')),
    service: unlessBlank(name('サービス名')),
    primary: unlessBlank(user),
    secondary: unlessBlank(user),
    channel: unlessBlank(channel),
    clear: z.array(clearable).default([]),
  }),
  command('addMember', { member: user }),
  command('removeMember', { member: user }),
  /** null takes the owner away. */
  command('assign', { owner: user.nullable() }),
  command('chooseApis', { apis }),
  command('adoptTerms', {}),
  command('moveStep', { step, to: z.enum(STEP_STATES), reason: unlessBlank(reason) }),
  command('waitFor', { step, party: z.enum(PARTIES) }),
  command('setStepAside', { step }),
  command('takeUpStep', { step }),
  command('approvePlan', { on: day }),
  command('withdrawPlanApproval', { reason }),
  command('setDate', { subject, on: day, label }),
  command('clearDate', { subject }),
  command('addNote', { audience: z.enum(['staff', 'shared']), text: prose('メモ') }),
  command('ask', { text: prose('質問') }),
  command('answer', { question: z.number().int().positive(), text: prose('回答') }),
  /** `despiteUnfinished`: staff have seen which steps are not done. */
  command('startUse', { on: day, despiteUnfinished: z.boolean().default(false) }),
  command('fileNotice', { act: z.enum(NOTICE_ACTS), filedOn: day, plannedOn: day.nullable().default(null) }),
  command('carryOutNotice', { act: z.enum(NOTICE_ACTS), on: day }),
  command('withdrawNotice', { act: z.enum(NOTICE_ACTS), reason }),
  command('stopByOffice', { on: day, ground, text: prose('停止の根拠となる事実') }),
  command('liftOfficeStop', { on: day, text: prose('解除の理由') }),
  command('correctUsage', { to: usage, reason }),
  command('recordConsultation', { on: day, text: prose('協議の内容') }),
  command('recordInvestigation', { on: day, text: prose('現地調査等の内容') }),
  command('shareWithDepartment', {
    item: z.number().int().min(1).max(5),
    department: name('提供先の部局'),
    text: prose('提供した内容'),
  }),
  command('linkMessage', { channel, ts, text: prose('メッセージ') }),
  command('recordMessageEdit', { channel, ts, text: prose('メッセージ') }),
  command('recordMessageDeletion', { channel, ts }),
  command('noteCorrection', { entry: z.number().int().positive(), text: prose('訂正の内容') }),
  command('close', { outcome: z.enum(OUTCOMES), reason: unlessBlank(reason) }),
  command('reopen', { reason }),
]);

export type CaseCommand = z.infer<typeof caseCommand>;
export type CommandKind = CaseCommand['kind'];
export type CommandOf<K extends CommandKind> = Extract<CaseCommand, { kind: K }>;
/** As callers write it: fields with a default may be left out. */
export type CaseCommandInput = z.input<typeof caseCommand>;

export const COMMAND_KINDS: readonly CommandKind[] = caseCommand.options.map(({ shape }) => shape.kind.value);

/** Reads a command out of anything: unknown keys, wrong types and over-long texts are refused, with every reason. */
export function readCommand(given: unknown): CaseCommand | Refusal {
  const read = caseCommand.safeParse(given);
  if (read.success) return read.data;
  const own = read.error.issues.map(({ message }) => message).filter((message) => /[ぁ-ん]/.test(message));
  return refuse(
    'invalid',
    [...new Set(own.length > 0 ? own : ['この操作は読み取れません。画面を開き直してください。'])].join('\n'),
  );
}

function words(label: string, limit: number, clean: (typed: string) => string) {
  return z
    .string({ error: `${label}を書いてください。` })
    .transform(clean)
    .superRefine((text, context) => {
      const length = lengthOf(text);
      if (length === 0) context.addIssue(`${label}が空です。`);
      if (length > limit) context.addIssue(tooLong(label, limit, length));
    });
}

function tooLong(label: string, limit: number, length: number): string {
  return `${label}は${limit.toLocaleString('en')}文字までです（いま${length.toLocaleString('en')}文字）。何も保存していません。`;
}

/** Blank means unchanged: it reads as undefined. */
function unlessBlank<S extends z.ZodType>(schema: S) {
  return z.preprocess(
    (given) => (typeof given === 'string' && given.trim() === '' ? undefined : (given ?? undefined)),
    schema.optional(),
  );
}
