/** Looking at cases: lists, search, one case, its record, the table. */
import type { ViewResponseAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { NO_SUCH_CASE } from '../../cases/refusal.ts';
import type { Viewer } from '../../cases/rights.ts';
import type { CaseQuery } from '../../store/case-lists.ts';
import { caseScreen, recordRefused, today, viewerOf } from '../case-desk.ts';
import type { CaseSubmission } from '../case-payloads.ts';
import { sendTable } from '../case-table.ts';
import type { Call, Edge } from '../edge.ts';
import { over } from '../over.ts';
import type { ButtonPress, PageJump } from '../payloads.ts';
import { staffOf, staffSubmitting } from '../staff-only.ts';
import { updateView } from '../update-view.ts';
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

const DAY_MS = 86_400_000;
const HISTORY_PAGE = 15;
const MOST_FOUND = 20;
export const SENT_TEXT = '案件の表を、アプリとのダイレクトメッセージに送りました。';

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
  const asking = await staffSubmitting(edge, call, user.id, 'search');
  if ('refused' in asking) return asking.refused;
  const { viewer } = asking;
  const typed = (view.state.values[SEARCH_BLOCK]?.[SEARCH_BLOCK]?.value ?? '').trim();
  const found =
    typed === '' ? await listModal(edge, viewer, ALL, null) : await foundModal(edge, viewer, typed);
  return { response_action: 'update', view: found };
}

/** 開く: for whoever may see the case. */
export async function openCase(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const viewer = await viewerOf(edge, call, press.user.id, press.actions[0].value);
  await over(call, press, await caseOr(edge, viewer, press.actions[0].value));
}

/** 経過, and 前の記録 (`id:before`), which takes the place of the page before. */
export async function openHistory(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const [id = '', before] = press.actions[0].value.split(':');
  const viewer = await viewerOf(edge, call, press.user.id, id);
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
  return caseModal(caseScreen(edge, seen, null));
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

export const ALL = listOf('すべて') as CaseList;

export async function listModal(
  edge: Edge,
  viewer: Viewer,
  list: CaseList,
  after: string | null,
): Promise<ModalView> {
  return caseListModal(await listScreen(edge, viewer, list, after));
}

export async function foundModal(edge: Edge, viewer: Viewer, typed: string): Promise<ModalView> {
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

export async function historyOr(
  edge: Edge,
  viewer: Viewer,
  id: string,
  before: number | null,
): Promise<ModalView> {
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
