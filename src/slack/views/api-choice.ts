/** Choosing APIs: in a modal as lists with what each is for, in a message as one list that can be typed into. */
import type { Checkboxes, InputBlock, KnownBlock, MultiStaticSelect, PlainTextOption } from '@slack/types';
import type { ApiKnowledge } from '../../knowledge/schema.ts';
import { ACTIONS } from './action-ids.ts';
import type { Screen } from './screen.ts';
import { line, plain, rich, words } from './text.ts';

/** Input names; the version behind them makes a fresh input for each screen. */
export const API_BLOCK = 'apis';
export const ABSENT_BLOCK = 'absent';
const SEARCH_BLOCK = 'search';
const LONGEST_NAMES = 300;

export function chosenRows({ position }: Screen): readonly number[] {
  return position.kind === 'question' && position.current?.kind === 'apis' ? position.current.rows : [];
}

/** Search, candidates of the search, then all APIs in their groups, then room for what the 別表 does not hold. */
export function apiInputs(screen: Screen): KnownBlock[] {
  const { apis } = screen.guiding.knowledge;
  const chosen = chosenRows(screen);
  return [
    searchInput(screen),
    ...candidateInput(screen),
    ...groupsOf(apis).map(([group, members], index): InputBlock => {
      const element: Checkboxes = {
        type: 'checkboxes',
        action_id: `${API_BLOCK}-${index}`,
        options: members.map(withPurpose),
        ...initial(members.filter(({ row }) => chosen.includes(row)).map(withPurpose)),
      };
      return input(`${API_BLOCK}-${index}:${screen.version}`, group, element);
    }),
    absentInput(screen),
  ];
}

/** One select for all APIs; the candidates of a search first. */
export function apiSelect(screen: Screen): MultiStaticSelect {
  const { apis } = screen.guiding.knowledge;
  const near = screen.candidates?.rows ?? [];
  const chosen = chosenRows(screen);
  const first = near.flatMap((row) => apis.filter((api) => api.row === row));
  const groups: [string, ApiKnowledge[]][] = [
    ...(first.length === 0 ? [] : [['書かれた言葉に近いもの', first] as [string, ApiKnowledge[]]]),
    ...groupsOf(apis.filter(({ row }) => !near.includes(row))),
  ];
  return {
    type: 'multi_static_select',
    action_id: ACTIONS.pickApis,
    placeholder: plain('APIを選ぶ（名前で絞り込めます）', 150),
    option_groups: groups.map(([group, members]) => ({
      label: plain(group, 75),
      options: members.map(named),
    })),
    ...initial(apis.filter(({ row }) => chosen.includes(row)).map(named)),
  };
}

/** What a search came to, in words; null before any search. */
export function candidateWords({ candidates, guiding }: Screen): string | null {
  if (candidates === null) return null;
  const absent = candidates.absent.map((name) => `「${name}」は、この版の別表にないAPIです。`).join('');
  const found = candidates.rows.flatMap((row) => guiding.knowledge.apis.filter((api) => api.row === row));
  return found.length === 0
    ? `${absent}「${candidates.words}」に近いAPIは見つかりませんでした。下の一覧から選んでください。`
    : absent;
}

function searchInput({ version }: Screen): InputBlock {
  return {
    ...input(`${SEARCH_BLOCK}:${version}`, '言葉で探す', {
      type: 'plain_text_input',
      action_id: ACTIONS.searchApis,
      max_length: LONGEST_NAMES,
      placeholder: plain('例：薬の記録、ログイン（Enterで探します）', 150),
      dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
    }),
    dispatch_action: true,
  };
}

function candidateInput(screen: Screen): KnownBlock[] {
  const { candidates, guiding, version } = screen;
  if (candidates === null) return [];
  const said = candidateWords(screen);
  const options = candidates.rows
    .flatMap((row) => guiding.knowledge.apis.filter((api) => api.row === row))
    .map(withPurpose);
  return [
    ...(said === null || said === '' ? [] : [rich(line(words(said, 600)))]),
    ...(options.length === 0
      ? []
      : [
          input(`${API_BLOCK}-found:${version}`, `「${candidates.words}」に近いもの`, {
            type: 'checkboxes',
            action_id: `${API_BLOCK}-found`,
            options,
          }),
        ]),
  ];
}

function absentInput({ position, version }: Screen): InputBlock {
  const absent =
    position.kind === 'question' && position.current?.kind === 'apis' ? position.current.absent : [];
  return input(`${ABSENT_BLOCK}:${version}`, '一覧にないAPIの名前（あれば）', {
    type: 'plain_text_input',
    action_id: ABSENT_BLOCK,
    max_length: LONGEST_NAMES,
    ...(absent.length === 0 ? {} : { initial_value: absent.join('、') }),
  });
}

function input(block_id: string, label: string, element: InputBlock['element']): InputBlock {
  return { type: 'input', block_id, optional: true, label: plain(label, 200), element };
}

function groupsOf(apis: readonly ApiKnowledge[]): [string, ApiKnowledge[]][] {
  const groups = [...new Set(apis.map(({ group }) => group))];
  return groups.map((group) => [group, apis.filter((api) => api.group === group)]);
}

function named({ row, name }: ApiKnowledge): PlainTextOption {
  return { text: plain(`項番${row}　${name}`, 75), value: String(row) };
}

function withPurpose(api: ApiKnowledge): PlainTextOption {
  return { ...named(api), description: plain(api.purpose.ja, 75) };
}

/** Slack refuses an empty list. */
function initial(options: PlainTextOption[]) {
  return options.length === 0 ? {} : { initial_options: options };
}
