/** Uploaded files, and where they are shown. */
import type { Context } from './context.ts';
import type { Block } from './schema/blocks.ts';

export type FileRecord = {
  id: string;
  name: string;
  title: string;
  size: number;
  received: boolean;
  /** Where it was shared or stands in a block: whoever is there may see it. */
  channels: string[];
};

/** Notes that uploaded pictures stand in the blocks of a message in this channel. */
export function showFiles({ workspace }: Context, channel: string, blocks: readonly Block[]): void {
  for (const block of blocks) {
    const id = block.type === 'image' ? block.slack_file?.id : undefined;
    const record = id === undefined ? undefined : workspace.records.get<FileRecord>('file', id);
    if (record === undefined || record.channels.includes(channel)) continue;
    workspace.records.put('file', record.id, { ...record, channels: [...record.channels, channel] });
  }
}
