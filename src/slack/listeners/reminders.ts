/** The buttons of a reminder: done, seen, later. What is pressed is looked up in the message it stands in. */
import { businessDayFrom } from '../../business-days.ts';
import { addDays, dayInTokyo, formatMoment } from '../../calendar.ts';
import { NO_SUCH_CASE } from '../../cases/refusal.ts';
import type { Place, Viewer } from '../../cases/rights.ts';
import { aboutOf } from '../../reminders/about.ts';
import { SNOOZED } from '../../reminders/plan.ts';
import { writeRecipient } from '../../reminders/recipient.ts';
import { momentOn, nextOpening } from '../../reminders/timing.ts';
import type { SaidMessage } from '../../store/outbox-reads.ts';
import type { OutboxRow } from '../../store/outbox-rows.ts';
import type { ReminderAct } from '../../store/reminder-store.ts';
import { STEP_NAMES } from '../../terms/steps.ts';
import { carryOut, recordRefused, viewerOf } from '../case-desk.ts';
import { tellAbout } from '../case-telling.ts';
import type { Call, Edge } from '../edge.ts';
import type { ButtonPress, PageJump } from '../payloads.ts';
import { isOffice, lastDue, morningOf } from '../reminders/compose-reminders.ts';
import { reminderFacts, showSent, sortRows } from '../reminders/gather.ts';
import { findPlace } from '../reminders/place.ts';
import { reminderCard, type Snooze } from '../views/reminder-card.ts';
import { whisper } from '../whisper.ts';

const HOUR = 3_600_000;
const GONE_TEXT = 'このお知らせの記録が見つかりません。案件を開いて確かめてください。';

/** 確認した. */
export async function seeReminder(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const found = await findRow(edge, call, press, ({ key }) => key === press.actions[0].value);
  if (found === null) return;
  await act(edge, call, press, found, 'acknowledged', null);
}

/** 完了にする: staff finish the step, a provider says that it was handed in. */
export async function finishReminder(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const found = await findRow(edge, call, press, ({ key }) => key === press.actions[0].value);
  if (found === null) return;
  const { row, viewer } = found;
  const { subject } = reminderFacts.parse(row.body);
  const step = STEP_NAMES.find((name) => name === subject);
  if (step === undefined) return whisper(call, press, GONE_TEXT);
  const outcome = await carryOut(
    edge,
    call,
    viewer,
    { id: row.caseId, expected: null },
    { kind: 'moveStep', step, to: viewer.staff ? '完了' : '提出済' },
  );
  if (outcome.kind === 'refused') return whisper(call, press, outcome.message);
  if (outcome.kind === 'done' && !outcome.repeated) tellAbout(edge, viewer, outcome);
  await act(edge, call, press, found, 'done', null);
}

/** あとで: the same reminder again for the person who put it off, in office hours. */
export async function snoozeReminder(edge: Edge, call: Call, press: PageJump): Promise<void> {
  const [choice = '', index] = press.actions[0].selected_option.value.split(':');
  const found = await findRow(edge, call, press, (_, at) => at === Number(index));
  if (found === null) return;
  const { row, viewer } = found;
  const until = snoozedUntil(edge, choice as Snooze);
  if (until === null) return whisper(call, press, GONE_TEXT);
  const ref = await refOf(edge, viewer);
  const recipient = writeRecipient({ kind: 'person', ref });
  const again = {
    key: [SNOOZED, row.key, ref, until].join('|'),
    kind: SNOOZED,
    caseId: row.caseId,
    recipient,
    together: recipient,
    dueAt: until,
    body: row.body,
  };
  await edge.reminding.outbox.enqueue(call.teamId, [again], edge.now());
  await act(edge, call, press, found, 'snoozed', until);
}

type Press = ButtonPress | PageJump;

interface FoundRow {
  readonly row: OutboxRow;
  /** The message it was said in. */
  readonly message: SaidMessage;
  readonly viewer: Viewer;
  readonly place: Place;
}

/**
 * The row that was pressed, where it was said in this very message and the person may see its case; otherwise null,
 * told and written down.
 */
async function findRow(
  edge: Edge,
  call: Call,
  press: Press,
  isPressed: (row: OutboxRow, at: number) => boolean,
): Promise<FoundRow | null> {
  const { channel_id: channel, message_ts: ts } = press.container;
  const message =
    channel === undefined || ts === undefined
      ? { rows: [], late: false }
      : await edge.reminding.outbox.messageAt(call.teamId, channel, ts);
  const said = sortRows(message.rows).reminders;
  const finder = { client: call.client, cases: edge.desk.store, staff: edge.desk.staff };
  const where = said[0] === undefined ? null : await findPlace(finder, call.teamId, said[0].recipient);
  const row = said.find(isPressed);
  const viewer = await viewerOf(edge, call, press.user.id, row?.caseId);
  const seen = row?.caseId == null ? null : await edge.desk.store.seenBy(viewer, row.caseId);
  if (row === undefined || seen === null || where?.kind !== 'found') {
    await recordRefused(edge, viewer, row?.caseId ?? null, 'reminder', NO_SUCH_CASE.message);
    await whisper(call, press, GONE_TEXT);
    return null;
  }
  return { row, message, viewer, place: where.place };
}

/** Writes down what was done and draws the message anew. The same press acts once. */
async function act(
  edge: Edge,
  call: Call,
  press: Press,
  { row, message, viewer, place }: FoundRow,
  what: ReminderAct,
  until: number | null,
): Promise<void> {
  const { reminding } = edge;
  const about = aboutOf(row.caseId ?? '', reminderFacts.parse(row.body));
  const person = await refOf(edge, viewer);
  const acts = [{ key: row.key, about, person, act: what, until, at: edge.now() }];
  await reminding.store.record(call.teamId, call.key, acts);
  const rows = sortRows(message.rows);
  const parts = { cases: edge.desk.store, reminding };
  const reminders = await showSent(parts, rows.reminders, place, edge.now());
  const said = new Set(reminders.map(({ caseId }) => caseId));
  const morning = await morningOf(parts, rows.mornings, place, said, edge.now());
  const { channel_id: channel, message_ts: ts } = press.container;
  if (channel === undefined || ts === undefined || reminders.length === 0) return;
  const dueAt = lastDue(message);
  const card = reminderCard({
    reminders,
    office: isOffice(place),
    morning: morning.list,
    late: message.late,
    dueAt,
  });
  await call.client.chat.update({ channel, ts, ...card });
  if (until !== null) await whisper(call, press, `${formatMoment(until)}に、改めてお知らせします。`);
}

async function refOf(edge: Edge, { teamId, person }: Viewer): Promise<string> {
  return (await edge.desk.store.people.refsOf(teamId, [person])).get(person) ?? person;
}

/** The moment it comes back; null for a choice we do not offer. */
function snoozedUntil({ now, reminding }: Edge, choice: Snooze): number | null {
  const { rules, calendar } = reminding;
  const tomorrow = addDays(dayInTokyo(now()), 1);
  switch (choice) {
    case 'hour':
      return nextOpening(now() + HOUR, rules, calendar);
    case 'morning':
      return nextOpening(momentOn(tomorrow, rules.send_at), rules, calendar);
    case 'business-day':
      return momentOn(businessDayFrom(calendar, tomorrow), rules.send_at);
    default:
      return null;
  }
}
