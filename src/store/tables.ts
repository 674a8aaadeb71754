import type { CaseCardTables } from './case-card-tables.ts';
import type { CaseTables } from './case-tables.ts';
import type { ConversationTables } from './conversation-tables.ts';
import type { InquiryTables } from './inquiry-tables.ts';
import type { OutboxTables } from './outbox-tables.ts';
import type { ReminderTables } from './reminder-tables.ts';

/**
 * The tables as Kysely sees them. Dialect-neutral on purpose: ids and JSON in text, times in epoch
 * milliseconds, flags as 0 or 1, so that the same repositories run on SQLite and PostgreSQL.
 */
export interface Tables
  extends CaseTables,
    CaseCardTables,
    ConversationTables,
    OutboxTables,
    ReminderTables,
    InquiryTables {
  inbox: InboxTable;
  answers: AnswersTable;
  feedback: FeedbackTable;
}

/** Every payload that Slack delivered, once. */
export interface InboxTable {
  team_id: string;
  key: string;
  /** `event`, `command`, `shortcut`, `action` or `view`. */
  kind: string;
  /** The payload as JSON; emptied once handled, because what people write is kept no longer than needed. */
  body: string;
  /** `received`, `handled` or `dead`. */
  state: string;
  attempts: number;
  received_at: number;
  /** A payload still `received` is due again from this time on. */
  due_at: number;
  last_error: string | null;
}

/** What was asked and answered, and where. */
export interface AnswersTable {
  id: string;
  team_id: string;
  /** The inbox key of the payload that asked. */
  source_key: string;
  channel: string | null;
  thread_ts: string | null;
  /** Null until the answer stands in Slack; stays null for answers that only the asker sees. */
  message_ts: string | null;
  user_id: string;
  question: string;
  /** Answer[] as JSON. */
  answers: string;
  version_id: string;
  asked_at: number;
  shared_at: number | null;
}

/** One row for each press of a feedback button; the last one of a person counts. */
export interface FeedbackTable {
  team_id: string;
  answer_id: string;
  user_id: string;
  seq: number;
  /** `helpful` or `wrong`. */
  verdict: string;
  given_at: number;
}
