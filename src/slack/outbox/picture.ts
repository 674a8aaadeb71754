import type { webApi } from '@slack/bolt';
import type { ImageBlock } from '@slack/types';
import { plain } from '../views/text.ts';
import type { Picture } from './composition.ts';

/**
 * Uploads a picture without showing it anywhere, and gives the block that shows it in a message: so the message with
 * its picture is one post, which is found again when its answer is lost. Throws what Slack refuses with.
 */
export async function uploadPicture(
  client: webApi.WebClient,
  { png, filename, alt }: Picture,
): Promise<ImageBlock> {
  const { upload_url, file_id } = await client.files.getUploadURLExternal({
    filename,
    length: png.byteLength,
    alt_text: alt.slice(0, 1_000),
  });
  if (upload_url === undefined || file_id === undefined)
    throw new Error('files.getUploadURLExternal answered without URL');
  const sent = await fetch(upload_url, { method: 'POST', body: Buffer.from(png), redirect: 'error' });
  if (!sent.ok) throw new Error(`the upload was answered with ${sent.status}`);
  await client.files.completeUploadExternal({ files: [{ id: file_id, title: filename }] });
  return { type: 'image', slack_file: { id: file_id }, alt_text: plain(alt, 2_000).text };
}
