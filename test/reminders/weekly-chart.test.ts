import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, daysBetween } from '../../src/calendar.ts';
import { weeklyChart } from '../../src/reminders/weekly-chart.ts';
import { drawPng } from '../../src/slack/reminders/draw-png.ts';

const counted = fc
  .uniqueArray(fc.nat(60), { maxLength: 20 })
  .chain((days) =>
    fc.tuple(
      ...days
        .toSorted((a, b) => a - b)
        .map((ahead) =>
          fc.nat(5_000).map((overdue) => ({ day: addDays('2026-10-01', ahead), open: overdue + 1, overdue })),
        ),
    ),
  );
const steps = fc.array(fc.record({ name: fc.constantFrom('事前打合せ', '<b>&'), count: fc.nat(100_000) }), {
  maxLength: 9,
});

it('draws any counts within the picture, days by the calendar, words as they are', () => {
  fc.assert(
    fc.property(counted, steps, (days, bars) => {
      const svg = weeklyChart({ title: '案件の状況', steps: bars, days });
      expect(svg).not.toMatch(/NaN|Infinity|undefined|<b>/);
      for (const [, x, width] of svg.matchAll(/<rect x="([\d.]+)"[^>]* width="([\d.]+)"/g))
        expect(Number(x) + Number(width)).toBeLessThanOrEqual(560);
      const [, points = ''] = /<polyline points="([^"]*)"/.exec(svg) ?? [];
      const at = points.split(' ').map((pair) => pair.split(',').map(Number) as [number, number]);
      if (days.length < 2) {
        expect(points).toBe('');
        return;
      }
      expect(at).toHaveLength(days.length);
      const [first, last] = [at[0]?.[0] ?? 0, at.at(-1)?.[0] ?? 0];
      const whole = daysBetween(days[0]?.day ?? '', days.at(-1)?.day ?? '');
      at.forEach(([x, y], index) => {
        const part = daysBetween(days[0]?.day ?? '', days[index]?.day ?? '') / whole;
        expect(x).toBeCloseTo(first + (last - first) * part, 0);
        expect(y >= 96 && y <= 456).toBe(true);
      });
    }),
  );
});

it('is drawn with the fonts of the package, as a PNG', async () => {
  const draw = (name: string) =>
    drawPng(weeklyChart({ title: '案件の状況', steps: [{ name, count: 3 }], days: [] }));
  const png = await draw('事前打合せ');
  expect([...png.slice(1, 4)]).toEqual([0x50, 0x4e, 0x47]);
  // A font without the character would draw the same box for both.
  expect(Buffer.from(await draw('利用申込せ')).equals(Buffer.from(png))).toBe(false);
});
