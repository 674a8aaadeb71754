/** What Slack sends from the screens of the cases. */
import { z } from 'zod';
import { channelId, messageTs, pressedIn } from './payloads.ts';

const option = z.object({ value: z.string().max(150) });
const entered = z.object({
  value: z.string().max(3_000).nullish(),
  selected_option: option.nullish(),
  selected_options: z.array(option).max(100).nullish(),
  selected_user: pressedIn.shape.user.shape.id.nullish(),
  selected_conversation: channelId.nullish(),
});

export const caseSubmission = z.object({
  user: pressedIn.shape.user,
  view: z.object({
    id: z.string().min(1).max(255),
    private_metadata: z.string().max(3_000),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), entered)) }),
  }),
});
export type CaseSubmission = z.infer<typeof caseSubmission>;

export const caseCommandPayload = z.object({
  user_id: pressedIn.shape.user.shape.id,
  /** Where it was typed. */
  channel_id: channelId,
  trigger_id: z.string(),
  text: z.string().max(3_000).default(''),
});
export type CaseCommandPayload = z.infer<typeof caseCommandPayload>;

/** Which message is to be taken into a case. Its words are read from Slack again. */
export const pointedMessage = z.object({ channel: channelId, ts: messageTs, root: messageTs });
export type PointedMessage = z.infer<typeof pointedMessage>;

/** What a form remembers while somebody fills it in. Everything in it is checked again when it comes back. */
export const formMemory = z.object({
  form: z.string().max(20),
  id: z.string().max(20).nullable(),
  version: z.number().int().nonnegative(),
  /** The screen of the case below the form, to be drawn anew. */
  parent: z.string().max(255).nullable(),
});
export type FormMemory = z.infer<typeof formMemory>;
