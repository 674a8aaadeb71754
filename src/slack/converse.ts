/** Conversations at the edge: an answer saved, the position replayed, the screen drawn. */
import type { Flow } from '../conversations/flow.ts';
import { type ConversationEvent, refusalOf, replay } from '../conversations/replay.ts';
import { resultOf } from '../conversations/result.ts';
import type { Conversation } from '../store/response-store.ts';
import type { Call, Edge } from './edge.ts';
import { CARD_MOVED_TEXT, FASTER_TEXT } from './views/notices.ts';
import type { Screen } from './views/screen.ts';
import { flowCard } from './views/step-view.ts';

/** A conversation after an event, with what has to be said about it. */
export interface Taken {
  readonly conversation: Conversation;
  /** Null when the event was taken. */
  readonly refusal: string | null;
}

export function flowOf({ guiding }: Edge, id: string): Flow | null {
  return guiding.flows.find((flow) => flow.id === id) ?? null;
}

/** The conversation of a press or message, and its flow; null when either is gone. */
export async function findConversation(edge: Edge, teamId: string, id: string): Promise<Conversation | null> {
  const conversation = await edge.conversations.find(teamId, id);
  return conversation !== null && flowOf(edge, conversation.flow) !== null ? conversation : null;
}

/**
 * Saves an event that was given on a screen of version `expected`. It is not saved when it cannot be taken, or when
 * somebody else was faster: then nobody's answer is overwritten unseen.
 */
export async function takeEvent(
  edge: Edge,
  call: Call,
  conversation: Conversation,
  expected: number,
  event: ConversationEvent,
  userId: string,
): Promise<Taken> {
  if (await edge.conversations.took(conversation, call.key)) return { conversation, refusal: null };
  if (conversation.version !== expected) return { conversation, refusal: FASTER_TEXT };
  const flow = requiredFlow(edge, conversation);
  const refusal = refusalOf(flow, edge.guiding.facts, conversation.events, event);
  if (refusal !== null) return { conversation, refusal: refusal.reason };
  const by = { userId, sourceKey: call.key, at: edge.now() };
  const saved = await edge.conversations.append(conversation, expected, event, by);
  return { conversation: saved.conversation, refusal: saved.kind === 'conflict' ? FASTER_TEXT : null };
}

/** What is on the screen. `words`: of a search for an API. */
export function screenOf(
  edge: Edge,
  conversation: Conversation,
  surface: Screen['surface'],
  { notice = null, words = null }: { notice?: string | null; words?: string | null } = {},
): Screen {
  const { guiding } = edge;
  const flow = requiredFlow(edge, conversation);
  const position = replay(flow, guiding.facts, conversation.events);
  const result =
    position.kind === 'outcome'
      ? resultOf(position, { rules: guiding.facts.rules, knowledge: guiding.knowledge })
      : null;
  const suggest =
    position.kind === 'question' && position.step.kind === 'apis' ? position.step.suggest : null;
  const wish = position.path.find(({ step }) => step.id === suggest)?.response;
  const sought = words ?? (wish?.kind === 'text' ? wish.text : null);
  return {
    id: conversation.id,
    version: conversation.version,
    flow,
    position,
    result,
    candidates: sought === null ? null : { ...guiding.findApis(sought), words: sought },
    notice,
    surface,
    canRequest: edge.desk.staff.configured,
    hasChannel: conversation.channel !== null && conversation.threadTs === null,
    terms: edge.version,
    guiding,
  };
}

/** Draws the card in the thread anew, where there is one. */
export async function refreshCard(
  edge: Edge,
  { client }: Call,
  conversation: Conversation,
  notice: string | null = null,
): Promise<void> {
  const { channel, messageTs } = conversation;
  if (channel === null || messageTs === null) return;
  await client.chat.update({
    channel,
    ts: messageTs,
    ...flowCard(screenOf(edge, conversation, 'thread', { notice })),
  });
}

/** Puts the card below what was written since, so that the conversation goes on where people read. */
export async function moveCardDown(
  edge: Edge,
  { client, attempt }: Call,
  conversation: Conversation,
  notice: string | null = null,
): Promise<void> {
  const { channel, threadTs, messageTs } = conversation;
  if (channel === null || threadTs === null || attempt > 1) return;
  const card = flowCard(screenOf(edge, conversation, 'thread', { notice }));
  const ts = await edge.posts.post({ channel, thread_ts: threadTs, ...card });
  await edge.conversations.placed(conversation, { channel, threadTs, messageTs: ts });
  if (messageTs !== null)
    await client.chat.update({ channel, ts: messageTs, text: CARD_MOVED_TEXT, blocks: [] });
}

function requiredFlow(edge: Edge, { flow }: Conversation): Flow {
  const found = flowOf(edge, flow);
  if (found === null) throw new Error(`no flow ${flow}`);
  return found;
}
