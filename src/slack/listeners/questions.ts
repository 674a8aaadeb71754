import type { Call, Edge } from '../edge.ts';
import { cardOf, earlierTurns, keepAnswer, postAnswer } from '../give-answer.ts';
import type { MentionEvent, MessageEvent, MessageShortcut, SlashCommand } from '../payloads.ts';
import { answerCard, isSmallTalk } from '../views/answer-card.ts';
import { helpCard } from '../views/help.ts';
import { answerModal, noticeModal } from '../views/modals.ts';
import { EMPTY_MESSAGE_TEXT } from '../views/notices.ts';

/** @mention in a channel: answered in its thread. */
export async function answerMention(edge: Edge, call: Call, event: MentionEvent): Promise<void> {
  const place = { channel: event.channel, threadTs: event.thread_ts ?? event.ts };
  const reply = edge.answering.answer(event.text, await earlierTurns(edge, call.teamId, place));
  await postAnswer(edge, call, { userId: event.user, text: asTyped(event.text), place }, reply);
}

/** A direct message is always a question; a message in a channel only in a thread the bot answered in. */
export async function answerMessage(edge: Edge, call: Call, event: MessageEvent): Promise<void> {
  return event.channel_type === 'im'
    ? answerDirectMessage(edge, call, event)
    : answerInThread(edge, call, event);
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
  const asked = { userId: shortcut.user.id, text: asTyped(text), place: null };
  const given = await keepAnswer(edge, call, asked, reply.answers);
  const view = answerModal(cardOf(edge, given, { truncated: reply.truncated }));
  await call.client.views.open({ trigger_id: shortcut.trigger_id, view });
}

async function answerDirectMessage(edge: Edge, call: Call, event: MessageEvent): Promise<void> {
  const place = { channel: event.channel, threadTs: event.thread_ts ?? null };
  const reply = edge.answering.answer(event.text, await earlierTurns(edge, call.teamId, place));
  await postAnswer(edge, call, { userId: event.user, text: asTyped(event.text), place }, reply);
}

/** Silent where people talk to each other: to another user, or about nothing the terms are asked for. */
async function answerInThread(edge: Edge, call: Call, event: MessageEvent): Promise<void> {
  if (event.thread_ts === undefined || event.text.trim() === '' || namesAnyone(event.text)) return;
  const place = { channel: event.channel, threadTs: event.thread_ts };
  const earlier = await earlierTurns(edge, call.teamId, place);
  if (earlier.length === 0) return;
  const reply = edge.answering.answer(event.text, earlier);
  if (isSmallTalk(reply.answers)) return;
  await postAnswer(edge, call, { userId: event.user, text: asTyped(event.text), place }, reply);
}

/** The bot itself too: a mention arrives a second time, as `app_mention`, and is answered there. */
function namesAnyone(text: string): boolean {
  return /<@[UW][A-Z0-9]+(?:\|[^<>]*)?>/.test(text);
}

/** Slack escapes the text of messages, not that of commands (`should_escape: false`); it is kept as typed. */
function asTyped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
