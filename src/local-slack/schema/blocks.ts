/** Blocks of messages, modals and Home tabs. Which of them go where stands in `messageBlocks` and `viewBlocks`. */
import { z } from 'zod';
import { actionElement, button, feedbackButtons, iconButton, inputElement } from './elements.ts';
import { anyText, identifier, imageElement, mrkdwn, plainText, webUrl, words } from './objects.ts';
import { richText } from './rich-text.ts';

const named = { block_id: identifier.optional() };

const section = z
  .strictObject({
    type: z.literal('section'),
    ...named,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: z.union([actionElement, imageElement]).optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, {
    message: 'must have text or fields',
  });
const header = z.strictObject({ type: z.literal('header'), ...named, text: plainText(150) });
const divider = z.strictObject({ type: z.literal('divider'), ...named });
const context = z.strictObject({
  type: z.literal('context'),
  ...named,
  elements: z
    .array(z.union([anyText(3000), imageElement]))
    .min(1)
    .max(10),
});
const actions = z.strictObject({
  type: z.literal('actions'),
  ...named,
  elements: z.array(actionElement).min(1).max(25),
});
const image = z
  .strictObject({
    type: z.literal('image'),
    ...named,
    alt_text: words(2000),
    title: plainText(2000).optional(),
    image_url: webUrl.optional(),
    slack_file: z.strictObject({ id: z.string().optional(), url: z.string().optional() }).optional(),
  })
  .refine((block) => (block.image_url === undefined) !== (block.slack_file === undefined), {
    message: 'must have exactly one of image_url and slack_file',
  });
const input = z.strictObject({
  type: z.literal('input'),
  ...named,
  label: plainText(2000),
  element: inputElement,
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});
const contextActions = z.strictObject({
  type: z.literal('context_actions'),
  ...named,
  elements: z
    .array(z.discriminatedUnion('type', [feedbackButtons, iconButton]))
    .min(1)
    .max(5),
});
const cell = z.union([
  z.strictObject({ type: z.literal('raw_text'), text: words(3000) }),
  z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().optional() }),
  richText,
]);
const table = z.strictObject({
  type: z.literal('table'),
  ...named,
  rows: z.array(z.array(cell).min(1).max(20)).min(1).max(100),
  column_settings: z
    .array(
      z
        .strictObject({
          align: z.enum(['left', 'center', 'right']).optional(),
          is_wrapped: z.boolean().optional(),
        })
        .nullable(),
    )
    .max(20)
    .optional(),
});
const markdown = z.strictObject({ type: z.literal('markdown'), ...named, text: words(12_000) });
const alert = z.strictObject({
  type: z.literal('alert'),
  ...named,
  text: anyText(3000),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});
const card = z
  .strictObject({
    type: z.literal('card'),
    ...named,
    hero_image: imageElement.optional(),
    icon: imageElement.optional(),
    title: mrkdwn(150).optional(),
    subtitle: mrkdwn(150).optional(),
    body: mrkdwn(200).optional(),
    actions: z.array(button).min(1).max(25).optional(),
  })
  .refine((block) => block.hero_image ?? block.title ?? block.actions ?? block.body, {
    message: 'must have one of hero_image, title, actions and body',
  });
const carousel = z.strictObject({
  type: z.literal('carousel'),
  ...named,
  elements: z.array(card).min(1).max(10),
});

const everywhere = [section, header, divider, context, actions, image, input, richText] as const;

/** Blocks a message may carry. */
export const messageBlock = z.discriminatedUnion('type', [
  ...everywhere,
  contextActions,
  table,
  markdown,
  card,
  carousel,
]);

/** Blocks a modal or a Home tab may carry; `alert` is for modals only (checked in views.ts). */
export const viewBlock = z.discriminatedUnion('type', [...everywhere, table, alert]);

export type Block = z.infer<typeof messageBlock> | z.infer<typeof viewBlock>;
