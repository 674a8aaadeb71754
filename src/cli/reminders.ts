/**
 * `npm run -s reminders -- --dry-run` shows what would go out now, to whom and why; `--as-of 2026-12-25T09:00:00+09:00`
 * at another moment; `--json` the same for programs. Nothing is sent and nothing is written.
 */
import { parseArgs } from 'node:util';
import { loadReminders } from '../boot/load-reminders.ts';
import { addBusinessDays, businessDayFrom } from '../business-days.ts';
import { dayInTokyo, formatMoment, isDay, startOfDay } from '../calendar.ts';
import { describeLabel } from '../cases/describe.ts';
import { type ForecastLine, type ForecastMessage, forecast } from '../reminders/forecast.ts';
import type { ReminderBasis } from '../reminders/plan.ts';
import { readRecipient } from '../reminders/recipient.ts';
import { momentOn, nextOpening } from '../reminders/timing.ts';
import { nextWeekly } from '../reminders/weekly.ts';
import { openStore } from '../store/database.ts';
import { createPeopleStore } from '../store/people-store.ts';
import { dueReminders } from '../store/reminder-forecast.ts';
import { runCli } from './run.ts';
import { storeSettings } from './store-settings.ts';

const USAGE =
  '送るのはボットだけです。予行には --dry-run を付けてください。例：npm run -s reminders -- --as-of 2026-12-25T09:00:00+09:00 --dry-run';
const MOMENT =
  /^\d{4}-\d{2}-\d{2}(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

interface Shown extends ForecastMessage {
  readonly team: string;
  /** A Slack user or channel id; null for the office's channel. */
  readonly to: string | null;
}

await runCli(async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'as-of': { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  if (!values['dry-run']) throw new Error(USAGE);
  const now = Date.now();
  const asOf = values['as-of'] === undefined ? now : readMoment(values['as-of']);
  const basis = loadReminders();
  const db = await openStore(storeSettings(process.env));
  try {
    const messages: Shown[] = [];
    for (const { team, rows, acknowledged } of await dueReminders(db, basis, { now, asOf })) {
      const people = createPeopleStore(db, () => '');
      for (const message of forecast(rows, basis, acknowledged, asOf)) {
        const read = readRecipient(message.recipient);
        const users =
          read?.kind === 'person' ? await people.usersOf(team, [read.ref]) : new Map<string, string>();
        const to =
          read?.kind === 'person'
            ? (users.get(read.ref) ?? read.ref)
            : read?.kind === 'channel'
              ? read.channel
              : null;
        messages.push({ ...message, team, to });
      }
    }
    if (values.json) console.log(JSON.stringify(asJson(messages, asOf), null, 2));
    else print(messages, asOf, basis);
  } finally {
    await db.destroy();
  }
});

/** A moment with its zone; without one it is meant in Japan. A day alone is its 9:00. */
function readMoment(typed: string): number {
  const zoned = /(?:Z|[+-]\d{2}:\d{2})$/.test(typed) || typed.length === 10 ? typed : `${typed}+09:00`;
  const moment = typed.length === 10 ? `${typed}T09:00:00+09:00` : zoned;
  const at = MOMENT.test(typed) && isDay(typed.slice(0, 10)) ? Date.parse(moment) : Number.NaN;
  if (Number.isNaN(at))
    throw new Error(
      `--as-of「${typed.slice(0, 40)}」を時刻として読めません。2026-12-25T09:00:00+09:00 の形で、暦にある日を書いてください。`,
    );
  return at;
}

function asJson(messages: readonly Shown[], asOf: number) {
  return {
    asOf: new Date(asOf).toISOString(),
    messages: messages.map(({ team, recipient, to, late, lines }) => ({
      team,
      recipient: readRecipient(recipient)?.kind ?? recipient,
      to,
      late,
      reminders: lines.map(({ verdict, date, dueAt, ...line }) => ({
        ...line,
        dueAt: new Date(dueAt).toISOString(),
        label: date === null ? null : describeLabel(date.label),
        sent: verdict.kind === 'say',
        reason: verdict.kind === 'say' ? null : verdict.reason,
      })),
    })),
  };
}

function print(messages: readonly Shown[], asOf: number, basis: ReminderBasis): void {
  console.log(`${formatMoment(asOf)}に送るもの（予行。何も送りません）\n`);
  const opening = nextOpening(asOf, basis.rules, basis.calendar);
  if (opening > asOf) console.log(`送らない時間帯です。送るのは ${formatMoment(opening)} からです。\n`);
  if (messages.length === 0) console.log('送るものはありません。\n');
  for (const message of messages) {
    console.log(`宛先：${whom(message)}${message.late ? '（遅れて届いたお知らせと記します）' : ''}`);
    for (const line of message.lines) printLine(line, asOf);
    console.log('');
  }
  const { rules, calendar } = basis;
  const today = dayInTokyo(asOf);
  const next = momentOn(businessDayFrom(calendar, today), rules.send_at);
  const morning = next >= asOf ? next : momentOn(addBusinessDays(calendar, today, 1), rules.send_at);
  console.log(`次の朝の一覧：${formatMoment(morning)}、担当者それぞれのダイレクトメッセージ`);
  const { dueAt } = nextWeekly(today, rules, calendar);
  console.log(`次の週のまとめ：${formatMoment(dueAt)}、担当室のチャンネル`);
}

function printLine({ verdict, date, ...line }: ForecastLine, asOf: number): void {
  const earlier = line.dueAt < startOfDay(dayInTokyo(asOf)) ? `（予定は ${formatMoment(line.dueAt)}）` : '';
  console.log(`  ${line.caseId}　${line.company}　${line.subject}：${line.distance}${earlier}`);
  if (date !== null) console.log(`    日付の根拠：${describeLabel(date.label)}`);
  console.log(`    理由：規則 ${line.rule}。${line.why}`);
  if (verdict.kind !== 'say') console.log(`    送りません：${verdict.reason}`);
}

function whom({ recipient, to }: Shown): string {
  const kind = readRecipient(recipient)?.kind;
  if (kind === 'office') return '担当室のチャンネル';
  return kind === 'channel' ? `案件のチャンネル ${to}` : `${to} のダイレクトメッセージ`;
}
