import { existsSync } from 'node:fs';
import { checkChanges } from '../boot/check-changes.ts';
import { loadTokenizer } from '../boot/load-tokenizer.ts';
import type { KnowledgeReport } from '../boot/read-knowledge.ts';
import type { ChangeFile } from '../knowledge/change.ts';

const KINDS = { paraphrase: '尋ね方', gap: '定めのない事柄', topic: 'まとめ' } as const;

/** Lists the drafts of a folder with what stands against each. Ends with 1 when something does. */
export function printChanges(
  folder: string,
  loaded: NonNullable<KnowledgeReport['loaded']>,
  version: string,
): void {
  if (!existsSync(folder))
    throw new Error(`フォルダー「${folder}」がありません。変更案のあるフォルダーを指定してください。`);
  const verdicts = checkChanges(folder, loaded, version, loadTokenizer());
  for (const { name, change, problems } of verdicts) {
    console.log(
      `${problems.length === 0 ? '○' : '×'} ${name}${change === null ? '' : `　${summary(change)}`}`,
    );
    for (const problem of problems) console.log(`    ${problem}`);
  }
  const wrong = verdicts.filter(({ problems }) => problems.length > 0).length;
  console.log(
    `\n変更案${verdicts.filter(({ change }) => change !== null).length}件、問題のあるもの${wrong}件。知識は変えていません。`,
  );
  if (wrong > 0) process.exitCode = 1;
}

function summary({ change, question, from }: ChangeFile): string {
  const what = change.kind === 'paraphrase' ? change.key : change.entry.id;
  return `${KINDS[change.kind]}：${what}　「${question.slice(0, 40)}」（${from}）`;
}
