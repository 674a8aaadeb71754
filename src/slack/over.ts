import { webApi } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Call } from './edge.ts';
import type { ButtonPress } from './payloads.ts';
import { updateView } from './update-view.ts';

export type ModalPress = Pick<ButtonPress, 'user' | 'trigger_id' | 'view'>;

/** Above a modal another one is laid; anywhere else it is opened. Slack lays three: a fourth takes the place of the third. */
export async function over(
  { client }: Call,
  { trigger_id, view: from }: ModalPress,
  view: ModalView,
): Promise<void> {
  if (from?.type !== 'modal') {
    await client.views.open({ trigger_id, view });
    return;
  }
  try {
    await client.views.push({ trigger_id, view });
  } catch (error) {
    if (!isFull(error)) throw error;
    await updateView(client, from.id, view);
  }
}

function isFull(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError && error.data.error === 'push_limit_reached';
}
