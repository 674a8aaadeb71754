/** What the store of cases is asked, and what it answers. */

import type { Case } from '../cases/case.ts';
import type { CaseCommandInput } from '../cases/command.ts';
import type { CaseRules } from '../cases/plan.ts';
import type { Refusal } from '../cases/refusal.ts';
import type { Viewer } from '../cases/rights.ts';
import type { CaseRecord } from './case-reads.ts';
import type { NumberedEvent } from './case-rows.ts';
import type { PlannedRow } from './outbox-plan.ts';

type WithoutMeta<T> = T extends unknown ? Omit<T, 'by' | 'at'> : never;
/** A command as a surface gives it. Person and time are put in by the store. */
export type CommandBody = WithoutMeta<CaseCommandInput>;

/** Who asks: a person with the facts the server knows, or the bot itself on behalf of one (messages edited in Slack). */
export type Asker = Viewer | { readonly system: true; readonly teamId: string; readonly person: string };

export interface CaseRequest {
  readonly asker: Asker;
  /** Null for a new case. */
  readonly id: string | null;
  /** The version the person saw; null where they saw none (a command typed by hand): then the newest counts. */
  readonly expected: number | null;
  /** Anything: it is read strictly. */
  readonly command: CommandBody | Readonly<Record<string, unknown>>;
  readonly rules: CaseRules;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Inbox key of the delivery: the same delivery changes a case once. Null only in tools. */
  readonly sourceKey: string | null;
}

export type CaseOutcome =
  /** As the asker may see it. `repeated`: this delivery was carried out before, and nothing happened now. */
  | {
      readonly kind: 'done';
      readonly record: CaseRecord;
      readonly events: readonly NumberedEvent[];
      readonly repeated: boolean;
    }
  | Refusal
  /** Somebody else was first: `since` is what changed after the version the person saw. */
  | { readonly kind: 'conflict'; readonly record: CaseRecord; readonly since: readonly NumberedEvent[] };

export interface CaseStoreParts {
  /** Official names by 項番, for the search. */
  readonly apiNames: ReadonlyMap<number, string>;
  /** Chance: unique ids and salts. */
  readonly newId: () => string;
  /** What is to be said about the dates of a case whose people are references. None when absent. */
  readonly remind?: (id: string, state: Case) => readonly PlannedRow[];
}
