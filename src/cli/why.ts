import { traceAsText } from '../answers/reasons.ts';
import type { Guide } from '../boot/load-guide.ts';

/** Prints how one question is decided, step by step. */
export function printWhy({ answerer }: Pick<Guide, 'answerer'>, question: string): void {
  console.log(traceAsText(answerer.explain(question)));
}
