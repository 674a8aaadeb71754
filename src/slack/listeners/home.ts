import type { Call, Edge } from '../edge.ts';
import type { HomeOpenedEvent } from '../payloads.ts';
import { homeView, SUGGESTED_PROMPTS } from '../views/help.ts';
import { unfinishedOf } from './converse-begin.ts';

/** The Home tab is drawn; on the Messages tab the suggested prompts are pinned (no `thread_ts`: above all). */
export async function openHome(edge: Edge, { client, teamId }: Call, event: HomeOpenedEvent): Promise<void> {
  if (event.tab === 'home') {
    const unfinished = await unfinishedOf(edge, teamId, event.user);
    await client.views.publish({
      user_id: event.user,
      view: homeView(edge.version, edge.guiding.flows, unfinished),
    });
    return;
  }
  await client.assistant.threads.setSuggestedPrompts({
    channel_id: event.channel,
    title: '質問の例',
    prompts: SUGGESTED_PROMPTS.map((prompt) => ({ ...prompt })),
  });
}
