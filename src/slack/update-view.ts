import { webApi } from '@slack/bolt';
import type { ModalView } from '@slack/types';

/** Draws a modal anew. Somebody may have closed it meanwhile: then there is nothing to draw, and nothing is wrong. */
export async function updateView(client: webApi.WebClient, viewId: string, view: ModalView): Promise<void> {
  try {
    await client.views.update({ view_id: viewId, view });
  } catch (error) {
    if (!(error instanceof webApi.WebAPIPlatformError) || error.data.error !== 'not_found') throw error;
  }
}
