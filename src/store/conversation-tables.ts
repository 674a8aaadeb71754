/** Guided conversations: only what happened is kept, never a position. */
export interface ConversationTables {
  conversations: ConversationsTable;
  conversation_events: ConversationEventsTable;
}

export interface ConversationsTable {
  team_id: string;
  id: string;
  /** The id of the flow file. */
  flow: string;
  user_id: string;
  /** Where it was started, and where its result may be shared; null on the Home tab. */
  channel: string | null;
  /** The thread it runs in; null while it runs in a modal only. */
  thread_ts: string | null;
  /** The message that carries its card in the thread. */
  message_ts: string | null;
  /** The number of its events. */
  version: number;
  /** The inbox key of the payload that started it. */
  source_key: string;
  started_at: number;
  updated_at: number;
}

export interface ConversationEventsTable {
  team_id: string;
  conversation_id: string;
  /** From 1, without gaps. */
  seq: number;
  /** ConversationEvent as JSON. */
  event: string;
  user_id: string;
  /** The inbox key of the payload that brought it: one delivery, one event. */
  source_key: string;
  at: number;
}
