/** Whether a reminder that is due is still of use: asked again when it is sent, because much may have happened. */
import { addDays, type Day, dayInTokyo, startOfDay } from '../calendar.ts';
import type { Case } from '../cases/case.ts';
import { type ReminderFacts, remindedDates } from './plan.ts';
import type { ReminderRule } from './rules-file.ts';

export type Verdict =
  | { readonly kind: 'say' }
  /** Nothing is left to remind of. */
  | { readonly kind: 'dropped'; readonly reason: string }
  /** It should have been said and was not: listed, never silent. */
  | { readonly kind: 'missed'; readonly reason: string };

/** Why a reminder is left out for a newer one of the same date. */
export const OVERTAKEN = { kind: 'missed', reason: '同じ期限の後のお知らせにまとめました' } as const;

const SAY: Verdict = { kind: 'say' };

/**
 * Judges one reminder against the case as it is now (null: not to be seen by the recipient). `rule` is null when the
 * rules have it no more; `acknowledgedAt` is when somebody last confirmed a reminder of the same date, null for never.
 */
export function judgeReminder(
  facts: ReminderFacts,
  given: {
    readonly current: Case | null;
    readonly rule: ReminderRule | null;
    /** Epoch milliseconds. */
    readonly acknowledgedAt: number | null;
    /** Epoch milliseconds. */
    readonly now: number;
  },
): Verdict {
  const { current, rule, acknowledgedAt, now } = given;
  if (current === null) return { kind: 'dropped', reason: '受け取る人がこの案件を見られません' };
  if (rule === null) return { kind: 'dropped', reason: '通知の規則がなくなりました' };
  const held = remindedDates(current).some(({ subject, on }) => subject === facts.subject && on === facts.on);
  if (!held) return { kind: 'dropped', reason: '期限が変わったか、済んでいるか、停止中です' };
  if (rule.unless_acknowledged && isAcknowledged(rule, facts.on, acknowledgedAt))
    return { kind: 'dropped', reason: '確認済みです' };
  return isOver(rule, facts.on, dayInTokyo(now))
    ? { kind: 'missed', reason: '送る前に期限を過ぎました' }
    : SAY;
}

/** Who confirmed a date before it was over has not confirmed that it is overdue. */
function isAcknowledged(rule: ReminderRule, on: Day, at: number | null): boolean {
  if (at === null) return false;
  return rule.when.side === '前' || at >= startOfDay(addDays(on, 1));
}

/** What speaks before or on a day says nothing useful after it; the overdue reminder speaks then. */
function isOver(rule: ReminderRule, on: Day, today: Day): boolean {
  return rule.when.side === '前' && today > on;
}

/**
 * Of several reminders of the same date in one message only the newest is said; the others are taken up in it. Gives
 * the keys of those that are not said.
 */
export function overtaken(
  reminders: readonly { readonly key: string; readonly dueAt: number; readonly about: string }[],
): ReadonlySet<string> {
  const newest = new Map<string, { key: string; dueAt: number }>();
  const gone = new Set<string>();
  for (const { key, dueAt, about } of reminders) {
    const other = newest.get(about);
    if (other !== undefined) gone.add(other.dueAt > dueAt ? key : other.key);
    if (other === undefined || other.dueAt <= dueAt) newest.set(about, { key, dueAt });
  }
  return gone;
}
