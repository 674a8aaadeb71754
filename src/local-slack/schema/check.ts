/**
 * From an argument a bot sent to blocks or a view we accept, or the refusal Slack would give.
 * The schemas hold the limits of one block; what spans blocks (ids, totals, initial options) stands here.
 */
import { z } from 'zod';
import { SlackError } from '../slack-error.ts';
import { type Block, messageBlock } from './blocks.ts';
import { elementsOf } from './interactive.ts';
import type { Option } from './objects.ts';
import { type AnyView, homeView, modalView } from './views.ts';

/** All blocks of a message together: not documented, observed by bolt-js #2509. */
export const totalCharacters = 13_200;
const viewBytes = 250_000;

/** Message blocks: `invalid_blocks`, `invalid_blocks_format`, `msg_blocks_too_long`. */
export function checkBlocks(value: unknown): Block[] {
  const list = z.array(z.unknown()).safeParse(value);
  if (!list.success) throw new SlackError('invalid_blocks_format');
  const parsed = z.array(messageBlock).max(50).safeParse(value);
  if (!parsed.success) throw new SlackError('invalid_blocks', pointers(parsed.error, '/blocks'));
  const problems = crossChecks(parsed.data);
  if (problems.length > 0) throw new SlackError('invalid_blocks', problems);
  if (charactersOf(parsed.data) > totalCharacters) throw new SlackError('msg_blocks_too_long');
  return parsed.data;
}

/** A view: `invalid_arguments` with pointers as Slack writes them, or `view_too_large`. */
export function checkView(value: unknown, type: 'modal' | 'home' | 'any'): AnyView {
  if (JSON.stringify(value ?? null).length > viewBytes) throw new SlackError('view_too_large');
  const schema = type === 'modal' ? modalView : type === 'home' ? homeView : z.union([modalView, homeView]);
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new SlackError('invalid_arguments', pointers(parsed.error, '/view'));
  const view: AnyView = parsed.data;
  const problems = crossChecks(view.blocks);
  const focused = elementsOf(view.blocks).filter(({ element }) => element.focus_on_load === true);
  if (focused.length > 1) problems.push('[ERROR] only one element may have focus_on_load');
  if (problems.length > 0) throw new SlackError('invalid_arguments', problems);
  return view;
}

/** Every text character a reader could see, keys and ids left out. */
export function charactersOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + charactersOf(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  let sum = 0;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'string') sum += key === 'text' || key === 'alt_text' ? inner.length : 0;
    else sum += charactersOf(inner);
  }
  return sum;
}

function crossChecks(blocks: Block[]): string[] {
  const problems: string[] = [];
  const ids = new Set<string>();
  blocks.forEach((block, index) => {
    if (block.block_id === undefined) return;
    if (ids.has(block.block_id)) {
      problems.push(`[ERROR] duplicate block_id: ${block.block_id} [json-pointer:/blocks/${index}/block_id]`);
    }
    ids.add(block.block_id);
  });
  const actions = new Set<string>();
  for (const { index, element } of elementsOf(blocks)) {
    const place = `[json-pointer:/blocks/${index}]`;
    const id = element.action_id;
    if (typeof id === 'string') {
      if (actions.has(`${index} ${id}`)) problems.push(`[ERROR] duplicate action_id: ${id} ${place}`);
      actions.add(`${index} ${id}`);
    }
    problems.push(...choiceProblems(element).map((text) => `[ERROR] ${text} ${place}`));
  }
  if (blocks.filter((block) => block.type === 'table').length > 1) {
    problems.push('[ERROR] only_one_table_allowed [json-pointer:/blocks]');
  }
  const markdown = blocks.flatMap((block) => (block.type === 'markdown' ? [block.text] : []));
  if (markdown.join('').length > 12_000) problems.push('[ERROR] markdown blocks exceed 12000 characters');
  return problems;
}

/** Options or groups but not both; no value twice; an initial option must be one that is offered, to the letter. */
function choiceProblems(element: Record<string, unknown>): string[] {
  const options = element.options as Option[] | undefined;
  const groups = element.option_groups as { options: Option[] }[] | undefined;
  const isStatic = String(element.type).endsWith('static_select');
  if (isStatic && (options === undefined) === (groups === undefined)) {
    return ['must have exactly one of options and option_groups'];
  }
  const offered = [...(options ?? []), ...(groups ?? []).flatMap((group) => group.options)];
  if (offered.length === 0) return [];
  const problems: string[] = [];
  const values = offered.map((option) => option.value);
  if (new Set(values).size < values.length && element.type !== 'overflow') {
    problems.push('option values must be unique');
  }
  const first = element.initial_option as Option | undefined;
  const initial = [...((element.initial_options as Option[] | undefined) ?? []), ...(first ? [first] : [])];
  for (const option of initial) {
    if (!offered.some((one) => JSON.stringify(one) === JSON.stringify(option))) {
      problems.push(`initial option is not one of the options: ${option.value}`);
    }
  }
  return problems;
}

/** zod issues in the form Slack answers: `[ERROR] must be … [json-pointer:/blocks/0/text/text]`. */
export function pointers(error: z.ZodError, root: string): string[] {
  return error.issues.flatMap((issue) => describe(issue, root)).slice(0, 10);
}

function describe(issue: z.core.$ZodIssue, root: string): string[] {
  const place = `${root}${issue.path.map((step) => `/${String(step)}`).join('')}`;
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const closest = [...issue.errors].sort((a, b) => a.length - b.length)[0] ?? [];
    if (closest.length > 0) return closest.flatMap((inner) => describe(inner, place));
  }
  const message = issue.code === 'too_big' ? `must be less than ${Number(issue.maximum) + 1}` : issue.message;
  return [`[ERROR] ${message} [json-pointer:${place}]`];
}
