/** What comes of a command before person and time are put to it. */
import type { CaseCommand } from './command.ts';
import type { CaseFact } from './event.ts';
import type { Refusal } from './refusal.ts';

export type OpeningCommand = Extract<CaseCommand, { kind: 'open' | 'request' }>;
export type LaterCommand = Exclude<CaseCommand, OpeningCommand>;
/** At least one fact, or why nothing happens. */
export type Decision = readonly CaseFact[] | Refusal;
