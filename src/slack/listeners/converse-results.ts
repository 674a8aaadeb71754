/** What can be done with a result: ask why, compare, post it, keep it as a file. */
import { webApi } from '@slack/bolt';
import type { Plan } from '../../conversations/plan.ts';
import type { Result } from '../../conversations/result.ts';
import { resultAsMarkdown, savedFileName } from '../../conversations/saved-text.ts';
import type { Conversation } from '../../store/response-store.ts';
import { findConversation, screenOf } from '../converse.ts';
import type { Call, Edge } from '../edge.ts';
import type { ButtonPress } from '../payloads.ts';
import { compareModal } from '../views/compare-view.ts';
import { noticeModal } from '../views/modals.ts';
import {
  CANNOT_POST_TEXT,
  CONVERSATION_GONE_TEXT,
  MOVED_TEXT,
  NO_RESULT_TEXT,
  SAVED_TEXT,
} from '../views/notices.ts';
import { versionText } from '../views/version-line.ts';
import { whyModal } from '../views/why-view.ts';
import { postConversation, refusalFor } from './converse.ts';

/** なぜ必要・不要・任意？ */
export async function whyStep(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const [id = '', index] = press.actions[0].value.split(':');
  const found = await resultFor(edge, call, press, id);
  const plan = found === null ? null : planIn(found.result);
  const step = plan?.steps[Number(index)];
  const view =
    plan === null || step === undefined
      ? noticeModal(NO_RESULT_TEXT)
      : whyModal(step, plan, edge.guiding, edge.terms, edge.version);
  await over(call, press, view);
}

/** 選び方を変えて比べる. */
export async function openComparison(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const id = press.actions[0].value;
  const found = await resultFor(edge, call, press, id);
  const plan = found === null ? null : planIn(found.result);
  const view =
    plan === null
      ? noticeModal(NO_RESULT_TEXT)
      : compareModal(id, plan, plan.rows, null, edge.guiding, edge.version);
  await over(call, press, view);
}

/** スレッドで続ける, チャンネルに共有: once; then it is everybody's in that thread. */
export async function moveToThread(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const conversation = await findConversation(edge, call.teamId, press.actions[0].value.split(':')[0] ?? '');
  const refusal = refusalFor(conversation, press);
  if (conversation === null || refusal !== null)
    return over(call, press, noticeModal(refusal ?? CONVERSATION_GONE_TEXT));
  const { channel, threadTs } = conversation;
  if (threadTs !== null) return over(call, press, noticeModal(MOVED_TEXT));
  if (channel === null) return over(call, press, noticeModal(CANNOT_POST_TEXT));
  try {
    await postConversation(edge, conversation, { channel, threadTs: null });
  } catch (error) {
    if (!isClosedToUs(error)) throw error;
    return over(call, press, noticeModal(CANNOT_POST_TEXT));
  }
  await over(call, press, noticeModal(MOVED_TEXT));
}

/** 文書で保存: a Markdown file in the thread, or for a conversation of one's own in the direct message. */
export async function saveResult(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const id = press.actions[0].value.split(':')[0] ?? '';
  const found = await resultFor(edge, call, press, id);
  if (found === null) return over(call, press, noticeModal(NO_RESULT_TEXT));
  const { result, conversation } = found;
  const print = edge.guiding.quoter.quoteKey;
  const content = resultAsMarkdown(result, edge.guiding.knowledge, versionText(edge.version), print);
  const place = await placeFor(call, conversation, press.user.id);
  await call.client.filesUploadV2({
    channel_id: place.channel,
    thread_ts: place.threadTs,
    filename: savedFileName(result),
    title: savedFileName(result),
    content,
    initial_comment: SAVED_TEXT,
  });
  if (press.view !== undefined)
    await over(
      call,
      press,
      noticeModal(`${SAVED_TEXT}アプリとのダイレクトメッセージ、またはスレッドにあります。`),
    );
}

async function resultFor(
  edge: Edge,
  call: Call,
  press: ButtonPress,
  id: string,
): Promise<{ result: Result; conversation: Conversation } | null> {
  const conversation = await findConversation(edge, call.teamId, id);
  if (conversation === null || refusalFor(conversation, press) !== null) return null;
  const { result } = screenOf(edge, conversation, 'modal');
  return result === null ? null : { result, conversation };
}

function planIn(result: Result): Plan | null {
  return result.kind === 'plan' ? result.plan : null;
}

/** A direct message has no id before something was posted in it. */
async function placeFor({ client }: Call, { channel, threadTs }: Conversation, userId: string) {
  if (channel !== null && threadTs !== null) return { channel, threadTs };
  const posted = await client.chat.postMessage({ channel: userId, text: '案内の結果を文書にしました。' });
  if (posted.channel === undefined || posted.ts === undefined)
    throw new Error('chat.postMessage answered without channel');
  return { channel: posted.channel, threadTs: posted.ts };
}

function isClosedToUs(error: unknown): boolean {
  return (
    error instanceof webApi.WebAPIPlatformError &&
    ['not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action'].includes(error.data.error)
  );
}

/** Above a modal another one is laid. */
async function over(
  { client }: Call,
  { trigger_id, view: from }: ButtonPress,
  view: ReturnType<typeof noticeModal>,
): Promise<void> {
  await (from?.type === 'modal'
    ? client.views.push({ trigger_id, view })
    : client.views.open({ trigger_id, view }));
}
