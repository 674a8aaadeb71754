import { articleKey, type Citation, formatCitation, uniqueCitations } from '../terms/citation.ts';
import { type StepName, type StepRule, stepValue } from '../terms/steps.ts';
import type { Grounded, Reason } from './answer.ts';
import { nameOf, type RequirementParts } from './requirement.ts';

/** The first seven of the nine steps lead to use; change, stop, resumption and end come after it. */
export const STEPS_TO_USE = 7;

/**
 * The steps that the chosen APIs need before use, each with its clause, and those they do not, with the clause
 * that exempts them (第16条). The order is that in which the terms name the steps, and the answer says so; what
 * 第16条第1項 moves to another step for all of the APIs stands behind that step. `done`: steps said to be done; they and
 * those before them are left out; null where nothing required is left then.
 */
export function answerProcedure(
  apis: readonly number[],
  parts: RequirementParts,
  reasons: readonly Reason[],
  done: readonly StepName[],
): Grounded | null {
  const { rules, knowledge, quoter } = parts;
  const all = inOrder(rules.steps.slice(0, STEPS_TO_USE), apis);
  const steps = behind(all, done).map((rule) => ({
    rule,
    verdict: stepValue(rules, rule.name, apis),
  }));
  const isBegun = steps.length < all.length;
  const needed = steps.filter(({ verdict }) => verdict.value === 'required');
  const optional = steps.filter(({ verdict }) => verdict.value === 'optional');
  const exempt = steps.filter(({ verdict }) => verdict.value === 'not_required');
  const clauses = uniqueCitations(needed.map(({ rule }) => rule.clause));
  const exempting = uniqueCitations(exempt.flatMap(({ verdict }) => verdict.basis.slice(0, 1)));
  const [first, ...rest] = clauses.map(quoter.quote);
  if (!first) return null;
  const names = apis.map((row) => nameOf(knowledge, row)).join('・');
  return {
    kind: 'answer',
    lead: [
      isBegun ? `${done.join('・')}は済んだものとしてお答えします。` : '',
      `${names}で${isBegun ? 'このほかに' : ''}必要な手続は、${needed.map(({ rule }) => named(rule, apis)).join('、')}です。`,
      optional.length > 0 ? `${optional.map(({ rule }) => named(rule, apis)).join('、')}は任意です。` : '',
      exempt.length > 0
        ? `${exempt.map(({ rule, verdict }) => `${rule.name}（${basisText(verdict.basis)}）`).join('、')}は不要です。`
        : '',
      `この並びは規約に定めがある順${needed.some(({ rule }) => isMoved(rule, apis)) ? '（読替えのあるものは、読み替えた時点）' : ''}で、手続の順番として決められたものではありません。`,
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

/** 「利用申込の際に」: a step that is read so for all of the APIs is taken with the application. */
function inOrder(steps: readonly StepRule[], apis: readonly number[]): StepRule[] {
  const moved = steps.filter((rule) => isMoved(rule, apis));
  return steps
    .filter((rule) => !moved.includes(rule))
    .flatMap((rule) => (rule.name === '利用申込' ? [rule, ...moved] : [rule]));
}

/** The steps after the last one that is done; what belongs to the same article (第3条) is done with it. */
function behind(steps: readonly StepRule[], done: readonly StepName[]): readonly StepRule[] {
  const last = steps.findLast(({ name }) => done.includes(name));
  if (last === undefined) return steps;
  return steps.slice(steps.findLastIndex(({ clause }) => articleKey(clause) === articleKey(last.clause)) + 1);
}

function isMoved({ readOver }: StepRule, apis: readonly number[]): boolean {
  return readOver !== null && apis.every((row) => readOver.rows.includes(row));
}

function named(rule: StepRule, apis: readonly number[]): string {
  const { name, clause, readOver } = rule;
  const when =
    readOver !== null && isMoved(rule, apis)
      ? `。${formatCitation(readOver.basis)}の読替えにより「${readOver.to}」明らかにするもの`
      : '';
  return `${name}（${formatCitation(clause)}${when}）`;
}

function basisText(basis: readonly Citation[]): string {
  return basis[0] ? formatCitation(basis[0]) : '';
}

function englishOf(knowledge: RequirementParts['knowledge'], step: StepName): string {
  return knowledge.phrasing.steps.find((one) => one.step === step)?.labelEn ?? step;
}
