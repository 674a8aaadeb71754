/** Presses on the screens of a conversation: begin, answer, go back, change, cancel, open elsewhere. */
import type { ModalView } from '@slack/types';
import { isAboutChange, readApiList } from '../../conversations/read-message.ts';
import { type ConversationEvent, previousStep, replay } from '../../conversations/replay.ts';
import type { Conversation } from '../../store/response-store.ts';
import { chosenIn, type FlowCommand, type FlowPress, type SearchPress } from '../conversation-payloads.ts';
import { findConversation, flowOf, refreshCard, screenOf, takeEvent } from '../converse.ts';
import type { Call, Edge } from '../edge.ts';
import type { ButtonPress } from '../payloads.ts';
import { updateView } from '../update-view.ts';
import { flowHelpCard, flowMenuModal, type Unfinished } from '../views/flow-menu.ts';
import { noticeModal } from '../views/modals.ts';
import { CONVERSATION_GONE_TEXT, NOT_YOUR_CONVERSATION_TEXT } from '../views/notices.ts';
import { responseWords } from '../views/screen.ts';
import { flowCard, flowModal } from '../views/step-view.ts';

const REMEMBERED = 3;

/** /tetsuzuki: the menu; with APIs their steps at once; with other words the search for an API. */
export async function beginByCommand(edge: Edge, call: Call, command: FlowCommand): Promise<void> {
  const text = command.text.trim();
  if (/^(help|ヘルプ|使い方)$/iu.test(text)) {
    await call.respond({ response_type: 'ephemeral', ...flowHelpCard() });
    return;
  }
  const view =
    text === ''
      ? await menu(edge, call.teamId, command.user_id, command.channel_id)
      : await beginWith(edge, call, command, text);
  await call.client.views.open({ trigger_id: command.trigger_id, view });
}

/** はじめる, and the button under an answer: in a modal, with the APIs of the answer already chosen. */
export async function startFlow(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const [flow = '', rows = ''] = press.actions[0].value.split(':');
  if (flow === '') {
    return show(
      call,
      press,
      await menu(edge, call.teamId, press.user.id, press.container.channel_id ?? null),
    );
  }
  if (flowOf(edge, flow) === null) return show(call, press, noticeModal(CONVERSATION_GONE_TEXT));
  const channel = press.container.channel_id ?? channelOfMenu(press);
  const started = await start(edge, call, flow, { userId: press.user.id, channel, threadTs: null });
  const chosen = rows === '' ? [] : rows.split(',').map(Number);
  const conversation =
    chosen.length === 0
      ? started
      : await firstAnswer(edge, call, started, press.user.id, { kind: 'apis', rows: chosen, absent: [] });
  await show(call, press, flowModal(screenOf(edge, conversation, 'modal')));
}

/** はじめる on the menu in a thread: its card becomes the card of the conversation. */
export async function startFlowHere(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const { channel_id: channel, message_ts, thread_ts } = press.container;
  const flow = press.actions[0].value;
  if (channel === undefined || message_ts === undefined || flowOf(edge, flow) === null) return;
  const threadTs = thread_ts ?? message_ts;
  const started = await start(edge, call, flow, { userId: press.user.id, channel, threadTs });
  await edge.conversations.placed(started, { channel, threadTs, messageTs: message_ts });
  await refreshCard(edge, call, { ...started, channel, threadTs, messageTs: message_ts });
}

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

/** Starts a conversation; the same delivery starts it once. */
export function start(
  edge: Edge,
  call: Call,
  flow: string,
  at: { readonly userId: string; readonly channel: string | null; readonly threadTs: string | null },
): Promise<Conversation> {
  return edge.conversations.start({
    id: edge.newId(),
    teamId: call.teamId,
    flow,
    ...at,
    sourceKey: call.key,
    at: edge.now(),
  });
}

/** The menu with what the person can go on with. */
export async function menu(
  edge: Edge,
  teamId: string,
  userId: string,
  channel: string | null,
): Promise<ModalView> {
  const view = flowMenuModal(edge.guiding.flows, await unfinishedOf(edge, teamId, userId));
  return { ...view, private_metadata: channel ?? '' };
}

/** What a person began and did not end, newest first. */
export async function unfinishedOf(edge: Edge, teamId: string, userId: string): Promise<Unfinished[]> {
  const latest = await edge.conversations.latestOf(teamId, userId, REMEMBERED * 3);
  return latest
    .flatMap((conversation): Unfinished[] => {
      const flow = flowOf(edge, conversation.flow);
      if (flow === null) return [];
      const position = replay(flow, edge.guiding.facts, conversation.events);
      const [first] = position.path;
      if (position.kind === 'cancelled' || first === undefined) return [];
      const said = position.path.map((one) => responseWords(one, edge.guiding)).join('／');
      const next = position.kind === 'question' ? `次：${position.step.question}` : '結果まで進んでいます';
      return [{ id: conversation.id, title: flow.title, standing: `${said}　${next}` }];
    })
    .slice(0, REMEMBERED);
}

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

async function beginWith(edge: Edge, call: Call, command: FlowCommand, text: string): Promise<ModalView> {
  const at = { userId: command.user_id, channel: command.channel_id, threadTs: null };
  const named = readApiList(text, edge.guiding.knowledge);
  if (named === null && isAboutChange(text, edge.guiding.knowledge)) {
    return flowModal(screenOf(edge, await start(edge, call, 'change-or-stop', at), 'modal'));
  }
  if (named === null) {
    const started = await start(edge, call, 'find-api', at);
    const wish = { kind: 'text', text: text.slice(0, 500) } as const;
    return flowModal(screenOf(edge, await firstAnswer(edge, call, started, at.userId, wish), 'modal'));
  }
  const rows = named.flatMap((one) => (one.kind === 'row' ? [one.row] : []));
  const absent = named.flatMap((one) => (one.kind === 'absent' ? [one.name] : []));
  const started = await start(edge, call, 'which-steps', at);
  const response = { kind: 'apis', rows: [...new Set(rows)], absent } as const;
  return flowModal(screenOf(edge, await firstAnswer(edge, call, started, at.userId, response), 'modal'));
}

/** The answer that is known before the first screen is shown. */
async function firstAnswer(
  edge: Edge,
  call: Call,
  started: Conversation,
  userId: string,
  response: Extract<ConversationEvent, { kind: 'answered' }>['response'],
): Promise<Conversation> {
  const step = flowOf(edge, started.flow)?.start ?? '';
  const event = { kind: 'answered', step, response } as const;
  return (await takeEvent(edge, call, started, started.version, event, userId)).conversation;
}

function channelOfMenu({ view }: ButtonPress): string | null {
  const kept = view?.type === 'modal' ? view.private_metadata : '';
  return /^[CDG][A-Z0-9]{1,30}$/.test(kept) ? kept : null;
}

async function whisper({ respond, client }: Call, press: ButtonPress, text: string): Promise<void> {
  if (press.view !== undefined) {
    await client.views.push({ trigger_id: press.trigger_id, view: noticeModal(text) });
    return;
  }
  const thread = press.container.thread_ts;
  await respond({
    response_type: 'ephemeral',
    replace_original: false,
    text,
    ...(thread === undefined ? {} : { thread_ts: thread }),
  });
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
