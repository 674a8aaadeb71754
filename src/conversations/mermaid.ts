/** The graph of a flow, drawn from the data. */
import { formatCitation } from '../terms/citation.ts';
import type { Flow, Outcome, Step } from './flow.ts';
import type { Condition } from './flow-file.ts';

/** Mermaid text: a box for each question with its clauses, a rounded box for each outcome, routes with conditions. */
export function mermaidOf(flow: Flow): string {
  return [
    'flowchart TD',
    `  begin(["${quoted(flow.title)}"]) --> ${name(flow.start)}`,
    ...[...flow.steps.values()].map((step) => `  ${name(step.id)}["${label(step.question, step)}"]`),
    ...[...flow.outcomes.values()].map(
      (outcome) => `  ${name(outcome.id)}(["${label(outcome.title, outcome)}"])`,
    ),
    ...[...flow.steps.values()].flatMap((step) =>
      step.next.map(({ when, to }) => {
        const words = when === null ? otherwise(step) : conditionWords(flow, when);
        return `  ${name(step.id)} ${words === '' ? '-->' : `-->|"${quoted(words)}"|`} ${name(to)}`;
      }),
    ),
  ].join('\n');
}

function conditionWords(flow: Flow, condition: Condition): string {
  if ('applies' in condition) return `${condition.applies.step}が適用されるAPIがある`;
  const { answer } = condition;
  const step = flow.steps.get(answer.step);
  const chosen = 'is' in answer ? [answer.is] : answer.in;
  const options = step?.kind === 'choice' ? step.options : [];
  return chosen.map((id) => options.find((option) => option.id === id)?.label ?? id).join('、');
}

/** What is left for the last route: the options no condition names, or APIs that the step does not concern. */
function otherwise(step: Step): string {
  if (step.next.length === 1) return '';
  const named = step.next.flatMap(({ when }) => {
    if (when === null || !('answer' in when) || when.answer.step !== step.id) return [];
    return 'is' in when.answer ? [when.answer.is] : when.answer.in;
  });
  if (step.kind !== 'choice') return 'それ以外';
  const left = step.options.filter(({ id }) => !named.includes(id));
  return left.map(({ label: words }) => words).join('、');
}

function label(text: string, { cites }: Step | Outcome): string {
  return `${quoted(text)}<br/>${cites.map(formatCitation).join('・')}`;
}

/** Ids of their own: `end` and the like are words of Mermaid. */
function name(id: string): string {
  return `n_${id.replaceAll('-', '_')}`;
}

function quoted(text: string): string {
  return text.replaceAll('"', '#quot;');
}
