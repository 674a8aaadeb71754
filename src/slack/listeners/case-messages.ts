/** Messages that feed a case: taken in by a person, and followed from then on. */
import type { ViewResponseAction } from '@slack/bolt';
import { z } from 'zod';
import { readCaseId } from '../../cases/case-id.ts';
import { NO_SUCH_CASE } from '../../cases/refusal.ts';
import type { Viewer } from '../../cases/rights.ts';
import type { CaseRecord } from '../../store/case-reads.ts';
import type { CommandBody } from '../../store/case-request.ts';
import { caseScreen, recordRefused, viewerOf } from '../case-desk.ts';
import { enteredIn } from '../case-entry.ts';
import { type CaseSubmission, type PointedMessage, pointedMessage } from '../case-payloads.ts';
import type { Call, Edge } from '../edge.ts';
import type { ChangedMessageEvent, MessageEvent, MessageShortcut } from '../payloads.ts';
import { readThread, type ThreadMessage } from '../read-thread.ts';
import { updateView } from '../update-view.ts';
import { caseModal } from '../views/case-view.ts';
import { noticeModal } from '../views/modals.ts';
import { recordMessageForm } from '../views/record-message-form.ts';
import { beginning, unescapeMrkdwn, words } from '../views/text.ts';
import { answerMessage } from './questions.ts';

const NO_CASE_TEXT = 'このチャンネルには、記録できる案件がありません。';
const RECORDING_TEXT = '記録しています。';
const OFFICE_TEXT =
  '担当室のチャンネルの発言は、提供者にも見える記録には入れられません。案件の「メモ」に、担当室だけが見る形で書いてください。';
const OTHER_CASE_TEXT =
  '別の案件のチャンネルの発言です。この案件の提供者に見えてしまうため、記録できません。';
const UNREADABLE_TEXT =
  'アプリがこの発言を読めません。チャンネルで /invite @規約ガイド と入力してから、もう一度お試しください。';
const NO_WORDS_TEXT = '（文章のないメッセージ）';
const MOST_OFFERED = 20;
const MOST_WORDS = 9_900;
/** Slack does not say who deleted a message; where even its author is unknown, it is Slack itself. */
const SLACK_ITSELF = 'USLACKBOT';

/** 案件に記録, on a message. */
export async function askWhichCase(edge: Edge, call: Call, shortcut: MessageShortcut): Promise<void> {
  const { channel, message, user, trigger_id } = shortcut;
  const viewer = await viewerOf(edge, call, user.id);
  const records = await casesHere(edge, call, user.id, channel.id);
  if (records.length === 0 && !viewer.staff) {
    await call.client.views.open({ trigger_id, view: noticeModal(NO_CASE_TEXT) });
    return;
  }
  const pointed: PointedMessage = {
    channel: channel.id,
    ts: message.ts,
    root: message.thread_ts ?? message.ts,
  };
  const view = recordMessageForm({
    records,
    canType: viewer.staff,
    hasEarlier: pointed.root !== pointed.ts,
    metadata: JSON.stringify(pointed),
  });
  await call.client.views.open({ trigger_id, view });
}

/** 記録する: acknowledged at once, because the messages are read from Slack first. */
export async function submitRecord(
  edge: Edge,
  call: Call,
  submission: CaseSubmission,
): Promise<ViewResponseAction> {
  const id = caseIn(submission);
  if (id === null) {
    const input = 'number' in submission.view.state.values ? 'number' : 'case';
    return {
      response_action: 'errors',
      errors: { [input]: '案件の番号として読めません。K-00012 の形で書いてください。' },
    };
  }
  const target = await targetOf(edge, call, submission, id);
  return {
    response_action: 'update',
    view: noticeModal('refusal' in target ? target.refusal : RECORDING_TEXT),
  };
}

/** Takes in the message and, where wanted, what was said before it in its thread. The same message is taken in once. */
export async function recordMessages(edge: Edge, call: Call, submission: CaseSubmission): Promise<void> {
  const id = caseIn(submission);
  if (id === null) return;
  const target = await targetOf(edge, call, submission, id);
  if ('refusal' in target) return;
  const { viewer, record, pointed } = target;
  const show = (view: ReturnType<typeof noticeModal>) => updateView(call.client, submission.view.id, view);
  const thread = await readThread(call.client, pointed);
  const wanted = enteredIn(submission.view.state.values).many('earlier').length > 0;
  const messages = thread?.filter(({ ts }) => wanted || ts === pointed.ts) ?? [];
  if (!messages.some(({ ts }) => ts === pointed.ts)) return show(noticeModal(UNREADABLE_TEXT));
  let taken = 0;
  let known = 0;
  for (const message of messages) {
    const outcome = await takeIn(edge, call, viewer, record, pointed.channel, message);
    if (outcome.kind === 'done') taken += 1;
    else if (outcome.kind === 'refused' && outcome.code === 'nothing-to-change') known += 1;
    else if (outcome.kind === 'refused') return show(noticeModal(outcome.message));
  }
  edge.desk.cards.touch(record.teamId, record.id);
  const seen = await edge.desk.store.seenBy(viewer, record.id);
  if (seen === null) return show(noticeModal(NO_SUCH_CASE.message));
  const already = known === 0 ? '' : `（${known}件はすでに記録されています）`;
  await show(caseModal(caseScreen(edge, seen, [words(`メッセージを${taken}件記録しました${already}。`)])));
}

