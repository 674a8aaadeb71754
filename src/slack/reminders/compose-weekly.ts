import { addDays, dayInTokyo, formatDay, startOfDay } from '../../calendar.ts';
import type { Viewer } from '../../cases/rights.ts';
import { nextOpening } from '../../reminders/timing.ts';
import { nextWeekly } from '../../reminders/weekly.ts';
import { weeklyChart } from '../../reminders/weekly-chart.ts';
import { STEP_NAMES } from '../../terms/steps.ts';
import type { Composer } from '../outbox/composition.ts';
import { type CaseList, listOf } from '../views/case-list-view.ts';
import { weeklyCard } from '../views/weekly-card.ts';
import { lastDue } from './compose-reminders.ts';
import { drawPng } from './draw-png.ts';
import { findPlace, type PlaceFinder } from './place.ts';
import type { Reminding } from './reminding.ts';

const COUNTED = ['期限切れ', '担当室待ち', '提供者待ち', '申出', '担当なし'];
const MOST_OVERDUE = 10;
const WEEKS_SHOWN = 8;

/** The office, as the weekly summary counts for it: no person. */
function office(teamId: string): Viewer {
  return { teamId, person: '', staff: true, channels: [] };
}

/** Composes the summary of the week for the office's channel, with its picture. */
export function weeklyComposer(finder: PlaceFinder, reminding: Reminding): Composer {
  return async (message, now) => {
    const opening = nextOpening(now, reminding.rules, reminding.calendar);
    if (opening > now) return { kind: 'later', until: opening, reason: '送らない時間帯です' };
    const found = await findPlace(finder, message.teamId, message.recipient);
    const last = message.rows.at(-1);
    const drop = (reason: string) =>
      message.rows.map(({ key }) => ({ key, state: 'missed' as const, reason }));
    if (found.kind === 'nowhere' || last === undefined)
      return { kind: 'nothing', leftOut: drop(found.kind === 'nowhere' ? found.reason : '') };
    const today = dayInTokyo(now);
    const next = nextWeekly(today, reminding.rules, reminding.calendar);
    // After downtime, on a day that has a summary of its own.
    if (next.day === today && last.dueAt < next.dueAt)
      return { kind: 'nothing', leftOut: drop('この日のまとめに含めます') };
    const late = now - lastDue(message) > reminding.rules.late_after_minutes * 60_000;
    const viewer = office(message.teamId);
    const content = await weeklyContent(finder, reminding, viewer, now);
    const days = await reminding.store.countsSince(message.teamId, addDays(today, -7 * WEEKS_SHOWN));
    const open = days.at(-1)?.open;
    const title = `案件の状況　${formatDay(today)}${open === undefined ? '' : `　進行中 ${open}件`}`;
    const svg = weeklyChart({ title, steps: content.steps, days });
    return {
      kind: 'message',
      to: found.to,
      ...weeklyCard({ ...content, today, late }),
      picture: { png: await drawPng(svg), filename: `anken-${today}.png`, alt: altOf(content.steps, days) },
      late,
      // After downtime one summary is enough.
      leftOut: drop('後のまとめに含めました').slice(0, -1),
    };
  };
}

async function weeklyContent({ cases }: PlaceFinder, { outbox }: Reminding, viewer: Viewer, now: number) {
  const today = dayInTokyo(now);
  const lists = COUNTED.flatMap((key) => listOf(key) ?? []);
  const counts = await Promise.all(
    lists.map(async (list) => ({ key: list.key, count: await countOf(cases, viewer, list, now) })),
  );
  const steps = await Promise.all(
    STEP_NAMES.map(async (step) => ({
      name: step,
      count: await cases.countForStaff(viewer, { filters: [{ by: 'step', step }] }),
    })),
  );
  const overdueQuery = { filters: [{ by: 'all' } as const], overdueOn: today };
  const page = await cases.listForStaff(viewer, overdueQuery, { after: null, limit: MOST_OVERDUE });
  const window = { from: startOfDay(addDays(today, -7)), to: now, limit: 1_000 };
  const troubled = await outbox.ledger(viewer.teamId, { ...window, states: ['missed', 'dead'] });
  return {
    counts,
    steps,
    overdue: page.records,
    missed: troubled.filter(({ state }) => state === 'missed').length,
    dead: troubled.filter(({ state }) => state === 'dead').length,
  };
}

function countOf(cases: PlaceFinder['cases'], viewer: Viewer, list: CaseList, now: number): Promise<number> {
  return cases.countForStaff(viewer, {
    filters: list.filters(viewer.person),
    open: list.open ?? true,
    ...(list.overdue === true ? { overdueOn: dayInTokyo(now) } : {}),
  });
}

function altOf(
  steps: readonly { name: string; count: number }[],
  days: readonly { day: string; overdue: number }[],
): string {
  const last = days.at(-1);
  const over = last === undefined ? '' : `。期限を過ぎた案件は${last.overdue}件（${formatDay(last.day)}）`;
  const going = steps.filter(({ count }) => count > 0).map(({ name, count }) => `${name} ${count}件`);
  return `進行中の手順：${going.join('、') || 'なし'}${over}。`;
}
