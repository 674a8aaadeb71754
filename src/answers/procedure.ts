import { type Citation, formatCitation, uniqueCitations } from '../terms/citation.ts';
import { type StepName, type StepRule, stepValue } from '../terms/steps.ts';
import type { Grounded, Reason } from './answer.ts';
import { nameOf, type RequirementParts } from './requirement.ts';

/** The first seven of the nine steps lead to use; change, stop, resumption and end come after it. */
export const STEPS_TO_USE = 7;

/**
 * The steps that the chosen APIs need before use, each with its clause, and those they do not, with the clause
 * that exempts them (第16条). The order is that in which the terms name the steps, and the answer says so.
 */
export function answerProcedure(
  apis: readonly number[],
  parts: RequirementParts,
  reasons: readonly Reason[],
): Grounded {
  const { rules, knowledge, quoter } = parts;
  const steps = rules.steps
    .slice(0, STEPS_TO_USE)
    .map((rule) => ({ rule, verdict: stepValue(rules, rule.name, apis) }));
  const needed = steps.filter(({ verdict }) => verdict.value === 'required');
  const optional = steps.filter(({ verdict }) => verdict.value === 'optional');
  const exempt = steps.filter(({ verdict }) => verdict.value === 'not_required');
  const clauses = uniqueCitations(needed.map(({ rule }) => rule.clause));
  const exempting = uniqueCitations(exempt.flatMap(({ verdict }) => verdict.basis.slice(0, 1)));
  const [first, ...rest] = clauses.map(quoter.quote);
  if (!first) throw new Error('no step is required');
  const names = apis.map((row) => nameOf(knowledge, row)).join('・');
  return {
    kind: 'answer',
    lead: [
      `${names}で必要な手続は、${needed.map(({ rule }) => named(rule)).join('、')}です。`,
      optional.length > 0 ? `${optional.map(({ rule }) => named(rule)).join('、')}は任意です。` : '',
      exempt.length > 0
        ? `${exempt.map(({ rule, verdict }) => `${rule.name}（${basisText(verdict.basis)}）`).join('、')}は不要です。`
        : '',
      'この並びは規約に定めがある順で、手続の順番として決められたものではありません。',
    ].join(''),
    leadEn: `Required before use of API ${apis.join(', ')}: ${needed.map(({ rule }) => englishOf(knowledge, rule.name)).join('; ')}.`,
    verdict: null,
    quotes: [first, ...rest],
    bearing: [...exempting, ...optional.map(({ rule }) => rule.clause)].map((citation) => ({
      quote: quoter.quote(citation),
      decisive: exempting.includes(citation),
      why: exempting.includes(citation) ? '不要となる根拠です。' : '必要があると認める場合だけ行う手続です。',
    })),
    notes: [],
    handover: null,
    reasons: [
      ...reasons,
      {
        kind: 'rule',
        line: `${apis.map((row) => `項番${row}`).join('・')}を、第16条の適用除外と読替えに当てはめました。`,
        detail: steps.map(({ rule, verdict }) => `${rule.name}=${verdict.value}`).join(', '),
      },
    ],
  };
}

function named({ name, clause }: StepRule): string {
  return `${name}（${formatCitation(clause)}）`;
}

function basisText(basis: readonly Citation[]): string {
  return basis[0] ? formatCitation(basis[0]) : '';
}

function englishOf(knowledge: RequirementParts['knowledge'], step: StepName): string {
  return knowledge.phrasing.steps.find((one) => one.step === step)?.labelEn ?? step;
}
