/** Modal and Home views as `views.open`, `views.push`, `views.update` and `views.publish` take them. */
import { z } from 'zod';
import { viewBlock } from './blocks.ts';
import { plainText } from './objects.ts';

const shared = {
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
};

export const modalView = z
  .strictObject({
    type: z.literal('modal'),
    ...shared,
    title: plainText(24),
    blocks: z.array(viewBlock).min(1).max(100),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
  })
  .refine((view) => view.submit !== undefined || !view.blocks.some((block) => block.type === 'input'), {
    message: 'submit is required when blocks contain an input',
  });

export const homeView = z
  .strictObject({
    type: z.literal('home'),
    ...shared,
    blocks: z.array(viewBlock).min(1).max(100),
  })
  .refine((view) => !view.blocks.some((block) => block.type === 'alert'), {
    message: 'alert is for modals only',
  });

export type ModalView = z.infer<typeof modalView>;
export type HomeView = z.infer<typeof homeView>;
export type AnyView = ModalView | HomeView;
