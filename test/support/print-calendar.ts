/** Prints what the calendar says of every day of ten years: started in several time zones by its test. */
import { addBusinessDays, closedBetween, isBusinessDay } from '../../src/business-days.ts';
import { addDays, dayInTokyo, formatMoment, startOfDay } from '../../src/calendar.ts';
import { calendar } from './office-calendar.ts';

const lines: string[] = [];
for (let day = '2020-01-01'; day < '2030-01-01'; day = addDays(day, 1)) {
  const start = startOfDay(day);
  lines.push(
    [
      day,
      isBusinessDay(calendar, day) ? 1 : 0,
      addBusinessDays(calendar, day, 5),
      addBusinessDays(calendar, day, -3),
      dayInTokyo(start),
      dayInTokyo(start - 1),
      formatMoment(start + 9 * 3_600_000),
      closedBetween(calendar, day, addDays(day, 9)),
    ].join('|'),
  );
}
process.stdout.write(lines.join('\n'));
