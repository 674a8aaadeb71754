/** `npm run -s backup -- [FILE]` copies the database while the bot runs; `-- --restore FILE` puts a copy back. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dayInTokyo } from '../calendar.ts';
import { type BackupContents, backUp, restore } from '../store/backup.ts';
import { databaseFile } from '../store/database.ts';
import { runCli } from './run.ts';
import { storeSettings } from './store-settings.ts';

await runCli(async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { restore: { type: 'string' } },
  });
  const { databaseUrl, dataDir } = storeSettings(process.env);
  if (databaseUrl !== null) {
    throw new Error(
      'DATABASE_URL が設定されています。PostgreSQL の控えは pg_dump と pg_restore で取ってください。',
    );
  }
  const database = databaseFile(dataDir);
  if (values.restore !== undefined) {
    const { contents, former } = restore(values.restore, database, stamp());
    console.log(`${values.restore} を ${database} に復元しました：${describe(contents)}`);
    if (former !== null) console.log(`前のデータベースは ${former} に残してあります。`);
    return;
  }
  const target = positionals[0] ?? join(dataDir, 'backups', `guide-${stamp()}.db`);
  console.log(`${target} に控えを取りました：${describe(await backUp(database, target))}`);
});

function describe({ cases, events }: BackupContents): string {
  return `案件${cases}件、記録${events}行。`;
}

/** 2026-11-23-120501, in Tokyo. */
function stamp(): string {
  const now = Date.now();
  const clock = new Date(now + 9 * 3_600_000).toISOString().slice(11, 19).replaceAll(':', '');
  return `${dayInTokyo(now)}-${clock}`;
}
