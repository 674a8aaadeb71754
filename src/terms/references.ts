/** Cross-references inside the text: 前項各号, 同条第２項, 第３条に規定する事前打合せ, 別表の項番１、２及び３…. */
import { type Citation, formatCitation } from './citation.ts';
import { findCitations } from './find-citations.ts';
import type { SourceLines, Terms } from './model.ts';
import { parseNumeral } from './numerals.ts';
import { locate, type Provision, provisions } from './provisions.ts';

/** One reference, in printed order. `targets` is empty exactly when `unresolved` says why. */
export interface Reference {
  readonly from: Citation;
  readonly lines: SourceLines;
  readonly start: number;
  readonly end: number;
  /** Verbatim. */
  readonly surface: string;
  readonly targets: readonly Citation[];
  /** Japanese; null for a reference that resolves. */
  readonly unresolved: string | null;
}

/** 「前項各号」「前項の各号」「前項」「次の各号」「以下の各号」 */
const RELATIVE = /(前項)(?:の?(各号))?|(?:次|以下)の各号/g;
/** 「第９号」 on its own; not 「第３条第２項第１号」, not 「法律第２７号」 */
const BARE_ITEM = /(?<![条項律令])第([０-９\d一二三四五六七八九十]+)号/g;

type Found = Pick<Reference, 'start' | 'end' | 'surface' | 'targets' | 'unresolved'>;

/** All references of all provisions. Numbers of other laws (平成２５年法律第２７号) are not references. */
export function references(terms: Terms): Reference[] {
  return provisions(terms).flatMap((provision) =>
    [...absolute(terms, provision), ...relative(terms, provision), ...bareItems(terms, provision)]
      .sort((a, b) => a.start - b.start)
      .map((found) => ({ from: provision.citation, lines: provision.lines, ...found })),
  );
}

function absolute(terms: Terms, { text }: Provision): Found[] {
  const found = new Map<number, Found>();
  for (const { start, end, surface, result } of findCitations(terms, text)) {
    const before = found.get(start);
    const targets = [...(before?.targets ?? []), ...(result.kind === 'found' ? [result.citation] : [])];
    const unresolved = result.kind === 'found' ? (before?.unresolved ?? null) : result.explanation;
    found.set(start, { start, end, surface, targets: unresolved === null ? targets : [], unresolved });
  }
  return [...found.values()];
}

function relative(terms: Terms, { citation, text }: Provision): Found[] {
  if (citation.kind === 'row') return [];
  return [...text.matchAll(RELATIVE)].map((match) => {
    const isPrevious = match[1] !== undefined;
    const paragraph = isPrevious ? (citation.paragraph ?? 1) - 1 : citation.paragraph;
    const whole: Citation = { ...citation, paragraph, item: null };
    const place = locate(terms, whole);
    const items = place?.kind === 'paragraph' ? place.paragraph.items : [];
    const each = items.map(({ number }): Citation => ({ ...whole, item: number }));
    const wantsItems = !isPrevious || match[2] !== undefined;
    const targets = wantsItems ? each : place === null ? [] : [whole];
    return found(match, targets, `${match[0]}に当たるものがありません`);
  });
}

/** A 号 without its 条 is one of the same 項. */
function bareItems(terms: Terms, { citation, text }: Provision): Found[] {
  if (citation.kind === 'row') return [];
  return [...text.matchAll(BARE_ITEM)].map((match) => {
    const number = parseNumeral(match[1] ?? '') ?? 0;
    const target: Citation = { ...citation, item: number };
    const exists = locate(terms, target) !== null;
    const home = formatCitation({ ...citation, item: null });
    return found(match, exists ? [target] : [], `${home}に第${number}号はありません`);
  });
}

function found(match: RegExpExecArray, targets: Citation[], reason: string): Found {
  const [surface] = match;
  const unresolved = targets.length === 0 ? reason : null;
  return { start: match.index, end: match.index + surface.length, surface, targets, unresolved };
}
