import type { ContextBlock } from '@slack/types';
import { plain } from './text.ts';

/** The version of the terms an answer rests on. Dates are `2026-11-23` or `unknown`. */
export interface ShownVersion {
  readonly id: string;
  readonly title: string;
  readonly effectiveFrom: string;
  readonly confirmed: { readonly on: string };
}

/** 出典：…　施行日：不明　公表文との照合：未確認 */
export function versionLine({ title, effectiveFrom, confirmed, id }: ShownVersion): ContextBlock {
  const effective = effectiveFrom === 'unknown' ? '不明' : japaneseDay(effectiveFrom);
  const checked = confirmed.on === 'unknown' ? '未確認' : japaneseDay(confirmed.on);
  const text = `出典：${title}（版：${id}、施行日：${effective}）　最終確認日：${checked}`;
  return { type: 'context', elements: [plain(text, 500)] };
}

function japaneseDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}
