/**
 * Composition objects of Block Kit with the limits of docs.slack.dev/reference/block-kit.
 * Lengths are counted in UTF-16 units, the stricter reading where Slack does not say.
 */
import { z } from 'zod';

/** At most `max` characters and not empty: Slack refuses an empty text as it refuses a long one. */
export function words(max: number) {
  return z.string().min(1).max(max);
}

export function plainText(max: number) {
  return z.strictObject({ type: z.literal('plain_text'), text: words(max), emoji: z.boolean().optional() });
}

export function mrkdwn(max: number) {
  return z.strictObject({ type: z.literal('mrkdwn'), text: words(max), verbatim: z.boolean().optional() });
}

export function anyText(max: number) {
  return z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);
}

export const identifier = words(255);

export const webUrl = z
  .string()
  .max(3000)
  .regex(/^(https?|mailto|slack|tel):/, 'must be a URL');

/** Options of selects and overflow menus: plain text only. */
export const plainOption = z.strictObject({
  text: plainText(75),
  value: words(75),
  description: plainText(75).optional(),
  url: webUrl.optional(),
});

/** Options of radio buttons and checkboxes may be marked up. */
export const richOption = z.strictObject({
  text: anyText(75),
  value: words(75),
  description: anyText(75).optional(),
});

export const optionGroup = z.strictObject({
  label: plainText(75),
  options: z.array(plainOption).min(1).max(100),
});

export const confirm = z.strictObject({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: z.enum(['primary', 'danger']).optional(),
});

export const imageElement = z
  .strictObject({
    type: z.literal('image'),
    alt_text: words(2000),
    image_url: webUrl.optional(),
    slack_file: z.strictObject({ id: z.string().optional(), url: z.string().optional() }).optional(),
  })
  .refine((image) => (image.image_url === undefined) !== (image.slack_file === undefined), {
    message: 'must have exactly one of image_url and slack_file',
  });

export type Option = z.infer<typeof richOption>;
