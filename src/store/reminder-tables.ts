/** Tables of the reminders beside the outbox. */
export interface ReminderTables {
  reminder_acts: ReminderActsTable;
  reminder_basis: ReminderBasisTable;
  case_counts: CaseCountsTable;
}

/** What people did with a reminder. Only added to. */
export interface ReminderActsTable {
  team_id: string;
  /** Key of the row of the outbox that was said. */
  key: string;
  /** `CASE|subject|day`: what it was about; an escalation asks for it. */
  about: string;
  /** Reference into `people`. */
  person: string;
  /** `acknowledged`, `snoozed` or `done`. */
  act: string;
  /** Until when it was put off; null for the other acts. */
  until: number | null;
  at: number;
  /** Inbox key of the press: the same press acts once. */
  source_key: string;
}

/** What the pending reminders were planned by. */
export interface ReminderBasisTable {
  id: string;
  fingerprint: string;
}

/** How many cases stood where on a day: one row a day, for the picture of the weekly summary. */
export interface CaseCountsTable {
  team_id: string;
  day: string;
  open: number;
  overdue: number;
  for_office: number;
  for_provider: number;
}
