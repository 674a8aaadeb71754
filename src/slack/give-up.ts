import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Delivery } from '../store/inbox-store.ts';
import { mentionEvent } from './payloads.ts';
import type { PostQueue } from './post-queue.ts';
import { isSlackResponseUrl } from './response-url.ts';
import { noticeModal } from './views/modals.ts';
import { troubleText } from './views/notices.ts';

const asker = z.object({
  event: mentionEvent.extend({
    type: z.enum(['app_mention', 'message']),
    channel_type: z.string().optional(),
  }),
});
const answerable = z.object({ response_url: z.string() });
const triggered = z.object({ trigger_id: z.string() });

/** Tells the person whose delivery could not be handled. Throws when Slack does not take it. */
export function createGiveUp(tell: ReturnType<typeof createTellAsker>) {
  return (delivery: Delivery, reference: string): Promise<void> => tell(delivery, troubleText(reference));
}

/**
 * Says a sentence to whoever caused a delivery, in the place where they did. In a channel that is an ephemeral
 * message: it is nobody else's matter. Throws when Slack does not take it.
 */
export function createTellAsker(client: webApi.WebClient, posts: PostQueue, slackApiUrl: string | null) {
  return async ({ body }: Pick<Delivery, 'body'>, text: string): Promise<void> => {
    const asked = asker.safeParse(body);
    if (asked.success) return tellAsker(asked.data.event, text);
    const answer = answerable.safeParse(body);
    if (answer.success && isSlackResponseUrl(answer.data.response_url, slackApiUrl)) {
      return tellByResponseUrl(answer.data.response_url, text);
    }
    const trigger = triggered.safeParse(body);
    if (trigger.success) await tellInModal(trigger.data.trigger_id, text);
  };

  async function tellAsker(event: z.infer<typeof asker>['event'], text: string): Promise<void> {
    const thread = event.thread_ts === undefined ? {} : { thread_ts: event.thread_ts };
    if (event.channel_type === 'im') {
      await posts.post({ channel: event.channel, text, ...thread });
      return;
    }
    await client.chat.postEphemeral({ channel: event.channel, user: event.user, text, ...thread });
  }

  async function tellInModal(trigger_id: string, text: string): Promise<void> {
    const view = noticeModal(text);
    await client.views.push({ trigger_id, view }).catch(() => client.views.open({ trigger_id, view }));
  }
}

async function tellByResponseUrl(url: string, text: string): Promise<void> {
  const answered = await fetch(url, {
    method: 'POST',
    redirect: 'error',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text }),
    signal: AbortSignal.timeout(5_000),
  });
  if (!answered.ok) throw new Error(`response_url answered ${answered.status}`);
}
