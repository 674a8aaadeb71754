/** 通知の予定と記録, for staff: what is planned, what became of it, the table. */
import type { ModalView } from '@slack/types';
import { formatDay } from '../../calendar.ts';
import type { Viewer } from '../../cases/rights.ts';
import { readRecipient } from '../../reminders/recipient.ts';
import { arithmetic, occurrences } from '../../reminders/timing.ts';
import type { LedgerRow } from '../../store/outbox-reads.ts';
import { today } from '../case-desk.ts';
import type { Call, Edge } from '../edge.ts';
import { over } from '../over.ts';
import type { ButtonPress } from '../payloads.ts';
import { morningFacts, reminderFacts } from '../reminders/gather.ts';
import { sendFile, staffOf } from '../staff-only.ts';
import { updateView } from '../update-view.ts';
import { noticeModal } from '../views/modals.ts';
import {
  LEDGER_PAGE,
  LEDGERS,
  type LedgerLine,
  type LedgerName,
  ledgerAsCsv,
  ledgerModal,
} from '../views/reminder-ledger.ts';

const DAY = 86_400_000;
const PAST = 30 * DAY;
const AHEAD = 400 * DAY;
const MOST_EXPORTED = 20_000;
const SENT_TEXT = '通知の記録を、アプリとのダイレクトメッセージに送りました。';

/** A ledger by its name, or a page of it (`name|where it begins`). */
export async function openLedger(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const viewer = await staffOf(edge, call, press, 'ledger');
  if (viewer === null) return;
  const [name = '', ...after] = press.actions[0].value.split('|');
  const view = await ledgerFor(edge, viewer, nameOf(name), after.length === 0 ? null : after.join('|'));
  const stands = press.view?.type === 'modal' && press.view.private_metadata === LEDGER_MARK;
  await (stands && press.view !== undefined
    ? updateView(call.client, press.view.id, view)
    : over(call, press, view));
}

/** 記録をCSVで受け取る. */
export async function exportLedger(edge: Edge, call: Call, press: ButtonPress): Promise<void> {
  const viewer = await staffOf(edge, call, press, 'ledger-export');
  if (viewer === null) return;
  const window = { from: edge.now() - AHEAD, to: edge.now() + 1, limit: MOST_EXPORTED };
  const rows = await edge.reminding.outbox.ledger(viewer.teamId, window);
  const csv = ledgerAsCsv(await linesOf(edge, viewer, rows));
  await sendFile(call, viewer, `通知の記録です（${rows.length}件）。`, `tsuchi-${today(edge)}.csv`, csv);
  await over(call, press, noticeModal(SENT_TEXT));
}

const LEDGER_MARK = 'ledger';

/** A page of a ledger, for staff. `after`: due time and key of the last row before. */
export async function ledgerFor(
  edge: Edge,
  viewer: Viewer,
  name: LedgerName,
  after: string | null,
): Promise<ModalView> {
  const now = edge.now();
  const [, due = '', key = ''] = /^(\d{1,15})\|(.+)$/s.exec(after ?? '') ?? [];
  const rows = await edge.reminding.outbox.ledger(viewer.teamId, {
    ...(name === 'planned'
      ? { from: 0, to: now + AHEAD, states: ['pending' as const] }
      : { from: now - PAST, to: now + 1, states: SETTLED, newestFirst: true }),
    ...(due === '' ? {} : { after: { dueAt: Number(due), key } }),
    limit: LEDGER_PAGE + 1,
  });
  const shown = rows.slice(0, LEDGER_PAGE);
  const last = rows.length > LEDGER_PAGE ? shown.at(-1) : undefined;
  return {
    ...ledgerModal({
      name,
      lines: await linesOf(edge, viewer, shown),
      next: last === undefined ? null : `${last.dueAt}|${last.key}`,
    }),
    private_metadata: LEDGER_MARK,
  };
}

const SETTLED = ['sent', 'missed', 'dropped', 'dead', 'cancelled'] as const;

function nameOf(given: string): LedgerName {
  return LEDGERS.find((name) => name === given) ?? 'planned';
}

async function linesOf(edge: Edge, viewer: Viewer, rows: readonly LedgerRow[]): Promise<LedgerLine[]> {
  const { people } = edge.desk.store;
  const acts = await edge.reminding.store.actsOf(
    viewer.teamId,
    rows.map(({ key }) => key),
  );
  const read = rows.map((row) => readRecipient(row.recipient));
  const refs = read.flatMap((one) => (one?.kind === 'person' ? [one.ref] : []));
  const users = await people.usersOf(viewer.teamId, [...refs, ...acts.map(({ person }) => person)]);
  const companies = await companiesOf(edge, viewer, rows);
  return rows.map((row, index) => {
    const to = read[index];
    return {
      key: row.key,
      caseId: row.caseId,
      what: whatOf(row, companies),
      to: to?.kind === 'person' ? (users.get(to.ref) ?? to.ref) : null,
      place: to?.kind === 'channel' ? `案件のチャンネル（${to.channel}）` : '担当室のチャンネル',
      dueAt: row.dueAt,
      state: row.state,
      reason: row.reason === 'replaced' ? '案件が変わりました' : row.reason,
      late: row.sent?.late ?? false,
      settledAt: row.settledAt,
      why: whyOf(edge, row),
      acts: acts
        .filter(({ key }) => key === row.key)
        .map(({ person, ...act }) => ({ ...act, by: users.get(person) ?? person })),
    };
  });
}

async function companiesOf({ desk }: Edge, { teamId }: Viewer, rows: readonly LedgerRow[]) {
  const ids = [...new Set(rows.flatMap(({ caseId }) => (caseId === null ? [] : [caseId])))];
  const records = await Promise.all(ids.map((id) => desk.store.find(teamId, id)));
  return new Map(records.flatMap((one) => (one === null ? [] : [[one.id, one.state.company] as const])));
}

function whatOf({ kind, caseId, body }: LedgerRow, companies: ReadonlyMap<string, string>): string {
  const facts = reminderFacts.safeParse(body);
  if (morningFacts.safeParse(body).success) return '担当者の朝の一覧';
  if (!facts.success) return kind === 'weekly' ? '案件のまとめ' : '送れなかったお知らせについて';
  const { subject, on } = facts.data;
  return `${caseId ?? ''}　${companies.get(caseId ?? '') ?? ''}　${subject}　${formatDay(on)}`;
}

function whyOf({ reminding }: Edge, { body }: LedgerRow): string {
  const facts = reminderFacts.safeParse(body);
  const rule = facts.success ? reminding.rules.rules.find(({ id }) => id === facts.data.rule) : undefined;
  if (!facts.success || rule === undefined) return '';
  const occurrence = occurrences(rule, facts.data.on, reminding.calendar)[facts.data.number];
  if (occurrence === undefined) return '';
  return `規則 ${rule.id}。${arithmetic(rule, facts.data.on, occurrence, reminding.calendar)}`;
}
