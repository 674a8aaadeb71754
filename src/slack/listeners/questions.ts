import type { Call, Edge } from '../edge.ts';
import { cardOf, earlierTurns, keepAnswer, postAnswer } from '../give-answer.ts';
import type { MentionEvent, MessageEvent, MessageShortcut, SlashCommand } from '../payloads.ts';
import { answerCard, isSmallTalk } from '../views/answer-card.ts';
import { helpCard } from '../views/help.ts';
import { answerModal, noticeModal } from '../views/modals.ts';
import { EMPTY_MESSAGE_TEXT } from '../views/notices.ts';
import { unescapeMrkdwn } from '../views/text.ts';
import { answerByMessage, beginByMessage, conversationAround, goOn } from './converse-messages.ts';

/** @mention in a channel: answered in its thread. A mention is a question, also in the thread of a conversation. */
export async function answerMention(edge: Edge, call: Call, event: MentionEvent): Promise<void> {
  if (await beginByMessage(edge, call, event)) return;
  const conversation = await conversationAround(edge, call, event);
  const place = { channel: event.channel, threadTs: event.thread_ts ?? event.ts };
  const reply = edge.answering.answer(event.text, await earlierTurns(edge, call.teamId, place));
  await postAnswer(edge, call, { userId: event.user, text: unescapeMrkdwn(event.text), place }, reply);
  if (conversation !== null) await goOn(edge, call, conversation);
}

/**
 * A direct message is always a question; a message in a channel only in a thread the bot answered in. In the thread
 * of a conversation it may be the answer to what was asked there.
 */
export async function answerMessage(edge: Edge, call: Call, event: MessageEvent): Promise<void> {
  const conversation = await conversationAround(edge, call, event);
  if (conversation !== null && !namesAnyone(event.text)) {
    if (await answerByMessage(edge, call, event, conversation)) return;
  }
  const isDirect = event.channel_type === 'im';
  if (isDirect && (await beginByMessage(edge, call, event))) return;
  const answered = isDirect
    ? await answerDirectMessage(edge, call, event)
    : await answerInThread(edge, call, event, conversation !== null);
  if (answered && conversation !== null) await goOn(edge, call, conversation);
}

/** /kiyaku: the answer for the asker alone; without a question, help. */
export async function answerCommand(edge: Edge, call: Call, command: SlashCommand): Promise<void> {
  if (/^\s*(help|ヘルプ|使い方)?\s*$/iu.test(command.text)) {
    await call.respond({ response_type: 'ephemeral', ...helpCard(edge.version) });
    return;
  }
  const reply = edge.answering.answer(command.text);
  const asked = { userId: command.user_id, text: command.text, place: null };
  const given = await keepAnswer(edge, call, asked, reply.answers);
  const card = answerCard(cardOf(edge, given, { truncated: reply.truncated, shareable: true }));
  await call.respond({ response_type: 'ephemeral', ...card });
}

/** Somebody's message, asked about: the answer opens at once in a modal of the person who asked. */
export async function answerShortcut(edge: Edge, call: Call, shortcut: MessageShortcut): Promise<void> {
  const { text } = shortcut.message;
  if (text.trim() === '') {
    await call.client.views.open({ trigger_id: shortcut.trigger_id, view: noticeModal(EMPTY_MESSAGE_TEXT) });
    return;
  }
  const reply = edge.answering.answer(text);
  const asked = { userId: shortcut.user.id, text: unescapeMrkdwn(text), place: null };
  const given = await keepAnswer(edge, call, asked, reply.answers);
  const view = answerModal(cardOf(edge, given, { truncated: reply.truncated }));
  await call.client.views.open({ trigger_id: shortcut.trigger_id, view });
}

async function answerDirectMessage(edge: Edge, call: Call, event: MessageEvent): Promise<boolean> {
  const place = { channel: event.channel, threadTs: event.thread_ts ?? null };
  const reply = edge.answering.answer(event.text, await earlierTurns(edge, call.teamId, place));
  await postAnswer(edge, call, { userId: event.user, text: unescapeMrkdwn(event.text), place }, reply);
  return true;
}

/** Silent (false) where people talk to each other: to another user, or about nothing the terms are asked for. */
async function answerInThread(
  edge: Edge,
  call: Call,
  event: MessageEvent,
  isOurs: boolean,
): Promise<boolean> {
  if (event.thread_ts === undefined || event.text.trim() === '' || namesAnyone(event.text)) return false;
  const place = { channel: event.channel, threadTs: event.thread_ts };
  const earlier = await earlierTurns(edge, call.teamId, place);
  if (earlier.length === 0 && !isOurs) return false;
  const reply = edge.answering.answer(event.text, earlier);
  if (isSmallTalk(reply.answers)) return false;
  await postAnswer(edge, call, { userId: event.user, text: unescapeMrkdwn(event.text), place }, reply);
  return true;
}

/** The bot itself too: a mention arrives a second time, as `app_mention`, and is answered there. */
function namesAnyone(text: string): boolean {
  return /<@[UW][A-Z0-9]+(?:\|[^<>]*)?>/.test(text);
}
