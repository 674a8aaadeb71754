/** Fields of the forms of a case, from what they are to Block Kit. */
import type { InputBlock, KnownBlock, ModalView, RichTextElement } from '@slack/types';
import type { Day } from '../../calendar.ts';
import { OTHER_DATE_SUBJECTS, type StepState } from '../../cases/case.ts';
import { SHARED_KINDS } from '../../cases/describe.ts';
import type { CaseRecord } from '../../store/case-reads.ts';
import { STEP_NAMES, type StepName } from '../../terms/steps.ts';
import { VIEWS } from './action-ids.ts';
import { line, plain, rich } from './text.ts';

export interface FormContext {
  /** Null where a case is opened. */
  readonly record: CaseRecord | null;
  /** The person in front of the form. */
  readonly me: string;
  readonly today: Day;
  readonly apiNames: ReadonlyMap<number, string>;
  /** APIs known before the form is filled in. */
  readonly prefilled: { readonly rows: readonly number[]; readonly typed: readonly string[] };
  /** The version of the terms that is in force here. */
  readonly termsVersion: string;
  /** The wording of a provision by its canonical citation. */
  readonly wording: (key: string) => string;
}

/** What was entered; days as 2027-04-01, whatever way they were typed. */
export interface Values {
  readonly one: (name: string) => string;
  readonly many: (name: string) => readonly string[];
}

export interface FormSpec {
  readonly title: string;
  readonly submit: string;
  /** Who may open it: staff, the provider's side, or whoever opens a case. */
  readonly standing: 'staff' | 'provider' | 'opening';
  readonly fields: (context: FormContext) => readonly Field[];
  readonly command: (values: Values, context: FormContext) => Readonly<Record<string, unknown>>;
}

/** A form in one line of parts: title, button, who may open it, inputs, command. */
export function form(
  title: string,
  submit: string,
  standing: FormSpec['standing'],
  fields: FormSpec['fields'],
  command: FormSpec['command'],
): FormSpec {
  return { title, submit, standing, fields, command };
}

interface Common {
  readonly name: string;
  readonly label: string;
  readonly optional: boolean;
  readonly hint: string | null;
  readonly initial: string | null;
}
export type Field =
  | (Common & { readonly kind: 'text' | 'date' | 'person' | 'channel' })
  | (Common & { readonly kind: 'paragraph'; readonly most: number })
  | (Common & {
      readonly kind: 'choice' | 'choices';
      readonly options: readonly { readonly value: string; readonly text: string }[];
      readonly chosen: readonly string[];
    });

type Extra = { optional?: boolean; hint?: string; initial?: string };

export function text(name: string, label: string, extra: Extra = {}): Field {
  return { kind: 'text', ...common(name, label, extra) };
}

export function paragraph(
  name: string,
  label: string,
  { most = 3_000, ...extra }: Extra & { most?: number } = {},
): Field {
  return { kind: 'paragraph', most, ...common(name, label, extra) };
}

/** Typed as people write dates; what was understood is said back. */
export function date(name: string, label: string, hint: string, optional = false): Field {
  return { kind: 'date', ...common(name, label, { hint, optional }) };
}

export function person(name: string, label: string, extra: Extra = {}): Field {
  return { kind: 'person', ...common(name, label, extra) };
}

/** A channel of ours; whether it may be chosen is checked again by the server. */
export function channel(name: string, label: string, extra: Extra = {}): Field {
  return { kind: 'channel', ...common(name, label, extra) };
}

export function choice(
  name: string,
  label: string,
  values: readonly string[],
  { words: named = {} }: { words?: Readonly<Record<string, string>> | ((value: string) => string) } = {},
): Field {
  const say = typeof named === 'function' ? named : (value: string) => named[value] ?? value;
  const options = values.map((value) => ({ value, text: say(value) }));
  return { kind: 'choice', ...common(name, label, {}), options, chosen: values.slice(0, 1) };
}

export function apis(names: ReadonlyMap<number, string>, { rows }: FormContext['prefilled']): Field {
  return {
    kind: 'choices',
    ...common('rows', '別表のAPI', { optional: true }),
    options: [...names].map(([row, name]) => ({ value: String(row), text: `項番${row} ${name}` })),
    chosen: rows.map(String),
  };
}

export function day(label: string) {
  return date('on', label, '例：今日、4/1、R9.4.1');
}

export const subjects: readonly string[] = [...STEP_NAMES, ...OTHER_DATE_SUBJECTS];

export function departmentKinds(item: string): string {
  return SHARED_KINDS[Number(item) - 1] ?? item;
}

