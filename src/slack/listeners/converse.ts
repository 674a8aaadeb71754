/** Presses on the screens of a conversation: answer, go back, change, cancel, search, open elsewhere. */
import type { ModalView } from '@slack/types';
import { type ConversationEvent, previousStep, replay } from '../../conversations/replay.ts';
import type { Conversation } from '../../store/response-store.ts';
import { chosenIn, type FlowPress, type SearchPress } from '../conversation-payloads.ts';
import { findConversation, flowOf, refreshCard, screenOf, takeEvent } from '../converse.ts';
import type { Call, Edge } from '../edge.ts';
import type { ButtonPress } from '../payloads.ts';
import { updateView } from '../update-view.ts';
import { noticeModal } from '../views/modals.ts';
import { CONVERSATION_GONE_TEXT, NOT_YOUR_CONVERSATION_TEXT } from '../views/notices.ts';
import { flowCard, flowModal } from '../views/step-view.ts';
import { whisper } from '../whisper.ts';

/** An option, or この選び方で進む with what is chosen in the list. */
export async function answerStep(edge: Edge, call: Call, press: FlowPress): Promise<void> {
  const [id = '', version, step = '', option] = press.actions[0].value.split(':');
  const values = press.state?.values ?? press.view?.state?.values ?? {};
  const rows = [...new Set(chosenIn(values, 'answer').map(Number))];
  const response =
    option === undefined
      ? ({ kind: 'apis', rows, absent: [] } as const)
      : ({ kind: 'choice', option } as const);
  await take(edge, call, press, id, Number(version), () => ({ kind: 'answered', step, response }));
}

/** 戻る, 変える, はじめから, 取りやめる. */
export async function moveFlow(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const [id = '', version, what, step = ''] = press.actions[0].value.split(':');
  await take(edge, call, press, id, Number(version), (conversation) => {
    switch (what) {
      case 'restart':
        return { kind: 'restarted' };
      case 'cancel':
        return { kind: 'cancelled' };
      case 'revisit':
        return { kind: 'revisited', step };
      default:
        return backFrom(edge, conversation);
    }
  });
}

/** Enter in 言葉で探す: what was ticked stays ticked, candidates come on top. */
export async function searchApis(edge: Edge, call: Call, press: SearchPress): Promise<void> {
  const [id = ''] = (press.view?.private_metadata ?? '').split(':');
  const conversation = await findConversation(edge, call.teamId, id);
  const words = (press.actions[0].value ?? '').trim();
  if (conversation === null || press.view === undefined || words === '') return;
  const view = flowModal(screenOf(edge, conversation, 'modal', { words }));
  await updateView(call.client, press.view.id, view);
}

/** 画面で開く, 続ける: the same conversation in a modal. */
export async function openFlow(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const conversation = await findConversation(edge, call.teamId, press.actions[0].value);
  const refusal = refusalFor(conversation, press);
  const view =
    conversation === null || refusal !== null
      ? noticeModal(refusal ?? CONVERSATION_GONE_TEXT)
      : flowModal(screenOf(edge, conversation, 'modal'));
  await show(call, press, view);
}

/** Choices in a list are read with the button that goes on. */
export async function pickApis(): Promise<void> {}

/** Why this person may not touch the conversation here; null when they may. */
export function refusalFor(conversation: Conversation | null, press: ButtonPress): string | null {
  if (conversation === null) return CONVERSATION_GONE_TEXT;
  const { channel_id } = press.container;
  if (conversation.threadTs === null)
    return conversation.userId === press.user.id ? null : NOT_YOUR_CONVERSATION_TEXT;
  return channel_id === undefined || channel_id === conversation.channel ? null : CONVERSATION_GONE_TEXT;
}

/** Over a modal of ours the next screen takes its place; elsewhere a modal is opened. */
export async function show(
  { client }: Call,
  { trigger_id, view: from }: ButtonPress,
  view: ModalView,
): Promise<void> {
  await (from?.type === 'modal'
    ? updateView(client, from.id, view)
    : client.views.open({ trigger_id, view }));
}

async function take(
  edge: Edge,
  call: Call,
  press: ButtonPress,
  id: string,
  expected: number,
  eventFor: (conversation: Conversation) => ConversationEvent | null,
): Promise<void> {
  const found = await findConversation(edge, call.teamId, id);
  const forbidden = refusalFor(found, press);
  if (found === null || forbidden !== null) return whisper(call, press, forbidden ?? CONVERSATION_GONE_TEXT);
  const event = eventFor(found);
  if (event === null) return;
  const { conversation, refusal } = await takeEvent(edge, call, found, expected, event, press.user.id);
  if (press.view !== undefined) {
    const view = flowModal(screenOf(edge, conversation, 'modal', { notice: refusal }));
    await updateView(call.client, press.view.id, view);
    if (refusal === null) await refreshCard(edge, call, conversation);
    return;
  }
  await refreshCard(edge, call, conversation);
  if (refusal !== null) await whisper(call, press, refusal);
}

function backFrom(edge: Edge, conversation: Conversation): ConversationEvent | null {
  const flow = flowOf(edge, conversation.flow);
  if (flow === null) return null;
  const step = previousStep(replay(flow, edge.guiding.facts, conversation.events));
  return step === null ? null : { kind: 'revisited', step };
}

/** Posts a conversation into its channel; from then on it runs in that thread, for everybody in it. */
export async function postConversation(
  edge: Edge,
  conversation: Conversation,
  place: { readonly channel: string; readonly threadTs: string | null },
): Promise<void> {
  const { channel, threadTs } = place;
  const card = flowCard(screenOf(edge, conversation, 'thread'));
  const ts = await edge.posts.post({
    channel,
    ...(threadTs === null ? {} : { thread_ts: threadTs }),
    ...card,
  });
  await edge.conversations.placed(conversation, { channel, threadTs: threadTs ?? ts, messageTs: ts });
}
