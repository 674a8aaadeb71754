/** knowledge/holidays.yaml, office-days.yaml and reminders.yaml: what the reminders are planned by. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { GuideError } from '../errors.ts';
import { holidayFile, officeCalendar, officeDaysFile } from '../knowledge/calendar-files.ts';
import { describeProblem, type FileProblem, readYaml } from '../knowledge/yaml-file.ts';
import type { ReminderBasis } from '../reminders/plan.ts';
import { reminderFile } from '../reminders/rules-file.ts';
import { projectRoot } from './project-root.ts';

export interface LoadedReminders extends ReminderBasis {
  /** Changes with every change of the three files: then what is planned has to be planned anew. */
  readonly fingerprint: string;
}

/** Reads the three files; every problem with file and line, `loaded` null where there is any. */
export function readReminders(root = projectRoot()): {
  readonly problems: readonly FileProblem[];
  readonly loaded: LoadedReminders | null;
} {
  const problems: FileProblem[] = [];
  const hash = createHash('sha256');
  const read = <S extends z.ZodType>(name: string, schema: S): z.infer<S> | null => {
    const file = join('knowledge', name);
    const path = join(root, file);
    if (!existsSync(path)) {
      problems.push({ file, line: 1, message: 'ファイルがありません' });
      return null;
    }
    const text = readFileSync(path, 'utf8');
    hash.update(`${name} ${text.length}\n${text}`);
    const reading = readYaml(file, text, schema);
    if (reading.ok) return reading.file.value;
    problems.push(...reading.problems);
    return null;
  };
  const holidays = read('holidays.yaml', holidayFile);
  const office = read('office-days.yaml', officeDaysFile);
  const rules = read('reminders.yaml', reminderFile);
  if (holidays === null || office === null || rules === null) return { problems, loaded: null };
  const calendar = officeCalendar(holidays, office);
  return { problems, loaded: { calendar, rules, fingerprint: hash.digest('hex') } };
}

/** As `readReminders`. Throws `knowledge-invalid` with every problem. */
export function loadReminders(root = projectRoot()): LoadedReminders {
  const { problems, loaded } = readReminders(root);
  if (loaded === null) throw new GuideError('knowledge-invalid', problems.map(describeProblem));
  return loaded;
}
