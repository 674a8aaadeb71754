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
export function versionLine(version: ShownVersion): ContextBlock {
  return { type: 'context', elements: [plain(versionText(version), 500)] };
}

/** The same in one line of text, for files. */
export function versionText({ title, effectiveFrom, confirmed, id }: ShownVersion): string {
  const effective = effectiveFrom === 'unknown' ? '不明' : japaneseDay(effectiveFrom);
  const checked = confirmed.on === 'unknown' ? '未確認' : japaneseDay(confirmed.on);
  return `出典：${title}（版：${id}、施行日：${effective}）　最終確認日：${checked}`;
}

function japaneseDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}
