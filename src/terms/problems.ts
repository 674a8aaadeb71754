/** Oddities of the wording, found in the text itself: reported with their place, never repaired. */

import { formatCitation } from './citation.ts';
import type { Terms, TextProblem } from './model.ts';
import { foldWidth, parseNumeral } from './numerals.ts';
import { exemptionProblems, formProblems, silenceProblems } from './problems-of-substance.ts';
import { definitionProblems, undefinedProblems } from './problems-of-terms.ts';
import { spellingProblems, widthProblems } from './problems-of-wording.ts';
import { provisions } from './provisions.ts';
import { type Reference, references } from './references.ts';

/** All oddities of the text. Works on any version: what a later text no longer contains is no longer reported. */
export function findTextProblems(terms: Terms): TextProblem[] {
  return [
    ...referenceProblems(terms),
    ...undefinedProblems(terms),
    ...definitionProblems(terms),
    ...widthProblems(terms),
    ...spellingProblems(terms),
    ...nameProblems(terms),
    ...exemptionProblems(terms),
    ...formProblems(terms),
    ...silenceProblems(terms),
  ];
}

function referenceProblems(terms: Terms): TextProblem[] {
  return references(terms).flatMap((reference) => {
    if (reference.unresolved === null) return [];
    return [
      {
        code: 'reference-unresolved',
        at: formatCitation(reference.from),
        lines: reference.lines,
        quote: reference.surface,
        note: `「${reference.surface}」とありますが、${reference.unresolved}。${likelyMeaning(terms, reference)}`,
      },
    ];
  });
}

/** 「第９号に規定する利用の停止・再開・終了」 fits the article of that number whose 見出し stands beside it. */
function likelyMeaning(terms: Terms, { from, surface }: Reference): string {
  const number = parseNumeral(foldWidth(surface).replace(/[第号]/g, ''));
  const article = terms.articles.find((one) => one.number === number);
  const text = provisions(terms).find(({ key }) => key === formatCitation(from))?.text ?? '';
  if (article === undefined || !text.includes(article.caption)) return '原文どおり表示しています';
  return `第${number}条（${article.caption}）の誤記と読めます（原文どおり表示しています）`;
}

/** API names that begin with, or turn up in the content of, another row. */
function nameProblems({ table }: Terms): TextProblem[] {
  return table.rows.flatMap((row) =>
    table.rows.flatMap((other) => {
      if (other === row) return [];
      const quote = other.name.startsWith(row.name)
        ? other.name
        : other.text.includes(row.name)
          ? row.name
          : null;
      if (quote === null) return [];
      const place = quote === row.name ? '内容' : '名称';
      const note = `項番${row.number}の名称「${row.name}」は項番${other.number}の${place}にも現れます。別のAPIです`;
      return [{ code: 'names-collide', at: `別表項番${other.number}`, lines: other.lines, quote, note }];
    }),
  );
}
