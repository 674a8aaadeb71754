import { formatMoment } from '../../calendar.ts';
import { usageLabel } from '../../cases/case.ts';
import { describeApis, describeLabel } from '../../cases/describe.ts';
import { openDates, waitedFor } from '../../cases/standing.ts';
import type { CaseRecord } from '../../store/case-reads.ts';
import { STEP_NAMES } from '../../terms/steps.ts';

const HEAD = [
  '番号',
  '会社',
  'サービス',
  '種別',
  'API',
  '受付',
  '利用の状態',
  '待っている相手',
  '担当者',
  '次の日付',
  '日付の対象',
  '日付の根拠',
  ...STEP_NAMES,
  '閉じた結果',
  '最後の変更',
];
const INTAKE = { requested: '受付待ち', accepted: '受付済', declined: '受け付けない' } as const;

/** Cases as a table; without `head` they are rows that go on below one. */
export function casesAsCsv(records: readonly CaseRecord[], { head = true } = {}): string {
  const rows = records.map(rowOf);
  return head ? asCsv(HEAD, rows) : rowsAsCsv(rows);
}

/** A table that Excel opens as text: UTF-8 with BOM, CRLF, and no cell that a spreadsheet would calculate. */
export function asCsv(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `\ufeff${rowsAsCsv([head, ...rows])}`;
}

function rowsAsCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

/** A cell that begins like a formula would run in a spreadsheet: an apostrophe before it makes it text. */
function cell(text: string): string {
  const harmless = /^[\s\ufeff]*[=+\-@＝＋－＠\t\r]/u.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

function rowOf({ id, state }: CaseRecord): string[] {
  const [next] = openDates(state);
  return [
    id,
    state.company,
    state.service ?? '',
    state.kind,
    describeApis(state.apis),
    INTAKE[state.intake],
    usageLabel(state.usage),
    waitedFor(state).join('・'),
    state.owner ?? '',
    next?.on ?? '',
    next?.subject ?? '',
    next === undefined ? '' : describeLabel(next.label),
    ...STEP_NAMES.map((name) => state.steps.find((step) => step.name === name)?.state ?? ''),
    state.closed ?? '',
    formatMoment(state.changedAt),
  ];
}
