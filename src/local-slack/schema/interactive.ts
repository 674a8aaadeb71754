/** Finding the elements a person can press or fill, and what they hold: used by checks, presses and form state. */
import type { Block } from './blocks.ts';
import type { Option } from './objects.ts';

/** An element seen as plain data; which fields exist depends on its `type`. */
export type Loose = Record<string, unknown> & { type: string; action_id?: string };
export type Placed = { index: number; block: Block; element: Loose; isInput: boolean };

/** Every element with an action_id (or that could have one), in reading order. */
export function elementsOf(blocks: Block[]): Placed[] {
  return blocks.flatMap((block, index) =>
    pressablesIn(block).map((element) => ({ index, block, element, isInput: block.type === 'input' })),
  );
}

/** All options an element offers, groups included. */
export function optionsOf(element: Loose): Option[] {
  const groups = (element.option_groups as { options: Option[] }[] | undefined) ?? [];
  return [...((element.options as Option[] | undefined) ?? []), ...groups.flatMap((group) => group.options)];
}

/** What form state an element has: `selected_option`, `value`, … or undefined for buttons. */
export function stateField(type: string): { field: string; initial: string } | undefined {
  return stateFields[type];
}

const stateFields: Record<string, { field: string; initial: string }> = {
  plain_text_input: { field: 'value', initial: 'initial_value' },
  number_input: { field: 'value', initial: 'initial_value' },
  static_select: { field: 'selected_option', initial: 'initial_option' },
  external_select: { field: 'selected_option', initial: 'initial_option' },
  radio_buttons: { field: 'selected_option', initial: 'initial_option' },
  multi_static_select: { field: 'selected_options', initial: 'initial_options' },
  multi_external_select: { field: 'selected_options', initial: 'initial_options' },
  checkboxes: { field: 'selected_options', initial: 'initial_options' },
  users_select: { field: 'selected_user', initial: 'initial_user' },
  multi_users_select: { field: 'selected_users', initial: 'initial_users' },
  channels_select: { field: 'selected_channel', initial: 'initial_channel' },
  conversations_select: { field: 'selected_conversation', initial: 'initial_conversation' },
  datepicker: { field: 'selected_date', initial: 'initial_date' },
  timepicker: { field: 'selected_time', initial: 'initial_time' },
};

function pressablesIn(block: Block): Loose[] {
  switch (block.type) {
    case 'actions':
    case 'context_actions':
      return block.elements as Loose[];
    case 'section':
      return block.accessory && block.accessory.type !== 'image' ? [block.accessory as Loose] : [];
    case 'input':
      return [block.element as Loose];
    case 'card':
      return (block.actions ?? []) as Loose[];
    case 'carousel':
      return block.elements.flatMap((card) => (card.actions ?? []) as Loose[]);
    default:
      return [];
  }
}
