/** Ways to list cases. Each is a facet: a short text a case carries while it holds. */
import type { StepName } from '../terms/steps.ts';
import type { Case, Intake, Party, StepState, Usage } from './case.ts';
import { waitedFor } from './standing.ts';
import { searchForm } from './words.ts';

export type CaseFilter =
  | { readonly by: 'all' }
  | { readonly by: 'owner'; readonly person: string }
  | { readonly by: 'unowned' }
  | { readonly by: 'waiting'; readonly party: Party }
  | { readonly by: 'row'; readonly row: number }
  | { readonly by: 'typed-api'; readonly name: string }
  | { readonly by: 'company'; readonly company: string }
  /** Without a state: the step is under way (準備中, 提出済, 確認中 or 差戻し). */
  | { readonly by: 'step'; readonly step: StepName; readonly state?: StepState }
  | { readonly by: 'usage'; readonly usage: Usage['state'] }
  | { readonly by: 'intake'; readonly intake: Intake }
  | { readonly by: 'person'; readonly person: string }
  | { readonly by: 'channel'; readonly channel: string }
  /** In whatever channel. */
  | { readonly by: 'in-channel' }
  /** A message that was taken into the case. */
  | { readonly by: 'message'; readonly channel: string; readonly ts: string };

const UNDER_WAY: ReadonlySet<StepState> = new Set<StepState>(['準備中', '提出済', '確認中', '差戻し']);

/** The facet a filter looks for. Persons are whatever the case holds them as. */
export function facetOf(filter: CaseFilter): string {
  switch (filter.by) {
    case 'all':
    case 'unowned':
    case 'in-channel':
      return filter.by;
    case 'owner':
    case 'person':
      return `${filter.by}:${filter.person}`;
    case 'waiting':
      return `waiting:${filter.party}`;
    case 'row':
      return `api:${filter.row}`;
    case 'typed-api':
      return `api:=${searchForm(filter.name)}`;
    case 'company':
      return `company:${searchForm(filter.company)}`;
    case 'step':
      return filter.state === undefined ? `step:${filter.step}` : `step:${filter.step}:${filter.state}`;
    case 'usage':
      return `usage:${filter.usage}`;
    case 'intake':
      return `intake:${filter.intake}`;
    case 'channel':
      return `channel:${filter.channel}`;
    case 'message':
      return `message:${filter.channel}/${filter.ts}`;
  }
}

/** Every facet of a case, each once. Steps nobody has touched and steps out of scope are no facet of their own. */
export function facetsOf(current: Case): string[] {
  const people = [current.primary, current.secondary, ...current.members].filter((person) => person !== null);
  const filters: CaseFilter[] = [
    { by: 'all' },
    current.owner === null ? { by: 'unowned' } : { by: 'owner', person: current.owner },
    ...waitedFor(current).map((party): CaseFilter => ({ by: 'waiting', party })),
    ...current.apis.rows.map((row): CaseFilter => ({ by: 'row', row })),
    ...current.apis.typed.map((name): CaseFilter => ({ by: 'typed-api', name })),
    { by: 'company', company: current.company },
    ...current.steps.flatMap(({ name: step, state }): CaseFilter[] => {
      if (state === '未着手' || state === '対象外') return [];
      return [{ by: 'step', step, state }, ...(UNDER_WAY.has(state) ? [{ by: 'step', step } as const] : [])];
    }),
    { by: 'usage', usage: current.usage.state },
    { by: 'intake', intake: current.intake },
    ...people.map((person): CaseFilter => ({ by: 'person', person })),
    ...(current.channel === null
      ? []
      : ([{ by: 'channel', channel: current.channel }, { by: 'in-channel' }] as const)),
    ...current.messages
      .filter(({ deleted }) => !deleted)
      .map(({ channel, ts }): CaseFilter => ({ by: 'message', channel, ts })),
  ];
  return [...new Set(filters.map(facetOf))];
}

/** True for a case that is still worked on. */
export function isOpen(current: Case): boolean {
  return current.closed === null && current.intake !== 'declined';
}

/** What a case is found by. `apiNames`: the official names of the 項番 it has. */
export function searchWords(id: string, current: Case, apiNames: readonly string[]): string {
  const words = [
    id,
    current.company,
    current.service ?? '',
    ...apiNames,
    ...current.apis.typed,
    current.kind,
  ];
  return words.map(searchForm).join('\n');
}
