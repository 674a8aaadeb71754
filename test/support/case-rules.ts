/** What the tests of cases stand on: the rules as they are in knowledge/, and a fixed now. Light, for child processes. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { dayInTokyo } from '../../src/calendar.ts';
import type { CaseRules } from '../../src/cases/plan.ts';
import { applicabilityFile } from '../../src/terms/steps-file.ts';

export const NOW = Date.UTC(2026, 10, 23, 3);
export const TODAY = dayInTokyo(NOW);

const file = new URL('../../knowledge/versions/cao-undated/applicability.yaml', import.meta.url);

export const rules: CaseRules = {
  version: 'cao-undated',
  steps: applicabilityFile.parse(parse(readFileSync(file, 'utf8'))),
  rows: Array.from({ length: 17 }, (_, index) => index + 1),
};
