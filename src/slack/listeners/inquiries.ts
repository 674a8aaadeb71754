/** 担当に聞く, from both sides: the asker opens, adds and withdraws; the office takes, replies and hands back. */
import type { ViewResponseAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { type InquiryCommand, NO_SUCH_INQUIRY } from '../../inquiries/decide.ts';
import type { GivenAnswer } from '../../store/answer-store.ts';
import type { InquiryRecord } from '../../store/inquiry-rows.ts';
import type { InquiryOutcome } from '../../store/inquiry-store.ts';
import type { CaseSubmission } from '../case-payloads.ts';
import type { Call, Edge } from '../edge.ts';
import { actorOf, hasOffice, mayAskAbout, officeChannel } from '../inquiry-desk.ts';
import { over } from '../over.ts';
import type { ButtonPress } from '../payloads.ts';
import { updateView } from '../update-view.ts';
import {
  askModal,
  inquiryModal,
  PLACE_BLOCK,
  replyModal,
  statusModal,
  supplementModal,
  WORDS_BLOCK,
} from '../views/inquiry-modals.ts';
import { noticeModal } from '../views/modals.ts';
import { ANSWER_GONE_TEXT } from '../views/notices.ts';
import { whisper } from '../whisper.ts';

const NO_OFFICE_TEXT =
  'いまは担当室に送れません。お手数ですが、担当者に直接お尋ねください。何も送っていません。';
const NOT_FOR_YOU_TEXT = 'この回答について聞けるのは、質問した人と、そのチャンネルの参加者だけです。';
const SENT_TEXT = '担当室に送りました。返事が届くと、お知らせします。';
const ALREADY_TEXT = 'この質問は、すでに担当室に送っています。';
const MEANWHILE_TEXT =
  'この画面を開いたあとに、状態が変わりました。質問と補足を確かめて、もう一度送ってください。';
const CHANGED_TEXT = '先に状態が変わったため、いまの操作は記録していません。最新の状態を表示しています。';

/** 担当に聞く: the form, or how the earlier inquiry stands. */
export async function askOffice(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const answer = await answerFor(edge, call, press.user.id, press.actions[0].value);
  if (typeof answer === 'string') return whisper(call, press, answer);
  const standing = await edge.inquiries.store.openOf(call.teamId, answer.id, press.user.id);
  const view =
    standing === null
      ? askModal(answer, hasThread(answer, press.user.id))
      : statusModal(standing, ALREADY_TEXT);
  await over(call, press, view);
}

/** 送る: saved before it is posted, once for each press. */
export async function submitInquiry(
  edge: Edge,
  call: Call,
  { user, view }: CaseSubmission,
): Promise<ViewResponseAction> {
  const answer = await answerFor(edge, call, user.id, view.private_metadata);
  if (typeof answer === 'string') return update(noticeModal(answer));
  if ((await officeChannel(edge.desk.staff.channel, call.client)) === null) {
    edge.desk.log('error', 'inquiry.no-office', { channel: edge.desk.staff.channel });
    return update(noticeModal(NO_OFFICE_TEXT));
  }
  const wanted = view.state.values[PLACE_BLOCK]?.[PLACE_BLOCK]?.selected_option?.value;
  const here = hasThread(answer, user.id) && wanted !== 'person';
  const outcome = await edge.inquiries.store.open({
    teamId: call.teamId,
    asker: user.id,
    answerId: answer.id,
    replyTo: here ? 'thread' : 'person',
    place: answer.channel === null ? null : { channel: answer.channel, threadTs: answer.threadTs },
    note: entered(view, WORDS_BLOCK),
    now: edge.now(),
    sourceKey: call.key,
  });
  if (outcome.kind === 'already') return update(statusModal(outcome.record, ALREADY_TEXT));
  if (outcome.kind !== 'done') return update(noticeModal(NO_OFFICE_TEXT));
  tell(edge, outcome.record);
  return update(statusModal(outcome.record, SENT_TEXT));
}

/** 詳しく: the whole inquiry for the office, its state for the asker, nothing for anybody else. */
export async function openInquiry(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const seen = await seenBy(edge, call, press.user.id, press.actions[0].value, 'open');
  await over(
    call,
    press,
    seen === null ? noticeModal(NO_SUCH_INQUIRY.message) : await viewFor(edge, seen, null),
  );
}

/** 担当する, 引き継ぐ. */
export function takeInquiry(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  return act(edge, call, press, { kind: 'take' }, '担当になりました。');
}

/** 戻す. */
export function handBackInquiry(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  return act(edge, call, press, { kind: 'handBack' }, '担当を戻しました。');
}

/** 取り下げる. */
export function withdrawInquiry(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  return act(edge, call, press, { kind: 'withdraw' }, '取り下げました。');
}

/** 回答する. */
export async function openReply(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const seen = await seenBy(edge, call, press.user.id, idIn(press.actions[0].value), 'reply');
  if (seen === null || !seen.staff) return over(call, press, noticeModal(NO_SUCH_INQUIRY.message));
  const { record } = seen;
  await over(call, press, replyModal(record, await edge.answers.find(call.teamId, record.inquiry.answerId)));
}

/** 補足する, さらに聞く. */
export async function openSupplement(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const seen = await seenBy(edge, call, press.user.id, idIn(press.actions[0].value), 'supplement');
  const theirs = seen !== null && seen.record.inquiry.asker === press.user.id;
  if (seen !== null && !theirs) await refused(edge, call, press.user.id, seen.record.id, 'supplement');
  await over(call, press, theirs ? supplementModal(seen.record) : noticeModal(NO_SUCH_INQUIRY.message));
}

/** What was typed is not lost when something happened meanwhile: the form comes back with what is new above it. */
export async function submitReply(
  edge: Edge,
  call: Call,
  { user, view }: CaseSubmission,
): Promise<ViewResponseAction> {
  const text = entered(view, WORDS_BLOCK);
  const outcome = await carryOut(edge, call, user.id, view.private_metadata, { kind: 'reply', text });
  if (outcome.kind === 'refused') return atInput(outcome.message);
  if (outcome.kind === 'done') return update(await viewOf(edge, user.id, outcome.record, '回答しました。'));
  const given = await edge.answers.find(call.teamId, outcome.record.inquiry.answerId);
  return update(replyModal(outcome.record, given, { notice: MEANWHILE_TEXT, text }));
}

export async function submitSupplement(
  edge: Edge,
  call: Call,
  { user, view }: CaseSubmission,
): Promise<ViewResponseAction> {
  const text = entered(view, WORDS_BLOCK);
  // Something to add stays something to add, whatever the office did meanwhile.
  const outcome = await carryOut(edge, call, user.id, idIn(view.private_metadata), {
    kind: 'supplement',
    text,
  });
  if (outcome.kind !== 'done') return atInput(outcome.kind === 'refused' ? outcome.message : CHANGED_TEXT);
  return update(await viewOf(edge, user.id, outcome.record, '担当室に送りました。'));
}

/** A button of the card or of a modal: what came of it is shown where it was pressed. */
async function act(
  edge: Edge,
  call: Call,
  press: ButtonPress,
  command: InquiryCommand,
  done: string,
): Promise<void> {
  const outcome = await carryOut(edge, call, press.user.id, press.actions[0].value, command);
  if (press.view?.type === 'modal' && outcome.kind !== 'refused') {
    const notice = outcome.kind === 'done' ? done : CHANGED_TEXT;
    await updateView(call.client, press.view.id, await viewOf(edge, press.user.id, outcome.record, notice));
    return;
  }
  if (outcome.kind === 'done') return;
  await whisper(call, press, outcome.kind === 'refused' ? outcome.message : CHANGED_TEXT);
}

/** `value`: the inquiry and the version the person saw. */
async function carryOut(
  edge: Edge,
  call: Call,
  person: string,
  value: string,
  command: InquiryCommand,
): Promise<InquiryOutcome> {
  const version = Number(value.split(':')[1] ?? Number.NaN);
  const outcome = await edge.inquiries.store.carryOut({
    teamId: call.teamId,
    actor: await actorOf(edge, person),
    id: idIn(value),
    expected: Number.isSafeInteger(version) ? version : null,
    command,
    now: edge.now(),
    sourceKey: call.key,
  });
  if (outcome.kind === 'done' && !outcome.repeated) tell(edge, outcome.record);
  return outcome;
}

/** The answer when this person may take it to the office; otherwise why not, written down. */
async function answerFor(edge: Edge, call: Call, person: string, id: string): Promise<GivenAnswer | string> {
  if (!hasOffice(edge)) return NO_OFFICE_TEXT;
  const given = await edge.answers.find(call.teamId, id.slice(0, 64));
  if (given !== null && (await mayAskAbout(edge, call, given, person))) return given;
  await refused(edge, call, person, null, 'open');
  return given === null ? ANSWER_GONE_TEXT : NOT_FOR_YOU_TEXT;
}

/** A reply may stand where the question stands, when others can read the question there too, or in a direct message. */
function hasThread({ channel, userId }: GivenAnswer, person: string): boolean {
  return channel !== null && (!channel.startsWith('D') || userId === person);
}

interface Seen {
  readonly record: InquiryRecord;
  readonly staff: boolean;
}

async function seenBy(
  edge: Edge,
  call: Call,
  person: string,
  id: string,
  what: string,
): Promise<Seen | null> {
  const actor = await actorOf(edge, person);
  const record = await edge.inquiries.store.seenBy(call.teamId, actor, id.slice(0, 64));
  if (record === null) await refused(edge, call, person, id, what);
  return record === null ? null : { record, staff: actor.staff };
}

async function viewOf(
  edge: Edge,
  person: string,
  record: InquiryRecord,
  notice: string | null,
): Promise<ModalView> {
  return viewFor(edge, { record, ...(await actorOf(edge, person)) }, notice);
}

async function viewFor(edge: Edge, { record, staff }: Seen, notice: string | null): Promise<ModalView> {
  if (!staff) return statusModal(record, notice);
  return inquiryModal(record, await edge.answers.find(record.teamId, record.inquiry.answerId), notice);
}

function refused(edge: Edge, call: Call, person: string, id: string | null, kind: string): Promise<void> {
  const actor = { person, staff: false };
  return edge.inquiries.store.recordRefusal(
    { teamId: call.teamId, actor, id, command: { kind }, now: edge.now() },
    { code: 'not-allowed' },
  );
}

function tell({ inquiries }: Edge, { teamId, id }: InquiryRecord): void {
  inquiries.courier.tell({ team: teamId, id });
}

function entered({ state }: CaseSubmission['view'], block: string): string {
  return state.values[block]?.[block]?.value ?? '';
}

function idIn(value: string): string {
  return (value.split(':')[0] ?? '').slice(0, 64);
}

/** Nothing typed is lost. */
function atInput(message: string): ViewResponseAction {
  return { response_action: 'errors', errors: { [WORDS_BLOCK]: message } };
}

function update(view: ModalView): ViewResponseAction {
  return { response_action: 'update', view };
}
