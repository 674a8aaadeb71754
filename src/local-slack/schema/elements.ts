/** Interactive elements, each as narrow as Slack keeps it: an unknown field is an error. */
import { z } from 'zod';
import {
  confirm,
  identifier,
  optionGroup,
  plainOption,
  plainText,
  richOption,
  webUrl,
  words,
} from './objects.ts';

const actionable = { action_id: identifier.optional() };
const confirmable = { ...actionable, confirm: confirm.optional() };
const focusable = { ...confirmable, focus_on_load: z.boolean().optional() };
const placeholdable = { ...focusable, placeholder: plainText(150).optional() };
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be YYYY-MM-DD');
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:mm');
const typed = {
  ...actionable,
  focus_on_load: z.boolean().optional(),
  placeholder: plainText(150).optional(),
  dispatch_action_config: z
    .strictObject({
      trigger_actions_on: z
        .array(z.enum(['on_enter_pressed', 'on_character_entered']))
        .min(1)
        .max(2),
    })
    .optional(),
};
const several = { max_selected_items: z.number().int().min(1).optional() };
const choices = {
  options: z.array(plainOption).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
};
const conversationFilter = z.strictObject({
  include: z
    .array(z.enum(['im', 'mpim', 'private', 'public']))
    .min(1)
    .optional(),
  exclude_external_shared_channels: z.boolean().optional(),
  exclude_bot_users: z.boolean().optional(),
});
const respondable = { response_url_enabled: z.boolean().optional() };

export const button = z.strictObject({
  type: z.literal('button'),
  ...confirmable,
  text: plainText(75),
  value: words(2000).optional(),
  url: webUrl.optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: words(75).optional(),
});

const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...confirmable,
  options: z.array(plainOption).min(1).max(5),
});
const checkboxes = z.strictObject({
  type: z.literal('checkboxes'),
  ...focusable,
  options: z.array(richOption).min(1).max(10),
  initial_options: z.array(richOption).min(1).max(10).optional(),
});
const radioButtons = z.strictObject({
  type: z.literal('radio_buttons'),
  ...focusable,
  options: z.array(richOption).min(1).max(10),
  initial_option: richOption.optional(),
});
const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  ...placeholdable,
  initial_date: day.optional(),
});
const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...placeholdable,
  initial_time: clockTime.optional(),
  timezone: z.string().optional(),
});

const staticSelect = z.strictObject({
  type: z.literal('static_select'),
  ...placeholdable,
  ...choices,
  initial_option: plainOption.optional(),
});
const multiStaticSelect = z.strictObject({
  type: z.literal('multi_static_select'),
  ...placeholdable,
  ...several,
  ...choices,
  initial_options: z.array(plainOption).min(1).max(100).optional(),
});
const externalSelect = z.strictObject({
  type: z.literal('external_select'),
  ...placeholdable,
  initial_option: plainOption.optional(),
  min_query_length: z.number().int().min(0).optional(),
});
const multiExternalSelect = z.strictObject({
  type: z.literal('multi_external_select'),
  ...placeholdable,
  ...several,
  initial_options: z.array(plainOption).min(1).max(100).optional(),
  min_query_length: z.number().int().min(0).optional(),
});
const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  ...placeholdable,
  initial_user: z.string().optional(),
});
const multiUsersSelect = z.strictObject({
  type: z.literal('multi_users_select'),
  ...placeholdable,
  ...several,
  initial_users: z.array(z.string()).optional(),
});
const channelsSelect = z.strictObject({
  type: z.literal('channels_select'),
  ...placeholdable,
  ...respondable,
  initial_channel: z.string().optional(),
});
const conversationsSelect = z.strictObject({
  type: z.literal('conversations_select'),
  ...placeholdable,
  ...respondable,
  initial_conversation: z.string().optional(),
  default_to_current_conversation: z.boolean().optional(),
  filter: conversationFilter.optional(),
});

const plainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  ...typed,
  initial_value: z.string().max(3000).optional(),
  multiline: z.boolean().optional(),
  min_length: z.number().int().min(0).max(3000).optional(),
  max_length: z.number().int().min(1).max(3000).optional(),
});
const numberText = z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a number written as text');
const numberInput = z.strictObject({
  type: z.literal('number_input'),
  ...typed,
  is_decimal_allowed: z.boolean(),
  initial_value: numberText.optional(),
  min_value: numberText.optional(),
  max_value: numberText.optional(),
});

const feedbackButton = z.strictObject({
  text: plainText(75),
  value: words(2000),
  accessibility_label: words(75).optional(),
});
export const feedbackButtons = z.strictObject({
  type: z.literal('feedback_buttons'),
  ...actionable,
  positive_button: feedbackButton,
  negative_button: feedbackButton,
});
export const iconButton = z.strictObject({
  type: z.literal('icon_button'),
  ...confirmable,
  icon: z.literal('trash'),
  text: plainText(75),
  value: words(2000).optional(),
  accessibility_label: words(75).optional(),
  visible_to_user_ids: z.array(z.string()).optional(),
});

/** What an `actions` block and a section's `accessory` may hold. */
const pressable = [
  button,
  overflow,
  checkboxes,
  radioButtons,
  datepicker,
  timepicker,
  staticSelect,
  externalSelect,
  usersSelect,
  channelsSelect,
  conversationsSelect,
  multiStaticSelect,
  multiExternalSelect,
  multiUsersSelect,
] as const;

export const actionElement = z.discriminatedUnion('type', [...pressable]);

/** What an `input` block may hold: no buttons, no overflow. */
export const inputElement = z.discriminatedUnion('type', [
  plainTextInput,
  numberInput,
  checkboxes,
  radioButtons,
  datepicker,
  timepicker,
  staticSelect,
  externalSelect,
  usersSelect,
  channelsSelect,
  conversationsSelect,
  multiStaticSelect,
  multiExternalSelect,
  multiUsersSelect,
]);

export type Element =
  | z.infer<typeof actionElement>
  | z.infer<typeof inputElement>
  | z.infer<typeof feedbackButtons>
  | z.infer<typeof iconButton>;
