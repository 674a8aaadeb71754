/** assistant.threads.*: suggested prompts above the Messages tab or a thread, and the "is thinking" line. */
import { z } from 'zod';
import { statusKey } from '../posting.ts';
import { json, ts } from './arguments.ts';
import { channelForApp, method } from './method.ts';

const prompt = z.strictObject({ title: z.string().min(1), message: z.string().min(1) });

export type Prompts = { title?: string; prompts: { title: string; message: string }[] };
/** `until`: Slack clears a status two minutes after it was set. */
export type Status = { status: string; until: number };

export const assistant = {
  'assistant.threads.setSuggestedPrompts': method({
    args: z.strictObject({
      channel_id: z.string().min(1),
      thread_ts: ts.optional(),
      title: z.string().optional(),
      prompts: json(z.array(prompt).min(1).max(4)),
    }),
    scopes: ['assistant:write', 'chat:write'],
    tier: 'none',
    run({ workspace, ...context }, args) {
      const channel = channelForApp({ workspace, ...context }, args.channel_id, { member: true });
      const { title, prompts } = args;
      const kept: Prompts = { ...(title === undefined ? {} : { title }), prompts };
      workspace.records.put('prompts', statusKey(channel.id, args.thread_ts), kept);
      workspace.changed();
      return {};
    },
  }),

  'assistant.threads.setStatus': method({
    args: z.strictObject({
      channel_id: z.string().min(1),
      thread_ts: ts,
      status: z.string(),
      loading_messages: json(z.array(z.string()).max(10)).optional(),
    }),
    scopes: ['assistant:write', 'chat:write'],
    tier: 'none',
    run({ workspace, ...context }, args) {
      const channel = channelForApp({ workspace, ...context }, args.channel_id, { member: true });
      const key = statusKey(channel.id, args.thread_ts);
      const kept: Status = { status: args.status, until: workspace.now().getTime() + 120_000 };
      if (args.status === '') workspace.records.drop('status', key);
      else workspace.records.put('status', key, kept);
      workspace.changed();
      return {};
    },
  }),
};
