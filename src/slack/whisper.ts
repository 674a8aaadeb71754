import type { Call } from './edge.ts';
import type { ButtonPress, PageJump } from './payloads.ts';
import { noticeModal } from './views/modals.ts';

/** Said to the person who pressed, where they pressed: above the modal, or beside the message for them alone. */
export async function whisper(
  { respond, client }: Call,
  press: ButtonPress | PageJump,
  text: string,
): Promise<void> {
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
