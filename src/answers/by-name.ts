import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Answer, Reason } from './answer.ts';
import type { DecisionParts } from './decision.ts';
import type { Reading } from './reading.ts';

/** A message longer than the longest name, with what people put around it, is more than a name. */
const LONGEST_NAME = 40;
const MOST_COMPARED = 4;

interface Meaning {
  readonly cite: string;
  readonly label: string;
}

/** The message is an API's name and nothing else: 「就労証明書」「SSO API」. */
export function byLoneApi(
  { apis, question }: Reading,
  { composer, knowledge }: DecisionParts,
): Answer | null {
  const [row, ...others] = apis;
  if (row === undefined || others.length > 0 || question.dense.length > LONGEST_NAME) return null;
  const bare = bareName(question.plain);
  if (!loneNames(knowledge).rows.get(bare)?.includes(row)) return null;
  return composer.provisions([`別表項番${row}`], [named(question.shown, `項番${row}の名前です。`)]);
}

/** 「項番2と6は何が違う？」: the APIs named are shown side by side. */
export function byDifference({ apis, turns }: Reading, { composer }: DecisionParts): Answer | null {
  if (turns.difference === null || apis.length < 2 || apis.length > MOST_COMPARED) return null;
  const [first, ...others] = apis.map((row) => `別表項番${row}`);
  if (first === undefined) return null;
  return composer.provisions(
    [first, ...others],
    [
      {
        kind: 'words',
        line: `「${turns.difference}」という言い方から、APIの違いを尋ねる質問と読みました。`,
        detail: turns.difference,
      },
    ],
  );
}

/** The message is a word that may mean several things, and nothing else: 「停止」「民間送達」. The person chooses. */
export function byAmbiguousWord(
  { question }: Reading,
  { composer, knowledge }: DecisionParts,
): Answer | null {
  if (question.dense.length > LONGEST_NAME) return null;
  const [first, second, ...others] = loneNames(knowledge).meanings.get(bareName(question.plain)) ?? [];
  if (!first || !second) return null;
  return composer.choose(
    [first, second, ...others],
    `「${question.shown.trim()}」は、いくつかの意味に読めます。どちらについてのご質問ですか。`,
    [named(question.shown, '、いくつかの規定に関わる言葉です。')],
  );
}

interface LoneNames {
  /** Bare name → 項番. */
  readonly rows: ReadonlyMap<string, readonly number[]>;
  /** Bare word → what it may mean. */
  readonly meanings: ReadonlyMap<string, readonly Meaning[]>;
}

const loneNamesOf = new WeakMap<Knowledge, LoneNames>();

/** Folded once for each knowledge: hundreds of names are compared with every short question. */
function loneNames(knowledge: Knowledge): LoneNames {
  const known = loneNamesOf.get(knowledge);
  if (known !== undefined) return known;
  const { vocabulary, apis } = knowledge;
  const rows = new Map<string, number[]>();
  const meanings = new Map<string, Meaning[]>();
  for (const { row, name, aliases, ambiguous, purpose } of apis) {
    for (const one of [name, ...aliases]) push(rows, bareName(one), row);
    for (const bare of new Set(ambiguous.map((one) => bareName(one.name)))) {
      push(meanings, bare, { cite: `別表項番${row}`, label: purpose.ja });
    }
  }
  for (const { word, meanings: some } of vocabulary.ambiguous) meanings.set(bareName(word), some);
  const names = { rows, meanings };
  loneNamesOf.set(knowledge, names);
  return names;
}

function push<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function named(shown: string, what: string): Reason {
  return { kind: 'words', line: `「${shown.trim()}」は${what}`, detail: shown };
}

/** A name without what people put around it. */
function bareName(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+|api|について|とは|[?。、!]/gu, '');
}
