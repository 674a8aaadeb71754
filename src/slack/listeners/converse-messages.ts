/** Messages in the thread of a conversation: answers in words, orders like 戻る, comparisons. */
import { comparePlans, comparisonTitle } from '../../conversations/compare-plans.ts';
import { planFor } from '../../conversations/plan.ts';
import { flowAsked, readMessage } from '../../conversations/read-message.ts';
import type { Conversation } from '../../store/response-store.ts';
import { flowOf, moveCardDown, refreshCard, screenOf, takeEvent } from '../converse.ts';
import type { Call, Edge } from '../edge.ts';
import type { MessageEvent } from '../payloads.ts';
import { comparisonBlocks } from '../views/compare-view.ts';
import { flowMenuCard } from '../views/flow-menu.ts';
import { escapeMrkdwn, unescapeMrkdwn } from '../views/text.ts';
import { postConversation } from './converse.ts';
import { start } from './converse-begin.ts';

type Said = Pick<MessageEvent, 'user' | 'text' | 'ts' | 'channel' | 'thread_ts'>;

/** The conversation that runs in the thread of a message; null outside of one. */
export async function conversationAround(
  edge: Edge,
  call: Call,
  { channel, thread_ts }: Said,
): Promise<Conversation | null> {
  if (thread_ts === undefined) return null;
  const conversation = await edge.conversations.inThread(call.teamId, channel, thread_ts);
  return conversation !== null && flowOf(edge, conversation.flow) !== null ? conversation : null;
}

/** 「必要な手続を調べる」「手続の案内」: begins in the thread of the message. True when it was that. */
export async function beginByMessage(edge: Edge, call: Call, said: Said): Promise<boolean> {
  const asked = flowAsked(withoutMention(said.text), edge.guiding.flows);
  if (asked === null) return false;
  const threadTs = said.thread_ts ?? said.ts;
  const { channel } = said;
  if (asked === 'menu') {
    if (call.attempt === 1)
      await edge.posts.post({ channel, thread_ts: threadTs, ...flowMenuCard(edge.guiding.flows) });
    return true;
  }
  const started = await start(edge, call, asked.id, { userId: said.user, channel, threadTs });
  if (started.messageTs === null) await postConversation(edge, started, { channel, threadTs });
  return true;
}

/** True when the message was meant for the conversation; everything else is a side question. */
export async function answerByMessage(
  edge: Edge,
  call: Call,
  said: Said,
  conversation: Conversation,
): Promise<boolean> {
  if (await edge.conversations.took(conversation, call.key)) {
    await refreshCard(edge, call, conversation);
    return true;
  }
  const screen = screenOf(edge, conversation, 'thread');
  const meant = readMessage(unescapeMrkdwn(said.text), screen.position, edge.guiding.knowledge);
  if (meant === null) return false;
  if (meant.kind === 'compare') {
    await postComparison(edge, conversation, meant.rows);
    return true;
  }
  const taken = await takeEvent(edge, call, conversation, conversation.version, meant.event, said.user);
  await moveCardDown(edge, call, taken.conversation, taken.refusal);
  return true;
}

/** After a side question was answered: the open question stands below it again. */
export async function goOn(edge: Edge, call: Call, conversation: Conversation): Promise<void> {
  if (screenOf(edge, conversation, 'thread').position.kind === 'question')
    await moveCardDown(edge, call, conversation);
}

async function postComparison(
  edge: Edge,
  conversation: Conversation,
  rows: readonly number[],
): Promise<void> {
  const { result } = screenOf(edge, conversation, 'thread');
  const { channel, threadTs } = conversation;
  if (result?.kind !== 'plan' || channel === null || threadTs === null) return;
  const other = planFor(edge.guiding.facts.rules, edge.guiding.knowledge, { rows });
  const comparison = comparePlans(result.plan, other);
  await edge.posts.post({
    channel,
    thread_ts: threadTs,
    text: escapeMrkdwn(comparisonTitle(comparison)),
    blocks: comparisonBlocks(comparison),
  });
}

function withoutMention(text: string): string {
  return text.replace(/<@[UW][A-Z0-9]+(?:\|[^<>]*)?>/g, '').trim();
}
