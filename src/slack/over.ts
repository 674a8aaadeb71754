import type { ModalView } from '@slack/types';
import type { Call } from './edge.ts';
import type { ButtonPress } from './payloads.ts';

export type ModalPress = Pick<ButtonPress, 'user' | 'trigger_id' | 'view'>;

/** Above a modal another one is laid; anywhere else it is opened. */
export async function over(
  { client }: Call,
  { trigger_id, view: from }: ModalPress,
  view: ModalView,
): Promise<void> {
  await (from?.type === 'modal'
    ? client.views.push({ trigger_id, view })
    : client.views.open({ trigger_id, view }));
}
