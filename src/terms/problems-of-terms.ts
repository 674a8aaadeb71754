/** Terms defined nowhere, twice, or only after they have been used. */
import { formatCitation } from './citation.ts';
import { type Definition, definitions } from './definitions.ts';
import type { Terms, TextProblem } from './model.ts';
import { foldWidth } from './numerals.ts';
import { type Provision, provisions } from './provisions.ts';

/** 「開示システム」「接続確認環境」「民間送達サービス」: what reads like the name of a system, environment or service */
const NAME =
  /(?:当該)?([一-龠々ァ-ヶーＡ-Ｚａ-ｚA-Za-z・等]+?(?:システム|環境|サービス))(?![一-龠々ァ-ヶーＡ-Ｚａ-ｚA-Za-z等])/g;
const LEAST_USES = 2;
/** Readings that rest on knowledge outside the text, said as such. */
const OUTSIDE_READINGS: Readonly<Record<string, string>> = {
  開示システム:
    'マイナポータルの法律上の名称（情報提供等記録開示システム）の略と読めますが、規約はそう述べていません',
};

/** Names used at least twice that no definition covers. */
export function undefinedProblems(terms: Terms): TextProblem[] {
  const all = provisions(terms);
  const defined = new Set(definitions(terms).map(({ term }) => foldWidth(term)));
  return [...usesOfNames(all)].flatMap(([name, uses]) => {
    const [first] = uses;
    const count = uses.length;
    if (first === undefined || defined.has(foldWidth(name)) || count < LEAST_USES) return [];
    const place = uses.every(({ kind }) => kind === 'row') ? '別表だけで' : '';
    const reading = OUTSIDE_READINGS[name];
    const note = `「${name}」は${place}${count}回使われていますが、どこにも定義がありません${reading === undefined ? '' : `。${reading}`}`;
    return [{ code: 'term-undefined', at: first.key, lines: first.lines, quote: name, note }];
  });
}

/** Terms defined twice, and terms the 別表 defines although earlier provisions already use them. */
export function definitionProblems(terms: Terms): TextProblem[] {
  const all = provisions(terms);
  const defined = definitions(terms);
  return defined.flatMap((definition, index) => [
    ...definedAgain(definition, defined.slice(0, index), all),
    ...definedLate(definition, defined.slice(0, index), all),
  ]);
}

/** Each name with the provisions it stands in, one entry a use; 接続確認環境 within 接続確認環境試験 is no use. */
function usesOfNames(all: readonly Provision[]): Map<string, Provision[]> {
  const uses = new Map<string, Provision[]>();
  for (const provision of all) {
    for (const [, name = ''] of provision.text.matchAll(NAME)) {
      uses.set(name, [...(uses.get(name) ?? []), provision]);
    }
  }
  return uses;
}

function definedAgain(
  one: Definition,
  earlier: readonly Definition[],
  all: readonly Provision[],
): TextProblem[] {
  const first = earlier.find(({ term }) => foldWidth(term) === foldWidth(one.term));
  if (first === undefined) return [];
  const note = `「${one.term}」は${formatCitation(first.citation)}と${formatCitation(one.citation)}の両方で定義されています`;
  return at('term-defined-twice', one, all, note);
}

function definedLate(
  one: Definition,
  earlier: readonly Definition[],
  all: readonly Provision[],
): TextProblem[] {
  const term = foldWidth(one.term);
  const isKnown = earlier.some((other) => foldWidth(other.term) === term);
  const home = all.findIndex(({ key }) => key === formatCitation(one.citation));
  const before = all.slice(0, home).filter(({ text }) => foldWidth(text).includes(term));
  const [first] = before;
  if (one.where !== 'table' || isKnown || first === undefined) return [];
  const note = `「${one.term}」は${formatCitation(one.citation)}で定義されていますが、それより前の${first.key}から（${before.length}の条項で）使われています`;
  return at('term-defined-late', one, all, note);
}

function at(
  code: string,
  { citation, term }: Definition,
  all: readonly Provision[],
  note: string,
): TextProblem[] {
  const key = formatCitation(citation);
  const home = all.find((provision) => provision.key === key);
  return home === undefined ? [] : [{ code, at: key, lines: home.lines, quote: term, note }];
}
