/**
 * `npm run -s audit` verifies the record of every case and prints one head for each workspace.
 * `-- --heads` prints the head of every case instead, to be kept elsewhere; `-- --against FILE` compares with kept ones.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  type CaseRecordProblem,
  compareHeads,
  describeRecordProblem,
  readHead,
  teamHeads,
  writeHead,
} from '../store/audit-report.ts';
import { auditCases } from '../store/case-audit.ts';
import { openStore } from '../store/database.ts';
import { runCli } from './run.ts';
import { storeSettings } from './store-settings.ts';

await runCli(async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { heads: { type: 'boolean', default: false }, against: { type: 'string' } },
  });
  const db = await openStore(storeSettings(process.env));
  try {
    const report = await auditCases(db);
    const problems: CaseRecordProblem[] = [...report.problems];
    if (values.against !== undefined) problems.push(...(await against(values.against)));
    if (values.heads) for (const head of report.heads) console.log(writeHead(head));
    else {
      console.log(`案件${report.cases}件、記録${report.events}行を確かめました。`);
      for (const { team, cases, hash } of teamHeads(report.heads)) console.log(`${team}\t${cases}\t${hash}`);
    }
    for (const found of problems) console.error(describeRecordProblem(found));
    if (problems.length > 0) {
      console.error(`\n記録に${problems.length}か所の問題があります。`);
      process.exitCode = 1;
    }
  } finally {
    await db.destroy();
  }

  async function against(file: string): Promise<CaseRecordProblem[]> {
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
    const kept = lines.map((line, index) => {
      const head = readHead(line);
      if (head === null)
        throw new Error(`${file} の${index + 1}行目：「${line.slice(0, 60)}」は控えの行ではありません。`);
      return head;
    });
    return compareHeads(kept, async ({ team, id, version }) => {
      const row = await db
        .selectFrom('case_events')
        .select('hash')
        .where('team_id', '=', team)
        .where('case_id', '=', id)
        .where('seq', '=', version)
        .executeTakeFirst();
      return row?.hash ?? null;
    });
  }
});
