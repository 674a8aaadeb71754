/**
 * `npm run -s plan -- 4 10` prints the plan for a person, `-- 4 10 --compare 4` what another choice changes;
 * `-- --json` reads JSON Lines {"apis":[4,10]} from standard input and writes one line for each, in order.
 */
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { type KnowledgeReport, readKnowledge } from '../boot/read-knowledge.ts';
import { readApiName } from '../conversations/api-names.ts';
import { comparePlans } from '../conversations/compare-plans.ts';
import { type Plan, planFor } from '../conversations/plan.ts';
import { planLine } from '../conversations/plan-line.ts';
import { comparisonAsText, planAsText } from '../conversations/plan-text.ts';
import { apisProblem } from '../conversations/replay.ts';
import { GuideError } from '../errors.ts';
import { describeProblem } from '../knowledge/yaml-file.ts';
import { runCli } from './run.ts';

const apisLine = z.object({ apis: z.array(z.unknown()) });
type Loaded = NonNullable<KnowledgeReport['loaded']>;

await runCli(async (args) => {
  const { loaded, problems } = readKnowledge();
  if (loaded === null || problems.length > 0)
    throw new GuideError('knowledge-invalid', problems.map(describeProblem));
  if (args[0] === '--json') return planLines(loaded);
  print(args, loaded);
});

function print(args: readonly string[], loaded: Loaded): void {
  const at = args.indexOf('--compare');
  const plan = chosen(at < 0 ? args : args.slice(0, at), loaded);
  if (at >= 0) {
    console.log(comparisonAsText(comparePlans(plan, chosen(args.slice(at + 1), loaded))));
    return;
  }
  console.log(planAsText(plan, loaded.knowledge));
  if (plan.rows.length === 0) process.exitCode = 1;
}

/** Throws, for the reader, when an argument is neither an API of this version nor one known to be absent. */
function chosen(args: readonly string[], loaded: Loaded): Plan {
  const typed = args.flatMap((arg) => arg.normalize('NFKC').split(/[,、\s]+/)).filter((arg) => arg !== '');
  const read = typed.map((arg) => (/^\d{1,9}$/.test(arg) ? Number(arg) : named(arg, loaded)));
  return planOf(
    read.filter((one) => typeof one === 'number'),
    read.filter((one) => typeof one === 'string'),
    loaded,
  );
}

/** The 項番 of a name, or the name of an API that this version does not hold. */
function named(typed: string, { knowledge }: Loaded): number | string {
  const api = readApiName(knowledge, typed);
  if (api.kind === 'row') return api.row;
  if (api.kind === 'ambiguous')
    throw problem(`「${typed}」は一つに決まりません。${api.note}項番で指定してください。`);
  if (api.statement !== null) return typed;
  throw problem(`「${typed}」は、この版の別表の項番でもAPIの名前でもありません。例：npm run -s plan -- 4 10`);
}

function planOf(rows: readonly number[], absent: readonly string[], { terms, knowledge }: Loaded): Plan {
  const refused = apisProblem(
    { rows, absent },
    terms.terms.table.rows.map(({ number }) => number),
  );
  if (refused !== null) throw problem(refused);
  return planFor(terms.rules, knowledge, { rows, absent });
}

async function planLines(loaded: Loaded): Promise<void> {
  let pending = '';
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    pending += `${JSON.stringify(lineFor(line, loaded))}\n`;
    // In large pieces, and no faster than they are read.
    if (pending.length > 1 << 16) {
      await written(pending);
      pending = '';
    }
  }
  await written(pending);
}

function lineFor(line: string, loaded: Loaded): object {
  try {
    return planLine(planOf(readLine(line), [], loaded));
  } catch (error) {
    if (!(error instanceof GuideError)) throw error;
    process.exitCode = 1;
    return { error: error.message };
  }
}

function readLine(line: string): number[] {
  const parsed = apisLine.safeParse(asJson(line));
  if (parsed.success) {
    const odd = parsed.data.apis.find((one) => typeof one !== 'number' || !Number.isInteger(one));
    if (odd === undefined) return parsed.data.apis.map(Number);
    throw problem(`apis には、この版の別表の項番を整数で書いてください：${JSON.stringify(odd)}`);
  }
  throw problem(`{"apis":[4,10]} の形のJSONではありません：${line.slice(0, 80)}`);
}

function asJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function problem(message: string): GuideError {
  return new GuideError('input-invalid', [message]);
}

function written(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
