import { citedProvisions } from '../answers/answer.ts';
import type { Edge } from './edge.ts';

/** Canonical citations of what comes near to a question: what it is answered with, then what is worded like it. */
export function nearestTo({ answering }: Pick<Edge, 'answering'>, question: string, most: number): string[] {
  const cited = answering.answer(question).answers.flatMap((answer) => citedProvisions(answer));
  const alike = answering.explain(question).candidates.filter(({ kind }) => kind === 'provision');
  return [...new Set([...cited.map(({ label }) => label), ...alike.map(({ key }) => key)])].slice(0, most);
}
