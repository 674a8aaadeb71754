import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Delivery } from '../store/inbox-store.ts';

type Body = Readonly<Record<string, unknown>>;

const id = z.string().min(1).max(255);
const team = z.object({ team: z.object({ id }) });
const event = z.object({ type: z.literal('event_callback'), team_id: id, event_id: id });
const command = z.object({ command: id, team_id: id, trigger_id: id });
const shortcut = team.extend({ type: z.enum(['message_action', 'shortcut']), trigger_id: id });
const action = team.extend({
  type: z.literal('block_actions'),
  user: z.object({ id }),
  actions: z.array(z.object({ action_id: id, action_ts: id })).min(1),
});
const view = team.extend({
  type: z.enum(['view_submission', 'view_closed']),
  view: z.object({ id, hash: z.string(), callback_id: z.string() }),
  trigger_id: id.optional(),
});

/**
 * The workspace and the unique key of what Slack delivered; null for a payload of no known shape.
 * The keys: event_id; trigger_id; action_ts, action_id and user; view id, hash and callback id.
 */
export function deliveryOf(body: Body): Delivery | null {
  const asEvent = event.safeParse(body);
  if (asEvent.success) return { ...named(asEvent.data.team_id, 'event', asEvent.data.event_id), body };
  const asCommand = command.safeParse(body);
  if (asCommand.success)
    return { ...named(asCommand.data.team_id, 'command', asCommand.data.trigger_id), body };
  const asShortcut = shortcut.safeParse(body);
  if (asShortcut.success)
    return { ...named(asShortcut.data.team.id, 'shortcut', asShortcut.data.trigger_id), body };
  const asAction = action.safeParse(body);
  if (asAction.success) {
    const { actions, user, team: of } = asAction.data;
    const pressed = actions.map((one) => `${one.action_ts}:${one.action_id}`).join('+');
    return { ...named(of.id, 'action', `${pressed}:${user.id}`), body };
  }
  const asView = view.safeParse(body);
  if (!asView.success) return null;
  const { id: viewId, hash, callback_id } = asView.data.view;
  // A modal that was sent back with errors is submitted again under the same hash: the trigger tells them apart.
  const trigger = asView.data.trigger_id === undefined ? '' : `:${asView.data.trigger_id}`;
  return {
    ...named(asView.data.team.id, 'view', `${asView.data.type}:${viewId}:${hash}:${callback_id}${trigger}`),
    body,
  };
}

/** What a person quotes and the log holds: the same for every attempt at one delivery. */
export function referenceOf({ teamId, key }: Pick<Delivery, 'teamId' | 'key'>): string {
  return `KG-${createHash('sha256').update(`${teamId}\n${key}`).digest('hex').slice(0, 8).toUpperCase()}`;
}

const aside = z.object({
  event: z.object({
    type: z.literal('message'),
    channel_type: z.string().optional(),
    thread_ts: z.string().optional(),
    subtype: z.string().optional(),
    bot_id: z.string().optional(),
  }),
});
const READ_SUBTYPES = new Set([undefined, 'file_share', 'thread_broadcast']);

/**
 * True for messages that are no question to us whatever they say: edits, bots, and talk in a channel outside
 * threads. They are dropped unread and never stored.
 */
export function isTalkAside(body: Body): boolean {
  const read = aside.safeParse(body);
  if (!read.success) return false;
  const { channel_type, thread_ts, subtype, bot_id } = read.data.event;
  if (bot_id !== undefined || !READ_SUBTYPES.has(subtype)) return true;
  return channel_type !== 'im' && thread_ts === undefined;
}

const changed = z.object({
  event: z.object({
    type: z.literal('message'),
    subtype: z.enum(['message_changed', 'message_deleted']),
    channel: id,
    deleted_ts: z.string().optional(),
    message: z.object({ ts: z.string() }).optional(),
    previous_message: z.object({ ts: z.string() }).optional(),
  }),
});

/** The message that was edited or deleted; null for everything else. Nothing of what it says is read. */
export function changedMessageOf(body: Body): { readonly channel: string; readonly ts: string } | null {
  const read = changed.safeParse(body);
  if (!read.success) return null;
  const { channel, deleted_ts, message, previous_message } = read.data.event;
  const ts = deleted_ts ?? message?.ts ?? previous_message?.ts;
  return ts === undefined ? null : { channel, ts };
}

const byPerson = z.union([
  z.object({ user: z.object({ id }) }).transform(({ user }) => user.id),
  z.object({ command: id, user_id: id }).transform(({ user_id }) => user_id),
  z.object({ event: z.object({ user: id }) }).transform(({ event: { user } }) => user),
]);

/** The Slack user id of whoever caused a delivery; null where nobody did. */
export function personOf(body: Body): string | null {
  return byPerson.safeParse(body).data ?? null;
}

function named(teamId: string, kind: Delivery['kind'], key: string): Omit<Delivery, 'body'> {
  return { teamId, kind, key: `${kind}:${key}` };
}
