/** Where a case stands: who is waited for, what is due, what comes next. */
import { type Day, daysBetween } from '../calendar.ts';
import { type Case, type CaseDate, type CaseStep, OTHER_DATE_SUBJECTS, type Party } from './case.ts';

/** Sorts after every real day. */
export const NO_DATE: Day = '9999-12-31';

/** Who is waited for in this case; both when steps run in parallel, nobody when it is closed. */
export function waitedFor(current: Case): Party[] {
  if (current.closed !== null || current.intake === 'declined') return [];
  const waiting = new Set(current.steps.map((step) => step.waiting).filter((party) => party !== null));
  if (current.intake === 'requested') waiting.clear();
  if (current.intake === 'requested' || current.openQuestions.length > 0) waiting.add('担当室');
  return (['提供者', '担当室'] as const).filter((party) => waiting.has(party));
}

/** Dates whose matter is still open, the earliest first. */
export function openDates(current: Case): CaseDate[] {
  if (current.closed !== null || current.intake === 'declined') return [];
  return current.dates
    .filter((date) => !isSettled(current, date))
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** The earliest open date, or NO_DATE. */
export function nextDue(current: Case): Day {
  return openDates(current)[0]?.on ?? NO_DATE;
}

/** Days past the earliest open date, 0 when nothing is overdue. */
export function daysOverdue(current: Case, today: Day): number {
  const due = nextDue(current);
  return due < today ? daysBetween(due, today) : 0;
}

/** Steps done and steps that have to be done. */
export function progressOf(current: Case): { done: number; of: number } {
  const counted = current.steps.filter(
    ({ state, need }) => state !== '対象外' && (need === 'required' || state !== '未着手'),
  );
  return { done: counted.filter(({ state }) => state === '完了').length, of: counted.length };
}

/** The steps a party has in hand now, sent-back ones first, then in the order of the terms. */
export function inHand(current: Case, party: Party): CaseStep[] {
  const waiting = current.steps.filter((step) => step.waiting === party);
  return [
    ...waiting.filter(({ state }) => state === '差戻し'),
    ...waiting.filter(({ state }) => state !== '差戻し'),
  ];
}

function isSettled(current: Case, { subject }: CaseDate): boolean {
  const step = current.steps.find(({ name }) => name === subject);
  if (step !== undefined) return step.state === '完了' || step.state === '対象外';
  const { state } = current.usage;
  if (subject === OTHER_DATE_SUBJECTS[0]) return state !== 'not-in-use';
  if (subject === '利用停止') return state === 'suspended-by-notice' || state === 'ended';
  if (subject === '利用再開') return state === 'in-use' || state === 'ended';
  return subject === '利用終了' && state === 'ended';
}
