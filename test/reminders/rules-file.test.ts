import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../src/knowledge/yaml-file.ts';
import { reminderFile } from '../../src/reminders/rules-file.ts';

const held = readFileSync(new URL('../../knowledge/reminders.yaml', import.meta.url), 'utf8');

/** The problems of the file after one change, as `line: message`. */
function problemsOf(from: string | RegExp, to: string): string[] {
  const text = held.replace(from, to);
  if (text === held) throw new Error(`nothing to change: ${String(from)}`);
  const read = readYaml('knowledge/reminders.yaml', text, reminderFile);
  return read.ok ? [] : read.problems.map(({ line, message }) => `${line}: ${message}`);
}
const lineOf = (part: string): number => held.slice(0, held.indexOf(part)).split('\n').length;

describe('knowledge/reminders.yaml', () => {
  it('is read as it stands', () => {
    expect(readYaml('knowledge/reminders.yaml', held, reminderFile).ok).toBe(true);
  });

  it.each([
    ["send_at: '09:00'", "send_at: '9時'", '時刻は 09:00 の形'],
    ["send_at: '09:00'", "send_at: '07:00'", '送らない時間帯（quiet）の中'],
    ['unit: 営業日', 'unit: 平日', ''],
    ['id: three-days-before', 'id: ten-days-before', '2つあります'],
    ['id: ten-days-before', 'id: Ten Days', '小文字の英数字'],
    ['every: 5, times: 4', 'every: 5', 'every と times は両方'],
    ['side: 後, every: 5', 'side: 前, every: 5', '期限の後のお知らせだけ'],
    ['to: [担当室]', 'to: [部長]', ''],
    ['subjects: [本番環境試験]', 'subjects: [本番試験]', ''],
    ['business_days_ahead: 5', 'business_days_ahead: 500', ''],
    ['weekday: 月', 'weekday: 日', ''],
    ['late_after_minutes: 60', 'late_after: 60', ''],
  ])('with 「%s」 as 「%s」 is refused with its line', (from, to, message) => {
    const problems = problemsOf(from, to);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.some((problem) => problem.includes(message))).toBe(true);
    const line = lineOf(from);
    const lines = problems.map((problem) => Number(problem.split(':')[0]));
    expect(lines.some((one) => Math.abs(one - line) <= 6)).toBe(true);
  });
});
