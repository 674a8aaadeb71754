/**
 * A press or a choice. The page names message (or view), block and element; what is sent to the app is what the
 * stored message says there, so nobody can press what is not on their screen or send a value of their own.
 */
import type { Context } from '../context.ts';
import { type Entered, stateValues, toValue } from '../form-state.ts';
import type { Block } from '../schema/blocks.ts';
import { elementsOf, type Loose, stateField } from '../schema/interactive.ts';
import type { Option } from '../schema/objects.ts';
import { NotOnScreen } from '../slack-error.ts';
import { findView, type LiveView, presentView, putHome, putStack, stackOf } from '../view-stacks.ts';
import { deliver } from './deliver.ts';
import { actionTs, channelName, envelope } from './payloads.ts';
import { visibleMessage } from './write.ts';

export type Surface = { channel: string; ts: string } | { viewId: string };
export type Press = { on: Surface; blockId: string; actionId: string; value?: unknown };

/** What a surface is made of, once it is certain that this person sees it. */
export type Seen = {
  blocks: Block[];
  entered: Entered;
  view: LiveView | undefined;
  keep(entered: Entered): void;
  /** Payload fields that say where: container, channel, message or view, response_url. */
  place(): Record<string, unknown>;
  /** `response_url` comes with presses on messages, not with option requests. */
  responseUrl(): Record<string, unknown>;
};

/** Sends `block_actions` and waits for the acknowledgement. Inputs without dispatch_action are only kept. */
export async function press(
  context: Context,
  userId: string,
  { on, blockId, actionId, value }: Press,
): Promise<void> {
  const seen = look(context, userId, on);
  const { block, element } = findElement(seen.blocks, userId, blockId, actionId);
  const action = takeAction(context, userId, seen, { blockId, actionId, element, value });
  if (block.type === 'input' && block.dispatch_action !== true) return;
  await deliver(context, 'interactive', {
    type: 'block_actions',
    ...envelope(context, userId),
    ...seen.place(),
    trigger_id: context.triggers.issue(userId, seen.view?.id),
    ...seen.responseUrl(),
    actions: [{ ...action, action_id: actionId, block_id: blockId, action_ts: actionTs(context) }],
  });
}

export function findElement(blocks: Block[], userId: string, blockId: string, actionId: string) {
  const found = elementsOf(blocks).find(
    ({ block, element }) => block.block_id === blockId && element.action_id === actionId,
  );
  const readers = found?.element.visible_to_user_ids as string[] | undefined;
  if (found === undefined || (readers !== undefined && !readers.includes(userId))) {
    throw new NotOnScreen(`「${blockId} / ${actionId}」は画面にありません`);
  }
  return found;
}

/** The surface as this person sees it; NotOnScreen otherwise. Only the topmost modal can be touched. */
export function look(context: Context, userId: string, on: Surface): Seen {
  return 'viewId' in on ? lookAtView(context, userId, on.viewId) : lookAtMessage(context, userId, on);
}

export function offeredKey(userId: string, blockId: string, actionId: string): string {
  return `${userId} ${blockId} ${actionId}`;
}

function lookAtView(context: Context, userId: string, viewId: string): Seen {
  const view = findView(context, viewId, undefined);
  const top = stackOf(context, userId).at(-1);
  if (view === undefined || view.user !== userId || (view.source.type === 'modal' && top?.id !== viewId)) {
    throw new NotOnScreen('その画面は開いていません');
  }
  const current = () => findView(context, viewId, undefined) ?? view;
  return {
    blocks: view.source.blocks,
    entered: view.entered,
    view,
    keep(entered) {
      if (view.source.type === 'home') putHome(context, { ...current(), entered });
      else
        putStack(
          context,
          userId,
          stackOf(context, userId).map((one) => (one.id === viewId ? { ...one, entered } : one)),
        );
    },
    place: () => ({ container: { type: 'view', view_id: viewId }, view: presentView(context, current()) }),
    responseUrl: () => ({}),
  };
}

function lookAtMessage(context: Context, userId: string, on: { channel: string; ts: string }): Seen {
  const { workspace } = context;
  const { channel, stored } = visibleMessage(context, userId, on.channel, on.ts);
  const { message } = stored;
  const key = `${on.channel} ${on.ts} ${userId}`;
  const entered = () => workspace.records.get<Entered>('entered', key) ?? {};
  const blocks = message.blocks ?? [];
  const isEphemeral = stored.reader !== null;
  const thread = message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts };
  return {
    blocks,
    entered: entered(),
    view: undefined,
    keep: (next) => workspace.records.put('entered', key, next),
    place: () => ({
      container: {
        type: 'message',
        message_ts: on.ts,
        channel_id: on.channel,
        is_ephemeral: isEphemeral,
        ...thread,
      },
      channel: { id: channel.id, name: channelName(channel) },
      // Slack does not send the message itself when it was ephemeral.
      ...(isEphemeral ? {} : { message }),
      state: { values: stateValues(blocks, entered()) },
    }),
    responseUrl: () => ({
      response_url: context.responseUrls.issue({
        user: userId,
        channel: on.channel,
        ts: on.ts,
        ...(message.thread_ts === undefined ? {} : { threadTs: message.thread_ts }),
      }),
    }),
  };
}

function takeAction(
  context: Context,
  userId: string,
  seen: Seen,
  at: { blockId: string; actionId: string; element: Loose; value: unknown },
): Record<string, unknown> {
  const { element, blockId, actionId, value } = at;
  const { type } = element;
  if (type === 'button' || type === 'icon_button') {
    return { type, text: element.text, ...(element.value === undefined ? {} : { value: element.value }) };
  }
  if (type === 'feedback_buttons') {
    const sides = [element.positive_button, element.negative_button] as { text: unknown; value: string }[];
    const side = sides.find((one) => one.value === value);
    if (side === undefined) throw new NotOnScreen(`評価「${String(value)}」は画面にありません`);
    return { type, text: side.text, value: side.value };
  }
  if (type === 'overflow') {
    const option = (element.options as Option[]).find((one) => one.value === value);
    if (option === undefined) throw new NotOnScreen(`メニュー「${String(value)}」は画面にありません`);
    return { type, selected_option: option };
  }
  const offered =
    context.workspace.records.get<Option[]>('offered', offeredKey(userId, blockId, actionId)) ?? [];
  const held = toValue(element, value ?? null, offered);
  requireKnown(context, userId, type, held);
  seen.keep({ ...seen.entered, [blockId]: { ...seen.entered[blockId], [actionId]: held } });
  return { type, [stateField(type)?.field ?? 'value']: held };
}

/** People and channels are picked from lists as well. */
function requireKnown(context: Context, userId: string, type: string, held: unknown): void {
  const { workspace } = context;
  const ids = (Array.isArray(held) ? held : [held]).filter((id) => id !== null);
  const isUsers = type.endsWith('users_select');
  const isPlaces = type === 'channels_select' || type === 'conversations_select';
  if (!isUsers && !isPlaces) return;
  const mine = workspace.channelsOf(userId).map((channel) => channel.id);
  for (const id of ids) {
    const known = isUsers ? workspace.users.has(id) || id === workspace.app.botUserId : mine.includes(id);
    if (!known) throw new NotOnScreen(`「${String(id)}」は一覧にありません`);
  }
}
