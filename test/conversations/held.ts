/** The rules, knowledge and flows of this repository, read and checked once for these tests. */
import { readKnowledge } from '../../src/boot/read-knowledge.ts';
import type { Flow } from '../../src/conversations/flow.ts';
import type { FlowFacts } from '../../src/conversations/replay.ts';

const { loaded, problems } = readKnowledge();
if (loaded === null || problems.length > 0) throw new Error('the knowledge of this repository has problems');

export const { knowledge, flows } = loaded;
export const { terms, rules, source, text } = loaded.terms;
export const rows = terms.table.rows.map(({ number }) => number);
export const facts: FlowFacts = { rules, rows };

export function flowNamed(id: string): Flow {
  const flow = flows.find((one) => one.id === id);
  if (flow === undefined) throw new Error(`no flow ${id}`);
  return flow;
}
