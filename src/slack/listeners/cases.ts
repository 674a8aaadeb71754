/** Looking at cases: lists, search, one case, its record, the table. */
import type { ViewResponseAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { readCaseId } from '../../cases/case-id.ts';
import { NO_SUCH_CASE } from '../../cases/refusal.ts';
import type { Viewer } from '../../cases/rights.ts';
import type { CaseQuery } from '../../store/case-lists.ts';
import type { CaseRecord } from '../../store/case-reads.ts';
import { recordRefused, today, viewerOf } from '../case-desk.ts';
import type { CaseCommandPayload, CaseSubmission } from '../case-payloads.ts';
import type { Call, Edge } from '../edge.ts';
import { over } from '../over.ts';
import type { ButtonPress, PageJump } from '../payloads.ts';
import { STAFF_ONLY_TEXT, sendFile, staffOf } from '../staff-only.ts';
import { updateView } from '../update-view.ts';
import { casesAsCsv } from '../views/case-csv.ts';
import { caseHelp } from '../views/case-home.ts';
import {
  type CaseList,
  caseListModal,
  type ListScreen,
  listOf,
  PAGE,
  SEARCH_BLOCK,
} from '../views/case-list-view.ts';
import { caseHistoryModal, caseModal } from '../views/case-view.ts';
import { noticeModal } from '../views/modals.ts';
import { formFor } from './case-forms.ts';
import { missingByCommand } from './missing.ts';
import { ledgerFor } from './reminder-ledger.ts';

const DAY_MS = 86_400_000;
const HISTORY_PAGE = 15;
const MOST_FOUND = 20;
const MOST_EXPORTED = 10_000;
const SENT_TEXT = '案件の表を、アプリとのダイレクトメッセージに送りました。';

/** /anken: help, a list, a case, its record, a new one, the table; any other words are searched for. */
export async function caseByCommand(edge: Edge, call: Call, command: CaseCommandPayload): Promise<void> {
  const viewer = await viewerOf(edge, call, command.user_id);
  if (!viewer.staff) {
    await recordRefused(edge, viewer, null, 'anken', STAFF_ONLY_TEXT);
    await call.respond({ response_type: 'ephemeral', text: STAFF_ONLY_TEXT });
    return;
  }
  const text = command.text.normalize('NFKC').trim();
  if (/^(?:help|ヘルプ|使い方)?$/iu.test(text)) {
    await call.respond({ response_type: 'ephemeral', ...caseHelp() });
    return;
  }
  if (/^(?:csv|export)$/iu.test(text)) {
    await sendTable(edge, call, viewer);
    await call.respond({ response_type: 'ephemeral', text: SENT_TEXT });
    return;
  }
  if (text === '質問') return missingByCommand(edge, call, command.trigger_id);
  const view = /^(?:通知|reminders)$/iu.test(text)
    ? await ledgerFor(edge, viewer, 'planned', null)
    : await viewFor(edge, viewer, text);
  await call.client.views.open({ trigger_id: command.trigger_id, view });
}

/** A list by its key, or a page of it (`key|where it begins`). */
export async function listCases(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const viewer = await staffOf(edge, call, press, 'list');
  if (viewer === null) return;
  const [key = '', ...after] = press.actions[0].value.split('|');
  const view = await listModal(edge, viewer, listOf(key) ?? ALL, after.length === 0 ? null : after.join('|'));
  // Only a list turns its pages in its own place; anywhere else it is laid above.
  await (press.view?.type === 'modal'
    ? updateView(call.client, press.view.id, view)
    : over(call, press, view));
}

/** 一覧を選ぶ. */
export async function pickList(edge: Edge, call: Call, press: PageJump): Promise<void> {
  const viewer = await staffOf(edge, call, press, 'list');
  if (viewer === null || press.view === undefined) return;
  const list = listOf(press.actions[0].selected_option.value) ?? ALL;
  await updateView(call.client, press.view.id, await listModal(edge, viewer, list, null));
}

/** 探す: the list gives way to what was found. */
export async function submitSearch(
  edge: Edge,
  call: Call,
  { user, view }: CaseSubmission,
): Promise<ViewResponseAction> {
  const viewer = await viewerOf(edge, call, user.id);
  if (!viewer.staff) {
    await recordRefused(edge, viewer, null, 'search', STAFF_ONLY_TEXT);
    return { response_action: 'update', view: noticeModal(STAFF_ONLY_TEXT) };
  }
  const typed = (view.state.values[SEARCH_BLOCK]?.[SEARCH_BLOCK]?.value ?? '').trim();
  const found =
    typed === '' ? await listModal(edge, viewer, ALL, null) : await foundModal(edge, viewer, typed);
  return { response_action: 'update', view: found };
}

/** 開く: for whoever may see the case. */
export async function openCase(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const viewer = await viewerOf(edge, call, press.user.id);
  await over(call, press, await caseOr(edge, viewer, press.actions[0].value));
}

/** 経過, and 前の記録 (`id:before`), which takes the place of the page before. */
export async function openHistory(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const viewer = await viewerOf(edge, call, press.user.id);
  const [id = '', before] = press.actions[0].value.split(':');
  const view = await historyOr(edge, viewer, id, before === undefined ? null : Number(before));
  await (before !== undefined && press.view?.type === 'modal'
    ? updateView(call.client, press.view.id, view)
    : over(call, press, view));
}

/** CSVで受け取る. */
export async function exportCases(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const viewer = await staffOf(edge, call, press, 'export');
  if (viewer === null) return;
  await sendTable(edge, call, viewer);
  await over(call, press, noticeModal(SENT_TEXT));
}

/** The case as this person may see it; otherwise that there is none, which is written down. */
export async function caseOr(edge: Edge, viewer: Viewer, id: string): Promise<ModalView> {
  const seen = await edge.desk.store.seenBy(viewer, id.slice(0, 64));
  if (seen === null) return refused(edge, viewer, id, 'show');
  return caseModal({ ...seen, notice: null, apiNames: edge.desk.apiNames });
}

/** A page of a list, ready to be drawn. */
export async function listScreen(
  edge: Edge,
  viewer: Viewer,
  list: CaseList,
  after: string | null,
): Promise<ListScreen> {
  const { desk } = edge;
  const query: CaseQuery = {
    filters: list.filters(viewer.person),
    open: list.open ?? true,
    ...(list.overdue === true ? { overdueOn: today(edge) } : {}),
    ...(list.quiet === true ? { quietSince: edge.now() - 14 * DAY_MS } : {}),
  };
  const page = await desk.store.listForStaff(viewer, query, { after, limit: PAGE });
  const counted = list.quiet === true ? null : await desk.store.countForStaff(viewer, query);
  return {
    list,
    records: page.records,
    count: counted,
    after,
    next: page.next,
    today: today(edge),
    apiNames: desk.apiNames,
  };
}

const ALL = listOf('すべて') as CaseList;

async function viewFor(edge: Edge, viewer: Viewer, text: string): Promise<ModalView> {
  if (/^(?:新規|new)$/iu.test(text))
    return formFor(edge, viewer, { name: 'new', record: null, parent: null });
  const [, history] = /^(?:経過|history)\s*(.+)$/iu.exec(text) ?? [];
  if (history !== undefined) return historyOr(edge, viewer, readCaseId(history) ?? history, null);
  const list = /^(?:一覧|list)$/iu.test(text) ? ALL : listOf(text);
  if (list !== null) return listModal(edge, viewer, list, null);
  const id = readCaseId(text);
  return id === null ? foundModal(edge, viewer, text) : caseOr(edge, viewer, id);
}

async function listModal(
  edge: Edge,
  viewer: Viewer,
  list: CaseList,
  after: string | null,
): Promise<ModalView> {
  return caseListModal(await listScreen(edge, viewer, list, after));
}

async function foundModal(edge: Edge, viewer: Viewer, typed: string): Promise<ModalView> {
  const { store, apiNames } = edge.desk;
  const records = await store.searchForStaff(viewer, typed, MOST_FOUND);
  const list = { key: 'すべて', title: `「${typed.slice(0, 60)}」で見つかった案件` };
  return caseListModal({
    list,
    records,
    count: null,
    after: null,
    next: null,
    today: today(edge),
    apiNames,
  });
}

async function historyOr(edge: Edge, viewer: Viewer, id: string, before: number | null): Promise<ModalView> {
  const from = before !== null && Number.isSafeInteger(before) ? before : null;
  const page = { before: from, limit: HISTORY_PAGE };
  const events = await edge.desk.store.historyFor(viewer, id.slice(0, 64), page);
  if (events === null) return refused(edge, viewer, id, 'history');
  const last = events.at(-1)?.seq ?? 1;
  return caseHistoryModal({ id, events, next: events.length < HISTORY_PAGE || last === 1 ? null : last });
}

async function refused(edge: Edge, viewer: Viewer, id: string, what: string): Promise<ModalView> {
  await recordRefused(edge, viewer, id, what, NO_SUCH_CASE.message);
  return noticeModal(NO_SUCH_CASE.message);
}

async function sendTable(edge: Edge, call: Call, viewer: Viewer): Promise<void> {
  const records = [...(await allOf(edge, viewer, true)), ...(await allOf(edge, viewer, false))];
  const note = records.length < MOST_EXPORTED ? '' : `（はじめの${MOST_EXPORTED}件まで）`;
  const said = `案件の表です（${records.length}件）${note}。`;
  await sendFile(call, viewer, said, `anken-${today(edge)}.csv`, casesAsCsv(records));
}

async function allOf(edge: Edge, viewer: Viewer, open: boolean): Promise<CaseRecord[]> {
  const records: CaseRecord[] = [];
  let after: string | null = null;
  do {
    const query = { filters: [{ by: 'all' } as const], open };
    const page = await edge.desk.store.listForStaff(viewer, query, { after, limit: 100 });
    records.push(...page.records);
    after = page.next;
  } while (after !== null && records.length < MOST_EXPORTED / 2);
  return records;
}
