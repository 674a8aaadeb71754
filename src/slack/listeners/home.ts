import type { KnownBlock } from '@slack/types';
import type { Viewer } from '../../cases/rights.ts';
import { STEP_NAMES } from '../../terms/steps.ts';
import { today, viewerWithChannels } from '../case-desk.ts';
import type { Call, Edge } from '../edge.ts';
import type { HomeOpenedEvent } from '../payloads.ts';
import { boardBlocks, ownCaseBlocks } from '../views/case-home.ts';
import { type CaseList, listOf } from '../views/case-list-view.ts';
import { homeView, SUGGESTED_PROMPTS } from '../views/help.ts';
import { listScreen } from './cases.ts';
import { unfinishedOf } from './converse-begin.ts';

const MOST_OWN = 10;
const ON_BOARD = ['期限切れ', '担当室待ち', '申出', '自分'];

/** The Home tab is drawn; on the Messages tab the suggested prompts are pinned (no `thread_ts`: above all). */
export async function openHome(edge: Edge, call: Call, event: HomeOpenedEvent): Promise<void> {
  const { client, teamId } = call;
  if (event.tab === 'home') {
    const unfinished = await unfinishedOf(edge, teamId, event.user);
    const cases = await caseBlocks(edge, await viewerWithChannels(edge, call, event.user));
    await client.views.publish({
      user_id: event.user,
      view: homeView(edge.version, edge.guiding.flows, unfinished, cases),
    });
    return;
  }
  await client.assistant.threads.setSuggestedPrompts({
    channel_id: event.channel,
    title: '質問の例',
    prompts: SUGGESTED_PROMPTS.map((prompt) => ({ ...prompt })),
  });
}

async function caseBlocks(edge: Edge, viewer: Viewer): Promise<KnownBlock[]> {
  const { store } = edge.desk;
  if (!viewer.staff) return ownCaseBlocks(await ownCases(edge, viewer), today(edge));
  const count = async (list: CaseList) => (await listScreen(edge, viewer, list, null)).count ?? 0;
  const lists = ON_BOARD.flatMap((key) => listOf(key) ?? []);
  return boardBlocks({
    counts: await Promise.all(lists.map(async (list) => ({ key: list.key, count: await count(list) }))),
    steps: await Promise.all(
      STEP_NAMES.map(async (step) => ({
        step,
        count: await store.countForStaff(viewer, { filters: [{ by: 'step', step }] }),
      })),
    ),
    list: await listScreen(edge, viewer, listOf('すべて') as CaseList, null),
  });
}

/** Each looked at through this person's eyes. */
async function ownCases(edge: Edge, viewer: Viewer) {
  const { store } = edge.desk;
  const records = await store.listForProvider(viewer, MOST_OWN);
  const seen = await Promise.all(records.map(({ id }) => store.seenBy(viewer, id)));
  return seen.flatMap((one) => (one === null ? [] : [one.record]));
}
