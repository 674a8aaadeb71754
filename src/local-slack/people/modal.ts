/** Submitting and closing modals: the screen's own checks, then the app's answer. */
import { z } from 'zod';
import type { Context } from '../context.ts';
import { inputErrors, stateValues } from '../form-state.ts';
import { checkView } from '../schema/check.ts';
import { elementsOf } from '../schema/interactive.ts';
import { AppFailed, NotOnScreen, SlackError } from '../slack-error.ts';
import { type LiveView, presentView, putStack, replaceView, stackOf } from '../view-stacks.ts';
import { pushView } from '../web-api/views.ts';
import { deliver, isEmptyAnswer } from './deliver.ts';
import { envelope } from './payloads.ts';

const answer = z.discriminatedUnion('response_action', [
  z.strictObject({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.strictObject({ response_action: z.literal('update'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('push'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('clear') }),
]);

/** Errors by block_id, in Japanese; empty when the app took it. */
export async function submit(
  context: Context,
  userId: string,
  viewId: string,
): Promise<Record<string, string>> {
  const view = topView(context, userId, viewId);
  if (view.source.type === 'modal' && view.source.submit === undefined) {
    throw new NotOnScreen('この画面に送信ボタンはありません');
  }
  const errors = inputErrors(view.source.blocks, view.entered);
  if (Object.keys(errors).length > 0) return errors;
  const body = await deliver(context, 'interactive', {
    type: 'view_submission',
    ...envelope(context, userId),
    trigger_id: context.triggers.issue(userId, viewId),
    view: presentView(context, view),
    response_urls: responseUrls(context, userId, view),
  });
  return settle(context, view, body);
}

/** Closes the topmost modal (all of them with `clear_on_close`) and tells the app where it asked to know. */
export async function close(context: Context, userId: string, viewId: string): Promise<void> {
  const view = topView(context, userId, viewId);
  const isCleared = view.source.type === 'modal' && view.source.clear_on_close === true;
  const stack = stackOf(context, userId);
  putStack(context, userId, isCleared ? [] : stack.slice(0, -1));
  const gone = isCleared ? stack : [view];
  for (const one of gone.toReversed()) {
    if (one.source.type !== 'modal' || one.source.notify_on_close !== true) continue;
    await deliver(context, 'interactive', {
      type: 'view_closed',
      ...envelope(context, userId),
      view: presentView(context, one),
      is_cleared: isCleared,
    });
  }
}

function settle(context: Context, view: LiveView, body: unknown): Record<string, string> {
  if (isEmptyAnswer(body)) {
    const stack = stackOf(context, view.user);
    putStack(
      context,
      view.user,
      stack.filter((one) => one.id !== view.id),
    );
    return {};
  }
  const parsed = answer.safeParse(body);
  if (!parsed.success)
    throw new AppFailed(`アプリの応答を読めませんでした: ${parsed.error.issues[0]?.message ?? ''}`);
  try {
    return act(context, view, parsed.data);
  } catch (error) {
    if (error instanceof SlackError)
      throw new AppFailed(`アプリの画面を表示できませんでした（${error.message}）`);
    throw error;
  }
}

function act(context: Context, view: LiveView, action: z.infer<typeof answer>): Record<string, string> {
  switch (action.response_action) {
    case 'errors': {
      const inputs = elementsOf(view.source.blocks).filter(({ isInput }) => isInput);
      const known = inputs.map(({ block }) => block.block_id);
      const lost = Object.keys(action.errors).find((id) => !known.includes(id));
      if (lost !== undefined) throw new AppFailed(`エラーの行き先「${lost}」は入力欄ではありません`);
      return action.errors;
    }
    case 'update':
      replaceView(context, view, checkView(action.view, 'modal'));
      return {};
    case 'push':
      pushView(context, view.user, checkView(action.view, 'modal'));
      return {};
    case 'clear':
      putStack(context, view.user, []);
      return {};
  }
}

function topView(context: Context, userId: string, viewId: string): LiveView {
  const top = stackOf(context, userId).at(-1);
  if (top === undefined || top.id !== viewId) throw new NotOnScreen('その画面は開いていません');
  return top;
}

/** Channel pickers with response_url_enabled hand out a response_url for the channel picked. */
function responseUrls(context: Context, user: string, view: LiveView) {
  const values = stateValues(view.source.blocks, view.entered);
  return elementsOf(view.source.blocks)
    .filter(({ element }) => element.response_url_enabled === true)
    .flatMap(({ block, element }) => {
      const state = values[block.block_id ?? '']?.[element.action_id ?? ''] as
        | Record<string, unknown>
        | undefined;
      const channel = state?.selected_conversation ?? state?.selected_channel;
      if (typeof channel !== 'string') return [];
      const where = { block_id: block.block_id, action_id: element.action_id, channel_id: channel };
      return [{ ...where, response_url: context.responseUrls.issue({ user, channel }) }];
    });
}
