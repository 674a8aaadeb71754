/** Options of an external select: `block_suggestion`, and what the app answers to it. */
import { z } from 'zod';
import type { Context } from '../context.ts';
import { type Option, optionGroup, plainOption } from '../schema/objects.ts';
import { AppFailed } from '../slack-error.ts';
import { deliver } from './deliver.ts';
import { envelope } from './payloads.ts';
import { findElement, look, offeredKey, type Surface } from './press.ts';

const answered = z.union([
  z.strictObject({ options: z.array(plainOption).max(100) }),
  z.strictObject({ option_groups: z.array(optionGroup).max(100) }),
]);

/** Asks the app; the options are remembered, because only what was offered can be picked. */
export async function suggest(
  context: Context,
  userId: string,
  at: { on: Surface; blockId: string; actionId: string; query: string },
): Promise<Option[]> {
  const seen = look(context, userId, at.on);
  findElement(seen.blocks, userId, at.blockId, at.actionId);
  const body = await deliver(context, 'interactive', {
    type: 'block_suggestion',
    ...envelope(context, userId),
    ...seen.place(),
    action_id: at.actionId,
    block_id: at.blockId,
    value: at.query,
  });
  const parsed = answered.safeParse(body);
  if (!parsed.success) throw new AppFailed('候補を読み込めませんでした');
  const options =
    'options' in parsed.data ? parsed.data.options : parsed.data.option_groups.flatMap((one) => one.options);
  const key = offeredKey(userId, at.blockId, at.actionId);
  const before = context.workspace.records.get<Option[]>('offered', key) ?? [];
  const fresh = options.filter((option) => !before.some((one) => one.value === option.value));
  context.workspace.records.put('offered', key, [...before, ...fresh].slice(-500));
  return options;
}
