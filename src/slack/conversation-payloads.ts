/** What Slack sends from the screens of a conversation. */
import { z } from 'zod';
import { buttonPress, pressedIn } from './payloads.ts';

/** Entered values by block and input; each is a text, one option or several. */
const option = z.object({ value: z.string().max(75) });
const entered = z.object({
  value: z.string().max(3_000).nullish(),
  selected_option: option.nullish(),
  selected_options: z.array(option).max(100).nullish(),
});
const state = z.object({ values: z.record(z.string(), z.record(z.string(), entered)) });
export type EnteredState = z.infer<typeof state>['values'];

const stateHolder = z.object({
  state: state.optional(),
  view: z
    .object({
      id: z.string().min(1).max(255),
      type: z.enum(['modal', 'home']),
      private_metadata: z.string().default(''),
      state: state.optional(),
    })
    .optional(),
});

export const flowPress = buttonPress.extend(stateHolder.shape);
export type FlowPress = z.infer<typeof flowPress>;

/** Enter in the search field: the words stand in `value`. */
export const searchPress = pressedIn.extend({
  actions: z.tuple([z.object({ value: z.string().max(3_000).nullish() })]),
});
export type SearchPress = z.infer<typeof searchPress>;

/** A choice that is read later, with the button that goes on. */
export const silentPress = pressedIn;

export const viewSubmission = z.object({
  user: pressedIn.shape.user,
  view: z.object({
    id: z.string().min(1).max(255),
    private_metadata: z.string().max(3_000),
    state,
  }),
});
export type ViewSubmission = z.infer<typeof viewSubmission>;

export const flowCommand = z.object({
  user_id: pressedIn.shape.user.shape.id,
  channel_id: z.string().regex(/^[CDG][A-Z0-9]{1,30}$/),
  trigger_id: z.string(),
  text: z.string().default(''),
});
export type FlowCommand = z.infer<typeof flowCommand>;

/** The values chosen in all inputs whose block name begins so. */
export function chosenIn(values: EnteredState, blockName: string): string[] {
  return Object.entries(values)
    .filter(([block]) => block.startsWith(blockName))
    .flatMap(([, inputs]) => Object.values(inputs))
    .flatMap((one) => [
      ...(one.selected_options ?? []),
      ...(one.selected_option ? [one.selected_option] : []),
    ])
    .map(({ value }) => value);
}

/** The text in the input of that block name; empty when nothing was written. */
export function textIn(values: EnteredState, blockName: string): string {
  const inputs = Object.entries(values).find(([block]) => block.startsWith(blockName))?.[1] ?? {};
  return Object.values(inputs)[0]?.value ?? '';
}
