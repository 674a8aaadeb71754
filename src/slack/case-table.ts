/** The table of all cases, sent to the person who asked, in their direct message with the app. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Viewer } from '../cases/rights.ts';
import type { CaseRecord } from '../store/case-reads.ts';
import { today } from './case-desk.ts';
import type { Call, Edge } from './edge.ts';
import { casesAsCsv } from './views/case-csv.ts';

const PAGE = 100;
/** Rows of one file: about 20 MB, which a spreadsheet still opens and this program holds at once. */
export const ROWS_OF_A_FILE = 50_000;

/** Open cases first, then the closed ones. Longer tables come as several files. */
export async function sendTable(edge: Edge, { client }: Call, viewer: Viewer): Promise<void> {
  // A direct message has no id before something was posted in it.
  const posted = await client.chat.postMessage({
    channel: viewer.person,
    text: '案件の表を作っています。',
  });
  if (posted.channel === undefined || posted.ts === undefined)
    throw new Error('chat.postMessage answered without channel');
  const place = { channel: posted.channel, ts: posted.ts };
  let count = 0;
  let files = 0;
  for await (const { csv, rows } of tableFiles(edge, viewer)) {
    files += 1;
    count += rows;
    const filename = files === 1 ? `anken-${today(edge)}.csv` : `anken-${today(edge)}-${files}.csv`;
    await client.filesUploadV2({
      channel_id: place.channel,
      thread_ts: place.ts,
      filename,
      title: filename,
      file: csv,
    });
  }
  const parts = files > 1 ? `、ファイル${files}個` : '';
  await client.chat.update({ ...place, text: `案件の表です（${count}件${parts}）。` });
}

/** Never more than one file in memory; an empty table is a file too. `most`: rows of one file. */
export async function* tableFiles(
  edge: Edge,
  viewer: Viewer,
  most = ROWS_OF_A_FILE,
): AsyncGenerator<{ readonly csv: Buffer; readonly rows: number }> {
  let chunks: Buffer[] = [Buffer.from(casesAsCsv([]))];
  let rows = 0;
  let sent = 0;
  for await (const records of casesInPages(edge, viewer)) {
    if (rows + records.length > most && rows > 0) {
      yield { csv: Buffer.concat(chunks), rows };
      sent += 1;
      chunks = [Buffer.from(casesAsCsv([]))];
      rows = 0;
    }
    chunks.push(Buffer.from(casesAsCsv(records, { head: false })));
    rows += records.length;
  }
  if (rows > 0 || sent === 0) yield { csv: Buffer.concat(chunks), rows };
}

async function* casesInPages({ desk }: Edge, viewer: Viewer): AsyncGenerator<readonly CaseRecord[]> {
  for (const open of [true, false]) {
    let after: string | null = null;
    do {
      const query = { filters: [{ by: 'all' } as const], open };
      const page = await desk.store.listForStaff(viewer, query, { after, limit: PAGE });
      if (page.records.length > 0) yield page.records;
      after = page.next;
      // SQLite answers without letting go: whoever clicks meanwhile is served in between.
      await breathe();
    } while (after !== null);
  }
}