export function typedApis(typed: string): string[] {
  return typed
    .split(/[,、，\n]/u)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Steps of the case in one of these states. */
/** The forms that take a step, and where a step must stand to be taken; a form without such a step is not offered. */
const TAKEN = {
  advance: ['未着手', '準備中', '提出済', '確認中', '差戻し', '完了'],
  return: ['提出済', '確認中'],
  aside: ['未着手', '準備中'],
  submitted: ['未着手', '準備中', '差戻し'],
  prepare: ['未着手', '差戻し'],
  waitFor: ['未着手', '準備中', '提出済', '確認中', '差戻し'],
} as const satisfies Readonly<Record<string, readonly StepState[]>>;
type StepForm = keyof typeof TAKEN;

/** Whether the form of this name takes a step. */
export function isStepForm(name: string): name is StepForm {
  return Object.hasOwn(TAKEN, name);
}

/** The steps that a form takes. */
export function stepsFor(name: StepForm, record: Pick<CaseRecord, 'state'> | null): StepName[] {
  const states: readonly StepState[] = TAKEN[name];
  return (record?.state.steps ?? []).filter(({ state }) => states.includes(state)).map((step) => step.name);
}

/** Steps out of scope that can come back: not those that 第16条 takes out. */
export function aside(record: Pick<CaseRecord, 'state'> | null): StepName[] {
  return (record?.state.steps ?? [])
    .filter((step) => step.state === '対象外' && step.aside !== 'exempt')
    .map(({ name }) => name);
}

/** The grounds of 第11条第2項 (an act of 第1項) and 第3項, each with the beginning of its wording. */
export function stopGrounds({ wording }: FormContext): { value: string; text: string }[] {
  const acts = [1, 2, 3, 4, 5, 6].map((item) => ({
    value: `2-${item}`,
    text: `第2項（第1項第${item}号）${wording(`第11条第1項第${item}号`)}`,
  }));
  const conditions = [1, 2].map((item) => ({
    value: `3-${item}`,
    text: `第3項第${item}号 ${wording(`第11条第3項第${item}号`)}`,
  }));
  return [...acts, ...conditions];
}

export interface FormScreen {
  readonly spec: FormSpec;
  readonly context: FormContext;
  readonly metadata: string;
  /** Said above the fields: what somebody else changed meanwhile. */
  readonly notice: readonly RichTextElement[] | null;
  /** What was entered before, so that nothing typed is lost. */
  readonly entered: Values | null;
}

export function formModal({ spec, context, metadata, notice, entered }: FormScreen): ModalView {
  const fields = spec.fields(context);
  const blocks: KnownBlock[] = fields.map((field) => input(field, entered));
  return {
    type: 'modal',
    callback_id: VIEWS.caseForm,
    title: plain(spec.title.replace(/（.*）$/, ''), 24),
    submit: plain(spec.submit, 24),
    close: plain('やめる', 24),
    private_metadata: metadata,
    blocks: [...(notice === null ? [] : [rich(line(...notice))]), ...blocks],
  };
}

function input(field: Field, entered: Values | null): InputBlock {
  return {
    type: 'input',
    block_id: field.name,
    label: plain(field.label, 200),
    optional: field.optional,
    ...(field.hint === null ? {} : { hint: plain(field.hint, 200) }),
    element: element(field, entered),
  };
}

function element(field: Field, entered: Values | null): InputBlock['element'] {
  const action_id = field.name;
  const initial = entered?.one(field.name) ?? field.initial ?? '';
  switch (field.kind) {
    case 'text':
    case 'date':
      return {
        type: 'plain_text_input',
        action_id,
        max_length: 500,
        ...(initial === '' ? {} : { initial_value: initial }),
      };
    case 'paragraph':
      return {
        type: 'plain_text_input',
        action_id,
        multiline: true,
        max_length: field.most,
        ...(initial === '' ? {} : { initial_value: initial }),
      };
    case 'person':
      // An erased person is a reference, which Slack does not know.
      return {
        type: 'users_select',
        action_id,
        ...(/^[UW][A-Z0-9]+$/.test(initial) ? { initial_user: initial } : {}),
      };
    case 'channel':
      return {
        type: 'conversations_select',
        action_id,
        filter: {
          include: ['public', 'private'],
          exclude_external_shared_channels: true,
          exclude_bot_users: true,
        },
        ...(/^[CG][A-Z0-9]+$/.test(initial) ? { initial_conversation: initial } : {}),
      };
    case 'choice': {
      const options = optionsOf(field);
      const chosen = options.find(({ value }) => value === initial) ?? options[0];
      return {
        type: 'static_select',
        action_id,
        options,
        ...(chosen === undefined ? {} : { initial_option: chosen }),
      };
    }
    case 'choices': {
      const options = optionsOf(field);
      const values = entered?.many(field.name) ?? field.chosen;
      const chosen = options.filter(({ value }) => values.includes(value));
      return {
        type: 'multi_static_select',
        action_id,
        options,
        ...(chosen.length === 0 ? {} : { initial_options: chosen }),
      };
    }
  }
}

function optionsOf({ options }: Extract<Field, { options: unknown }>) {
  return options.map(({ value, text: shown }) => ({ text: plain(shown, 75), value }));
}

function common(name: string, label: string, { optional = false, hint, initial }: Extra): Common {
  return { name, label, optional, hint: hint ?? null, initial: initial ?? null };
}