/** What is said, edited or deleted in Slack; changes come here only for messages that stand in a case. */
export function takeMessage(
  edge: Edge,
  call: Call,
  event: ChangedMessageEvent | MessageEvent,
): Promise<void> {
  return 'subtype' in event ? followMessage(edge, call, event) : answerMessage(edge, call, event);
}

async function followMessage(edge: Edge, call: Call, event: ChangedMessageEvent): Promise<void> {
  const ts = event.deleted_ts ?? event.message?.ts ?? event.previous_message?.ts;
  if (ts === undefined) return;
  const { channel } = event;
  const isDeleted = event.subtype === 'message_deleted' || event.message?.subtype === 'tombstone';
  const text = event.message?.text ?? '';
  // Slack also tells of a preview that was added, and of replies: nobody changed a word then.
  if (!isDeleted && event.previous_message?.text === text) return;
  const person =
    (isDeleted ? null : (event.message?.edited?.user ?? event.message?.user)) ??
    event.previous_message?.user ??
    SLACK_ITSELF;
  const command: CommandBody = isDeleted
    ? { kind: 'recordMessageDeletion', channel, ts }
    : { kind: 'recordMessageEdit', channel, ts, text: kept(text) };
  for (const id of await edge.desk.store.casesWithMessage(call.teamId, channel, ts)) {
    await edge.desk.store.carryOut({
      asker: { system: true, teamId: call.teamId, person },
      id,
      expected: null,
      command,
      rules: edge.desk.rules,
      now: edge.now(),
      sourceKey: `${call.key}#${id}`,
    });
    edge.desk.cards.touch(call.teamId, id);
  }
}

interface Target {
  readonly viewer: Viewer;
  readonly record: CaseRecord;
  readonly pointed: PointedMessage;
}

/** The case and the message, where this person may bring the two together; otherwise what to say. */
async function targetOf(
  edge: Edge,
  call: Call,
  { user, view }: CaseSubmission,
  id: string,
): Promise<Target | { readonly refusal: string }> {
  const pointed = pointedIn(view.private_metadata);
  const viewer = await viewerOf(edge, call, user.id, id);
  const seen = await edge.desk.store.seenBy(viewer, id);
  const isHere = seen !== null && pointed !== null && seen.record.state.channel === pointed.channel;
  if (pointed === null || seen === null || !(viewer.staff || isHere)) {
    await recordRefused(edge, viewer, id, 'linkMessage', NO_SUCH_CASE.message);
    return { refusal: NO_SUCH_CASE.message };
  }
  if (!isHere && pointed.channel === edge.desk.staff.channel) return { refusal: OFFICE_TEXT };
  const others = isHere ? [] : await edge.desk.store.casesOfChannel(call.teamId, pointed.channel, 1);
  if (others.length > 0) return { refusal: OTHER_CASE_TEXT };
  return { viewer, record: seen.record, pointed };
}

/** Staff in their own name; for a provider in the case's channel the bot does it on their behalf. */
function takeIn(
  edge: Edge,
  call: Call,
  viewer: Viewer,
  record: CaseRecord,
  channel: string,
  { ts, text }: ThreadMessage,
) {
  const { teamId, person } = viewer;
  const said = kept(text);
  return edge.desk.store.carryOut({
    asker: viewer.staff ? viewer : { system: true, teamId, person },
    id: record.id,
    expected: null,
    command: { kind: 'linkMessage', channel, ts, text: said },
    rules: edge.desk.rules,
    now: edge.now(),
    sourceKey: `${call.key}#${ts}`,
  });
}

async function casesHere(edge: Edge, call: Call, person: string, channel: string): Promise<CaseRecord[]> {
  const ids = await edge.desk.store.casesOfChannel(call.teamId, channel, MOST_OFFERED);
  const seen = await Promise.all(
    ids.map(async (id) => edge.desk.store.seenBy(await viewerOf(edge, call, person, id), id)),
  );
  return seen.flatMap((one) => (one === null || one.record.state.closed !== null ? [] : [one.record]));
}

function caseIn({ view }: CaseSubmission): string | null {
  const entered = enteredIn(view.state.values);
  const typed = entered.one('number').trim();
  return readCaseId(typed === '' ? entered.one('case') : typed);
}

function pointedIn(metadata: string): PointedMessage | null {
  try {
    return pointedMessage.parse(JSON.parse(metadata));
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError) return null;
    throw error;
  }
}

function kept(text: string): string {
  const said = unescapeMrkdwn(text);
  if (said.trim() === '') return NO_WORDS_TEXT;
  return said.length <= MOST_WORDS ? said : `${beginning(said, MOST_WORDS)}…（以下略）`;
}
