/** The picture of the weekly summary as SVG: cases by step beside the overdue of the last weeks. */
import { daysBetween, partsOf } from '../calendar.ts';
import type { DayCount } from './weekly.ts';

export interface ChartContent {
  readonly title: string;
  readonly steps: readonly { readonly name: string; readonly count: number }[];
  /** Oldest first. */
  readonly days: readonly DayCount[];
}

const WIDTH = 1_200;
const HEIGHT = 520;
const INK = '#1f2937';
const QUIET = '#6b7280';
const LINE = '#e5e7eb';
const BLUE = '#2563eb';
const RED = '#dc2626';
const PALE = '#fee2e2';

/** Everything in it is computed or one of our own labels, but for the names of the steps, which come from the terms. */
export function weeklyChart({ title, steps, days }: ChartContent): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="BIZ UDPGothic">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
${text(40, 52, title, { size: 26, weight: 700 })}
${barChart(steps)}
${lineChart(days)}
</svg>`;
}

function barChart(steps: ChartContent['steps']): string {
  const [left, top, width] = [40, 96, 520];
  const label = 190;
  const most = Math.max(1, ...steps.map(({ count }) => count));
  const row = Math.min(44, Math.floor((HEIGHT - top - 50) / Math.max(steps.length, 1)));
  const bars = steps.map(({ name, count }, index) => {
    const y = top + 30 + index * row;
    const long = Math.round(((width - label - 60) * count) / most);
    return [
      text(left, y + row / 2 + 6, name, { size: 17 }),
      `<rect x="${left + label}" y="${y + row * 0.18}" width="${Math.max(long, count > 0 ? 3 : 0)}" height="${row * 0.64}" rx="3" fill="${count > 0 ? BLUE : LINE}"/>`,
      text(left + label + long + 10, y + row / 2 + 6, `${count}件`, {
        size: 17,
        colour: count > 0 ? INK : QUIET,
      }),
    ].join('');
  });
  return text(left, top + 8, '進行中の手順', { size: 19, weight: 700 }) + bars.join('');
}

function lineChart(days: readonly DayCount[]): string {
  const [left, top, right, bottom] = [660, 96, WIDTH - 50, HEIGHT - 64];
  const heading = text(left, top + 8, '期限を過ぎた案件', { size: 19, weight: 700 });
  if (days.length < 2) {
    return heading + text(left, top + 60, '記録は2日分から線になります。', { size: 17, colour: QUIET });
  }
  const most = Math.max(4, ...days.map(({ overdue }) => overdue));
  // By the calendar: a day that was not counted leaves its gap.
  const first = days[0]?.day ?? '';
  const since = (index: number) => daysBetween(first, days[index]?.day ?? first);
  const x = (index: number) => left + 40 + ((right - left - 60) * since(index)) / since(days.length - 1);
  const y = (count: number) => bottom - ((bottom - top - 60) * count) / most;
  const points = days.map(({ overdue }, index) => `${x(index).toFixed(1)},${y(overdue).toFixed(1)}`);
  const grid = ticks(most).map(
    (tick) =>
      `<line x1="${left + 40}" x2="${right - 20}" y1="${y(tick)}" y2="${y(tick)}" stroke="${LINE}"/>${text(left + 28, y(tick) + 5, String(tick), { size: 15, colour: QUIET, anchor: 'end' })}`,
  );
  const last = days.length - 1;
  const named = [0, Math.round(last / 2), last].filter((at, index, all) => all.indexOf(at) === index);
  return [
    heading,
    ...grid,
    `<polygon points="${x(0)},${bottom} ${points.join(' ')} ${x(last)},${bottom}" fill="${PALE}"/>`,
    `<polyline points="${points.join(' ')}" fill="none" stroke="${RED}" stroke-width="3" stroke-linejoin="round"/>`,
    `<circle cx="${x(last)}" cy="${y(days[last]?.overdue ?? 0)}" r="5" fill="${RED}"/>`,
    text(x(last), y(days[last]?.overdue ?? 0) - 14, `${days[last]?.overdue ?? 0}件`, {
      size: 17,
      weight: 700,
      colour: RED,
      anchor: 'end',
    }),
    ...named.map((at) =>
      text(x(at), bottom + 28, shortDay(days[at]), {
        size: 15,
        colour: QUIET,
        anchor: at === last ? 'end' : at === 0 ? 'start' : 'middle',
      }),
    ),
  ].join('');
}

/** Whole numbers from 0 to the top, at most five of them. */
function ticks(most: number): number[] {
  const step = Math.max(1, Math.ceil(most / 4));
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
}

function shortDay(count: DayCount | undefined): string {
  if (count === undefined) return '';
  const { month, date } = partsOf(count.day);
  return `${month}/${date}`;
}

function text(
  x: number,
  y: number,
  said: string,
  style: { size: number; weight?: number; colour?: string; anchor?: string },
): string {
  const { size, weight = 400, colour = INK, anchor = 'start' } = style;
  const safe = said.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${colour}" text-anchor="${anchor}">${safe}</text>`;
}
