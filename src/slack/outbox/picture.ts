/** Pictures in messages: uploaded without showing them anywhere, then shown by a block of the message. */
import type { webApi } from '@slack/bolt';
import type { ImageBlock } from '@slack/types';
import { describeError, type Log } from '../log.ts';
import { plain } from '../views/text.ts';
import type { Picture } from './composition.ts';

const UPLOAD_MILLIS = 10_000;
/** How often Slack may say that a picture is not there yet. */
const MOST_REFUSALS = 4;

export interface Pictures {
  /** The block that shows it; none when it cannot be shown: its words stand in the message all the same. */
  blocksFor(messageId: string, picture: Picture | null): Promise<ImageBlock[]>;
  /** Slack takes a while to have an upload ready and refuses the message until then. */
  refused(messageId: string): void;
  forget(messageId: string): void;
}

/** So the message with its picture is one post, which is found again when its answer is lost. */
export function createPictures(client: webApi.WebClient, log: Log): Pictures {
  const uploaded = new Map<string, { readonly block: ImageBlock; refusals: number }>();
  return {
    async blocksFor(messageId, picture) {
      if (picture === null) return [];
      const known = uploaded.get(messageId);
      if (known !== undefined) return known.refusals < MOST_REFUSALS ? [known.block] : [];
      try {
        const block = await upload(client, picture);
        uploaded.set(messageId, { block, refusals: 0 });
        return [block];
      } catch (error) {
        log('warn', 'outbox.picture', { cause: describeError(error) });
        return [];
      }
    },
    refused(messageId) {
      const known = uploaded.get(messageId);
      if (known !== undefined) known.refusals += 1;
    },
    forget(messageId) {
      uploaded.delete(messageId);
    },
  };
}

async function upload(client: webApi.WebClient, { png, filename, alt }: Picture): Promise<ImageBlock> {
  const { upload_url, file_id } = await client.files.getUploadURLExternal({
    filename,
    length: png.byteLength,
    alt_text: alt.slice(0, 1_000),
  });
  if (upload_url === undefined || file_id === undefined)
    throw new Error('files.getUploadURLExternal answered without URL');
  const sent = await fetch(upload_url, {
    method: 'POST',
    body: Buffer.from(png),
    redirect: 'error',
    signal: AbortSignal.timeout(UPLOAD_MILLIS),
  });
  if (!sent.ok) throw new Error(`the upload was answered with ${sent.status}`);
  await client.files.completeUploadExternal({ files: [{ id: file_id, title: filename }] });
  return { type: 'image', slack_file: { id: file_id }, alt_text: plain(alt, 2_000).text };
}
