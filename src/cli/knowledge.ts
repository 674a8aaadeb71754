/**
 * `npm run -s knowledge` checks everything in knowledge/: each problem with file, line and what was expected.
 * `-- --changes DIR` lists the drafts of changes in a folder: would all still load with each, and is its question
 * answered then? Nothing is changed.
 */
import { parseArgs } from 'node:util';
import { readKnowledge } from '../boot/read-knowledge.ts';
import { describeProblem } from '../knowledge/yaml-file.ts';
import { runCli } from './run.ts';

await runCli(async (args) => {
  const { values } = parseArgs({ args: [...args], options: { changes: { type: 'string' } } });
  const { version, problems, loaded } = readKnowledge();
  for (const problem of problems) console.error(describeProblem(problem));
  if (loaded === null || problems.length > 0) {
    console.error(`\n版「${version}」の知識に${problems.length}件の問題があります。`);
    process.exitCode = 1;
    return;
  }
  if (values.changes !== undefined) {
    const { printChanges } = await import('./knowledge-changes.ts');
    return printChanges(values.changes, loaded, version);
  }
  const { provisions, apis, gaps, neighbours, topics, vocabulary } = loaded.knowledge;
  const asks = [...provisions, ...gaps, ...neighbours, ...topics].reduce(
    (sum, { asks }) => sum + asks.ja.length + asks.en.length,
    0,
  );
  console.log(
    `版「${version}」に問題はありません：規定${provisions.length}、API${apis.length}、定めのない事柄${gaps.length}、隣の制度${neighbours.length}、まとめ${topics.length}、語彙${vocabulary.concepts.length}、尋ね方${asks}、案内${loaded.flows.length}。`,
  );
});
