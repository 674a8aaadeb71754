/** What one Web API method is: its arguments, the scopes it needs (any one of them), its rate tier, its work. */
import type { z } from 'zod';
import type { Context } from '../context.ts';
import type { Tier } from '../rate-limits.ts';
import { SlackError } from '../slack-error.ts';
import type { Channel } from '../workspace.ts';

export type Answer = Record<string, unknown>;
export type Method = {
  args: z.ZodType;
  scopes: string[];
  tier: Tier;
  /** Called with the app-level token instead of the bot token. */
  appToken?: boolean;
  run(context: Context, args: never): Answer;
};

/** Keeps the argument type of `run` tied to `args`. */
export function method<T extends z.ZodType>(definition: {
  args: T;
  scopes?: string[];
  tier: Tier;
  appToken?: boolean;
  run(context: Context, args: z.infer<T>): Answer;
}): Method {
  return { scopes: [], ...definition } as Method;
}

/** `missing_scope` with what is needed and what there is, as Slack answers it. */
export function requireScope(context: Context, anyOf: string[]): void {
  const provided = context.workspace.manifest.oauth_config.scopes.bot;
  if (anyOf.length === 0 || anyOf.some((scope) => provided.includes(scope))) return;
  throw new SlackError('missing_scope', [], { needed: anyOf[0], provided: provided.join(',') });
}

/** The scope that reading this kind of conversation takes. */
export function scopeFor(channel: Channel, verb: 'history' | 'read' | 'write'): string {
  const noun = { public: 'channels', private: 'groups', im: 'im', mpim: 'mpim' }[channel.kind];
  return `${noun}:${verb}`;
}

/**
 * The conversation as the app sees it: private ones it is not in do not exist (`channel_not_found`).
 * With `member`, public ones must have invited it (`not_in_channel`).
 */
export function channelForApp(context: Context, id: string, options: { member: boolean }): Channel {
  const channel = context.workspace.findChannel(id);
  if (channel === undefined || (channel.kind === 'private' && !channel.hasApp)) {
    throw new SlackError('channel_not_found');
  }
  if (options.member && !channel.hasApp) throw new SlackError('not_in_channel');
  return channel;
}
