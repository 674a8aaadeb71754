/** Inquiries to the office: what happened is kept for good, what people wrote may be erased. */
export interface InquiryTables {
  inquiries: InquiriesTable;
  inquiry_events: InquiryEventsTable;
  inquiry_words: InquiryWordsTable;
  inquiry_refusals: InquiryRefusalsTable;
}

export interface InquiriesTable {
  team_id: string;
  /** Q-00001. */
  id: string;
  answer_id: string;
  /** Reference in `people`, as everybody in these tables. */
  asker: string;
  /** Where the question was asked; null where only the asker saw the answer. */
  channel: string | null;
  thread_ts: string | null;
  state: string;
  owner: string | null;
  /** The number of its events. */
  version: number;
  /** 1 while the office owes something: the same person asks about one answer once at a time. */
  open: number;
  opened_at: number;
  updated_at: number;
  /** The message of the office's channel that shows it, and the version it shows. */
  card_channel: string | null;
  card_ts: string | null;
  card_version: number;
  /** The last event that everybody concerned was told of. */
  told: number;
  /** Attempts since something was told; from the second on, a message may stand there whose answer was lost. */
  tries: number;
  /** Nobody else tells before this time. */
  due_at: number;
}

export interface InquiryEventsTable {
  team_id: string;
  inquiry_id: string;
  seq: number;
  at: number;
  actor: string;
  kind: string;
  /** InquiryEventBody as JSON, people as references, no words. */
  body: string;
  /** The inbox key of the payload that brought it: one delivery, one event. */
  source_key: string;
}

/** What somebody wrote with an event: the supplement of the asker, the reply of the office. */
export interface InquiryWordsTable {
  team_id: string;
  inquiry_id: string;
  seq: number;
  author: string;
  text: string | null;
  erased_at: number | null;
}

/** Who asked for what they may not do. */
export interface InquiryRefusalsTable {
  team_id: string;
  id: string;
  /** As it was sent: it need not exist. */
  inquiry_id: string | null;
  at: number;
  actor: string;
  command: string;
  code: string;
}
