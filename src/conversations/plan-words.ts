/** The sentences of a plan, the same in Slack, on the command line and in the saved file. */
import type { Knowledge } from '../knowledge/knowledge.ts';
import { type Citation, formatCitation } from '../terms/citation.ts';
import { STEP_VALUE_WORDS, type StepValue } from '../terms/steps.ts';
import type { Moment, Plan, PlanStep, ProductionTest } from './plan.ts';

const VALUES: readonly StepValue[] = ['required', 'optional', 'not_required'];

/** 自己情報取得（項番4）・電子申請等（項番13） */
export function apiNames(knowledge: Knowledge, rows: readonly number[]): string {
  return rows
    .map((row) => `${knowledge.apis.find((api) => api.row === row)?.name ?? 'API'}（項番${row}）`)
    .join('・');
}

/** 項番4・16 */
export function rowList(rows: readonly number[]): string {
  return `項番${rows.join('・')}`;
}

/** 第5条第1項・第5条第2項 */
export function clauses(citations: readonly Citation[]): string {
  return citations.map(formatCitation).join('・');
}

/** 必要なのは項番4、不要なのは項番16（第16条第2項）; null where all chosen APIs are alike. */
export function splitWords({ perApi, clausesAgainst }: PlanStep): string | null {
  const parts = VALUES.filter((value) => perApi[value].length > 0);
  if (parts.length < 2) return null;
  return parts
    .map((value) => {
      const because = value === 'not_required' ? `（${clauses(clausesAgainst)}）` : '';
      return `${STEP_VALUE_WORDS[value]}：${rowList(perApi[value])}${because}`;
    })
    .join('、');
}

/** 項番16は不要（第16条第2項）: the APIs that differ from the step's value; null where all are alike. */
export function exceptionWords({ perApi, value, clausesAgainst }: PlanStep): string | null {
  const exempt = perApi.not_required;
  if (value === 'not_required' || exempt.length === 0) return null;
  return `${rowList(exempt)}は不要（${clauses(clausesAgainst)}）`;
}

/** 項番4は「事前打合せにおいて」（第3条第2項） */
export function momentWords({ rows, words, basis, isReadOver }: Moment): string {
  return `${rowList(rows)}は「${words}」（${formatCitation(basis)}${isReadOver ? 'の読替え' : ''}）`;
}

const PRODUCTION_WORDS: Readonly<Record<ProductionTest, string>> = {
  needed: '必要があると認める、とのお答えです。申請を行います。',
  'not-needed': '必要があるとは認めない、とのお答えです。申請は行いません。',
  undecided: '必要があると認めるかは、まだ決めていないとのお答えです。',
};

/** What the team answered about 第7条; null for other steps, and when it was not asked. */
export function productionWords({ step }: PlanStep, { productionTest }: Plan): string | null {
  return step === '本番環境試験' && productionTest !== null ? PRODUCTION_WORDS[productionTest] : null;
}

/** What has to be known beside the value: when it is asked for, when it is done, how the APIs differ; or null. */
export function noteOf(step: PlanStep): string | null {
  const sentences = [
    step.condition === null || step.value === 'not_required' ? null : `「${step.condition}」の手続です。`,
    splitWords(step) === null ? null : `${splitWords(step)}。`,
    step.moments.length === 0 ? null : `明らかにする時：${step.moments.map(momentWords).join('、')}。`,
  ];
  return sentences.some((one) => one !== null) ? sentences.filter((one) => one !== null).join('') : null;
}

/** 必要：…（4） 任意：…（1） 不要：…（2）: the plan in a few lines. */
export function headline({ steps }: Plan): string[] {
  return VALUES.flatMap((value) => {
    const named = steps.filter((one) => one.value === value).map(({ step }) => step);
    return named.length === 0 ? [] : [`${STEP_VALUE_WORDS[value]}：${named.join('、')}`];
  });
}

export const ORDER_CAUTION =
  '手続の並びは規約に出てくる順です。規約が順序を定めているのは、次のものだけです。';

/** 「PMH」: not in this version, never taken for a row. */
export function absentWords(name: string): string {
  return `「${name}」は、この版の別表にないAPIです。お書きになったまま記録し、近い項番に当てはめることはしません。`;
}
