/** Messages as Slack's JSON, with the few columns that reading needs. `reader` set = ephemeral to that person. */
import type { Block } from '../schema/blocks.ts';
import type { Db } from './database.ts';

export type Message = {
  type: 'message';
  subtype?: string;
  user: string;
  text: string;
  ts: string;
  team: string;
  blocks?: Block[];
  thread_ts?: string;
  parent_user_id?: string;
  client_msg_id?: string;
  bot_id?: string;
  app_id?: string;
  bot_profile?: Record<string, unknown>;
  metadata?: { event_type: string; event_payload: Record<string, unknown> };
  files?: Record<string, unknown>[];
  reactions?: { name: string; users: string[]; count: number }[];
  edited?: { user: string; ts: string };
  unfurl_links?: boolean;
};
export type Stored = { channel: string; reader: string | null; message: Message };
type Row = { channel: string; reader: string | null; json: string };

export type Messages = ReturnType<typeof makeMessages>;

export function makeMessages(db: Db) {
  const one = db.prepare<[string, string], Row>(
    'SELECT channel, reader, json FROM message WHERE channel = ? AND ts = ?',
  );
  const everyOf = db.prepare<[string], Row>(
    'SELECT channel, reader, json FROM message WHERE channel = ? ORDER BY ts',
  );
  const threadOf = db.prepare<[string, string], Row>(
    'SELECT channel, reader, json FROM message WHERE channel = ? AND thread_ts = ? ORDER BY ts',
  );
  const write = db.prepare<[string, string, string | null, string | null, string]>(
    `INSERT INTO message VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (channel, ts) DO UPDATE SET json = excluded.json, thread_ts = excluded.thread_ts`,
  );
  const remove = db.prepare<[string, string]>('DELETE FROM message WHERE channel = ? AND ts = ?');
  const newest = db.prepare<[], { ts: string | null }>('SELECT max(ts) AS ts FROM message');
  return {
    find(channel: string, ts: string): Stored | undefined {
      const row = one.get(channel, ts);
      return row === undefined ? undefined : toStored(row);
    },
    /** Everything in the channel, replies and ephemerals included, oldest first. */
    inChannel(channel: string): Stored[] {
      return everyOf.all(channel).map(toStored);
    },
    /** Replies only, oldest first. */
    replies(channel: string, threadTs: string): Stored[] {
      return threadOf
        .all(channel, threadTs)
        .map(toStored)
        .filter((stored) => stored.message.ts !== threadTs);
    },
    put(channel: string, message: Message, reader: string | null = null): void {
      write.run(channel, message.ts, message.thread_ts ?? null, reader, JSON.stringify(message));
    },
    remove(channel: string, ts: string): void {
      remove.run(channel, ts);
    },
    newestTs(): string | undefined {
      return newest.get()?.ts ?? undefined;
    },
  };
}

function toStored(row: Row): Stored {
  return { channel: row.channel, reader: row.reader, message: JSON.parse(row.json) as Message };
}
