/** 適用除外等: what the text itself (第16条) takes away from, or rewords for, which rows of the 別表. */
import { type Citation, isWithin, sameCitation } from './citation.ts';
import { findCitations } from './find-citations.ts';
import type { Terms } from './model.ts';
import { locate, provisions } from './provisions.ts';

/** 「第５条及び第７条の規定を適用しない」 for these rows. */
export interface Exemption {
  readonly basis: Citation;
  readonly rows: readonly number[];
  readonly clauses: readonly Citation[];
}

/** 「第６条の規定にかかわらず、…企画書を添付することを要しない」: one act of a clause is not needed. */
export interface Relaxation {
  readonly basis: Citation;
  readonly rows: readonly number[];
  readonly clause: Citation;
  /** Verbatim: 「利用申込の際に企画書を添付すること」. */
  readonly act: string;
}

/** 読替え: in `clause`, `from` is read as `to` for these rows. Wordings verbatim. */
export interface Substitution {
  readonly basis: Citation;
  readonly rows: readonly number[];
  readonly clause: Citation;
  readonly from: string;
  readonly to: string;
}

export interface Applicability {
  readonly exemptions: readonly Exemption[];
  readonly relaxations: readonly Relaxation[];
  readonly substitutions: readonly Substitution[];
}

/** A provision as it reads for some rows after 読替え. */
export interface ReadOver extends Substitution {
  readonly printed: string;
  readonly readAs: string;
  /** `readAs` in pieces; `replaced` marks the wording put in by the 読替え. */
  readonly segments: readonly { readonly text: string; readonly replaced: boolean }[];
}

/** 「別表の項番１、２及び３並びに…に掲げるマイナポータルＡＰＩについては、…」 */
const FOR_ROWS = /^別表の(項番.+?)に掲げる[^、]*については、(.+)$/;
/** 「第５条及び第７条の規定を適用しない」 */
const EXEMPTS = /([^、]+)の規定を適用しない/;
/** 「第６条の規定にかかわらず、利用申込の際に企画書を添付することを要しない」 */
const RELAXES = /([^、]+)の規定にかかわらず、(.+?)を要しない/;
/** 「同条第２項中「事前打合せにおいて」とあるのは「利用申込の際に」と読み替える」 */
const SUBSTITUTES = /中「([^」]+)」とあるのは「([^」]+)」と読み替える/;

/** Reads every provision of the form 「別表の項番…については、…」; a version without one exempts nobody. */
export function deriveApplicability(terms: Terms): Applicability {
  const exemptions: Exemption[] = [];
  const relaxations: Relaxation[] = [];
  const substitutions: Substitution[] = [];
  for (const { citation: basis, text } of provisions(terms)) {
    const match = FOR_ROWS.exec(text);
    if (match === null) continue;
    const rows = rowsNamed(terms, `別表の${match[1] ?? ''}`);
    const rest = match[2] ?? '';
    const exempts = EXEMPTS.exec(rest);
    if (exempts !== null) exemptions.push({ basis, rows, clauses: cited(terms, exempts[1] ?? '') });
    const relaxes = RELAXES.exec(rest);
    for (const clause of cited(terms, relaxes?.[1] ?? '')) {
      relaxations.push({ basis, rows, clause, act: relaxes?.[2] ?? '' });
    }
    const substitution = readSubstitution(terms, rest);
    if (substitution !== null) substitutions.push({ basis, rows, ...substitution });
  }
  return { exemptions, relaxations, substitutions };
}

/** The exemption that takes this provision (or the article it stands in) away from this row; null when it applies. */
export function exemptionOf(applicability: Applicability, clause: Citation, row: number): Exemption | null {
  const found = applicability.exemptions.find(
    ({ rows, clauses }) => rows.includes(row) && clauses.some((whole) => isWithin(clause, whole)),
  );
  return found ?? null;
}

/**
 * The provision as it reads for those of `rows` a 読替え covers (`rows` of the result), or null when none is
 * covered or the printed text no longer holds the wording to be replaced.
 */
export function readOver(terms: Terms, citation: Citation, rows: readonly number[]): ReadOver | null {
  for (const substitution of deriveApplicability(terms).substitutions) {
    const covered = substitution.rows.filter((row) => rows.includes(row));
    if (covered.length === 0 || !sameCitation(substitution.clause, citation)) continue;
    const place = locate(terms, citation);
    const printed = place?.kind === 'paragraph' ? place.paragraph.text : '';
    const parts = printed.split(substitution.from);
    if (parts.length < 2) continue;
    const segments = parts.flatMap((text, index) =>
      index === 0
        ? [{ text, replaced: false }]
        : [
            { text: substitution.to, replaced: true },
            { text, replaced: false },
          ],
    );
    const readAs = segments.map(({ text }) => text).join('');
    return { ...substitution, rows: covered, printed, readAs, segments };
  }
  return null;
}

function readSubstitution(terms: Terms, rest: string): Pick<Substitution, 'clause' | 'from' | 'to'> | null {
  const match = SUBSTITUTES.exec(rest);
  const clause = match === null ? undefined : cited(terms, rest.slice(0, match.index)).at(-1);
  if (match === null || clause === undefined) return null;
  return { clause, from: match[1] ?? '', to: match[2] ?? '' };
}

function rowsNamed(terms: Terms, text: string): number[] {
  return cited(terms, text).flatMap((citation) => (citation.kind === 'row' ? [citation.row] : []));
}

function cited(terms: Terms, text: string): Citation[] {
  return findCitations(terms, text).flatMap(({ result }) =>
    result.kind === 'found' ? [result.citation] : [],
  );
}
