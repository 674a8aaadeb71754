/** What the text leaves to other documents, leaves out, or exempts only in part. */
import { deriveApplicability } from './applicability.ts';
import { formatCitation, isWithin } from './citation.ts';
import type { Terms, TextProblem } from './model.ts';
import { type Provision, provisions } from './provisions.ts';
import { references } from './references.ts';

/** 「別途内閣府大臣官房番号制度担当室が定める様式」 */
const SET_ELSEWHERE = /別途[^、。]*?定める(?:様式又は方法|様式|方法|内容|[^、。にのを]+)/;
/** 「利用申込を行うものとします」「変更申請を行う」「届出を行う」 */
const FILES = /([^、。]*(?:申込み?|申請|届出))を行うものとします/;
const EFFECT = /附則|施行/;

/** 「第６条…第３条に規定する事前打合せを経て」 stays in force for rows that are exempt from 第3条第1項. */
export function exemptionProblems(terms: Terms): TextProblem[] {
  const { exemptions, relaxations } = deriveApplicability(terms);
  const all = provisions(terms);
  return references(terms).flatMap((reference) => {
    const relaxation = relaxations.find(({ clause }) => isWithin(reference.from, clause));
    const exemption = exemptions.find(({ clauses }) =>
      clauses.some((clause) => reference.targets.some((target) => isWithin(clause, target))),
    );
    const home = all.find(({ key }) => key === formatCitation(reference.from));
    if (relaxation === undefined || exemption === undefined || home === undefined) return [];
    const note = `${home.key}は「${reference.surface}」を前提としますが、${formatCitation(exemption.basis)}はその一部を一部の項番に適用しません。${formatCitation(relaxation.basis)}が除くのは「${relaxation.act}」だけです`;
    return [{ code: 'exemption-partial', at: home.key, lines: home.lines, quote: reference.surface, note }];
  });
}

/** Matters set in other documents, and filings for which no form (様式) is named. */
export function formProblems(terms: Terms): TextProblem[] {
  return provisions(terms).flatMap((provision) => {
    const elsewhere = SET_ELSEWHERE.exec(provision.text)?.[0];
    const filing = FILES.exec(provision.text)?.[1];
    const problems: TextProblem[] = [];
    if (elsewhere !== undefined) {
      problems.push(
        about(provision, 'set-elsewhere', elsewhere, '別途定めるもので、この規約に内容は書かれていません'),
      );
    }
    if (filing !== undefined && !provision.text.includes('様式')) {
      const note = provision.text.includes('方法')
        ? '「様式」ではなく「方法」によるとされています'
        : '様式の定めがありません';
      problems.push(about(provision, 'form-unnamed', filing, note));
    }
    return problems;
  });
}

/** No 附則 and no 施行日 anywhere: when the version took effect cannot be read from it. */
export function silenceProblems(terms: Terms): TextProblem[] {
  const all = provisions(terms);
  if (all.length === 0 || all.some(({ text }) => EFFECT.test(text))) return [];
  const lines = { first: 1, last: terms.table.lines.last };
  const note = '附則も施行日もなく、この版がいつから効力を持つかは規約から読み取れません';
  return [{ code: 'no-effective-date', at: null, lines, quote: terms.title, note }];
}

function about({ key, lines }: Provision, code: string, quote: string, note: string): TextProblem {
  return { code, at: key, lines, quote, note };
}
