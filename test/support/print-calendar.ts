/** Prints what the calendar and the rules of the reminders say of every day of ten years: started in several time zones by its test. */
import { addBusinessDays, closedBetween, isBusinessDay } from '../../src/business-days.ts';
import { addDays, dayInTokyo, formatMoment, startOfDay } from '../../src/calendar.ts';
import { reminderFile } from '../../src/reminders/rules-file.ts';
import { momentOn, nextOpening, occurrences } from '../../src/reminders/timing.ts';
import { nextWeekly } from '../../src/reminders/weekly.ts';
import { calendar, readKnowledge } from './office-calendar.ts';

const rules = reminderFile.parse(readKnowledge('reminders.yaml'));

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
      nextWeekly(day, rules, calendar).dueAt,
      nextOpening(start, rules, calendar),
      ...rules.rules.flatMap((rule) =>
        occurrences(rule, day, calendar).map((one) => momentOn(one.day, rules.send_at)),
      ),
    ].join('|'),
  );
}
process.stdout.write(lines.join('\n'));
