/**
 * `npm run -s bench` measures ours beside something else, part by part in one run, prints the ratios and writes them
 * as JSON. `-- --quick` only proves that every part runs; `-- --only answers,events` chooses parts; `-- --events 100000`
 * sends so many events instead of a few thousand, for what memory does over time.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../boot/project-root.ts';
import { type BenchRow, type BenchSection, isMet, ratioOf } from './bench/section.ts';
import { printTable } from './figures.ts';
import { runCli } from './run.ts';

/** Each loads only what it measures. */
const PARTS = {
  start: async () => (await import('./bench/start.ts')).benchStart,
  answers: async () => (await import('./bench/answers.ts')).benchAnswers,
  growth: async () => (await import('./bench/growth.ts')).benchGrowth,
  events: async () => (await import('./bench/events.ts')).benchEvents,
  cases: async () => (await import('./bench/cases.ts')).benchCases,
  reminders: async () => (await import('./bench/due-scans.ts')).benchDueScans,
} as const;
type Part = keyof typeof PARTS;

await runCli(async (args) => {
  const [flag, ...part] = args;
  if (flag === '--child') return runPart(part);
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      events: { type: 'string' },
    },
  });
  const chosen = (values.only?.split(',') ?? Object.keys(PARTS)).map((name) => {
    if (!Object.hasOwn(PARTS, name))
      throw new Error(`「${name}」という部分はありません：${Object.keys(PARTS).join('、')}`);
    return name as Part;
  });
  const machine = describeMachine();
  console.log(`${machine}\n`);
  const sections: BenchSection[] = [];
  for (const name of chosen) {
    const run = await PARTS[name]();
    const section = await run({ quick: values.quick, events: countOf(values.events) });
    sections.push(section);
    print(section);
  }
  const file = write({ machine, quick: values.quick, at: new Date().toISOString(), sections });
  console.log(`${file}`);
});

function countOf(typed: string | undefined): number | null {
  if (typed === undefined) return null;
  const count = Number(typed);
  if (!Number.isSafeInteger(count) || count < 100)
    throw new Error(`--events には100以上の整数を書きます：${typed}`);
  return count;
}

/** The parts that need a process of their own. */
async function runPart([name = '', ...rest]: readonly string[]): Promise<void> {
  if (name === 'start')
    return (await import('./bench/start.ts')).answerOnce(
      rest[0] === 'stock' ? 'stock' : 'packed',
      rest[1] === 'stay',
    );
  const { runServer, runSlack, SERVER_KINDS } = await import('./bench/event-server.ts');
  if (name === 'slack') return runSlack();
  const [named, folder = '', slack = '{}'] = rest;
  const kind = SERVER_KINDS.find((one) => one === named);
  if (kind === undefined) throw new Error(`no such server: ${named}`);
  return runServer(kind, folder, JSON.parse(slack));
}

function describeMachine(): string {
  const [cpu] = cpus();
  return `${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, ${platform()} ${arch()}, Node ${process.versions.node}`;
}

function print({ name, rows, notes }: BenchSection): void {
  console.log(name);
  printTable([
    ['', 'ours', 'beside', '', 'ratio', 'target', ''],
    ...rows.map((row) => [
      row.what,
      figure(row.ours, row.unit),
      row.baseline === null ? '' : row.baseline.name,
      row.baseline === null ? '' : figure(row.baseline.value, row.unit),
      row.baseline === null ? '' : `× ${ratioOf(row).toFixed(2)}`,
      targetOf(row),
      verdictOf(row),
    ]),
  ]);
  for (const note of notes) console.log(`  ${note}`);
  console.log('');
}

function figure(value: number, unit: string): string {
  return `${value >= 100 ? value.toFixed(0) : value.toPrecision(3)} ${unit}`;
}

function targetOf(row: BenchRow): string {
  const { target } = row;
  if (target === null) return '';
  const unit = row.baseline === null ? ` ${row.unit}` : '';
  return 'atMost' in target ? `≤ ${target.atMost}${unit}` : `≥ ${target.atLeast}${unit}`;
}

function verdictOf(row: BenchRow): string {
  const met = isMet(row);
  return met === null ? '' : met ? 'met' : 'missed';
}

function write(result: unknown): string {
  const folder = join(projectRoot(), '.artifacts');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'bench.json');
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  return file;
}
