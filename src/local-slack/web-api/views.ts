/** views.*: a stack of at most three modals for each person, and one Home tab. */
import { z } from 'zod';
import type { Context } from '../context.ts';
import { checkView } from '../schema/check.ts';
import { SlackError } from '../slack-error.ts';
import {
  findView,
  homeOf,
  type LiveView,
  makeView,
  presentView,
  putHome,
  putStack,
  replaceView,
  stackOf,
} from '../view-stacks.ts';
import { json } from './arguments.ts';
import { method } from './method.ts';

const view = json(z.unknown());
const trigger = { trigger_id: z.string().optional(), interactivity_pointer: z.string().optional() };
const maximumStack = 3;

export const views = {
  'views.open': method({
    args: z.strictObject({ view, ...trigger }),
    tier: 4,
    run(context, args) {
      const checked = checkView(args.view, 'modal');
      const { user } = context.triggers.exchange(args.trigger_id ?? args.interactivity_pointer ?? '');
      requireFreeExternalId(context, checked.external_id);
      const opened = makeView(context, user, checked);
      putStack(context, user, [opened]);
      return { view: presentView(context, opened) };
    },
  }),

  'views.push': method({
    args: z.strictObject({ view, ...trigger }),
    tier: 4,
    run(context, args) {
      const checked = checkView(args.view, 'modal');
      const { user, viewId } = context.triggers.exchange(args.trigger_id ?? args.interactivity_pointer ?? '');
      const stack = stackOf(context, user);
      if (viewId === undefined || !stack.some((one) => one.id === viewId)) throw new SlackError('not_found');
      requireFreeExternalId(context, checked.external_id);
      return { view: presentView(context, pushView(context, user, checked)) };
    },
  }),

  'views.update': method({
    args: z.strictObject({
      view,
      view_id: z.string().optional(),
      external_id: z.string().optional(),
      hash: z.string().optional(),
    }),
    tier: 4,
    run(context, args) {
      const checked = checkView(args.view, 'any');
      const found = findView(context, args.view_id, args.external_id);
      if (found === undefined) throw new SlackError('not_found');
      if (args.hash !== undefined && args.hash !== found.hash) throw new SlackError('hash_conflict');
      if (found.source.type !== checked.type)
        throw new SlackError('invalid_arguments', ['view type cannot change']);
      return { view: presentView(context, replaceView(context, found, checked)) };
    },
  }),

  'views.publish': method({
    args: z.strictObject({ user_id: z.string().min(1), view, hash: z.string().optional() }),
    tier: 4,
    run(context, args) {
      if (!context.workspace.manifest.features.app_home.home_tab_enabled) throw new SlackError('not_enabled');
      const user = context.workspace.userOf(args.user_id);
      const checked = checkView(args.view, 'home');
      const current = homeOf(context, user.id);
      if (args.hash !== undefined && args.hash !== current?.hash) throw new SlackError('hash_conflict');
      const published = makeView(context, user.id, checked, current);
      putHome(context, published);
      return { view: presentView(context, published) };
    },
  }),
};

/** On top of the stack, three at most: `push_limit_reached`. */
export function pushView(context: Context, user: string, checked: LiveView['source']): LiveView {
  const stack = stackOf(context, user);
  if (stack.length >= maximumStack) throw new SlackError('push_limit_reached');
  const pushed = makeView(context, user, checked);
  const [root] = stack;
  const placed = { ...pushed, rootId: root?.id ?? pushed.id, previousId: stack.at(-1)?.id ?? null };
  putStack(context, user, [...stack, placed]);
  return placed;
}

function requireFreeExternalId(context: Context, externalId: string | undefined): void {
  if (externalId !== undefined && externalId !== '' && findView(context, undefined, externalId)) {
    throw new SlackError('duplicate_external_id');
  }
}
