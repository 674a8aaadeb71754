import type { Reason } from './answer.ts';
import type { Turns } from './reading.ts';

/** Which paragraph lets the office stop the use, by what the question says is the ground. */
const GROUNDS = [
  {
    ground: /^第3条第2項(第\d+号)?$/,
    key: '第11条第3項第1号',
    line: '第3条第2項の事項が満たされないことによる停止を尋ねる質問と読みました。',
  },
  {
    ground: /^第11条第1項(第\d+号)?$/,
    key: '第11条第2項',
    line: '禁止行為による停止を尋ねる質問と読みました。',
  },
] as const;

/**
 * The office's stop asked together with its ground: the paragraph the stop rests on comes first (第11条第2項 for the
 * acts of 第1項, 第11条第3項第1号 for the matters of 第3条第2項). Null when the question is not about being stopped.
 */
export function officeStopRests({ officeStops }: Turns, key: string): { key: string; reason: Reason } | null {
  if (officeStops === null) return null;
  const found = GROUNDS.find(({ ground }) => ground.test(key));
  return found ? { key: found.key, reason: { kind: 'voice', line: found.line, detail: officeStops } } : null;
}
