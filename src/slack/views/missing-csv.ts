import { dayInTokyo } from '../../calendar.ts';
import { SIGNS } from '../../unanswered/asked.ts';
import type { MissingGroup } from '../../unanswered/report.ts';
import { asCsv } from './case-csv.ts';
import { SIGN_WORDS } from './missing-view.ts';

const MOST_EXAMPLES = 5;

/** One row for each group. Nobody's name and no channel stands in it. `nearest`: the provisions nearest to a group. */
export function missingAsCsv(
  groups: readonly MissingGroup[],
  nearest: (group: MissingGroup) => readonly string[],
): string {
  const head = [
    '代表の質問',
    '件数',
    ...SIGNS.map((sign) => SIGN_WORDS[sign]),
    '担当に聞いた',
    '最後の日',
    '近い規定',
    '例',
  ];
  return asCsv(
    head,
    groups.map((group) => rowOf(group, nearest)),
  );
}

function rowOf(group: MissingGroup, nearest: (group: MissingGroup) => readonly string[]): string[] {
  const { questions, counts, toOffice, lastAt } = group;
  const [first, ...others] = new Set(questions.map(({ text }) => text));
  return [
    first ?? '',
    String(questions.length),
    ...SIGNS.map((sign) => String(counts[sign])),
    String(toOffice),
    dayInTokyo(lastAt),
    nearest(group).join('・'),
    others.slice(0, MOST_EXAMPLES).join('\n'),
  ];
}
