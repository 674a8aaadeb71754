/** Where conversations begin: the command, the menu, the buttons under answers and on the Home tab. */
import type { ModalView } from '@slack/types';
import { isAboutChange, readApiList } from '../../conversations/read-message.ts';
import { type ConversationEvent, replay } from '../../conversations/replay.ts';
import type { Conversation } from '../../store/response-store.ts';
import type { FlowCommand } from '../conversation-payloads.ts';
import { flowOf, refreshCard, screenOf, takeEvent } from '../converse.ts';
import type { Call, Edge } from '../edge.ts';
import type { ButtonPress } from '../payloads.ts';
import { flowHelpCard, flowMenuModal, type Unfinished } from '../views/flow-menu.ts';
import { noticeModal } from '../views/modals.ts';
import { CONVERSATION_GONE_TEXT } from '../views/notices.ts';
import { responseWords } from '../views/screen.ts';
import { flowModal } from '../views/step-view.ts';
import { show } from './converse.ts';

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
