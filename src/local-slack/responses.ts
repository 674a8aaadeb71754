/** Messages that answer a press or a command: bodies posted to a response_url and those inside an acknowledgement. */
import { z } from 'zod';
import type { Context } from './context.ts';
import { changeMessage, postAsBot, removeMessage } from './posting.ts';
import type { ResponseTarget } from './response-urls.ts';
import { pointers } from './schema/check.ts';
import { SlackError } from './slack-error.ts';
import { contentOf } from './web-api/chat.ts';
import type { Channel } from './workspace.ts';

const responseBody = z.strictObject({
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  response_type: z.enum(['in_channel', 'ephemeral']).default('ephemeral'),
  replace_original: z.boolean().default(false),
  delete_original: z.boolean().default(false),
  thread_ts: z.string().optional(),
  mrkdwn: z.boolean().optional(),
  unfurl_links: z.boolean().optional(),
  unfurl_media: z.boolean().optional(),
});

/** Acts on a body for this person and place; plain text counts as `{ text }`. Throws SlackError. */
export function respond(context: Context, target: ResponseTarget, value: unknown): void {
  const parsed = responseBody.safeParse(typeof value === 'string' ? { text: value } : value);
  if (!parsed.success) throw new SlackError('invalid_payload', pointers(parsed.error, ''));
  const body = parsed.data;
  const channel = context.workspace.findChannel(target.channel);
  if (channel === undefined) throw new SlackError('channel_not_found');
  if (body.delete_original || body.replace_original) {
    changeOriginal(context, channel, target, body);
    return;
  }
  const reader = body.response_type === 'ephemeral' ? target.user : undefined;
  postAsBot(context, channel, { ...contentOf(body), thread_ts: body.thread_ts }, reader);
}

function changeOriginal(
  context: Context,
  channel: Channel,
  target: ResponseTarget,
  body: z.infer<typeof responseBody>,
): void {
  const stored = target.ts === undefined ? undefined : context.workspace.messages.find(channel.id, target.ts);
  if (stored === undefined) throw new SlackError('message_not_found');
  if (body.delete_original) {
    removeMessage(context, channel, stored);
    return;
  }
  const { text = '', blocks } = contentOf(body);
  changeMessage(context, channel, stored, context.workspace.app.botUserId, { text, blocks });
}
