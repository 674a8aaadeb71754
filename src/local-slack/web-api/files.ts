/** Uploads in Slack's three steps: ask for a URL, send the bytes there, complete. */
import { z } from 'zod';
import type { Context } from '../context.ts';
import { postAsBot } from '../posting.ts';
import type { FileRecord } from '../shown-files.ts';
import { SlackError } from '../slack-error.ts';
import { token } from '../workspace.ts';
import { json, ts, whole } from './arguments.ts';
import { contentOf } from './chat.ts';
import { channelForApp, method } from './method.ts';

const types: Record<string, [mimetype: string, filetype: string, pretty: string]> = {
  md: ['text/markdown', 'markdown', 'Markdown'],
  csv: ['text/csv', 'csv', 'CSV'],
  txt: ['text/plain', 'text', 'プレーンテキスト'],
  json: ['application/json', 'json', 'JSON'],
  png: ['image/png', 'png', 'PNG'],
};

export const files = {
  'files.getUploadURLExternal': method({
    args: z.strictObject({
      filename: z.string().min(1),
      length: whole.refine((length) => length > 0, 'must be greater than 0'),
      alt_txt: z.string().max(1000).optional(),
      alt_text: z.string().max(1000).optional(),
      snippet_type: z.string().optional(),
    }),
    scopes: ['files:write'],
    tier: 4,
    run({ workspace, origin }, args) {
      const id = `F${token(5)}`;
      const record: FileRecord = {
        id,
        name: args.filename,
        title: args.filename,
        size: args.length,
        received: false,
        channels: [],
      };
      workspace.records.put('file', id, record);
      return { upload_url: `${origin()}/upload/${id}`, file_id: id };
    },
  }),

  'files.completeUploadExternal': method({
    args: z.strictObject({
      files: json(z.array(z.strictObject({ id: z.string(), title: z.string().optional() })).min(1)),
      channel_id: z.string().optional(),
      channels: z.string().optional(),
      thread_ts: ts.optional(),
      initial_comment: z.string().optional(),
      blocks: json(z.unknown()).optional(),
    }),
    scopes: ['files:write'],
    tier: 4,
    run(context, args) {
      const ids = [args.channel_id, ...(args.channels ?? '').split(',')].filter(
        (id) => id !== undefined && id !== '',
      );
      const channels = ids.map((id) => channelForApp(context, id ?? '', { member: true }));
      const shared = args.files.map((file) =>
        complete(
          context,
          file,
          channels.map((channel) => channel.id),
        ),
      );
      for (const channel of channels) {
        const said = args.initial_comment ?? args.blocks;
        const content =
          said === undefined ? {} : contentOf({ text: args.initial_comment, blocks: args.blocks });
        postAsBot(context, channel, {
          ...content,
          thread_ts: args.thread_ts,
          files: shared,
          subtype: 'file_share',
        });
      }
      return { files: shared };
    },
  }),
};

/** The second step: the bytes must be as many as announced. */
export function receiveFile({ workspace }: Context, id: string, bytes: Buffer): void {
  const record = workspace.records.get<FileRecord>('file', id);
  if (record === undefined || record.received) throw new SlackError('file_not_found');
  if (bytes.length !== record.size) throw new SlackError('upload_size_mismatch');
  workspace.db.prepare('INSERT OR REPLACE INTO file_content VALUES (?, ?)').run(id, bytes);
  workspace.records.put('file', id, { ...record, received: true });
}

/** The bytes of a shared file, if this person is in a conversation it was shared to. */
export function fileFor({ workspace }: Context, id: string, userId: string) {
  const record = workspace.records.get<FileRecord>('file', id);
  const visible = record?.channels.some((channel) =>
    workspace.findChannel(channel)?.members.includes(userId),
  );
  if (record === undefined || !visible) return undefined;
  const row = workspace.db
    .prepare<[string], { bytes: Buffer }>('SELECT bytes FROM file_content WHERE id = ?')
    .get(id);
  return row === undefined ? undefined : { name: record.name, bytes: row.bytes };
}

function complete(context: Context, file: { id: string; title?: string | undefined }, channels: string[]) {
  const { workspace } = context;
  const record = workspace.records.get<FileRecord>('file', file.id);
  if (record === undefined || !record.received) throw new SlackError('file_not_found');
  const done = { ...record, title: file.title ?? record.title, channels: [...record.channels, ...channels] };
  workspace.records.put('file', file.id, done);
  const extension = record.name.split('.').at(-1)?.toLowerCase() ?? '';
  const [mimetype, filetype, pretty] = types[extension] ?? ['application/octet-stream', 'binary', 'ファイル'];
  return {
    id: done.id,
    name: done.name,
    title: done.title,
    mimetype,
    filetype,
    pretty_type: pretty,
    user: workspace.app.botUserId,
    size: done.size,
    mode: 'hosted',
    is_external: false,
    permalink: `${context.origin()}/files/${done.id}`,
    url_private: `${context.origin()}/files/${done.id}`,
  };
}
