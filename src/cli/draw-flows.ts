/** `npm run -s flows` prints the graph of every flow as Mermaid, in Markdown; `-- which-steps` that one alone. */
import { readKnowledge } from '../boot/read-knowledge.ts';
import { mermaidOf } from '../conversations/mermaid.ts';
import { GuideError } from '../errors.ts';
import { describeProblem } from '../knowledge/yaml-file.ts';
import { runCli } from './run.ts';

await runCli(([wanted]) => {
  const { loaded, problems } = readKnowledge();
  if (loaded === null || problems.length > 0)
    throw new GuideError('knowledge-invalid', problems.map(describeProblem));
  const flows = loaded.flows.filter(({ id }) => wanted === undefined || id === wanted);
  if (flows.length === 0) {
    const ids = loaded.flows.map(({ id }) => id).join('、');
    throw new GuideError('input-invalid', [`案内「${wanted}」はありません。あるのは ${ids} です。`]);
  }
  console.log(
    flows
      .map((flow) => `### ${flow.title}\n\n${flow.summary}\n\n\`\`\`mermaid\n${mermaidOf(flow)}\n\`\`\``)
      .join('\n\n'),
  );
});
