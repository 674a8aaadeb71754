/** What is entered into inputs and selects: from a person's raw values to Slack's `state.values`, and its checks. */
import type { Block } from './schema/blocks.ts';
import { elementsOf, type Loose, optionsOf, stateField } from './schema/interactive.ts';
import type { Option } from './schema/objects.ts';
import { NotOnScreen } from './slack-error.ts';

/** block_id → action_id → the state field's value (text, an option, ids …); null = cleared. */
export type Entered = Record<string, Record<string, unknown>>;

/** `state.values` as payloads carry it: initial values until the person changed them. */
export function stateValues(blocks: Block[], entered: Entered): Record<string, Record<string, unknown>> {
  const values: Record<string, Record<string, unknown>> = {};
  for (const { block, element } of elementsOf(blocks)) {
    const state = stateField(element.type);
    if (state === undefined) continue;
    const blockId = block.block_id ?? '';
    values[blockId] ??= {};
    values[blockId][element.action_id ?? ''] = {
      type: element.type,
      [state.field]: heldValue(element, blockId, entered),
    };
  }
  return values;
}

/** What an element holds now; empty multi-selects hold an empty list, everything else null. */
export function heldValue(element: Loose, blockId: string, entered: Entered): unknown {
  const state = stateField(element.type);
  if (state === undefined) return undefined;
  const typed = entered[blockId]?.[element.action_id ?? ''];
  if (typed !== undefined) return typed;
  return element[state.initial] ?? (state.field.endsWith('s') ? [] : null);
}

/**
 * A raw value from the screen → the value kept: option values become the options that are offered,
 * so nobody can send what is not there. `offered` are the options an external select was last shown.
 */
export function toValue(element: Loose, raw: unknown, offered: Option[]): unknown {
  const state = stateField(element.type);
  if (state === undefined) throw new NotOnScreen(`${element.type} には入力できません`);
  const options = [...optionsOf(element), ...offered];
  switch (state.field) {
    case 'selected_option':
      return raw === null || raw === '' ? null : pick(options, raw);
    case 'selected_options':
      return list(element, raw).map((one) => pick(options, one));
    case 'selected_users':
      return list(element, raw);
    default:
      return raw === null || raw === '' ? null : text(raw);
  }
}

/** What the screen itself refuses before anything is sent: block_id → Japanese message. */
export function inputErrors(blocks: Block[], entered: Entered): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { block, element, isInput } of elementsOf(blocks)) {
    if (!isInput || block.type !== 'input') continue;
    const problem = problemWith(
      element,
      heldValue(element, block.block_id ?? '', entered),
      block.optional ?? false,
    );
    if (problem !== undefined) errors[block.block_id ?? ''] = problem;
  }
  return errors;
}

function problemWith(element: Loose, value: unknown, optional: boolean): string | undefined {
  const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  if (empty) return optional ? undefined : 'この項目は必須です。';
  if (element.type === 'plain_text_input') return lengthProblem(element, String(value));
  if (element.type === 'number_input') return numberProblem(element, String(value));
  if (element.type === 'datepicker' && !/^\d{4}-\d{2}-\d{2}$/.test(String(value)))
    return '日付を選んでください。';
  return undefined;
}

function lengthProblem(element: Loose, value: string): string | undefined {
  const least = Number(element.min_length ?? 0);
  const most = Number(element.max_length ?? 3000);
  if (value.length < least) return `${least} 文字以上で入力してください。`;
  if (value.length > most) return `${most} 文字以内で入力してください。`;
  return undefined;
}

function numberProblem(element: Loose, value: string): string | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(value)) return '数字で入力してください。';
  if (element.is_decimal_allowed !== true && value.includes('.')) return '整数で入力してください。';
  if (element.min_value !== undefined && Number(value) < Number(element.min_value)) {
    return `${String(element.min_value)} 以上で入力してください。`;
  }
  if (element.max_value !== undefined && Number(value) > Number(element.max_value)) {
    return `${String(element.max_value)} 以下で入力してください。`;
  }
  return undefined;
}

function pick(options: Option[], raw: unknown): Option {
  const found = options.find((option) => option.value === raw);
  if (found === undefined) throw new NotOnScreen(`選択肢「${String(raw)}」は画面にありません`);
  return found;
}

function list(element: Loose, raw: unknown): string[] {
  const all = raw === null ? [] : Array.isArray(raw) ? raw.map(text) : [text(raw)];
  const most = Number(element.max_selected_items ?? 100);
  if (all.length > most) throw new NotOnScreen(`選べるのは ${most} 個までです`);
  return all;
}

function text(raw: unknown): string {
  if (typeof raw !== 'string') throw new NotOnScreen('文字で入力してください');
  return raw;
}
