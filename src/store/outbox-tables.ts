/** Tables of what goes out: what is planned, and the messages it goes out in. */
export interface OutboxTables {
  outbox: OutboxTable;
  outbox_messages: OutboxMessagesTable;
}

/** One thing one recipient is to be told, once: a reminder is a row of it. */
export interface OutboxTable {
  team_id: string;
  /** Unique in the workspace: the same thing for the same recipient has the same key. */
  key: string;
  /** Chooses who composes the message: `reminder`, `digest` … */
  kind: string;
  case_id: string | null;
  /** A role, resolved when it is sent: see `reminders/recipient.ts`. */
  recipient: string;
  /** Rows that are due together and share this go out in one message; null for a message of its own. */
  together: string | null;
  due_at: number;
  /** `pending`, `sent`, `cancelled`, `missed`, `dropped` or `dead`. */
  state: string;
  /** The message it goes or went out in; null until it is due. */
  message_id: string | null;
  /** JSON: the facts it is composed from when it is sent, people as references. Never rendered text. */
  body: string;
  /** Why it is not pending any more. */
  reason: string | null;
  created_at: number;
  settled_at: number | null;
}

/** One post in Slack, under a lease while somebody sends it. */
export interface OutboxMessagesTable {
  team_id: string;
  /** Also in the metadata of the post: by it a post whose answer was lost is found. */
  id: string;
  kind: string;
  recipient: string;
  /** `open`, `sent`, `dropped` or `dead`. */
  state: string;
  /** Looked at again from then on: at once when new, after the lease when claimed, later when deferred. */
  next_at: number;
  /** Of whoever holds the lease; null when nobody does. */
  token: string | null;
  attempts: number;
  first_try: number | null;
  last_try: number | null;
  channel: string | null;
  ts: string | null;
  late: number;
  reason: string | null;
  created_at: number;
  settled_at: number | null;
}
