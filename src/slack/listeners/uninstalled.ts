/** The app was taken out of the workspace. Its tokens are settings of whoever runs it: here it falls silent. */
import type { Call, Edge } from '../edge.ts';
import type { UninstalledEvent } from '../payloads.ts';

/** app_uninstalled, and tokens_revoked where it was the token of the bot. */
export async function fallSilent(edge: Edge, _call: Call, event: UninstalledEvent): Promise<void> {
  if (event.type === 'tokens_revoked' && event.tokens.bot.length === 0) return;
  await edge.silence(event.type);
}
