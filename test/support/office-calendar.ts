/** The calendar of the office as it is in knowledge/. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { OfficeCalendar } from '../../src/business-days.ts';
import { holidayFile, officeCalendar, officeDaysFile } from '../../src/knowledge/calendar-files.ts';

export const readKnowledge = (name: string): unknown =>
  parse(readFileSync(new URL(`../../knowledge/${name}`, import.meta.url), 'utf8'));

export const calendar: OfficeCalendar = officeCalendar(
  holidayFile.parse(readKnowledge('holidays.yaml')),
  officeDaysFile.parse(readKnowledge('office-days.yaml')),
);
