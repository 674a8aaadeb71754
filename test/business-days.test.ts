import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { holidays as listed } from '@holiday-jp/holiday_jp';
import { build } from 'esbuild';
import fc from 'fast-check';
import { isHolidayAt } from 'japanese-holidays';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  addBusinessDays,
  businessDayFrom,
  businessDaysBetween,
  businessDayUntil,
  closedBecause,
  closedBetween,
  isBusinessDay,
  isProvisional,
} from '../src/business-days.ts';
import { addDays, daysBetween, startOfDay, weekdayOf } from '../src/calendar.ts';
import { calendar } from './support/office-calendar.ts';

const FIRST = '2019-01-01';
const LAST = '2050-12-31';
const someDay = fc
  .integer({ min: 0, max: daysBetween(FIRST, '2030-12-31') })
  .map((ahead) => addDays(FIRST, ahead));

describe('the holidays of knowledge/holidays.yaml', () => {
  it('are those of the official list, of every day from 2019 to 2050', () => {
    const official = Object.keys(listed).filter((day) => day >= FIRST && day <= LAST);
    expect([...calendar.holidays.keys()]).toEqual(official);
  });

  it('are those that a second library computes', () => {
    const differing: string[] = [];
    for (let day = FIRST; day <= LAST; day = addDays(day, 1)) {
      const second = isHolidayAt(new Date(startOfDay(day) + 12 * 3_600_000)) !== undefined;
      if (second !== calendar.holidays.has(day)) differing.push(day);
    }
    expect(differing).toEqual([]);
  });

  it.each([
    ['2019-04-30', '国民の休日'],
    ['2019-05-01', '休日（祝日扱い）'],
    ['2019-10-22', '休日（祝日扱い）'],
    ['2020-07-24', 'スポーツの日'],
    ['2021-08-09', '振替休日（山の日）'],
    ['2026-05-06', '振替休日（こどもの日）'],
    ['2026-09-22', '国民の休日'],
    ['2027-03-22', '振替休日（春分の日）'],
    ['2032-09-21', '国民の休日'],
  ])('name %s as %s', (day, name) => expect(closedBecause(calendar, day)).toBe(name));

  it.each([
    ['2020-10-12', '第2月曜', '2020-07-24'],
    ['2021-07-19', '第3月曜', '2021-07-22'],
    ['2021-10-11', '第2月曜', '2021-07-23'],
  ])('leave %s (%s) a business day, because its holiday was moved to %s', (usual, _, moved) => {
    expect(isBusinessDay(calendar, usual)).toBe(true);
    expect(isBusinessDay(calendar, moved)).toBe(false);
  });
});

describe('business days', () => {
  it('are neither weekends, holidays nor the days from 12/29 to 1/3, on every day of ten years', () => {
    for (let day = '2020-01-01'; day < '2030-01-01'; day = addDays(day, 1)) {
      const date = day.slice(5);
      const closed =
        [0, 6].includes(weekdayOf(day)) || Object.hasOwn(listed, day) || date >= '12-29' || date <= '01-03';
      expect(isBusinessDay(calendar, day), day).toBe(!closed);
    }
  });

  it('are counted without the day counted from, forwards and backwards alike', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: -30, max: 30 }), (day, count) => {
        const reached = addBusinessDays(calendar, day, count);
        if (count === 0) expect(reached).toBe(day);
        else expect(isBusinessDay(calendar, reached)).toBe(true);
        if (count >= 0) expect(businessDaysBetween(calendar, day, reached)).toBe(count);
        const from = businessDayFrom(calendar, day);
        expect(addBusinessDays(calendar, addBusinessDays(calendar, from, count), -count)).toBe(from);
      }),
    );
  });

  it('are nearest in the direction asked for', () => {
    fc.assert(
      fc.property(someDay, (day) => {
        const [before, after] = [businessDayUntil(calendar, day), businessDayFrom(calendar, day)];
        expect(before <= day && day <= after).toBe(true);
        expect(isBusinessDay(calendar, day)).toBe(before === day && after === day);
        for (let one = addDays(before, 1); one < after; one = addDays(one, 1)) {
          if (one !== day) expect(isBusinessDay(calendar, one)).toBe(false);
        }
      }),
    );
  });

  it('show what was left out in counting', () => {
    expect(closedBetween(calendar, '2026-12-25', '2027-01-12')).toBe(
      '12/29〜1/3は年末年始の閉庁、1/11は成人の日のため数えません。土日も数えません',
    );
    expect(closedBetween(calendar, '2026-11-24', '2026-11-27')).toBe('');
    expect(closedBetween(calendar, '2026-11-24', '2026-11-28')).toBe('土曜日は数えません');
    expect(closedBetween(calendar, '2026-11-24', '2026-11-30')).toBe('土日は数えません');
    expect(closedBetween(calendar, '2026-09-21', '2026-09-23')).toBe(
      '9/21は敬老の日、9/22は国民の休日、9/23は秋分の日のため数えません',
    );
  });

  it('are provisional beyond what was announced', () => {
    expect(isProvisional(calendar, '2027-12-31')).toBe(false);
    expect(isProvisional(calendar, '2028-01-01')).toBe(true);
  });

  it('follow what the office edits: own closed days, and days on which it is open all the same', () => {
    const own = {
      ...calendar,
      days: new Map([['2027-06-01', '創立記念日']]),
      open: new Set(['2027-06-05']),
    };
    expect(closedBecause(own, '2027-06-01')).toBe('創立記念日');
    expect(isBusinessDay(own, '2027-06-05')).toBe(true);
    expect(addBusinessDays(own, '2027-05-31', 1)).toBe('2027-06-02');
  });

  it('are an error where the office never opens', () => {
    const never = { ...calendar, weekly: new Set('月火水木金土日') };
    expect(() => businessDayFrom(never, '2027-06-01')).toThrow(RangeError);
  });
});

describe('the zone of the process', () => {
  it('changes nothing on any day of ten years', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kiyaku-zone-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const outfile = join(folder, 'print.mjs');
    await build({
      entryPoints: [new URL('support/print-calendar.ts', import.meta.url).pathname],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
      define: {
        'import.meta.url': JSON.stringify(new URL('support/print-calendar.ts', import.meta.url).href),
      },
    });
    const run = promisify(execFile);
    const zones = [
      'Asia/Tokyo',
      'UTC',
      'America/New_York',
      'Pacific/Apia',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
    ];
    const printed = await Promise.all(
      zones.map((TZ) => run(process.execPath, [outfile], { env: { ...process.env, TZ }, maxBuffer: 1e8 })),
    );
    const [first, ...others] = printed.map(({ stdout }) => stdout);
    expect(first?.split('\n')).toHaveLength(3_653);
    for (const other of others) expect(other).toBe(first);
  });
});
