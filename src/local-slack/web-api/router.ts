/** One Web API call: token, method, scope, rate, arguments, work; and Slack's way of saying no. */
import type { z } from 'zod';
import type { Context } from '../context.ts';
import { pointers } from '../schema/check.ts';
import { SlackError } from '../slack-error.ts';
import { assistant } from './assistant.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { files } from './files.ts';
import { type Method, requireScope } from './method.ts';
import { people } from './people.ts';
import { views } from './views.ts';

export const methods: Record<string, Method> = {
  ...people,
  ...chat,
  ...conversations,
  ...views,
  ...assistant,
  ...files,
};

export type Call = { name: string; bearer: string | undefined; args: Record<string, unknown> };

/** The body of the answer. Throws RateLimited for 429; every other refusal is `{ ok: false, error }`. */
export function callMethod(context: Context, call: Call): Record<string, unknown> {
  try {
    const found = Object.hasOwn(methods, call.name) ? methods[call.name] : undefined;
    if (found === undefined) throw new SlackError('unknown_method', [], { req_method: call.name });
    // Bolt's client adds team_id to every call; it decides nothing in a single workspace.
    const { token: inBody, team_id: _team, ...args } = call.args;
    authenticate(context, found, call.bearer ?? (typeof inBody === 'string' ? inBody : undefined));
    requireScope(context, found.scopes);
    const channel = typeof args.channel === 'string' ? args.channel : undefined;
    context.rateLimits.check(call.name, found.tier, channel);
    return { ok: true, ...found.run(context, parse(found, args) as never) };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return refusal(error);
  }
}

export function refusal(error: SlackError): Record<string, unknown> {
  const messages = error.messages;
  return {
    ok: false,
    error: error.code,
    ...error.extra,
    ...(messages.length === 0 ? {} : { errors: messages, response_metadata: { messages } }),
  };
}

function authenticate(context: Context, found: Method, token: string | undefined): void {
  if (token === undefined || token === '') throw new SlackError('not_authed');
  if (token !== context.botToken && token !== context.appToken) throw new SlackError('invalid_auth');
  const wanted = found.appToken === true ? context.appToken : context.botToken;
  if (token !== wanted) throw new SlackError('not_allowed_token_type');
}

function parse(found: Method, args: Record<string, unknown>): unknown {
  const parsed = found.args.safeParse(args);
  if (parsed.success) return parsed.data;
  throw new SlackError(codeFor(parsed.error), pointers(parsed.error, ''));
}

/** Most methods name the missing thing; the rest say invalid_arguments. */
function codeFor(error: z.ZodError): string {
  const isLong = error.issues.some((issue) => issue.code === 'too_big' && issue.path[0] === 'markdown_text');
  return isLong ? 'msg_too_long' : 'invalid_arguments';
}
