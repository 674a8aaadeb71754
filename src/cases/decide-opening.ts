import type { ChosenApis, Usage } from './case.ts';
import type { Decision, OpeningCommand } from './decision.ts';
import { type CaseRules, planSteps } from './plan.ts';
import { type Refusal, refuse } from './refusal.ts';
import { searchForm } from './words.ts';

/** Opens a case (staff), or asks for one (provider): the steps are derived at once. */
export function decideOpening(command: OpeningCommand, rules: CaseRules): Decision {
  const apis = tidyApis(command.apis);
  const wrong = apiProblem(apis, rules);
  if (wrong !== null) return wrong;
  const { company, service, caseKind, primary, secondary, channel } = command;
  const asked = command.kind === 'request';
  return [
    {
      kind: asked ? 'requested' : 'opened',
      company,
      service,
      caseKind,
      apis,
      termsVersion: rules.version,
      // Who asks is the contact, or at least a member: otherwise they could not see their own request.
      primary: primary ?? (asked ? command.by.person : null),
      secondary,
      members: [
        ...new Set(asked && primary !== null ? [...command.members, command.by.person] : command.members),
      ],
      owner: asked ? null : command.owner,
      channel,
      usage: (asked ? null : command.usage) ?? usageAtOpening(caseKind),
      steps: planSteps(rules, caseKind, apis),
    },
  ];
}

/** Each row once in order, each typed name once as it was first typed. */
export function tidyApis({ rows, typed }: ChosenApis): ChosenApis {
  return {
    rows: [...new Set(rows)].sort((a, b) => a - b),
    typed: [...new Map(typed.toReversed().map((name) => [searchForm(name), name])).values()].reverse(),
  };
}

/** Why these APIs cannot be chosen in this version; null when they can. */
export function apiProblem({ rows, typed }: ChosenApis, rules: CaseRules): Refusal | null {
  if (rows.length + typed.length === 0) {
    return refuse(
      'invalid',
      'APIが選ばれていません。項番を選ぶか、別表にないAPIはその名前を書いてください。',
    );
  }
  const unknown = rows.filter((row) => !rules.rows.includes(row));
  if (unknown.length === 0) return null;
  const held = `${rules.rows[0]}〜${rules.rows.at(-1)}`;
  return refuse('invalid', `項番${unknown.join('、')}は、この版の別表にありません（項番は${held}です）。`);
}

/** A change or a notice is about an API that is in use; the day is not known then. */
function usageAtOpening(kind: OpeningCommand['caseKind']): Usage {
  return kind === '新規' ? { state: 'not-in-use' } : { state: 'in-use', since: null };
}
