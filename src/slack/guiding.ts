import type { Quoter } from '../answers/quote.ts';
import type { FindApis } from '../conversations/api-names.ts';
import type { Flow } from '../conversations/flow.ts';
import type { FlowFacts } from '../conversations/replay.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';

/** What guided conversations work with; fixed once at start. */
export interface Guiding {
  readonly flows: readonly Flow[];
  readonly facts: FlowFacts;
  readonly knowledge: Knowledge;
  readonly quoter: Quoter;
  readonly findApis: FindApis;
}
