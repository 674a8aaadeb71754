/** 自己点検の記録: what a team answered about 第3条第2項, kept as said and never judged. */
import { ruleFor, type StepRules } from '../terms/steps.ts';
import type { Choice, Outcome, Response } from './flow.ts';
import { type Moment, momentsOf } from './plan.ts';
import type { Answered } from './replay.ts';

export interface CheckRecord {
  readonly rows: readonly number[];
  readonly absent: readonly string[];
  /** When the matters are shown, for each part of the choice. */
  readonly moments: readonly Moment[];
  readonly entries: readonly {
    readonly answered: Answered;
    readonly said: Choice;
    readonly handOver: boolean;
  }[];
  /** One of the answers asks for a person. */
  readonly handOver: boolean;
}

export function recordOf(
  outcome: Extract<Outcome, { shows: 'record' }>,
  path: readonly Answered[],
  rules: StepRules,
): CheckRecord {
  const { rows, absent } = apisIn(path, outcome.apis);
  const entries = outcome.of.flatMap((id) => {
    const answered = path.find(({ step }) => step.id === id);
    const said = answered === undefined ? null : choiceIn(answered);
    return answered === undefined || said === null
      ? []
      : [{ answered, said, handOver: outcome.handOverWhen.includes(said.id) }];
  });
  const moments = momentsOf(ruleFor(rules, '第3条2項の事項'), rows);
  return { rows, absent, moments, entries, handOver: entries.some((entry) => entry.handOver) };
}

/** The APIs answered at a step; none when the step is not on the path. */
export function apisIn(path: readonly Answered[], id: string): Extract<Response, { kind: 'apis' }> {
  const response = path.find(({ step }) => step.id === id)?.response;
  return response?.kind === 'apis' ? response : { kind: 'apis', rows: [], absent: [] };
}

/** The option answered at a choice; null for other steps. */
export function choiceIn({ step, response }: Answered): Choice | null {
  if (step.kind !== 'choice' || response.kind !== 'choice') return null;
  return step.options.find(({ id }) => id === response.option) ?? null;
}
