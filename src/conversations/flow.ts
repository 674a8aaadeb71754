/** 案内: a guided conversation, routing and wording joined, every target of it in one namespace. */
import type { Citation } from '../terms/citation.ts';
import type { Condition } from './flow-file.ts';

export interface Flow {
  readonly id: string;
  /** At most 24 characters: also the title of the modal. */
  readonly title: string;
  readonly summary: string;
  readonly start: string;
  readonly steps: ReadonlyMap<string, Step>;
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

interface StepBase {
  readonly id: string;
  readonly question: string;
  readonly help: string | null;
  readonly cites: readonly Citation[];
  /** The first route whose condition holds is taken; the last one has none. */
  readonly next: readonly { readonly when: Condition | null; readonly to: string }[];
}

/** 設問. */
export type Step = StepBase &
  (
    | { readonly kind: 'apis'; readonly suggest: string | null }
    | { readonly kind: 'choice'; readonly options: readonly Choice[] }
    | { readonly kind: 'text' }
  );
export type ApisStep = Extract<Step, { kind: 'apis' }>;
export type ChoiceStep = Extract<Step, { kind: 'choice' }>;

/** 選択肢. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly note: string | null;
}

interface OutcomeBase {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly cites: readonly Citation[];
  /** Ids of gaps.yaml. */
  readonly gaps: readonly string[];
}

/** 結果. The fields name the steps whose answers it shows. */
export type Outcome = OutcomeBase &
  (
    | { readonly shows: 'plan'; readonly apis: string; readonly production: string }
    | { readonly shows: 'provisions'; readonly handOver: boolean }
    | {
        readonly shows: 'record';
        readonly apis: string;
        readonly of: readonly string[];
        readonly handOverWhen: readonly string[];
      }
  );

/** The longest text a person may type as an answer. */
export const LONGEST_TEXT = 500;
/** The most names of absent APIs kept with a choice. */
export const MOST_ABSENT = 5;

/** What a person answered. `absent`: names, as typed, of APIs that this version's 別表 does not hold. */
export type Response =
  | { readonly kind: 'apis'; readonly rows: readonly number[]; readonly absent: readonly string[] }
  | { readonly kind: 'choice'; readonly option: string }
  | { readonly kind: 'text'; readonly text: string };

/** The step of that id. Throws for an id the flow does not have: ids come from the flow itself, checked at start. */
export function stepOf(flow: Flow, id: string): Step {
  const step = flow.steps.get(id);
  if (step === undefined) throw new Error(`flow ${flow.id} has no step ${id}`);
  return step;
}
