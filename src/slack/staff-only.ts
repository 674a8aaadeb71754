/** What every surface for staff begins with, and how staff get a file. */
import type { ViewResponseAction } from '@slack/bolt';
import type { Viewer } from '../cases/rights.ts';
import { recordRefused, viewerOf } from './case-desk.ts';
import type { Call, Edge } from './edge.ts';
import { type ModalPress, over } from './over.ts';
import { noticeModal } from './views/modals.ts';

export const STAFF_ONLY_TEXT =
  'この機能は担当室の職員だけが使えます。ご自分の案件は、このアプリのホームタブにあります。';

/** The person as staff; null when they are not: then they have been told, and it is written down. */
export async function staffOf(
  edge: Edge,
  call: Call,
  press: ModalPress,
  what: string,
): Promise<Viewer | null> {
  const viewer = await viewerOf(edge, call, press.user.id);
  if (viewer.staff) return viewer;
  await recordRefused(edge, viewer, null, what, STAFF_ONLY_TEXT);
  await over(call, press, noticeModal(STAFF_ONLY_TEXT));
  return null;
}

/** As `staffOf`, for a modal that was submitted: the person, or the screen that takes its place. */
export async function staffSubmitting(
  edge: Edge,
  call: Call,
  person: string,
  what: string,
): Promise<{ readonly viewer: Viewer } | { readonly refused: ViewResponseAction }> {
  const viewer = await viewerOf(edge, call, person);
  if (viewer.staff) return { viewer };
  await recordRefused(edge, viewer, null, what, STAFF_ONLY_TEXT);
  return { refused: { response_action: 'update', view: noticeModal(STAFF_ONLY_TEXT) } };
}

/** A file for one person, in a thread of their direct message with the app. */
export async function sendFile(
  { client }: Call,
  { person }: Viewer,
  said: string,
  filename: string,
  content: string,
): Promise<void> {
  // A direct message has no id before something was posted in it.
  const posted = await client.chat.postMessage({ channel: person, text: said });
  if (posted.channel === undefined || posted.ts === undefined)
    throw new Error('chat.postMessage answered without channel');
  await client.filesUploadV2({
    channel_id: posted.channel,
    thread_ts: posted.ts,
    filename,
    title: filename,
    content,
  });
}
