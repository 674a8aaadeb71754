/** What is missing, for staff: the list, one group with its draft, the table. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { ModalView } from '@slack/types';
import type { MissingGroup } from '../../unanswered/report.ts';
import { recordRefused, today, viewerOf } from '../case-desk.ts';
import type { Call, Edge } from '../edge.ts';
import { missingGroup, missingIn } from '../missing-desk.ts';
import { nearestTo } from '../nearest.ts';
import { over } from '../over.ts';
import type { ButtonPress } from '../payloads.ts';
import { updateView } from '../update-view.ts';
import { missingAsCsv } from '../views/missing-csv.ts';
import { MISSING_PAGE, missingGroupModal, missingModal } from '../views/missing-view.ts';
import { noticeModal } from '../views/modals.ts';

const STAFF_ONLY_TEXT = 'この機能は担当室の職員だけが使えます。';
const WAIT_TEXT = '質問を集めています…';
const GONE_TEXT = 'このまとまりは、いまの一覧にありません。一覧を開き直してください。';
const SENDING_TEXT = '質問の表を、アプリとのダイレクトメッセージに送ります。';
const MOST_OPEN = 5;
const NEAREST = 3;

/** /anken 質問, for somebody who was found to be staff. */
export async function missingByCommand(edge: Edge, call: Call, triggerId: string): Promise<void> {
  // Grouping may take longer than a trigger lives.
  const { view } = await call.client.views.open({ trigger_id: triggerId, view: noticeModal(WAIT_TEXT) });
  if (view?.id !== undefined) await updateView(call.client, view.id, await listView(edge, call, 0));
}

/** The list, or a page of it (`value`: where it begins). */
export async function listMissing(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  if (!(await isStaff(edge, call, press))) return;
  const from = Number(press.actions[0].value);
  const start = Number.isSafeInteger(from) && from > 0 ? from : 0;
  if (press.view?.type === 'modal') {
    return updateView(call.client, press.view.id, await listView(edge, call, start));
  }
  await missingByCommand(edge, call, press.trigger_id);
}

/** 開く: one group (`value`: its first question). */
export async function openMissing(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  if (!(await isStaff(edge, call, press))) return;
  const group = await missingGroup(edge, call.teamId, press.actions[0].value);
  if (group === null) return over(call, press, noticeModal(GONE_TEXT));
  const question = group.questions[0]?.text ?? '';
  const nearest = nearestTo(edge, question, NEAREST).map((key) => edge.guiding.quoter.quoteKey(key));
  const reason = edge.answering.explain(question).line;
  await over(call, press, missingGroupModal({ group, nearest, reason, version: edge.version }));
}

/** CSVで受け取る. */
export async function exportMissing(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  if (!(await isStaff(edge, call, press))) return;
  // Said first: the table may take longer than a trigger lives.
  await over(call, press, noticeModal(SENDING_TEXT));
  const { report } = await missingIn(edge, call.teamId);
  const nearest = await nearestOf(edge, report.groups);
  const { client } = call;
  // A direct message has no id before something was posted in it.
  const posted = await client.chat.postMessage({
    channel: press.user.id,
    text: `答えの足りない質問の表です（${report.groups.length}件のまとまり）。`,
  });
  if (posted.channel === undefined || posted.ts === undefined)
    throw new Error('chat.postMessage answered without channel');
  const filename = `shitsumon-${today(edge)}.csv`;
  await client.filesUploadV2({
    channel_id: posted.channel,
    thread_ts: posted.ts,
    filename,
    title: filename,
    content: missingAsCsv(report.groups, (group) => nearest.get(group.id) ?? []),
  });
}

/** By group. One after the other with a pause between: nobody else should wait for a table. */
async function nearestOf(
  edge: Edge,
  groups: readonly MissingGroup[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const nearest = new Map<string, readonly string[]>();
  for (const { id, questions } of groups) {
    nearest.set(id, nearestTo(edge, questions[0]?.text ?? '', NEAREST));
    await breathe();
  }
  return nearest;
}

async function listView(edge: Edge, call: Call, start: number): Promise<ModalView> {
  const { store } = edge.inquiries;
  const { report, cut, since } = await missingIn(edge, call.teamId);
  const begin = start < report.groups.length ? start : 0;
  return missingModal({
    report,
    since,
    cut,
    start: begin,
    page: report.groups.slice(begin, begin + MISSING_PAGE),
    open: await store.listForStaff(call.teamId, true, MOST_OPEN),
    openCount: await store.countForStaff(call.teamId, true),
  });
}

/** False when the person is no staff: then they have been told, and it is written down. */
async function isStaff(edge: Edge, call: Call, press: ButtonPress): Promise<boolean> {
  const viewer = await viewerOf(edge, call, press.user.id);
  if (viewer.staff) return true;
  await recordRefused(edge, viewer, null, 'missing', STAFF_ONLY_TEXT);
  await over(call, press, noticeModal(STAFF_ONLY_TEXT));
  return false;
}
